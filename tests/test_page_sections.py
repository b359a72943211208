"""Every rule's page has the same sections in the same order, and names the documents that it rests on."""

from __future__ import annotations

import re
from datetime import date

import pytest

from wa_iac.core.rule import Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

ORDER = (
    "Why",
    "What it checks",
    "What is left out",
    "Non-compliant",
    "Compliant",
    "Not applicable",
    "Undecided",
    "Sources",
)
OPTIONAL = {"Not applicable", "Undecided"}
RULES = [each for each in OURS.all() if each.slug not in SUPPRESSION_RULES]
SOURCE = re.compile(r"- \[[^]]+\]\(https://[^)\s]+\), read on (?P<day>\d{4}-\d{2}-\d{2})")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_the_sections_stand_in_their_order(rule: Rule) -> None:
    text = re.sub(r"^```.*?^```$", "", rule.page, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert headings == [each for each in ORDER if each not in OPTIONAL or each in headings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_each_source_has_an_address_and_the_day_on_which_it_was_read(rule: Rule) -> None:
    lines = rule.sources.splitlines()[2:]
    days = [found["day"] if (found := SOURCE.fullmatch(each)) else each for each in lines]

    assert days
    assert [each for each in days if date.fromisoformat(each).isoformat() != each] == []
