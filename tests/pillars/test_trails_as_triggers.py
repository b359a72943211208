"""A trail that only watches the buckets of its own code is a trigger, and no record of the account."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence

REGIONS = "cloudtrail-multi-region"
KEY = "cloudtrail-encryption"
TEMPLATE = """
Resources:
  Artifacts: {{ Type: AWS::S3::Bucket }}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Artifacts
      EventSelectors:
        - ReadWriteType: {kind}
          DataResources: [{{ Type: "AWS::S3::Object", Values: [{objects}] }}]
"""
MODULE = """
resource "aws_s3_bucket" "artifacts" {{}}
resource "aws_cloudtrail" "trail" {{
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.artifacts.bucket
  event_selector {{
    read_write_type = "{kind}"
    data_resource {{
      type   = "AWS::S3::Object"
      values = [{objects}]
    }}
  }}
}}
"""
OWN = ('!Sub "${Artifacts.Arn}/source.zip"', '"${aws_s3_bucket.artifacts.arn}/source.zip"')
ALL = ("arn:aws:s3", '"arn:aws:s3"')


@pytest.mark.parametrize(
    ("kind", "objects", "triggers"), [("WriteOnly", OWN, True), ("All", OWN, False), ("WriteOnly", ALL, False)]
)
def test_a_trail_that_triggers(tmp_path: Path, kind: str, objects: tuple[str, str], triggers: bool) -> None:
    reports = [
        judge(tmp_path / "template", TEMPLATE.format(kind=kind, objects=objects[0]), "cloudformation", REGIONS, KEY),
        judge(tmp_path / "module", MODULE.format(kind=kind, objects=objects[1]), "terraform", REGIONS, KEY),
    ]
    for report in reports:
        found = {each.rule.slug: each.confidence for each in report.failing()}
        assert found == ({KEY: Confidence.LOW} if triggers else {KEY: Confidence.MEDIUM, REGIONS: Confidence.HIGH})


@pytest.mark.parametrize(("management", "confidence"), [("false", Confidence.LOW), ("true", Confidence.HIGH)])
def test_a_trail_without_management_events_is_no_record_of_the_account(
    tmp_path: Path, management: str, confidence: Confidence
) -> None:
    source = f"""
variable "bucket" {{}}
resource "aws_cloudtrail" "trail" {{
  name           = "trail"
  s3_bucket_name = "logs"
  event_selector {{
    include_management_events = {management}
    data_resource {{
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::${{var.bucket}}/"]
    }}
  }}
}}
"""
    (finding,) = judge(tmp_path, source, "terraform", "cloudtrail-log-validation").failing()
    assert finding.confidence is confidence


@pytest.mark.parametrize(("name", "advice"), [("observability-test", True), ("latest-audit", False)])
def test_a_trail_for_a_test_is_no_record_of_the_account(tmp_path: Path, name: str, *, advice: bool) -> None:
    source = f'resource "aws_cloudtrail" "trail" {{\n  name           = "{name}"\n  s3_bucket_name = "logs"\n}}\n'
    report = judge(tmp_path, source, "terraform", "cloudtrail-log-validation", REGIONS)

    assert [each.is_advice for each in report.failing()] == [advice, advice]
