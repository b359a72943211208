"""What a report calls fixable, `--fix` fixes, and nothing else: in templates, modules, plans, programs and SAM."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.fixes import mended
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.listing import fixable
from wa_iac.report.text import summary

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
KINDS = ["cdk", "plans", "sam", "twins/badly-built", "twins/well-built"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_called_fixable_is_fixed(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "infrastructure"
    shutil.copytree(FIXTURES / kind, folder)
    report = check([folder], Selection(profile="all"), fixes=True)
    promised = [each for each in report.failing() if each.fix is not None]

    outcome = mended(folder, write=False)

    assert {each.fault for each in outcome.findings} == {each.fault for each in promised}
    for each in report.failing():
        assert (fixable(each) == "") == (each.rule.fix is None)
    assert ("fixable" in summary(report)) == bool(promised)
