"""Old versions that nothing expires, passwords that are easy to guess, and states that nothing locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Confidence, Severity

BUCKET = """
resource "aws_s3_bucket" "it" {
  bucket = "acme-it"
}
resource "aws_s3_bucket_versioning" "it" {
  bucket = aws_s3_bucket.it.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "it" {
  bucket = aws_s3_bucket.it.id
  rule {
    id     = "it"
    status = "Enabled"
    filter {}
%s
  }
}
"""
EXPIRES = "    expiration {\n      days = 30\n    }"
ABORTS = "    abort_incomplete_multipart_upload {\n      days_after_initiation = 7\n    }"


@pytest.mark.parametrize(("rule", "confidence"), [(EXPIRES, Confidence.HIGH), (ABORTS, Confidence.MEDIUM)])
def test_an_expiration_that_only_makes_old_versions_is_surely_a_mistake(
    tmp_path: Path, rule: str, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, BUCKET % rule, "terraform", "s3-version-lifecycle")

    assert found.confidence == confidence


POLICY = """
resource "aws_iam_account_password_policy" "it" {
  minimum_password_length      = %d
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = %s
  password_reuse_prevention    = 5
}
"""


@pytest.mark.parametrize(
    ("length", "symbols", "severities"),
    [(8, "true", [Severity.MEDIUM]), (14, "false", [Severity.LOW]), (14, "true", [])],
)
def test_short_passwords_are_worse_than_simple_ones(
    tmp_path: Path, length: int, symbols: str, severities: list[Severity]
) -> None:
    report = judge(tmp_path, POLICY % (length, symbols), "terraform", "iam-password-policy")

    assert [each.severity for each in report.failing()] == severities


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        ('bucket = "acme"\n    key = "it"', 1),
        ('bucket = "acme"\n    key = "it"\n    use_lockfile = false', 1),
        ('bucket = "acme"\n    key = "it"\n    use_lockfile = true', 0),
        ('key = "it"', 0),
    ],
)
def test_a_backend_that_is_given_in_part_may_get_its_lock_later(tmp_path: Path, written: str, faults: int) -> None:
    text = f'terraform {{\n  backend "s3" {{\n    {written}\n  }}\n}}\n'
    report = judge(tmp_path, text, "terraform", "terraform-state-locking")

    assert len(report.failing()) == faults
