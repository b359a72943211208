"""The one guard before the files of the tree."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from wa_iac.core import files
from wa_iac.core.errors import BoundError, SourceError

OUT = "it is a symbolic link that leads out of the scanned directory: not read"
IRREGULAR = "it cannot be read: not a regular file"


def said(path: Path) -> str:
    with pytest.raises(OSError, match=r"\A") as caught:
        files.read(path, within=path.parent)
    return str(files.unread(caught.value, "x"))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.txt").write_text("text", encoding="utf-8")
    return tmp_path / "tree"


def test_a_file_is_read(tree: Path) -> None:
    assert files.read(tree / "a.txt", within=tree) == b"text"
    assert files.read(tree / "a.txt", within=tree, most=4) == b"text"
    assert files.read(tree / ".." / "tree" / "a.txt", within=tree) == b"text"
    assert files.beginning(tree / "a.txt", 2, within=tree) == b"te"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, IRREGULAR),
        (lambda path: path.symlink_to("/dev/zero"), OUT),
        (lambda path: path.symlink_to("../secret.txt"), OUT),
        (lambda path: (path.with_name("b").symlink_to("../secret.txt"), path.symlink_to("b")), OUT),
        (lambda path: path.symlink_to("nowhere"), "it cannot be read: No such file or directory"),
        (lambda path: path.mkdir(), "it cannot be read: Is a directory"),
        (_socket, "it cannot be read: No such device or address"),
        (lambda path: None, "it cannot be read: No such file or directory"),
    ],
    ids=["pipe", "device", "link out", "link to a link out", "link to nothing", "directory", "socket", "nothing"],
)
def test_what_is_not_read(tree: Path, make: Callable[[Path], object], message: str) -> None:
    make(tree / "x")

    assert said(tree / "x") == f"x: {message}"


def test_a_link_within_the_tree_is_followed(tree: Path) -> None:
    (tree / "link.txt").symlink_to("a.txt")
    (tree / "folder").symlink_to(".")

    assert files.read(tree / "link.txt", within=tree) == files.read(tree / "folder" / "a.txt", within=tree) == b"text"


def test_what_is_above_a_link_is_where_the_link_leads(tree: Path) -> None:
    (tree / "deep" / "er").mkdir(parents=True)
    (tree / "link").symlink_to("deep/er")

    assert files.resolved(tree / "link" / ".." / "b.txt") == tree / "deep" / "b.txt"
    assert files.resolved(tree / "link") == files.resolved(tree / "link" / ".") == tree / "deep" / "er"
    assert files.resolved(tree / "link" / "b.txt") == tree / "deep" / "er" / "b.txt"


def test_a_directory_that_leads_out(tree: Path) -> None:
    (tree / "out").symlink_to("..")

    with pytest.raises(files.RefusedError, match="it is outside the scanned directory"):
        files.read(tree / "out" / "secret.txt", within=tree)


def test_what_a_person_names_may_lie_anywhere_but_is_a_regular_file(tree: Path) -> None:
    (tree / "link.txt").symlink_to("../secret.txt")

    assert files.read(tree / "link.txt") == b"secret"
    with pytest.raises(files.RefusedError, match="not a regular file"):
        files.read(Path("/dev/zero"))


def test_more_than_the_bound_is_not_read(tree: Path) -> None:
    (tree / "a.txt").write_bytes(b"x" * 2_000_001)

    with pytest.raises(files.TooLargeError) as caught:
        files.read(tree / "a.txt", within=tree, most=2_000_000)
    assert isinstance(files.unread(caught.value, "x"), BoundError)
    assert str(caught.value.strerror) == "it is larger than 2 MB: not read"


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300])
def test_names_that_no_file_can_have(tree: Path, name: str) -> None:
    assert not files.is_there(tree / name)
    assert files.resolved(tree / name).name == name
    with pytest.raises(OSError, match=r"\A") as caught:
        files.read(tree / name, within=tree)
    assert isinstance(files.unread(caught.value, "x"), SourceError)
