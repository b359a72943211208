"""A rule's page is its test: the rule must give the marked results at the marked lines of the examples, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wa_iac.core.declared import Dialect
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import EVERY_UNIT, Rule
from wa_iac.engine.build import units
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.practices import practices

from .examples import SECTIONS, Example, Mark, Section, examples

FILES: Final[Mapping[Dialect, str]] = {"cloudformation": "template.yaml", "terraform": "main.tf"}

_SAID: Final = {"fail": "reported", "unknown": "undecided", "not-applicable": "not applicable"}
_WANTED: Final[Mapping[Section, tuple[str, str]]] = {
    "non-compliant": ("fail", "# finding"),
    "undecided": ("unknown", "# undecided: ..."),
    "not applicable": ("not-applicable", "# not applicable"),
}
"""The verdict and the mark that an example of each section must have at least once; a compliant one has no finding."""
_BEGINS: Final = late(r"^\s*(?:- )*|(?<=[=:?])\s+|[\[{(,]\s*")
"""The text of a line before an attribute, an element or a value."""


def wrong(rule: Rule, catalogue: Catalogue) -> list[str]:
    """The mistakes in a rule, its page and its results on the examples, one sentence each; empty if all is well."""
    try:
        found = examples(rule.page, SECTIONS)
    except ValueError as error:
        return [str(error)]
    return [*_page(rule, found), *(said for each in found for said in wrong_with(rule, each, catalogue))]


def wrong_with(rule: Rule, example: Example, catalogue: Catalogue) -> Iterator[str]:
    """The mistakes in a rule's results on one example."""
    place = f"the example at line {example.line} of the page"
    marks = list(example.marks())
    for said in _wrong_marks(example, marks):
        yield f"{place} {said}"
    with TemporaryDirectory() as folder:
        path = Path(folder, FILES[example.dialect])
        path.write_text(example.source, encoding="utf-8")
        report = check([path.parent], Selection(select=(rule.slug,), profile="all", catalogue=catalogue))
        exempt = _exempt(rule, path.parent) if any(mark.verdict == "not-applicable" for mark in marks) else []
    for error in report.mistakes():
        yield f"{place}: {error.message}" + (f" (its line {error.line})" if error.line is not None else "")
    results = [Mark(each.span.start_line, each.verdict, each.message) for each in (*report.undecided(), *report.failing())]
    for mark in marks:
        there = [each.words for each in (*results, *exempt) if (each.line, each.verdict) == (mark.line, mark.verdict)]
        if not there:
            but = "the rule applies to it" if mark.verdict == "not-applicable" else f"not {_SAID[mark.verdict]}"
            yield f"{place}: line {mark.line} is marked, but {but}"
        elif not any(mark.words in each for each in there):
            yield f"{place}: line {mark.line} is {_SAID[mark.verdict]} without the words {mark.words!r}: {' / '.join(there)}"
    for each in results:
        if not any((mark.line, mark.verdict) == (each.line, each.verdict) for mark in marks):
            but = ", but not marked" if each.verdict == "fail" else ""
            yield f"{place}: line {each.line} is {_SAID[each.verdict]}{but}: {each.words}"
    for finding in (*report.undecided(), *report.failing()):
        line = example.source.splitlines()[finding.span.start_line - 1]
        if finding.span.start_column not in {each.end() + 1 for each in _BEGINS.finditer(line)}:
            column = finding.span.start_column
            yield f"{place}: the finding of line {finding.span.start_line} begins at column {column}, inside of a word or value"


def _wrong_marks(example: Example, marks: Sequence[Mark]) -> Iterator[str]:
    verdicts = {mark.verdict for mark in marks}
    if example.section == "compliant" and "fail" in verdicts:
        yield "is compliant, but marks a finding"
    if example.section == "compliant" and "unknown" in verdicts:
        yield "is compliant, but marks an undecided result"
    wanted, written = _WANTED.get(example.section, ("", ""))
    if wanted and wanted not in verdicts:
        yield f"is {example.section}, but marks no line with {written!r}"
    for mark in marks:
        if mark.verdict == "unknown" and not mark.words:
            yield f"marks line {mark.line} with '# undecided', without words that name the value"


def _exempt(rule: Rule, directory: Path) -> list[Mark]:
    """The resources to which a rule does not apply: the line where each begins, and the reason."""
    read, _ = units([directory])
    found = []
    for unit in read:
        graph = Graph(unit.dialect, unit.declared)
        for subject in (each for cls in rule.subjects for each in graph.of(cls)):
            flags = rule.run(graph, subject)
            if {each.verdict for each in flags} == {"not-applicable"}:
                found += [Mark(subject.span.start_line, "not-applicable", each.message) for each in flags]
    return found


def _page(rule: Rule, found: list[Example]) -> Iterator[str]:
    if not rule.page.startswith("# "):
        yield "the page does not begin with a title, '# ...', which names the fault"
    for each in rule.practices:
        if each not in practices():
            yield f"there is no best practice {each!r} in the framework"
    kinds = {(each.dialect, each.section) for each in found}
    for dialect in _dialects(rule, found):
        called = "CloudFormation" if dialect == "cloudformation" else "Terraform"
        for kind in ("non-compliant", "compliant"):
            if (dialect, kind) not in kinds:
                yield f"the page has no {kind} example for {called}"
        snippet = rule.remedy.snippet(dialect, "")
        if not (snippet.strip() if isinstance(snippet, str) else snippet):
            yield f"the rule does not say what to write instead in {called}"


def _dialects(rule: Rule, found: list[Example]) -> list[Dialect]:
    """The dialects of the resources that a rule checks; for a rule on the whole unit, those of its examples, or any."""
    if EVERY_UNIT in rule.types:
        return sorted({each.dialect for each in found}) or ["cloudformation", "terraform"]
    cfn = any(each.startswith("AWS::") for each in rule.types)
    tf = any(not each.startswith(("AWS::", "awscc_")) for each in rule.types)
    looked: tuple[tuple[Dialect, bool], ...] = (("cloudformation", cfn), ("terraform", tf))
    return [dialect for dialect, looks in looked if looks]
