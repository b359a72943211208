"""Suppressions written beside the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.finding import Suppression


def suppressed(directory: Path, source: str, *, terraform: bool = True) -> list[Suppression | None]:
    report = judge(directory, source, "terraform" if terraform else "cloudformation", "s3-versioning")
    assert report.errors == []
    return [each.suppressed for each in report.findings]


@pytest.mark.parametrize(
    "source",
    [
        'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-versioning] scratch\n',
        'resource "aws_s3_bucket" "a" {} // wa-iac: ignore[s3-versioning] scratch\n',
        '# wa-iac: ignore[s3-versioning] scratch\nresource "aws_s3_bucket" "a" {}\n',
        '# wa-iac: ignore[s3-lifecycle, s3-versioning] scratch\n\n# A bucket.\nresource "aws_s3_bucket" "a" {}\n',
        'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-versioning] scratch until=2999-12-31\n',
    ],
)
def test_a_comment_suppresses_with_its_reason(source: str, tmp_path: Path) -> None:
    assert suppressed(tmp_path, source) == [Suppression("scratch", "inline")]


@pytest.mark.parametrize(
    "source",
    [
        'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-lifecycle] another rule\n',
        'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-versioning] over until=2020-01-01\n',
        'resource "aws_s3_bucket" "a" {}\n# wa-iac: ignore[s3-versioning] below\n',
        '# wa-iac: ignore[s3-versioning] a line too far\nlocals {}\nresource "aws_s3_bucket" "a" {}\n',
    ],
)
def test_another_rule_a_day_gone_by_and_another_line_suppress_nothing(source: str, tmp_path: Path) -> None:
    assert suppressed(tmp_path, source) == [None]


def test_a_comment_at_the_value_holds_for_it(tmp_path: Path) -> None:
    source = """\
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        # wa-iac: ignore[s3-versioning] rebuilt every night
        Status: Suspended
"""
    assert suppressed(tmp_path, source, terraform=False) == [Suppression("rebuilt every night", "inline")]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [('{"rule": "s3-versioning", "reason": "scratch"}', "scratch")],
)
def test_metadata_suppresses_where_comments_cannot(entry: str, reason: str, tmp_path: Path) -> None:
    source = f"""\
{{"Resources": {{"Reports": {{
  "Type": "AWS::S3::Bucket",
  "Metadata": {{"wa-iac": {{"ignore": [{entry}]}}}}
}}}}}}
"""
    assert suppressed(tmp_path, source, terraform=False) == [Suppression(reason, "metadata")]


def test_a_suppressed_finding_is_counted_and_fails_nothing(tmp_path: Path) -> None:
    report = judge(
        tmp_path, 'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-versioning] x\n', "terraform", "s3-versioning"
    )

    assert (report.summary()["fail"], report.summary()["suppressed"], report.exit_code()) == (0, 1, 0)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('resource "aws_s3_bucket" "a" {\n  # checkov:skip=CKV_AWS_21:scratch\n}\n', "scratch"),
        ('resource "aws_s3_bucket" "a" {\n  #checkov:skip=CKV_AWS_18,CKV_AWS_21\n}\n', "suppressed for checkov"),
        ('#trivy:ignore:AVD-AWS-0090\nresource "aws_s3_bucket" "a" {}\n', "suppressed for trivy"),
    ],
)
def test_what_is_written_for_another_analyzer_counts(source: str, reason: str, tmp_path: Path) -> None:
    assert suppressed(tmp_path, source) == [Suppression(reason, "inline")]


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ('"guard": {"SuppressedRules": ["S3_BUCKET_VERSIONING_ENABLED"]}', "suppressed for guard"),
        ('"checkov": {"skip": [{"id": "CKV_AWS_21", "comment": "scratch"}]}', "scratch"),
        ('"cdk_nag": {"rules_to_suppress": [{"id": "S3BucketVersioningEnabled", "reason": "scratch"}]}', "scratch"),
        (
            '"cdk_nag": {"rules_to_suppress": [{"id": "NIST.800.53.R5-S3BucketVersioningEnabled", "reason": "scratch"}]}',
            "scratch",
        ),
        (
            '"cdk_nag": {"rules_to_suppress": [{"id": "HIPAA.Security-S3BucketVersioningEnabled", "reason": "scratch"}]}',
            "scratch",
        ),
    ],
)
def test_metadata_for_another_analyzer_counts(metadata: str, reason: str, tmp_path: Path) -> None:
    source = f'{{"Resources": {{"A": {{"Type": "AWS::S3::Bucket", "Metadata": {{{metadata}}}}}}}}}'
    assert suppressed(tmp_path, source, terraform=False) == [Suppression(reason, "metadata")]


def test_another_rule_of_the_same_pack_suppresses_nothing(tmp_path: Path) -> None:
    entry = '{"id": "NIST.800.53.R5-S3BucketReplicationEnabled", "reason": "scratch"}'
    metadata = f'{{"cdk_nag": {{"rules_to_suppress": [{entry}]}}}}'
    source = f'{{"Resources": {{"A": {{"Type": "AWS::S3::Bucket", "Metadata": {metadata}}}}}}}'
    assert suppressed(tmp_path, source, terraform=False) == [None]


def test_a_suppression_of_another_rule_of_another_analyzer_does_not(tmp_path: Path) -> None:
    assert suppressed(tmp_path, 'resource "aws_s3_bucket" "a" {\n  # checkov:skip=CKV_AWS_18:logs\n}\n') == [None]


BESIDE = """\
resource "aws_s3_bucket" "a" {}
# wa-iac: ignore[s3-versioning] rebuilt every night
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration {
    status = "Suspended"
  }
}
"""


def test_at_the_header_of_the_resource_that_sets_the_value_a_comment_holds_for_it(tmp_path: Path) -> None:
    assert suppressed(tmp_path, BESIDE) == [Suppression("rebuilt every night", "inline")]


def test_a_resource_on_the_same_line_is_not_around_a_finding(tmp_path: Path) -> None:
    entry = '{"wa-iac": {"ignore": [{"rule": "s3-versioning", "reason": "scratch"}]}}'
    source = f'{{"Resources": {{"A": {{"Type": "AWS::S3::Bucket", "Metadata": {entry}}}, "B": {{"Type": "AWS::S3::Bucket"}}}}}}'
    assert suppressed(tmp_path, source, terraform=False) == [Suppression("scratch", "metadata"), None]
