"""A remedy names only what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, remedies

CERTIFICATE = """
resource "aws_cloudfront_distribution" "site" {
  aliases = ["example.com"]
  origin {
    domain_name = "example.org"
    origin_id   = "site"
  }
  viewer_certificate {
    acm_certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/one"
    ssl_support_method  = "METHOD"
  }
}
"""


@pytest.mark.parametrize("method", ["sni-only", "vip"])
def test_a_certificate_that_is_written_stays(tmp_path: Path, method: str) -> None:
    (remedy,) = remedies(judge(tmp_path, CERTIFICATE.replace("METHOD", method), "terraform", "cloudfront-tls-policy"))
    assert "minimum_protocol_version" in remedy
    assert "acm_certificate_arn" not in remedy
    assert ("sni-only" in remedy) is (method == "vip")


REQUIRED = """
terraform {
  required_providers {
    aws = {
      source = "SOURCE"
    }
  }
}
provider "aws" {}
resource "aws_sns_topic" "this" {}
"""


@pytest.mark.parametrize("source", ["registry.opentofu.org/hashicorp/aws", "hashicorp/aws"])
def test_the_source_of_a_provider_stays(tmp_path: Path, source: str) -> None:
    report = judge(tmp_path, REQUIRED.replace("SOURCE", source), "terraform", "terraform-versions-pinned")
    (remedy,) = remedies(report)
    assert f'source  = "{source}"' in remedy


BALANCER = """
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Type: KIND }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: { LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: TLS }
"""


@pytest.mark.parametrize(("kind", "told"), [("network", "who connected by TLS"), ("application", "who requested what")])
def test_what_a_load_balancer_would_log(tmp_path: Path, kind: str, told: str) -> None:
    report = judge(tmp_path, BALANCER.replace("KIND", kind), "cloudformation", "elb-access-logging")
    assert [told in each.message for each in report.failing()] == [True]
