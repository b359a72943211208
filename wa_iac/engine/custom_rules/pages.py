"""A rule's page is its test: the rule must report the marked lines of the examples, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wa_iac.core.declared import Dialect
from wa_iac.core.rule import EVERY_UNIT, Rule
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.practices import practices

from .examples import Example, examples

MARK: Final = "# finding"
"""The end of an example's line that the rule must report."""
FILES: Final[Mapping[Dialect, str]] = {"cloudformation": "template.yaml", "terraform": "main.tf"}


def wrong(rule: Rule, catalogue: Catalogue) -> list[str]:
    """The mistakes in a rule, its page and its results on the examples, one sentence each; empty if all is well."""
    try:
        found = examples(rule.page)
    except ValueError as error:
        return [str(error)]
    return [*_page(rule, found), *(said for each in found for said in wrong_with(rule, each, catalogue))]


def wrong_with(rule: Rule, example: Example, catalogue: Catalogue) -> Iterator[str]:
    """The mistakes in a rule's results on one example."""
    place = f"the example at line {example.line} of the page"
    marked = [number for number, line in enumerate(example.source.splitlines(), 1) if line.rstrip().endswith(MARK)]
    if example.compliant and marked:
        yield f"{place} is compliant, but marks a finding"
    elif not example.compliant and not marked:
        yield f"{place} is non-compliant, but marks no line with {MARK!r}"
    with TemporaryDirectory() as folder:
        path = Path(folder, FILES[example.dialect])
        path.write_text(example.source, encoding="utf-8")
        report = check([path.parent], Selection(select=(rule.slug,), profile="all", catalogue=catalogue))
    for error in report.mistakes():
        yield f"{place}: {error.message}" + (f" (its line {error.line})" if error.line is not None else "")
    for each in report.undecided():
        yield f"{place}: line {each.span.start_line} is undecided: {each.message}"
    reported = [each.span.start_line for each in report.failing()]
    for line in sorted({*marked} - {*reported}):
        yield f"{place}: line {line} is marked, but not reported"
    for each in report.failing():
        if each.span.start_line not in marked:
            yield f"{place}: line {each.span.start_line} is reported, but not marked: {each.message}"


def _page(rule: Rule, found: list[Example]) -> Iterator[str]:
    if not rule.page.startswith("# "):
        yield "the page does not begin with a title, '# ...', which names the fault"
    for each in rule.practices:
        if each not in practices():
            yield f"there is no best practice {each!r} in the framework"
    kinds = {(each.dialect, each.compliant) for each in found}
    for dialect in _dialects(rule, found):
        for compliant in (False, True):
            if (dialect, compliant) not in kinds:
                kind = "compliant" if compliant else "non-compliant"
                yield f"the page has no {kind} example for {'CloudFormation' if dialect == 'cloudformation' else 'Terraform'}"
        snippet = rule.remedy.snippet(dialect, "")
        if not (snippet.strip() if isinstance(snippet, str) else snippet):
            yield f"the rule does not say what to write instead in {dialect}"


def _dialects(rule: Rule, found: list[Example]) -> list[Dialect]:
    """The dialects of the resources that a rule checks; for a rule on the whole unit, those of its examples, or any."""
    if EVERY_UNIT in rule.types:
        return sorted({each.dialect for each in found}) or ["cloudformation", "terraform"]
    cfn = any(each.startswith("AWS::") for each in rule.types)
    tf = any(not each.startswith(("AWS::", "awscc_")) for each in rule.types)
    looked: tuple[tuple[Dialect, bool], ...] = (("cloudformation", cfn), ("terraform", tf))
    return [dialect for dialect, looks in looked if looks]
