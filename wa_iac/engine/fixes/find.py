"""From findings to edits: decides which of them can be fixed, and how.

Only text in the files is edited: the block or the template's resource of a finding is looked up again in the text. Only
literals are replaced and missing members added; everything else is left to a person. This runs only on request: `check` alone
does none of it.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core.algebra import text_of
from wa_iac.core.awscc import is_awscc
from wa_iac.core.contain import contained
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.fix import CannotFixError, Content, Edit, Fix, Recipe, applied, leaves, split
from wa_iac.core.span import Span
from wa_iac.core.value import Known
from wa_iac.engine.discover import MODULE_SUFFIXES
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.edit import edits as template_edits
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode
from wa_iac.parsers.cloudformation.text.rendering import Style, style_of
from wa_iac.parsers.terraform.text import edit as hcl
from wa_iac.parsers.terraform.text.nodes import HclBlock
from wa_iac.parsers.terraform.text.syntax import read_body

_MAX_ROUNDS: Final = 40
"""How often one file is edited before the rest of its fixes are left for another run. Each round fixes every resource once."""


_IN_A_PLAN: Final = "it was found in a plan: fix the configuration, and make another plan"


class FixTarget(NamedTuple):
    """A resource to be edited: its start in the file, and the finding's."""

    declared: Declared
    recipe: Recipe
    content: Content
    start: int
    at: int


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
        self._read: dict[str, _File] = {}
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
        for slug, verdict, address, path, _ in report.judgements:
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

    def _file(self, path: str) -> _File:
        if path not in self._read:
            self._read[path] = _File(path, self._sources.get(path, b""))
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
            return "a program generates the resource: change the program"
        if finding.unit in self._plans:
            return _IN_A_PLAN
        return "the value is set elsewhere"

    def _uneditable(self, declared: Declared) -> str:
        """Why nobody may change a resource here; empty if a person wrote it here."""
        path = declared.span.path
        if _is_generated(declared):
            return "a program generates the resource: change the program"
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
            elsewhere = "an installed module declares the resource" if hidden else "the file is not below the named paths"
            self._why_not[path] = "" if named and not hidden else elsewhere
        return self._why_not[path]

    def _agree(self, finding: Finding, declared: Declared, own: bool) -> bool:
        """Whether the rule fails for every instance, caller and environment for which this place is read."""
        here = self._declared[declared.span.path][declared.span.start_byte]
        if not own:
            return len({each.address for each in here}) == 1 == len(self._failing[finding.rule.slug, finding.span].instances)
        slug, path = finding.rule.slug, declared.span.path
        return all(self._verdicts.get((slug, each.address, path)) == {"fail"} for each in here)


def _may_have_fix(finding: Finding) -> bool:
    return finding.rule.fix is not None and finding.verdict == "fail" and finding.suppressed is None


def _is_generated(declared: Declared) -> bool:
    """Whether a program generates it, so that it would overwrite changes here."""
    metadata = declared.attributes.get("Metadata")
    synthesised = isinstance(metadata, Known) and isinstance(metadata.value, dict) and "aws:cdk:path" in metadata.value
    return synthesised or declared.source is not None or bool(declared.construct)


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


def _settled(file: _File, waiting: list[tuple[Finding, FixTarget]]) -> tuple[bytes, list[Finding]]:
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
        after = _File(file.path, data)
        if not after.is_whole:
            break
        file = after
        done += made
        moves = _Moves(chosen)
        waiting = [(each, target._replace(start=moves.of(target.start), at=moves.of(target.at))) for each, target in later]
    return file.data, done


class _File:
    """One file's text, parsed when first asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self._template: MapNode | None = None
        self._blocks: Mapping[int, HclBlock] | None = None
        self._style: Style | None = None
        self._hcl_style: hcl.Style | None = None
        self._resources: Mapping[int, Entry] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it can be read without any error."""
        try:
            return bool(self._tree() if self._is_tree else self._hcl())
        except CannotFixError:
            return False

    @property
    def _is_tree(self) -> bool:
        return self.path.endswith(".json") or not self.path.endswith(MODULE_SUFFIXES)

    def edits(self, target: FixTarget) -> list[Edit]:
        """The edits for a target. Raises `CannotFixError`."""
        if self._is_tree:
            return self._in_tree(target)
        block = self._hcl().get(target.start)
        if block is None or block.type != "resource" or block.labels != (target.declared.type, target.declared.name):
            raise CannotFixError("the resource is not written here")
        if self._hcl_style is None:
            self._hcl_style = hcl.style_of(self.data)
        editor = hcl.Editor(self.data, self.path, target.at, self._hcl_style)
        satellite = target.recipe.beside
        names = {each.partition("[")[0] for each in target.content}
        has = names & {*block.body.attributes, *(each.type for each in block.body.blocks)}
        if satellite is not None and target.declared.type not in target.recipe.types and not has:
            if any(each.labels == (satellite.type, target.declared.name) for each in self._hcl().values()):
                raise CannotFixError("a resource of that name exists already")
            editor.beside(block, satellite)
        else:
            editor.fill(block, target.content)
        return editor.edits

    def _in_tree(self, target: FixTarget) -> list[Edit]:
        root = self._tree()
        terraform = target.declared.dialect == "terraform"
        entry = self._resource(root, target)
        if entry is None:
            raise CannotFixError("the resource is not written here")
        if self._style is None:
            self._style = style_of(self.data, root, lists_stand_for_blocks=terraform)
        style = self._style.within(entry)
        content = target.content
        if terraform:
            if target.recipe.beside is not None and target.declared.type not in target.recipe.types:
                raise CannotFixError("another resource would have to be added")
            # In Terraform's JSON a resource is its body.
            content = {f"@{name}": each for name, each in content.items()}
        return template_edits(self.data, self.path, entry, content, target.at, style)

    def _resource(self, root: MapNode, target: FixTarget) -> Entry | None:
        """The resource in the text, found by its name, place and checked type."""
        declared = target.declared
        if declared.dialect == "terraform":
            entry = _member(_member(_member(root, "resource"), declared.type), declared.name)
            return entry if entry is not None and entry.key.start_byte == target.start else None
        if self._resources is None:
            found = _member(root, "Resources")
            written = found.value.entries.values() if found is not None and isinstance(found.value, MapNode) else ()
            self._resources = {each.key.start_byte: each for each in written}
        entry = self._resources.get(target.start)
        kind = _member(entry, "Type")
        return entry if kind is not None and getattr(kind.value, "value", None) == declared.type else None

    def _tree(self) -> MapNode:
        if self._template is None:
            if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise CannotFixError("the file is in UTF-16")
            try:
                document = parsed(self.data, self.path)
            except WaIacError:
                raise CannotFixError("the file cannot be read") from None
            if document is None or document.errors or not isinstance(document.root, MapNode):
                raise CannotFixError("the file cannot be read in full")
            self._template = document.root
        return self._template

    def _hcl(self) -> Mapping[int, HclBlock]:
        if self._blocks is None:
            try:
                self.data.decode()
            except UnicodeDecodeError:
                raise CannotFixError("the file is not UTF-8") from None
            body, errors = read_body(self.path, self.data)
            if errors:
                raise CannotFixError("the file cannot be read in full")
            self._blocks = {each.header.start_byte: each for each in body.blocks}
        return self._blocks


def _member(within: Entry | MapNode | None, name: str) -> Entry | None:
    node = within.value if isinstance(within, Entry) else within
    return node.entries.get(name) if isinstance(node, MapNode) and not node.call else None


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
