"""Every rule's page runs: the marked lines of its non-compliant examples are reported, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from judging import judge, lines
from wa_iac.core.rule import Example, Rule, examples
from wa_iac.engine.catalogue import all_rules, load_rule
from wa_iac.engine.suppression_rules import SUPPRESSION_RULES

MARK = "# finding"
CASES = [
    pytest.param(
        rule.slug, example, id=f"{rule.slug}-{example.dialect}-{'good' if example.compliant else 'bad'}-{example.line}"
    )
    for rule in all_rules()
    if rule.slug not in SUPPRESSION_RULES  # a mark would be a part of the comment: tests/engine/test_hygiene.py judges theirs
    for example in examples(rule.page)
]


@pytest.mark.parametrize(("slug", "example"), CASES)
def test_the_example_gives_exactly_its_marked_findings(slug: str, example: Example, tmp_path: Path) -> None:
    report = judge(tmp_path, example.source, example.dialect, slug)

    assert report.mistakes() == []
    assert [each.message for each in report.undecided()] == []
    marked = [number for number, line in enumerate(example.source.splitlines(), 1) if line.rstrip().endswith(MARK)]
    assert lines(report, slug) == marked
    assert bool(marked) is not example.compliant


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_the_page_has_examples_of_both_kinds_in_both_dialects(rule: Rule) -> None:
    kinds = {(example.dialect, example.compliant) for example in examples(rule.page)}

    assert kinds >= ({("terraform", True), ("terraform", False)} if rule.slug == "terraform-versions-pinned" else BOTH)


BOTH = {("cloudformation", True), ("cloudformation", False), ("terraform", True), ("terraform", False)}


def test_a_rule_is_loaded_by_its_slug() -> None:
    assert load_rule("s3-versioning").title == "S3 bucket keeps no earlier versions of its objects"
