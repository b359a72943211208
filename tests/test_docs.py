"""The generated pages are fresh, and what rules say of the framework exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.rule import PILLARS, Rule
from wa_iac.dev.docs import pages, practices
from wa_iac.engine.catalogue import all_rules

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def test_the_rules_pages_are_fresh() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}

    assert written == pages(), "stale: run `python -m wa_iac.dev docs`"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_a_rule_stands_in_the_framework(rule: Rule) -> None:
    assert rule.pillar in PILLARS
    assert [each for each in rule.practices if each not in practices()] == []
    assert rule.practices
    assert rule.remedy.tf.strip()
    assert rule.title
    assert "\n" not in rule.title
    assert rule.description != rule.title
