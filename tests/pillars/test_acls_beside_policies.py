"""A public ACL beside a public policy of the same bucket is one matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Severity

BUCKET = """
resource "aws_s3_bucket" "b" {{
  bucket = "b"
}}

resource "aws_s3_bucket_acl" "b" {{
  bucket = aws_s3_bucket.b.id
  acl    = "{acl}"
}}

resource "aws_s3_bucket_policy" "b" {{
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({{
    Statement = [{{ Effect = "Allow", Principal = "{principal}", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }}]
  }})
}}
"""


@pytest.mark.parametrize(
    ("acl", "principal", "severity"),
    [
        ("public-read", "*", Severity.MEDIUM),
        ("public-read", "arn:aws:iam::111122223333:root", Severity.CRITICAL),
        ("public-read-write", "*", Severity.CRITICAL),
    ],
)
def test_the_acl_beside_a_public_policy(tmp_path: Path, acl: str, principal: str, severity: Severity) -> None:
    found = only_fault(tmp_path, BUCKET.format(acl=acl, principal=principal), "terraform", "s3-acl-public")

    assert found.severity == severity
