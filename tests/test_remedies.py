"""Every remedy works on its rule's page: applied as a person would, it is valid, the finding goes, none comes, and the rest stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.fixes import everything, failing
from helpers.remedies import CannotApplyError, in_module, in_template
from helpers.reports import FILE_NAMES, judge
from wa_iac.core.finding import Finding
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules.examples import Example, examples
from wa_iac.engine.selection import Selection
from wa_iac.report.remedy import remedy

BAD = [
    pytest.param(rule.slug, example, id=f"{rule.slug}-{example.line}")
    for rule in OURS.all()
    for example in examples(rule.page)
    if not example.compliant and example.dialect in FILE_NAMES
]


def written(directory: Path, example: Example, finding: Finding) -> None:
    """Write the example with the remedy of one of its findings."""
    directory.mkdir()
    advice = remedy(finding)
    if example.dialect == "terraform":
        (directory / "main.tf").write_text(in_module(example.source, finding, advice), encoding="utf-8")
    else:
        template = in_template(example.source, finding, advice)
        (directory / "template.json").write_text(json.dumps(template, indent=2), encoding="utf-8")


@pytest.mark.parametrize(("slug", "example"), BAD)
def test_the_remedy_removes_the_finding(slug: str, example: Example, tmp_path: Path) -> None:
    before = judge(tmp_path / "before", example.source, example.dialect, slug)
    for number, finding in enumerate(before.failing()):
        try:
            written(tmp_path / str(number), example, finding)
        except CannotApplyError as why:
            print("CANNOT", slug, example.dialect, repr(str(why))[:300])
            continue
        after = check([tmp_path / str(number)], Selection(select=(slug,), profile="all"))
        left = [each.message for each in after.failing() if each.address == finding.address and each.message == finding.message]
        n0 = len([e for e in before.failing() if e.address == finding.address and e.message == finding.message])
        errs = [str(e) for e in after.mistakes()]
        new = failing(everything(tmp_path / str(number))) - failing(everything(tmp_path / "before"))
        if errs:
            print("ERRORS", slug, example.dialect, errs[:2])
        if len(left) >= n0:
            print("STAYS", slug, example.dialect, finding.address, repr(remedy(finding).text)[:300])
        if new:
            print("NEW", slug, example.dialect, dict(new), repr(remedy(finding).text)[:200])
