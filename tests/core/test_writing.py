"""A file is written as a whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from wa_iac.core.writing import write_whole


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of an earlier run."""
    (tmp_path / "report").write_text("before", encoding="utf-8")
    return tmp_path / "report"


def full(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(descriptor: int) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("what", [full, interrupted])
def test_what_cannot_be_finished_leaves_the_file_as_it_was(report: Path, monkeypatch: pytest.MonkeyPatch, what: object) -> None:
    monkeypatch.setattr("os.fsync", what)
    for path in (report, report.with_name("new")):
        with pytest.raises((OSError, KeyboardInterrupt)):
            write_whole(path, b"after")

    assert (os.listdir(report.parent), report.read_bytes()) == (["report"], b"before")


def test_a_file_keeps_its_mode_and_a_link_stays_one(report: Path) -> None:
    report.chmod(0o640)
    link = report.with_name("link")
    link.symlink_to("report")
    write_whole(link, b"after")

    assert (stat.S_IMODE(report.stat().st_mode), report.read_bytes(), link.is_symlink()) == (0o640, b"after", True)


def test_a_new_file_has_the_permissions_of_any_new_file(report: Path) -> None:
    other, new = report.with_name("other"), report.with_name("new")
    other.touch()
    write_whole(new, b"")

    assert new.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EBUSY])
def test_where_no_other_file_can_be_made_a_file_is_written_in_its_place(
    report: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(self: Path, target: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refused)
    write_whole(report, b"after")
    with pytest.raises(OSError, match=os.strerror(number)):
        write_whole(report.with_name("new"), b"after")

    assert (os.listdir(report.parent), report.read_bytes()) == (["report"], b"after")
