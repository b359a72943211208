"""One architecture, written in both dialects: the same findings, and none where it is well built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wa_iac.core.finding import Finding
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

TWINS = Path(__file__).parent.parent / "fixtures" / "twins"


def role(finding: Finding) -> tuple[str, str]:
    """What is found on which part: `WebGroup` and `aws_autoscaling_group.web_group` are the same part."""
    name = re.sub(r"\[.*?\]", "", finding.address).rpartition(".")[2]
    return finding.rule.slug, re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def findings(version: str, dialect: str) -> list[tuple[str, str]]:
    report = check([TWINS / version / dialect], Selection())
    assert report.errors == []
    return sorted(role(each) for each in report.failing())


@pytest.mark.parametrize("dialect", ["cloudformation", "terraform"])
def test_the_well_built_shop_has_no_findings(dialect: str) -> None:
    assert findings("well-built", dialect) == []


def test_the_badly_built_shop_has_the_same_findings_in_both_dialects() -> None:
    found = findings("badly-built", "cloudformation")

    assert len(found) > 30
    assert findings("badly-built", "terraform") == found
