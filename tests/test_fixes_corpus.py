"""Fixes on real templates and modules: what is fixed is gone, nothing comes, everything still reads, once is enough."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from helpers.fixes import everything, failing, formatted, mended

PARTS = [
    "cloudformation/aws-sample-templates/EC2",
    "cloudformation/aws-sample-templates/ECS",
    "cloudformation/aws-sample-templates/RDS",
    "cloudformation/aws-sample-templates/S3",
    "cloudformation/cfngoat",
    "terraform/terraform-aws-rds",
    "terraform/terraform-aws-s3-bucket",
    "terraform/terragoat",
]


@pytest.mark.parametrize("part", PARTS)
def test_real_code_is_mended(part: str, corpus: Path, tmp_path: Path) -> None:
    here = tmp_path / "code"
    shutil.copytree(corpus / part, here)
    before, known = everything(here), failing(everything(here, advice=True))

    outcome = mended(here, profile="default")

    assert failing(outcome.report) - known == {}
    # One fix may mend more than its own finding: a database that cannot be deleted needs no final snapshot.
    gone = failing(before) - failing(outcome.report)
    assert Counter((each.rule.slug, each.address) for each in outcome.findings) - gone == {}
    assert [each for each in outcome.report.failing() if each.fix is not None] == []
    assert len(outcome.report.mistakes()) == len(before.mistakes())
    assert mended(here, profile="default").files == {}
    old = {path: outcome.before[path].decode() for path in outcome.files if path.endswith(".tf")}
    if old:
        new = {path: outcome.files[path].decode() for path, text in formatted(old).items() if text == old[path]}
        assert formatted(new) == new
