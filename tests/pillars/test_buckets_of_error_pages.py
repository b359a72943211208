"""Pages for errors are for every visitor: there is little to protect in a bucket that holds nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only
from wa_iac.core.rule import Severity

SITE = """
resource "aws_s3_bucket" "{name}" {{
  bucket = "acme-{name}"
  acl    = "public-read"
}}
resource "aws_cloudfront_distribution" "site" {{
  enabled = true
  origin {{
    origin_id   = "pages"
    domain_name = aws_s3_bucket.{name}.bucket_regional_domain_name
  }}
}}
"""


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("site-errors", (Severity.MEDIUM, True)),
        ("maintenance", (Severity.MEDIUM, True)),
        ("downloads", (Severity.MEDIUM, False)),
        ("terrors", (Severity.MEDIUM, False)),
    ],
)
def test_the_name_of_the_bucket_says_what_it_holds(tmp_path: Path, name: str, grade: tuple[Severity, bool]) -> None:
    found = only(judge(tmp_path, SITE.format(name=name), "terraform", "cloudfront-origin-access-control"))
    assert (found.severity, found.is_advice) == grade
