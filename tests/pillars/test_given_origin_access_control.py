"""An origin access control that those who deploy have to give is one that the author has thought of."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.rule import Severity

SLUG = "cloudfront-origin-access-control"
SITE = """
Parameters:
  Control: {{ Type: String, Default: "{default}" }}
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {{ TargetOriginId: assets, ViewerProtocolPolicy: https-only }}
        Origins:
          - Id: assets
            DomainName: assets.s3.eu-west-1.amazonaws.com
            S3OriginConfig: {{}}
            {given}
"""


@pytest.mark.parametrize(
    ("given", "grade"),
    [("OriginAccessControlId: !Ref Control", (Severity.MEDIUM, True)), ("", (Severity.MEDIUM, False))],
)
def test_a_place_for_it_that_is_empty_by_default_is_advice(tmp_path: Path, given: str, grade: tuple[Severity, bool]) -> None:
    found = only_fault(tmp_path, SITE.format(default="", given=given), "cloudformation", SLUG)

    assert (found.severity, found.is_advice) == grade


def test_a_default_that_names_one_is_enough(tmp_path: Path) -> None:
    source = SITE.format(default="E1ABCDEF", given="OriginAccessControlId: !Ref Control")

    assert not judge(tmp_path, source, "cloudformation", SLUG).failing()
