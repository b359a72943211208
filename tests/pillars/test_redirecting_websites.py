"""A website that only redirects: its bucket is named by its own website's configuration, and its target may come from a variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity

DISTRIBUTION = """
variable "target" {{}}
{bucket}
resource "aws_cloudfront_distribution" "it" {{
  enabled = true
  origin {{
    origin_id   = "website"
    domain_name = {domain}
    custom_origin_config {{
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }}
  }}
  default_cache_behavior {{
    target_origin_id       = "website"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }}
}}
"""
BESIDE = """
resource "aws_s3_bucket" "it" {}
resource "aws_s3_bucket_website_configuration" "it" {
  bucket = aws_s3_bucket.it.id
  CONTENT
}
"""
INSIDE = """
resource "aws_s3_bucket" "it" {
  website {
    CONTENT
  }
}
"""
INDEX = 'index_document {\n    suffix = "index.html"\n  }'
BY_CONFIGURATION, BY_BUCKET = "aws_s3_bucket_website_configuration.it.website_endpoint", "aws_s3_bucket.it.website_endpoint"


@pytest.mark.parametrize(
    ("bucket", "content", "domain", "severity"),
    [
        (BESIDE, "redirect_all_requests_to {\n    host_name = var.target\n  }", BY_CONFIGURATION, Severity.LOW),
        (BESIDE, INDEX, BY_CONFIGURATION, Severity.MEDIUM),
        (INSIDE, 'redirect_all_requests_to = "https://${var.target}"', BY_BUCKET, Severity.LOW),
        (INSIDE, 'index_document = "index.html"', BY_BUCKET, Severity.MEDIUM),
    ],
)
def test_a_website_that_only_redirects(tmp_path: Path, bucket: str, content: str, domain: str, severity: Severity) -> None:
    source = DISTRIBUTION.format(bucket=bucket.replace("CONTENT", content), domain=domain)

    assert [each.severity for each in judge(tmp_path / "tls", source, "terraform", "cloudfront-origin-tls").failing()] == [
        severity
    ]
    (log,) = judge(tmp_path / "log", source, "terraform", "cloudfront-access-logging").failing()
    assert log.severity is Severity.LOW
