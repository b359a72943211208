"""From findings to edits: decides which of them can be fixed, and how.

Only text in the files is edited: the block or the template's resource of a finding is looked up again in the text. Only
literals are replaced and missing members added; everything else is left to a person. This runs only on request: `check` alone
does none of it.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.awscc import is_awscc
from wa_iac.core.contain import contained
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import WaIacError
from wa_iac.core.files import release
from wa_iac.core.finding import Finding, Report
from wa_iac.core.fix import CannotFixError, Content, Edit, Fix, Recipe, applied, leaves, place, split
from wa_iac.core.generated_files import is_generated, is_synthesised
from wa_iac.core.span import Span
from wa_iac.engine.discover import MODULE_SUFFIXES

from .file import FixFile, FixTarget

_MAX_ROUNDS: Final = 40
"""How often one file is edited before the rest of its fixes are left for another run. Each round fixes every resource once."""


_BY_A_PROGRAM: Final = "a program generates the resource: change the program"
_IN_A_PLAN: Final = "it was found in a plan: fix the configuration, and make another plan"


class _Moves:
    """Maps places of a file to their new places after `edits`, none of which contains them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        ordered = split(edits)
        grown = (len(each.new_text.encode()) - (each.end_byte - each.start_byte) for each in ordered)
        self._ends = [each.end_byte for each in ordered]
        self._sums = list(accumulate(grown, initial=0))

    def of(self, byte: int) -> int:
        return byte + self._sums[bisect_right(self._ends, byte)]


@dataclass(slots=True)
class Applied:
    """The changed files by their shown path, and the findings that the changes fix."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Failing:
    """The subjects for which one rule fails at one place."""

    instances: set[tuple[str, str]] = field(default_factory=set)
    environments: set[str] = field(default_factory=set)


class Fixes:
    """The fixes of one report.

    Args:
        units: the checked units.
        within: the files and directories that may be edited, named by the user.
    """

    def __init__(self, report: Report, units: Iterable[Unit], within: Sequence[Path]) -> None:
        self.errors: list[WaIacError] = []
        self._sources = report.sources
        self._within = [path.resolve() for path in within]
        self._read: dict[str, FixFile] = {}
        self._declared: dict[str, dict[int, list[Declared]]] = {}
        self._why_not: dict[str, str] = {}
        self._plans: set[str] = set()
        for unit in units:
            if unit.dialect == "terraform" and unit.path in unit.sources:
                self._plans.add(unit.path)
                continue  # a plan: it stays the same, whatever is changed in the files
            for each in unit.declared:
                self._declared.setdefault(each.span.path, {}).setdefault(each.span.start_byte, []).append(each)
        self._starts = {path: sorted(places) for path, places in self._declared.items()}
        self._verdicts: dict[tuple[str, str, str], set[str]] = {}
        fixable = {each.rule.slug for each in report.findings if _may_have_fix(each)}
        for slug, verdict, address, path, *_ in report.judgements:
            if slug in fixable:
                self._verdicts.setdefault((slug, address, path), set()).add(verdict)
        self._every_environment = report.environments
        self._failing: dict[tuple[str, Span], _Failing] = defaultdict(_Failing)
        for finding in report.findings:
            if finding.verdict == "fail":
                failing = self._failing[finding.rule.slug, finding.span]
                failing.instances.add((finding.unit, finding.address))
                failing.environments.update(finding.environments)

    def of(self, finding: Finding) -> Fix | str:
        """The fix of a finding, or why it needs a person; an empty text if its rule has no fix. A crash costs this fix, and is
        among `errors`."""
        found = contained(
            finding.span.path, partial(self._of, finding), self.errors.append, doing=f"the fix of {finding.rule.slug} in"
        )
        return "looking for it failed" if found is None else found

    def _of(self, finding: Finding) -> Fix | str:
        if not _may_have_fix(finding):
            return ""
        try:
            target = self._target(finding)
            edits = split(self._file(target.declared.span.path).edits(target))
        except CannotFixError as why:
            return str(why)
        return Fix(edits, _title(target, edits), target.recipe.unsafe_because) if edits else "the text has it already"

    def applied(self, findings: Iterable[Finding]) -> Applied:
        """The files after the fixes of all `findings` that have one. Fixes that touch each other are made one after the other."""
        by_file: dict[str, list[tuple[Finding, FixTarget]]] = {}
        for each in findings:
            look = partial(self._target_or_none, each)
            target = contained(each.span.path, look, self.errors.append, doing=f"the fix of {each.rule.slug} in")
            if target is not None:
                by_file.setdefault(target.declared.span.path, []).append((each, target))
        result = Applied()
        for path, waiting in by_file.items():
            settle = partial(_settled, self._file(path), waiting)
            data, done = contained(path, settle, self.errors.append, doing="fixing") or (b"", [])
            if done:
                result.files[path] = data
                result.findings += done
        return result

    def _file(self, path: str) -> FixFile:
        if path not in self._read:
            self._read[path] = _file(path, self._sources.get(path, b""))
        return self._read[path]

    def _target_or_none(self, finding: Finding) -> FixTarget | None:
        try:
            return self._target(finding) if _may_have_fix(finding) else None
        except CannotFixError:
            return None

    def _target(self, finding: Finding) -> FixTarget:
        """The edit target of a finding whose rule has a recipe. Raises `CannotFixError` unless everything at that place fails."""
        recipe = finding.rule.fix
        if recipe is None or finding.instead:
            raise CannotFixError("this fault needs another change than the rule's fix")
        if not self._every_environment <= self._failing[finding.rule.slug, finding.span].environments:
            raise CannotFixError("not every environment has this fault")
        around = self._around(finding.span)
        owner = next((each for each in around if each.address == finding.address), None)
        declared = owner or next((each for each in around if each.type in recipe.types), None)
        if declared is None:
            raise CannotFixError(self._unwritten(finding))
        if why := self._uneditable(declared):
            raise CannotFixError(why)
        if not self._agree(finding, declared, owner is not None):
            raise CannotFixError("the block also makes resources without this fault")
        content = recipe.content(declared.type, declared.dialect, owner=owner is not None)
        if not content and (recipe.beside is None or owner is None or declared.dialect != "terraform"):
            raise CannotFixError(f"there is no fix for {declared.type}")
        if why := _too_new(finding, declared, content, recipe):
            raise CannotFixError(why)
        return FixTarget(declared, recipe, content, declared.span.start_byte, finding.span.start_byte)

    def _around(self, span: Span) -> list[Declared]:
        """The resources at a place: the instances of one block, or one resource of a template. None contains another."""
        starts = self._starts.get(span.path, [])
        index = bisect_right(starts, span.start_byte) - 1
        return [each for each in self._declared[span.path][starts[index]] if _holds(each, span)] if index >= 0 else []

    def _unwritten(self, finding: Finding) -> str:
        """Why no resource is found at the place of a finding."""
        resource = finding.subject.resource if finding.subject is not None else None
        if resource is not None and resource.declared.source is not None:
            return _BY_A_PROGRAM
        if finding.unit in self._plans:
            return _IN_A_PLAN
        return "the value is set elsewhere"

    def _uneditable(self, declared: Declared) -> str:
        """Why nobody may change a resource here; empty if a person wrote it here."""
        path = declared.span.path
        if _is_generated(declared):
            return _BY_A_PROGRAM
        if declared.made_from:
            return f"SAM makes the resource from {declared.made_from}"
        if is_awscc(declared):
            return "there are no fixes for the awscc provider"
        if declared.dialect == "terraform" and not path.endswith(MODULE_SUFFIXES):
            return _IN_A_PLAN
        if declared.kind != "resource" or declared.incomplete or not self._sources.get(path):
            return "the resource is not written here in full"
        if path not in self._why_not:
            resolved = Path(path).resolve()
            hidden = any(part.startswith(".") for part in Path(os.path.relpath(resolved)).parts if part != "..")
            named = any(map(resolved.is_relative_to, self._within))
            written = is_generated(self._sources[path])
            elsewhere = "an installed module declares the resource" if hidden else "the file is not below the named paths"
            self._why_not[path] = _BY_A_PROGRAM if written else "" if named and not hidden else elsewhere
        return self._why_not[path]

    def _agree(self, finding: Finding, declared: Declared, own: bool) -> bool:
        """Whether the rule fails for every instance, caller and environment for which this place is read."""
        here = self._declared[declared.span.path][declared.span.start_byte]
        if not own:
            return len({each.address for each in here}) == 1 == len(self._failing[finding.rule.slug, finding.span].instances)
        slug, path = finding.rule.slug, declared.span.path
        return all(self._verdicts.get((slug, each.address, path)) == {"fail"} for each in here)


def _too_new(finding: Finding, declared: Declared, content: Content, recipe: Recipe) -> str:
    """Why the provider of the configuration refuses what a fix writes; empty if it may know all of it."""
    if declared.dialect != "terraform" or finding.subject is None:
        return ""
    # Imported here, since most findings have no fix.
    from wa_iac.knowledge.provider_additions import too_new

    names = [place(each).name for each in content]
    written = not set(names).isdisjoint(declared.body.value)
    asked = [(declared.type, names)] if written or recipe.beside is None else [(recipe.beside.type, list(recipe.beside.body))]
    found = next(
        (each for kind, arguments in asked if (each := too_new(finding.subject.graph, kind, arguments)) is not None), None
    )
    return (
        ""
        if found is None
        else f"{found.name} needs version {found.since} of the AWS provider, which the configuration does not allow"
    )


def release_unfixed(unit: Unit, findings: Iterable[Finding]) -> None:
    """Let go of the parsed files of a judged unit in which nothing is to be fixed. Most files have no fix, and their trees are most of the
    memory of a run."""
    wanted = {path for each in findings if _may_have_fix(each) for path in _files_of(each)}
    release({path: data for path, data in unit.sources.items() if path not in wanted})


def _files_of(finding: Finding) -> Iterator[str]:
    """The files that a fix of a finding may edit."""
    yield finding.span.path
    declared = finding.subject.declared if finding.subject is not None else None
    if declared is not None:
        yield declared.span.path


def _may_have_fix(finding: Finding) -> bool:
    return finding.rule.fix is not None and finding.verdict == "fail" and finding.suppressed is None


def _is_generated(declared: Declared) -> bool:
    """Whether a program generates it, so that it would overwrite changes here."""
    return is_synthesised(declared) or declared.source is not None or bool(declared.construct)


def _holds(declared: Declared, span: Span) -> bool:
    extent = declared.extent
    return extent.path == span.path and extent.start_byte <= span.start_byte < max(extent.end_byte, extent.start_byte + 1)


def _title(target: FixTarget, edits: Sequence[Edit]) -> str:
    """The title for people: `Set encrypted to true`."""
    satellite = target.recipe.beside
    if satellite is not None and any(f'"{satellite.type}"' in each.new_text for each in edits):
        return f"Add {satellite.type}"
    (name, value), *more = leaves(target.content)
    return f"Set {name} to {text_of(value)}" + (f" and {len(more)} more" if more else "")


def _settled(file: FixFile, waiting: list[tuple[Finding, FixTarget]]) -> tuple[bytes, list[Finding]]:
    """A file after its pending fixes, and the findings that they fix."""
    done: list[Finding] = []
    for _ in range(_MAX_ROUNDS):
        chosen: list[Edit] = []
        made: list[Finding] = []
        later: list[tuple[Finding, FixTarget]] = []
        touched: set[int] = set()
        for finding, target in waiting:
            if target.start in touched:
                later.append((finding, target))
                continue
            try:
                edits = file.edits(target)
            except CannotFixError:
                continue
            made.append(finding)
            if edits:  # else another fix has already written it
                touched.add(target.start)
                chosen += edits
        if not made:
            break
        try:
            data = applied(file.data, chosen)
        except CannotFixError:
            break
        after = _file(file.path, data)
        if not after.is_whole:
            break
        file = after
        done += made
        moves = _Moves(chosen)
        waiting = [(each, target._replace(start=moves.of(target.start), at=moves.of(target.at))) for each, target in later]
    return file.data, done


def _file(path: str, data: bytes) -> FixFile:
    """A file to be edited. Only the parser of its language is imported, since the import is a fifth of a short run."""
    if path.endswith(".json") or not path.endswith(MODULE_SUFFIXES):
        from .in_template import TreeFile

        return TreeFile(path, data)
    from .in_module import HclFile

    return HclFile(path, data)


def with_fixes(report: Report, fixes: Fixes) -> None:
    """Add the fixes of all findings to the report."""
    report.has_fixes = True
    found: dict[tuple[str, Span, str, bool], Fix | str] = {}

    def fixed(finding: Finding) -> Finding:
        key = (finding.rule.slug, finding.span, finding.address, finding.suppressed is None)
        if key not in found:
            found[key] = fixes.of(finding)
        fix = found[key]
        return replace(finding, fix=None, no_fix=fix) if isinstance(fix, str) else replace(finding, fix=fix)

    report.findings = [fixed(each) if each.rule.fix is not None and not each.left_out else each for each in report.findings]
    report.errors += fixes.errors
