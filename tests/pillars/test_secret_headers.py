"""A bucket behind a secret header belongs to a proxy: its policy is not open to anyone, and its website has a distribution elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.finding import Finding
from wa_iac.core.rule import Severity
from wa_iac.report.listing import remedy

MODULE = """
variable "secret" { sensitive = true }
variable "domain" {}
resource "random_password" "header" { length = 32 }
resource "aws_s3_bucket" "site" {}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document { suffix = "index.html" }
}
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
      Condition = { OPERATOR = { "KEY" = VALUE } }
    }]
  })
}
"""
TEMPLATE = """
Parameters:
  Secret: { Type: String, NoEcho: true }
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: { IndexDocument: index.html }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub ${Site.Arn}/*
            Condition: { StringEquals: { "aws:Referer": !Ref Secret } }
"""


def module(key: str, value: str, operator: str = "StringEquals") -> str:
    return MODULE.replace("OPERATOR", operator).replace("KEY", key).replace("VALUE", value)


def the(findings: list[Finding], slug: str) -> list[Finding]:
    return [each for each in findings if each.rule.slug == slug]


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("aws:UserAgent", "random_password.header.result", True),
        ("aws:Referer", "var.secret", True),
        ("aws:Referer", '"Bearer ${random_password.header.result}"', True),
        ("aws:Referer", '"https://www.example.com/*"', False),
        ("aws:Referer", '"https://${var.domain}/*"', False),
        ("s3:prefix", "var.secret", False),
    ],
)
def test_a_secret_header_is_said_of_a_public_policy(tmp_path: Path, key: str, value: str, secret: bool) -> None:
    report = judge(tmp_path, module(key, value), "terraform", "s3-policy-public")
    (finding,) = report.failing()
    assert finding.severity is Severity.MEDIUM
    assert ("Anyone who knows the secret" in finding.message) is secret
    assert ("Let CloudFront read" in remedy(finding)) is secret


def test_a_header_that_must_not_be_the_secret_is_open_to_anyone(tmp_path: Path) -> None:
    report = judge(tmp_path, module("aws:Referer", "var.secret", "StringNotEquals"), "terraform", "s3-policy-public")
    (finding,) = report.failing()
    assert "Anyone on the internet may read" in finding.message


def test_a_template_with_a_secret_header(tmp_path: Path) -> None:
    report = judge(tmp_path, TEMPLATE, "cloudformation", "s3-policy-public", "s3-website-cloudfront")
    assert [each.severity for each in the(report.failing(), "s3-policy-public")] == [Severity.MEDIUM]
    assert the(report.failing(), "s3-website-cloudfront") == []


def test_a_website_behind_a_secret_header_has_its_distribution_elsewhere(tmp_path: Path) -> None:
    secret = judge(tmp_path / "a", module("aws:UserAgent", "var.secret"), "terraform", "s3-website-cloudfront")
    known = judge(tmp_path / "b", module("aws:UserAgent", '"me"'), "terraform", "s3-website-cloudfront")
    assert (secret.failing(), len(known.failing())) == ([], 1)


def test_a_website_for_the_addresses_of_a_proxy_is_served_by_that_proxy(tmp_path: Path) -> None:
    source = module("aws:SourceIp", '["173.245.48.0/20"]', "IpAddress")
    assert judge(tmp_path, source, "terraform", "s3-website-cloudfront").failing() == []
