"""The generated pages are fresh, and what rules say of the framework exists."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from wa_iac.core.rule import PILLARS, Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.maintenance.rule_pages import pages, settings_schema
from wa_iac.report.practices import practices
from wa_iac.report.snippets import of_page

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def test_the_rules_pages_are_fresh() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}

    assert written == pages(), "stale: run `python -m wa_iac.maintenance docs`"


def test_the_schema_of_the_settings_is_fresh_and_right() -> None:
    text = (FOLDER.parent / "wa-iac.schema.json").read_text(encoding="utf-8")
    assert text == settings_schema(), "stale: run `python -m wa_iac.maintenance docs`"
    validator = jsonschema_rs.validator_for(json.loads(text))
    good = {
        "profile": "all", "ignore": ["s3-versioning", "cfn-lint-W2001"], "severity": {"s3-lifecycle": "high"},
        "overrides": [{"paths": ["old/**"], "ignore": ["s3-versioning"]}], "environments": {"prod": {"var-files": ["prod.tfvars"]}},
        "suppressions": {"allow": ["s3-versioning"], "inline": True},
        "options": {"rds-backup-retention": {"minimum-days": 30}, "acme-owner-tag": {"keys": ["owner"]}},
    }  # fmt: skip
    assert validator.is_valid(good)
    mistakes: list[dict[str, object]] = [
        {"ignore": ["S3 versioning"]},
        {"fail_on": "high"},
        {"severity": {"S3 versioning": "low"}},
        {"options": {"rds-backup-retention": {"minimum-days": 0}}},
        {"options": {"rds-backup-retention": {"days": 30}}},
        {"overrides": [{}]},
    ]
    for wrong in mistakes:
        assert not validator.is_valid(wrong), wrong


@pytest.mark.parametrize("rule", OURS.all(), ids=lambda rule: rule.slug)
def test_a_rule_stands_in_the_framework(rule: Rule) -> None:
    assert rule.pillar in PILLARS
    assert [each for each in rule.practices if each not in practices()] == []
    assert rule.practices
    assert rule.remedy.in_words or of_page(rule.remedy)[-1].language == "hcl"
    assert rule.title
    assert "\n" not in rule.title
    assert rule.description != rule.title
