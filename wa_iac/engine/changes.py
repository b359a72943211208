"""Changes since a git revision. They come from git itself (see `engine.git`). This module is imported only if needed."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core.declared import InstanceKey, Unit
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Finding, LeftOut
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

from .git import Git, asked
from .report_scope import DeclaredOf

_DIFF: Final = (
    "diff", "--unified=0", "--inter-hunk-context=0", "-M", "--text", "--no-ext-diff", "--no-textconv", "--no-color",
    "--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "-O/dev/null", "--submodule=short", "--ignore-submodules=dirty",
)  # fmt: skip
"""Options that override the user's settings for diffs, since a program reads these."""
NOTHING: Final[Mapping[str, Collection[range]]] = {}
_HUNK: Final = late(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_COMMIT: Final = late(rb"[0-9a-f]{40,}\n")
_HEADERS: Final = (b"+++ b/", b"rename to ", b"--- a/", b"rename from ", b"* Unmerged path ")
_CAN_FETCH: Final = "fetch its history (git fetch --unshallow; in GitHub Actions fetch-depth: 0)"


class Hunk(NamedTuple):
    """The first and the last of some changed lines. If lines were only removed there are none, and `last` is the line before.

    `indent` is that of the first removed line, -1 if none was removed; `removed` are all removed lines, as one text.
    """

    first: int
    last: int
    indent: int
    removed: str

    def within(self, lines: range) -> bool:
        return self.first >= lines.start and self.last < lines.stop


@dataclass(slots=True)
class Changes:
    """The working tree of one repository against a commit. Names are relative to its root.

    `whole` are files new to git, `gone` the directories that have lost a file.
    """

    lines: dict[str, list[Hunk]] = field(default_factory=lambda: defaultdict(list))
    whole: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def touch(self, name: str, span: Span, *, block: bool = False, aside: Collection[range] = ()) -> bool:
        """Whether a change is within a range of lines, except in the lines `aside`. A `block` included removed lines right
        below it that were indented more deeply: in YAML no line marks a block's end."""
        if name in self.whole:
            return True
        hunks = [each for each in self.lines.get(name, ()) if not any(map(each.within, aside))]
        last = _last(span)
        below = block and any(each.first == last + 1 and each.indent >= span.start_column for each in hunks)
        return below or any(each.first <= last and each.last >= span.start_line for each in hunks)

    def removed(self, name: str, span: Span) -> str | None:
        """The removed text in a range of lines; None if the range has not changed."""
        last = _last(span)
        touching = [
            each
            for each in self.lines.get(name, ())
            if each.first <= last and each.last >= span.start_line - (each.first > each.last)
        ]
        return "\n".join(each.removed for each in touching) if touching else None

    def concern(self, name: str) -> bool:
        """Whether a file has changed, or another file of its directory was deleted."""
        return name in self.whole or name in self.lines or os.path.dirname(name) in self.gone


def _last(span: Span) -> int:
    """The last line of a range."""
    return span.end_line - (span.end_column == 1 and span.end_line > span.start_line)


class Since:
    """The findings that concern changes since the branch left a revision.

    Raises `UsageError` if git cannot tell for one of `paths`. A nested repository, such as a submodule, is compared with its
    own revision of that name; if it has none, nothing in it is left out.
    """

    name: LeftOut = "older"

    def __init__(self, revision: str, paths: Sequence[Path]) -> None:
        if revision.startswith("-"):
            raise UsageError(f"--diff-base needs a revision, such as origin/main, not {revision!r}")
        self._revision = revision
        self._changes: dict[Path, Changes | None] = {}
        self._places: dict[str, tuple[Changes | None, str]] = {}
        self._declared = DeclaredOf()
        for path in paths:
            root = _root_of(path.resolve())
            if root is None:
                raise UsageError("this is not in a git repository, so nothing tells what has changed", path=str(path))
            if root not in self._changes:
                self._changes[root] = _changes(root, revision)

    def concerns(self, paths: Iterable[Path]) -> bool:
        """Whether one of some files has changed."""
        return any(self._concerned(str(path)) for path in paths)

    def takes(self, finding: Finding, unit: Unit) -> bool:
        """Whether a change is at a finding's place, at a place its value came through, or in the block of its resource, or has
        created its instance. A change of the lines that define the instances concerns only the new ones."""
        spans = [each.span for each in finding.related if each.span.path]
        declared = self._declared.of(finding.address, unit)
        keys = declared.keys if declared is not None else ()
        aside = self._lines_of(keys, unit)
        if any(map(self._touched, spans)) or self._touched(finding.span, aside=aside):
            return True
        if declared is not None and self._touched(declared.extent, block=True, aside=aside):
            return True
        if any(map(self._is_new, keys)):
            return True
        of_the_unit = not finding.address and finding.rule.slug not in SUPPRESSION_RULES
        return of_the_unit and any(self._concerned(path) for path in unit.sources)

    @staticmethod
    def _lines_of(keys: Sequence[InstanceKey], unit: Unit) -> dict[str, list[range]]:
        """By file, the lines that contain only an argument that defines the instances."""
        found: dict[str, list[range]] = defaultdict(list)
        for argument in {each.argument for each in keys}:
            lines = unit.sources.get(argument.path, b"").decode("utf-8", "replace").splitlines()
            if not 0 < argument.start_line <= argument.end_line <= len(lines):
                continue
            before = lines[argument.start_line - 1][: argument.start_column - 1]
            behind = lines[argument.end_line - 1][argument.end_column - 1 :].strip()
            if not before.strip() and (not behind or behind.startswith(("#", "//"))):
                found[argument.path].append(range(argument.start_line, argument.end_line + 1))
        return found

    def _is_new(self, key: InstanceKey) -> bool:
        """Whether a change has created an instance: at its key or in the whole argument, if the old text did not name it.

        If the key is written in the argument itself, only the key counts, since another key may have got its own line.
        """
        for span in dict.fromkeys((key.written,) if _is_within(key.written, key.argument) else (key.written, key.argument)):
            changes, name = self._place(span.path)
            removed = changes.removed(name, span) if changes is not None else None
            if changes is None or (removed is None and changes.touch(name, span)):
                return True
            if removed is not None and not _named_in(removed, key.key):
                return True
        return False

    def _touched(self, span: Span, *, block: bool = False, aside: Mapping[str, Collection[range]] = NOTHING) -> bool:
        changes, name = self._place(span.path)
        return changes is None or changes.touch(name, span, block=block, aside=aside.get(span.path, ()))

    def _concerned(self, path: str) -> bool:
        changes, name = self._place(path)
        return changes is None or changes.concern(name)

    def _place(self, path: str) -> tuple[Changes | None, str]:
        """The changes in a file's repository, and the file's name there; None if they cannot be known."""
        if path not in self._places:
            resolved = Path(path).resolve()
            root = _root_of(resolved)
            if root is None:
                self._places[path] = None, ""
            else:
                if root not in self._changes:
                    try:
                        self._changes[root] = _changes(root, self._revision)
                    except UsageError:
                        self._changes[root] = None
                self._places[path] = self._changes[root], resolved.relative_to(root).as_posix()
        return self._places[path]


def in_this_commit(paths: Sequence[Path]) -> Since | None:
    """The findings that concern the commit that is being made, or the commits that are being pushed, for a hook that is given
    the changed files. None if none of them has changed, as in a run on all files, and before the first commit."""
    revision = os.environ.get("PRE_COMMIT_FROM_REF", "")
    if not revision and not all(map(_has_commits, {_root_of(path.resolve()) for path in paths})):
        return None
    since = Since(revision or "HEAD", paths)
    return since if since.concerns(paths) else None


def _has_commits(root: Path | None) -> bool:
    """Whether a repository has a commit; true outside of one, which is an error of `Since`."""
    if root is None:
        return True
    with asked(root) as git:
        return git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode == 0


def _root_of(path: Path) -> Path | None:
    """The root of the working tree that contains a resolved path; for a submodule or a linked worktree, its own root."""
    return next((each for each in (path, *path.parents) if (each / ".git").exists()), None)


def _changes(root: Path, revision: str) -> Changes:
    """The changes in a repository since it left a revision, including uncommitted ones."""
    with asked(root) as git:
        changes = Changes()
        _read(git.said(*_DIFF, _base(git, revision), "--"), changes)
        others = git.said("ls-files", "-z", "--others", "--exclude-standard")
    changes.whole.update(os.fsdecode(each) for each in others.split(b"\0") if each)
    return changes


def _base(git: Git, revision: str) -> str:
    """The commit to compare with: the one where the branch left the revision, or the revision itself if they have nothing in
    common."""
    is_shallow = git.said("rev-parse", "--is-shallow-repository").strip() == b"true"
    done = git.run("merge-base", revision, "HEAD")
    if done.returncode == 0:
        return done.stdout.decode().strip()
    found = git.run("rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}")
    if found.returncode != 0 or not _COMMIT.fullmatch(found.stdout):
        if is_shallow:
            raise UsageError(f"this shallow clone does not have the revision {revision!r}: {_CAN_FETCH}", path=str(git.root))
        message = f"there is no revision {revision!r} here: name a branch, a tag or a commit, or fetch it first"
        raise UsageError(message, path=str(git.root))
    if is_shallow and done.returncode == 1:
        message = f"this shallow clone does not reach back to where the branch left {revision!r}: {_CAN_FETCH}"
        raise UsageError(message, path=str(git.root))
    return found.stdout.decode().strip()


def _read(difference: bytes, changes: Changes) -> None:
    """Parse the output of `git diff`. Lines of files are only counted, since they may look like anything."""
    name = ""
    lines = iter(difference.split(b"\n"))
    for line in lines:
        if found := _HUNK.match(line):
            taken, first, added = int(found[1] or 1), int(found[2]), int(found[3] or 1)
            # If there are none, git names the line before.
            first += not added
            changes.lines[name].append(Hunk(first, first + added - 1, *_content(lines, taken, added)))
        elif line == b"+++ /dev/null":
            changes.gone.add(os.path.dirname(name))
        elif (header := _named(line)) is not None:
            kind, name = header
            if kind == b"rename to ":
                changes.lines[name] = []
            elif kind == b"rename from ":
                changes.gone.add(os.path.dirname(name))
            elif kind == b"* Unmerged path ":
                changes.whole.add(name)


def _content(lines: Iterator[bytes], taken: int, added: int) -> tuple[int, str]:
    """Skip the content of a hunk. Returns the indentation of the first removed line, and all removed lines."""
    indent = -1
    removed: list[bytes] = []
    number = taken + added
    while number > 0:
        line = next(lines, b"")
        if line.startswith(b"\\"):
            continue  # a note that the line before has no line feed
        if line.startswith(b"-"):
            removed.append(line[1:])
            if indent < 0 and line[1:].strip():
                indent = len(line) - 1 - len(line[1:].lstrip())
        number -= 1
    return indent, b"\n".join(removed).decode("utf-8", "replace")


def _is_within(span: Span, outer: Span) -> bool:
    starts, ends = (span.start_line, span.start_column), (span.end_line, span.end_column)
    within = (outer.start_line, outer.start_column) <= starts and ends <= (outer.end_line, outer.end_column)
    return span.path == outer.path and within


def _named_in(text: str, key: str | int) -> bool:
    """Whether the old text names an instance: its key or, with `count`, a number that includes it."""
    if isinstance(key, int):
        return any(int(each) > key for each in re.findall(r"\d{1,9}", text))
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) is not None


def _named(line: bytes) -> tuple[bytes, str] | None:
    """The kind of a header line and the file's name; None if it names no file."""
    for kind in _HEADERS:
        plain, _, side = kind.rpartition(b" ")
        quoted = plain + b' "' + side
        if line.startswith(quoted) and line.rstrip(b"\t").endswith(b'"'):
            return kind, os.fsdecode(line.rstrip(b"\t")[len(quoted) : -1].decode("unicode_escape").encode("latin-1"))
        if line.startswith(kind):
            # A name with a blank ends in a tab, since some tools write a date after it.
            return kind, os.fsdecode(line[len(kind) :].removesuffix(b"\t"))
    return None
