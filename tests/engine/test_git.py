"""Git is asked about a repository that may be anybody's: nothing that its configuration names is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.git import A, B, Repository
from wa_iac.core.errors import UsageError
from wa_iac.engine.git import asked

OLD = A + B
NEW = A + B.replace("true", "false")


class Trap:
    """A command that leaves a mark when it is run."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / "it was run"
        self.script = folder / "trap"
        self.script.write_text(f"#!/bin/sh\ntouch '{self.mark}'\ncat\n", encoding="utf-8")
        self.script.chmod(0o755)


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository")
    made.commit(main__tf=OLD)
    made.write("main.tf", NEW)
    return made


def configure(here: Repository, trap: Trap, *names: str) -> None:
    for name in names:
        here.git("config", name, str(trap.script))


def _filter(kind: str) -> Callable[[Repository, Trap], object]:
    def make(here: Repository, trap: Trap) -> None:
        here.write(".gitattributes", "*.tf filter=x diff=x merge=x\n")
        configure(here, trap, f"filter.x.{kind}")

    return make


def _driver(name: str) -> Callable[[Repository, Trap], object]:
    def make(here: Repository, trap: Trap) -> None:
        here.write(".git/info/attributes", "*.tf diff=x\n")
        configure(here, trap, name)

    return make


def _included(here: Repository, trap: Trap) -> None:
    here.write("more", f'[filter "x"]\n\tclean = {trap.script}\n')
    here.write(".gitattributes", "*.tf filter=x\n")
    here.git("config", "include.path", "../more")


def _hooks(here: Repository, trap: Trap) -> None:
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        here.write(f".git/hooks/{name}", trap.script.read_text(encoding="utf-8"))
        (here.folder / ".git" / "hooks" / name).chmod(0o755)
    here.git("config", "core.hooksPath", str(here.folder / ".git" / "hooks"))


def _worktree_settings(here: Repository, trap: Trap) -> None:
    here.write(".gitattributes", "*.tf filter=x\n")
    here.git("config", "extensions.worktreeConfig", "true")
    here.write(".git/config.worktree", f'[filter "x"]\n\tclean = {trap.script}\n')


def _git_elsewhere(here: Repository, trap: Trap) -> None:
    _filter("clean")(here, trap)
    (here.folder / ".git").rename(here.folder / "elsewhere")
    here.write(".git", "gitdir: elsewhere\n")


@pytest.mark.parametrize(
    "make",
    [
        _filter("clean"), _filter("smudge"), _filter("process"), _driver("diff.x.command"), _driver("diff.x.textconv"), _included,
        _hooks, _worktree_settings, _git_elsewhere,
        lambda here, trap: configure(
            here, trap, "core.fsmonitor", "diff.external", "core.pager", "pager.diff", "core.editor", "core.sshCommand",
            "core.gitProxy", "core.alternateRefsCommand", "credential.helper", "gpg.program", "sequence.editor", "core.askPass",
        ),
        lambda here, trap: [here.git("config", f"alias.{each}", f"!{trap.script}") for each in ("diff", "ls-files", "rev-parse")],
    ],
    ids=[
        "clean", "smudge", "process", "diff command", "textconv", "include", "hooks", "worktree's", "a git file", "programs", "alias",
    ],
)  # fmt: skip
def test_nothing_of_the_repository_is_run(here: Repository, trap: Trap, make: Callable[[Repository, Trap], object]) -> None:
    make(here, trap)

    assert here.found() == ["main.tf:8 aws_s3_bucket.b"]
    assert not trap.mark.exists()


@pytest.mark.parametrize(
    "make", [_filter("clean"), _driver("diff.x.textconv"), _included], ids=["clean", "textconv", "include"]
)
def test_the_traps_are_traps(here: Repository, trap: Trap, make: Callable[[Repository, Trap], object]) -> None:
    make(here, trap)
    here.git("diff", "HEAD")

    assert trap.mark.exists()


def test_a_submodule_with_settings_of_its_own(here: Repository, trap: Trap, tmp_path: Path) -> None:
    part = Repository(tmp_path / "part")
    part.commit(part__tf=OLD)
    here.git("submodule", "--quiet", "add", str(part.folder), "part")
    here.commit()
    inner = Repository.__new__(Repository)
    inner.folder = here.folder / "part"
    _filter("clean")(inner, trap)
    configure(inner, trap, "core.fsmonitor")
    inner.write("part.tf", NEW)
    here.write("main.tf", OLD)

    assert here.found() == ["main.tf:8 aws_s3_bucket.b", "part.tf:8 aws_s3_bucket.b"]
    assert not trap.mark.exists()


def test_what_a_partial_clone_lacks_is_not_fetched(here: Repository, trap: Trap, tmp_path: Path) -> None:
    here.git("config", "uploadpack.allowFilter", "true")
    here.commit()
    clone = Repository.__new__(Repository)
    clone.folder = tmp_path / "clone"
    here.git("clone", "--quiet", "--filter=blob:none", f"file://{here.folder}", str(clone.folder))
    clone.write("main.tf", OLD + "# x\n")
    clone.git("config", "remote.origin.url", f"ext::{trap.script}")
    clone.git("config", "protocol.ext.allow", "always")
    clone.git("config", "remote.origin.uploadpack", str(trap.script))

    with pytest.raises(UsageError, match="this clone is partial, and `git diff` with the revision fetches what it lacks"):
        clone.report("HEAD~1")
    assert not trap.mark.exists()


@pytest.mark.parametrize("setting", ["true", "input"])
def test_line_ends_that_git_converts_are_no_change(here: Repository, setting: str) -> None:
    here.commit()
    here.git("config", "core.autocrlf", setting)
    here.write("main.tf", NEW.replace("\n", "\r\n"))

    assert here.found() == []


def test_sha_256(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    subprocess.run(["git", "init", "--quiet", "--object-format=sha256", str(folder)], check=True)
    made = Repository(folder)
    made.commit(main__tf=OLD)
    made.write("main.tf", NEW)

    assert made.found() == ["main.tf:8 aws_s3_bucket.b"]


def test_a_linked_worktree(here: Repository, trap: Trap, tmp_path: Path) -> None:
    here.commit()
    here.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "HEAD~1")
    linked = Repository.__new__(Repository)
    linked.folder = tmp_path / "linked"
    _filter("clean")(here, trap)
    linked.write(".gitattributes", "*.tf filter=x\n")
    linked.write("main.tf", NEW)

    assert linked.found() == ["main.tf:8 aws_s3_bucket.b"]
    assert not trap.mark.exists()


def test_a_program_called_git_in_the_tree(here: Repository, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    here.write("git", trap.script.read_text(encoding="utf-8"))
    (here.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    monkeypatch.chdir(here.folder)

    assert here.found() == ["main.tf:8 aws_s3_bucket.b"]
    assert not trap.mark.exists()


def test_nothing_is_left_behind(here: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with asked(here.folder) as git:
        assert git.said("rev-parse", "HEAD").decode().strip() == here.git("rev-parse", "HEAD")
        assert list((tmp_path / "temporary").iterdir())

    assert list((tmp_path / "temporary").iterdir()) == []
