"""Runs git on a repository that anybody may have written. Its configuration, which can name programs to run, is not read.

Git gets a temporary directory instead of `.git`, with the repository's references and objects, and with the few settings for
the storage of files. Filters in the user's own configuration (Git LFS, for example) work as usual.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.late_pattern import late

_SETTLED: Final = ("--no-pager", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false")
_KEPT: Final = late(
    r"core\.(repositoryformatversion|autocrlf|eol|filemode|symlinks|ignorecase|precomposeunicode|sparsecheckout(cone)?)"
    r"|extensions\.(objectformat|compatobjectformat|refstorage)"
)
"""The settings that are copied from a repository, on the storage of its files and objects."""
_PLAIN: Final = late(r"[\w-]{0,40}", re.ASCII)
"""Their allowed values: a word or a number."""
_TAKEN: Final = late(r"refs|packed-refs|reftable|logs|shallow|info|sharedindex\.\w+|[A-Z_]*HEAD")
"""The parts of a repository's directory that git sees, in addition to the objects and the index."""
_PARTIAL: Final = late(rb"(^|\0)(extensions\.partialclone|remote\.[^\n\0]*\.promisor)\n")
_LARGEST: Final = 1_000_000
_PLACES: Final = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
)  # fmt: skip
"""Variables that git sets for its hooks. They are wrong for every other repository, and for this one in another directory."""
_MISSING: Final = "git is not installed, and --diff-base needs it to tell what has changed"


class Git:
    """Git for one working tree."""

    def __init__(self, root: Path, program: str, environment: dict[str, str]) -> None:
        self.root = root
        self.is_partial = False
        self._program = program
        self._environment = environment

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Git's output, and its exit code."""
        return subprocess.run(  # noqa: S603 - no shell, and the revision is no option
            [self._program, *_SETTLED, *arguments],
            cwd=self.root,
            env=self._environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def said(self, *arguments: str) -> bytes:
        """Git's output. Raises `UsageError` if it fails."""
        done = self.run(*arguments)
        if done.returncode != 0:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
            # Warnings come first, the fatal error last.
            why = next((line for line in reversed(lines) if line.startswith("fatal: ")), lines[0]).removeprefix("fatal: ")
            if self.is_partial:
                why += "; this clone is partial, and `git diff` with the revision fetches what it lacks"
            raise UsageError(f"git cannot tell what has changed: {why}", path=str(self.root))
        return done.stdout


@contextmanager
def asked(root: Path) -> Iterator[Git]:
    """Git for the working tree at `root`, a directory with a `.git` in it. Raises `UsageError` if git cannot run."""
    try:
        own, common = _directories(root)
        with tempfile.TemporaryDirectory(prefix="wa-iac-git-") as name:
            yield _prepared(root, own, common, Path(name))
    except OSError as error:
        raise UsageError(f"git cannot tell what has changed: {error.strerror or error}", path=str(root)) from error


def _prepared(root: Path, own: Path, common: Path, made: Path) -> Git:
    # A relative entry of PATH would point into the checked tree.
    path = os.pathsep.join(each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(each))
    program = shutil.which("git", path=path)
    if program is None:
        raise UsageError(_MISSING)
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    environment |= {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        # A partial clone would fetch missing objects, as its settings say.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_DIR": str(made),
        "GIT_WORK_TREE": str(root),
        "GIT_OBJECT_DIRECTORY": str(common / "objects"),
        "GIT_INDEX_FILE": str(own / "index"),
    }
    for folder in dict.fromkeys((own, common)):
        for each in os.listdir(folder):
            if _TAKEN.fullmatch(each) and not os.path.lexists(made / each):
                os.symlink(folder / each, made / each)
    # Git does not accept a link as HEAD.
    with_head = made / "HEAD"
    with_head.unlink(missing_ok=True)
    with_head.write_bytes(_head(own))
    (made / "refs").mkdir(exist_ok=True)
    git = Git(root, program, environment)
    listed = git.run("config", "--file", str(common / "config"), "--no-includes", "--null", "--list")
    git.is_partial = _PARTIAL.search(listed.stdout) is not None
    (made / "config").write_text(_config(listed.stdout), encoding="utf-8")
    return git


def _head(own: Path) -> bytes:
    link = os.readlink(own / "HEAD") if os.path.islink(own / "HEAD") else ""
    return f"ref: {link}\n".encode() if link.startswith("refs/") else files.read(own / "HEAD", most=_LARGEST)


def _config(listed: bytes) -> str:
    """The configuration that git reads instead of the repository's, made from its settings."""
    lines = ["[core]", "\tbare = false"]
    for each in listed.decode("utf-8", "replace").split("\0"):
        key, _, value = each.partition("\n")
        if _KEPT.fullmatch(key) and _PLAIN.fullmatch(value):
            section, _, name = key.partition(".")
            lines += [f"[{section}]", f"\t{name} = {value}"]
    return "\n".join(lines) + "\n"


def _directories(root: Path) -> tuple[Path, Path]:
    """The git directory of a working tree, and the one it shares with the repository's other working trees. Raises
    `OSError`."""
    own = root / ".git"
    if not os.path.isdir(own):
        own = root / _line(own).removeprefix("gitdir: ")
    try:
        common = own / _line(own / "commondir")
    except FileNotFoundError:
        common = own
    if not os.path.lexists(own / "HEAD"):
        raise UsageError(f"git cannot tell what has changed: not a git repository: {own}", path=str(root))
    return Path(os.path.abspath(own)), Path(os.path.abspath(common))


def _line(path: Path) -> str:
    return os.fsdecode(files.read(path, most=_LARGEST).rstrip(b"\r\n"))
