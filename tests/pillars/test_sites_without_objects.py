"""Buckets that only redirect hold nothing, and another network may serve a website."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_fault
from wa_iac.core.scales import Severity

SITE = """
resource "aws_s3_bucket" "site" {
  bucket = "example-site"
  tags   = { Name = "data" }
}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  %s
}
"""
INDEX = 'index_document {\n    suffix = "index.html"\n  }'
NETWORK = """
resource "fastly_service_vcl" "site" {
  backend {
    address = %s
  }
}
"""


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("aws_s3_bucket_website_configuration.site.website_endpoint", None),
        ('"example-site.s3-website-eu-west-1.amazonaws.com"', None),
        ('"www.example.org"', "unknown"),
    ],
)
def test_another_network_may_serve_a_website(tmp_path: Path, address: str, verdict: str | None) -> None:
    report = judge(tmp_path, SITE % INDEX + NETWORK % address, "terraform", "s3-website-cloudfront")

    assert by_address(report, "s3-website-cloudfront").get("aws_s3_bucket.site") == verdict


@pytest.mark.parametrize(
    ("website", "severity"),
    [
        ("RoutingRules: [{RedirectRule: {HostName: example.org}}]", Severity.LOW),
        ("IndexDocument: index.html", Severity.MEDIUM),
    ],
)
def test_an_origin_that_only_redirects_is_a_small_matter(tmp_path: Path, website: str, severity: Severity) -> None:
    source = f"""
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties: {{WebsiteConfiguration: {{{website}}}}}
  Front:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {{TargetOriginId: site, ViewerProtocolPolicy: redirect-to-https}}
        Origins:
          - Id: site
            DomainName: !Select [2, !Split ["/", !GetAtt Site.WebsiteURL]]
            CustomOriginConfig: {{OriginProtocolPolicy: http-only}}
"""
    assert only_fault(tmp_path, source, "cloudformation", "cloudfront-origin-tls").severity == severity
