"""The policy of severities: the document is current, and every rule keeps to it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from wa_iac.core.rule import Confidence, Pillar, Severity
from wa_iac.core.scales import is_advice
from wa_iac.maintenance.index import rule_modules
from wa_iac.maintenance.severity_table import PLACE, severity_table

ROOT = Path(__file__).parents[2]
RULES = [rule for _, rule in rule_modules()]


def test_the_document_is_current() -> None:
    document = (ROOT / PLACE.document).read_text(encoding="utf-8")

    assert PLACE.within(document, severity_table()) == document, "run: python -m wa_iac.maintenance docs"


def test_each_rule_is_in_the_table_once() -> None:
    rows = [line for line in severity_table().splitlines() if line.startswith("| [")]

    assert len(rows) == len(RULES)
    assert "| [s3-policy-public](rules/s3-policy-public.md) | security | critical | high | by default |" in rows
    assert "| [lambda-arm64](rules/lambda-arm64.md) | sustainability | low | medium | as advice, with `--profile all` |" in rows
    assert "| [s3-replication](rules/s3-replication.md) | reliability | low | medium | with `--profile all` |" in rows


@pytest.mark.parametrize(
    ("pillar", "gravest"),
    [
        ("cost", Severity.MEDIUM),
        ("performance", Severity.MEDIUM),
        ("sustainability", Severity.MEDIUM),
        ("operations", Severity.HIGH),
        ("reliability", Severity.HIGH),
    ],
)
def test_no_rule_is_graver_than_its_pillar_may_be(pillar: Pillar, gravest: Severity) -> None:
    assert [each.slug for each in RULES if each.pillar == pillar and each.severity.rank > gravest.rank] == []


def test_no_rule_claims_more_than_high_confidence() -> None:
    assert [each.slug for each in RULES if each.confidence is Confidence.VERY_HIGH] == []


def test_what_readers_mostly_shrug_off_is_advice_or_has_its_place_in_the_policy() -> None:
    with (ROOT / "docs/record.csv").open(encoding="utf-8", newline="") as file:
        records = {row["rule"]: (int(row["yes"]), int(row["shrug"]), int(row["wrong"])) for row in csv.DictReader(file)}
    rules = {each.slug: each for each in RULES}
    shrugged = {slug for slug, each in records.items() if sum(each) >= 5 and each[1] * 3 >= sum(each)}
    policy = (ROOT / PLACE.document).read_text(encoding="utf-8")
    named = {slug for row in re.findall(r"(?m)^\| (`[^|]+) \|", policy) for slug in re.findall(r"`([^`]+)`", row)}

    assert records.keys() <= rules.keys()
    assert shrugged
    assert {slug for slug in shrugged - named if not is_advice(rules[slug].severity, rules[slug].confidence)} == set()
