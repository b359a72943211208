"""Writes fixes into the files, or shows them as a diff."""

from __future__ import annotations

import difflib
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.ending import ended_in_order
from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.files import parsed_once
from wa_iac.core.finding import Finding, Report
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs
from wa_iac.core.late_pattern import late
from wa_iac.core.writing import replace, require_writable
from wa_iac.engine.baseline import apply
from wa_iac.engine.build import collector_paused, distinct_errors, graphs
from wa_iac.engine.check import judge
from wa_iac.engine.report_scope import Scopes, everything, narrow
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import NO_SETTINGS, Settings
from wa_iac.report.sources import Sources

from .find import Applied, Fixes, release_unfixed, with_fixes


@dataclass(slots=True, kw_only=True)
class Outcome:
    """The result of applying fixes. `report` has the remaining findings; `findings` are the fixed ones, in `files`."""

    report: Report
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    before: Mapping[str, bytes] = field(default_factory=dict)
    gone: int = 0
    """The findings that nobody fixed by themselves, and that the changes of others have settled."""
    covered: int = 0
    """The lines of the differences, as far as they were written, that may hold a secret and are covered."""

    def differences(self) -> Iterator[str]:
        """The unified diff, file by file, line by line with line ends."""
        for path, data in sorted(self.files.items()):
            old, new = (_LINE.findall(each.decode("utf-8", "surrogateescape")) for each in (self.before[path], data))
            lines = difflib.unified_diff(old, new, _side("a", path), _side("b", path))
            for line in self._covering(lines, old):
                yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

    def _covering(self, lines: Iterable[str], before: Sequence[str]) -> Iterator[str]:
        """The lines of the difference from `before`, with those covered that may hold a secret. An added line is ours, unless it stands for
        a covered one: so a difference with covered lines fits no file."""
        sources = Sources({}, self.report.secrets)
        keys = set(_in_keys(before))
        replaces = False
        for number, line in enumerate(lines):
            mark, text = line[:1], line[1:]
            holds = number > 1 and mark != "@" and (text in keys or sources.holds_secret(text.rstrip("\r\n")))
            replaces = mark in ("-", "+") and (replaces or (mark == "-" and holds))
            if holds and (mark != "+" or replaces):
                self.covered += 1
                yield f"{mark}{text[: len(text) - len(text.lstrip())]}{_COVERED}\n"
            else:
                yield line


def _in_keys(lines: Iterable[str]) -> Iterator[str]:
    """The lines of private keys and certificates."""
    inside = False
    for line in lines:
        if inside:
            yield line
        inside = (inside or "-----BEGIN" in line) and "-----END" not in line


def _side(side: str, path: str) -> str:
    """A file's name in a diff, as git writes it."""
    name = f"{side}/{path.lstrip('/')}"
    if any(character in _QUOTED or not character.isprintable() for character in name):
        data = name.encode("utf-8", "surrogateescape")
        return (
            '"'
            + "".join(chr(each) if 32 <= each < 127 and chr(each) not in _QUOTED else f"\\{each:03o}" for each in data)
            + '"'
        )
    # Without the tab, `patch` reads a name up to its first blank.
    return name + ("\t" if " " in name else "")


_COVERED: Final = "(this line may hold a secret)"
_QUOTED: Final = '"\\'
_LINE: Final = late(r"[^\n]*\n|[^\n]+")
"""Lines as git and `patch` count them: Python would also end one at a form feed or a lone carriage return."""


def write_fixes(
    paths: Sequence[Path],
    selection: Selection,
    *,
    unsafe: bool,
    write: bool,
    skip_other_files: bool = False,
    inputs: Sequence[Inputs] = (NOTHING_GIVEN,),
    settings: Settings = NO_SETTINGS,
    baseline: Path | None = None,
    scopes: Scopes = everything,
) -> Outcome:
    """Fix what can be fixed below `paths`; see `check` for the other arguments.

    Only reported findings are fixed, not those in `baseline`, nor those that `scopes` leave out. `unsafe` also applies fixes
    that a person should review. Without `write` no file changes, and the report is on the current files. A file that cannot be
    written is an error of the report.
    """
    slugs = selection.slugs()

    def judged() -> tuple[Report, Fixes]:
        asked = scopes()
        built, errors = graphs(paths, skip_other_files=skip_other_files, inputs=inputs, settings=settings)
        report = judge(built, slugs, selection, errors, settings, asked, judged_unit=release_unfixed)
        if baseline is not None:
            apply(report, baseline, selection.catalogue)
        return report, Fixes(report, [unit for unit, _ in built], paths)

    # As in `check`: the same parsed text serves checks and fixes.
    with collector_paused(), parsed_once():
        report, fixes = judged()
        made = fixes.applied(report.grouped(each for each in report.findings if _is_wanted(each, unsafe=unsafe)))
        broken = fixes.errors
        refused = list(_written(made, report.sources, paths)) if write else []
        outcome = Outcome(report=report, findings=made.findings, files=made.files, before=report.sources)
        before = _counted(each for each in report.failing() if not each.left_out)
        if made.files and write:
            outcome.report, fixes = judged()
        narrow(outcome.report)
        if made.files and write:
            outcome.gone = (before - _counted(outcome.report.failing()) - _counted(made.findings)).total()
        with_fixes(outcome.report, fixes)
        outcome.report.errors += [*broken, *refused]
        outcome.report.errors = distinct_errors(outcome.report.errors)
        return outcome


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((each.rule.slug, each.span.path, each.address) for each in findings)


def _is_wanted(finding: Finding, *, unsafe: bool) -> bool:
    recipe = finding.rule.fix
    return recipe is not None and not finding.left_out and (unsafe or not recipe.unsafe_because)


def _written(made: Applied, sources: Mapping[str, bytes], within: Sequence[Path]) -> Iterator[WaIacError]:
    """Write the files; those that cannot be written are removed from the result, each with an error."""
    roots = [each.resolve() for each in within]
    for shown, data in list(made.files.items()):
        try:
            with ended_in_order():
                replaced(Path(shown), sources[shown], data, lambda path: any(map(path.is_relative_to, roots)))
        except OSError as error:
            yield SourceError(f"it was not fixed: {error.strerror or error}", path=shown)
        else:
            continue
        del made.files[shown]
        made.findings = [each for each in made.findings if each.span.path != shown]


def replaced(path: Path, before: bytes, after: bytes, allowed: Callable[[Path], bool]) -> None:
    """Replace `before` by `after` atomically, keeping the file's mode. Raises `OSError` if the file has changed, or nobody may
    write it."""
    target = path.resolve()
    if not allowed(target):
        raise OSError("it leads outside the checked paths")
    require_writable(target)
    now = files.read(target)
    if now == after:
        return  # it was also reached by another name
    if now != before:
        raise OSError("it has changed since it was read")
    replace(target, after, stat.S_IMODE(target.stat().st_mode))
