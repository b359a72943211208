"""An origin without origin access control whose bucket refuses anonymous requests: nothing is open, and the order of the remedy differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import decision, only_fault
from wa_iac.core.scales import Severity

SLUG = "cloudfront-origin-access-control"
SITE = """
variable "closed" { type = bool }
resource "aws_s3_bucket" "site" {
  bucket = "site"
}
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "site"
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
  }
}
"""
BLOCK = """
resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  ignore_public_acls      = %(acls)s
  block_public_policy     = %(policy)s
  restrict_public_buckets = %(restrict)s
}
"""
POLICY = """
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*"%s }]
  })
}
"""
FOR_ALL = POLICY % ""
FROM_SOME = POLICY % ', Condition = { IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] } }'


def block(acls: str = "true", policy: str = "true", restrict: str = "true") -> str:
    return BLOCK % {"acls": acls, "policy": policy, "restrict": restrict}


@pytest.mark.parametrize(
    ("more", "closed"),
    [
        (block(), True),
        (block() + FOR_ALL, True),
        (block() + FROM_SOME, False),
        (block(acls="false"), False),
        (block(restrict="false") + FOR_ALL, False),
        (block(restrict="var.closed") + FOR_ALL, False),
        (FOR_ALL, False),
        ("", True),
    ],
)
def test_a_bucket_that_refuses_anonymous_requests_is_open_to_nobody(tmp_path: Path, more: str, closed: bool) -> None:
    found = only_fault(tmp_path, SITE + more, "terraform", SLUG)

    assert found.severity == Severity.MEDIUM
    assert found.is_advice == (more == "")
    assert ("visitors get an error" in found.message) is closed


@pytest.mark.parametrize(
    ("more", "at_once", "opened"),
    [
        (block() + FOR_ALL, True, False),
        (block(), False, False),
        (block(restrict="false") + FOR_ALL, True, True),
        (block(policy="false", restrict="false") + FOR_ALL, False, True),
    ],
)
def test_a_public_statement_cannot_stay_beside_a_new_one_while_public_policies_are_blocked(
    tmp_path: Path, more: str, at_once: bool, opened: bool
) -> None:
    said = decision(only_fault(tmp_path, SITE + more, "terraform", SLUG))

    assert ("in place of the statement for everyone and in one change" in said) is at_once
    assert ("is then refused" in said) is opened
