"""A distribution that only its tenants lead to is judged like any other, but for the certificate, which its tenants bring."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

HCL = """
variable "certificate" {{}}
resource "aws_cloudfront_multitenant_distribution" "shared" {{
  comment = "shared"
  enabled = true
  origin {{
    id          = "app"
    domain_name = "app.example.com"
    custom_origin_config {{
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }}
  }}
  default_cache_behavior {{
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    compress               = true
  }}
  cache_behavior {{
    path_pattern           = "/old/*"
    target_origin_id       = "app"
    viewer_protocol_policy = "allow-all"
    compress               = true
  }}
  {certificate}
}}
"""
OWN = 'viewer_certificate {{\n  acm_certificate_arn = var.certificate\n  minimum_protocol_version = "{}"\n}}'
NAME = "aws_cloudfront_multitenant_distribution.shared"


@pytest.mark.parametrize("rule", ["cloudfront-viewer-https", "cloudfront-origin-tls", "cloudfront-access-logging"])
def test_what_it_lets_in_and_fetches_is_judged(tmp_path: Path, rule: str) -> None:
    assert verdicts(tmp_path, HCL.format(certificate=""), "terraform", rule) == {NAME: "fail"}


@pytest.mark.parametrize(
    ("certificate", "found"),
    [
        ("", {}),
        ("viewer_certificate {\n  cloudfront_default_certificate = true\n}", {}),
        (OWN.format("TLSv1.2_2021"), {}),
        (OWN.format("TLSv1"), {NAME: "fail"}),
    ],
)
def test_its_certificate_is_that_of_its_tenants_unless_it_has_one(
    tmp_path: Path, certificate: str, found: dict[str, str]
) -> None:
    assert verdicts(tmp_path, HCL.format(certificate=certificate), "terraform", "cloudfront-tls-policy") == found


def test_in_a_template_its_mode_tells(tmp_path: Path) -> None:
    source = """
Resources:
  Shared: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ConnectionMode: tenant-only}}}
  Direct: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true}}}
"""

    assert verdicts(tmp_path, source, "cloudformation", "cloudfront-tls-policy") == {"Direct": "fail"}
