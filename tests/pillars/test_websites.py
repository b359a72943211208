"""A website is behind CloudFront where an origin leads to it: by a reference to whatever tells its address, or by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.fixes import after
from helpers.reports import judge, judge_files, verdicts
from wa_iac.report.listing import remedy

RULE = "s3-website-cloudfront"
SITE = """
variable "name" { default = "front.example.com" }
variable "given" {}
resource "aws_s3_bucket" "site" {
  bucket = NAME
}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}
data "aws_s3_bucket" "found" {
  bucket = aws_s3_bucket.site.id
}
data "aws_region" "here" {}
resource "aws_lb" "other" {}
resource "aws_cloudfront_distribution" "front" {
  origin {
    origin_id   = "site"
    domain_name = DOMAIN
  }
}
"""


def of(tmp_path: Path, domain: str, name: str = "var.name") -> list[str]:
    found = verdicts(tmp_path, SITE.replace("NAME", name).replace("DOMAIN", domain), "terraform", RULE)
    return list(found.values())


@pytest.mark.parametrize(
    "domain",
    [
        "aws_s3_bucket_website_configuration.site.website_endpoint",
        '"${aws_s3_bucket.site.id}.${aws_s3_bucket_website_configuration.site.website_domain}"',
        "aws_s3_bucket.site.website_endpoint",
        "data.aws_s3_bucket.found.website_endpoint",
        '"${var.name}.s3-website-eu-west-1.amazonaws.com"',
        '"front.example.com.s3-website.eu-central-1.amazonaws.com"',
        '"${var.name}.s3-website.${data.aws_region.here.name}.amazonaws.com"',
        '"front.example.com.s3.amazonaws.com"',
        '"front.example.com.s3.eu-west-1.amazonaws.com"',
        '"front.example.com"',
    ],
)
def test_its_own_address_leads_to_it(tmp_path: Path, domain: str) -> None:
    assert of(tmp_path, domain) == []


@pytest.mark.parametrize(
    "domain",
    [
        '"other.example.com.s3-website-eu-west-1.amazonaws.com"',
        '"x-front.example.com.s3-website-eu-west-1.amazonaws.com"',
        '"app.example.com"',
        "aws_lb.other.dns_name",
    ],
)
def test_another_address_does_not(tmp_path: Path, domain: str) -> None:
    assert of(tmp_path, domain) == ["fail"]


def test_an_address_that_is_given_from_outside_may(tmp_path: Path) -> None:
    assert of(tmp_path, "var.given") == ["unknown"]
    assert of(tmp_path, '"${var.given}.s3-website-eu-west-1.amazonaws.com"') == ["unknown"]


def test_the_same_unknown_name_is_the_same_name(tmp_path: Path) -> None:
    assert of(tmp_path, '"${var.given}.s3-website-eu-west-1.amazonaws.com"', name="var.given") == []


def test_an_address_that_comes_out_of_a_module_leads_to_the_website_in_it(tmp_path: Path) -> None:
    module = """
variable "name" {}
resource "aws_s3_bucket" "site" { bucket = var.name }
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.bucket
  index_document { suffix = "index.html" }
}
output "endpoint" { value = aws_s3_bucket_website_configuration.site.website_endpoint }
"""
    root = """
module "front" {
  source = "./site"
  name   = "front.example.com"
}
module "bare" {
  source = "./site"
  name   = "bare.example.com"
}
resource "aws_cloudfront_distribution" "front" {
  origin {
    origin_id   = "site"
    domain_name = module.front.endpoint
  }
}
"""

    report = judge_files(tmp_path, {"main.tf": root, "site/main.tf": module}, RULE)

    assert {each.address: each.verdict for each in report.findings} == {"module.bare.aws_s3_bucket.site": "fail"}


TEMPLATE = """
Parameters: {Name: {Type: String}}
Resources:
  Site: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name, WebsiteConfiguration: {IndexDocument: index.html}}}
  Front:
    Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Enabled: true, Origins: [{Id: site, DomainName: DOMAIN}]}}
"""


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ('!Select [2, !Split ["/", !GetAtt Site.WebsiteURL]]', {}),
        ("!GetAtt Site.RegionalDomainName", {}),
        ('!Sub "${Name}.s3-website-${AWS::Region}.amazonaws.com"', {}),
        ('!Join ["", [!Ref Name, ".s3-website.", !Ref "AWS::Region", ".", !Ref "AWS::URLSuffix"]]', {}),
        ('!Sub "${Site}.s3-website-eu-west-1.amazonaws.com"', {}),
        ('!Sub "other-${Name}.s3-website-eu-west-1.amazonaws.com"', {"Site": "unknown"}),
        ("site.s3-website-eu-west-1.amazonaws.com", {"Site": "unknown"}),
        ("app.example.com", {"Site": "fail"}),
    ],
)
def test_in_a_template_the_names_are_put_together_otherwise(tmp_path: Path, domain: str, found: dict[str, str]) -> None:
    assert verdicts(tmp_path, TEMPLATE.replace("DOMAIN", domain), "cloudformation", RULE) == found


def test_a_bucket_whose_name_is_made_up_cannot_have_been_named(tmp_path: Path) -> None:
    source = TEMPLATE.replace("BucketName: !Ref Name, ", "").replace("DOMAIN", "app.example.com")

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {"Site": "fail"}


ORIGIN = """
resource "aws_s3_bucket" "site" {}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}
resource "aws_cloudfront_distribution" "front" {
  origin {
    origin_id   = "site"
    domain_name = aws_s3_bucket_website_configuration.site.website_endpoint
    custom_origin_config {
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    origin_id   = "app"
    domain_name = "app.example.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
"""


def test_an_endpoint_that_speaks_no_https_is_not_made_to(tmp_path: Path) -> None:
    mended = after(tmp_path, "main.tf", ORIGIN, "cloudfront-origin-tls")

    before, app = mended.split('origin_id   = "app"')
    assert 'origin_protocol_policy = "http-only"' in before
    assert 'origin_protocol_policy = "https-only"' in app


def test_its_remedy_is_the_endpoint_of_the_bucket_itself(tmp_path: Path) -> None:
    site, app = judge(tmp_path, ORIGIN, "terraform", "cloudfront-origin-tls").findings

    assert "bucket_regional_domain_name" in remedy(site)
    assert "https-only" not in remedy(site)
    assert "https-only" in remedy(app)


@pytest.mark.parametrize("with_index", ["true", "false"])
def test_a_dynamic_block_may_be_written_no_time(tmp_path: Path, with_index: str) -> None:
    block = """dynamic "index_document" {
    for_each = WITH ? ["index.html"] : []
    content {
      suffix = index_document.value
    }
  }""".replace("WITH", with_index)
    code = SITE.replace('index_document {\n    suffix = "index.html"\n  }', block)
    code = code.replace("NAME", "var.name").replace("DOMAIN", '"app.example.com"')

    report = judge(tmp_path, code, "terraform", RULE)

    assert report.errors == []
    assert len(report.failing()) == 1


PASSED = """
variable "name" {}
variable "other" {}
locals { domain = "${var.name}.s3-website.eu-west-1.amazonaws.com" }
resource "aws_s3_bucket" "site" { bucket = var.name }
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document { suffix = "index.html" }
}
module "front" {
  source = "git::https://example.com/front.git?ref=v1.0"
  origin = VALUE
}
"""


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ('"http://${local.domain}/"', ["unknown"]),
        ("local.domain", ["unknown"]),
        ("{ many = [aws_s3_bucket.site.bucket] }", ["unknown"]),
        ("aws_s3_bucket_website_configuration.site.website_endpoint", ["unknown"]),
        ("var.name", ["unknown"]),
        ("var.other", ["fail"]),
        ('"eu-west-1"', ["fail"]),
    ],
)
def test_a_website_that_is_passed_to_a_module_that_is_not_here_is_undecided(
    tmp_path: Path, value: str, verdict: list[str]
) -> None:
    report = judge(tmp_path, PASSED.replace("VALUE", value), "terraform", RULE)
    assert [each.verdict for each in report.findings] == verdict
    assert all("terraform init" in each.message for each in report.findings if each.verdict == "unknown")


def test_a_website_that_is_passed_to_a_stack_that_is_not_here_is_undecided(tmp_path: Path) -> None:
    source = """
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: { IndexDocument: index.html }
  Front:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://s3.amazonaws.com/templates/front.yaml
      Parameters: { Origin: VALUE }
"""
    passed = judge(tmp_path / "a", source.replace("VALUE", "!GetAtt Site.WebsiteURL"), "cloudformation", RULE)
    other = judge(tmp_path / "b", source.replace("VALUE", "www.example.com"), "cloudformation", RULE)
    assert [[each.verdict for each in report.findings] for report in (passed, other)] == [["unknown"], ["fail"]]


def test_a_distribution_that_is_looked_up_may_serve_the_website(tmp_path: Path) -> None:
    source = """
data "aws_cloudfront_distribution" "site" { id = "E1EXAMPLE" }
resource "aws_s3_bucket" "site" {}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document { suffix = "index.html" }
}
"""
    (found,) = judge(tmp_path, source, "terraform", "s3-website-cloudfront").findings

    assert found.verdict == "unknown"
    assert "data.aws_cloudfront_distribution.site is looked up at deployment" in found.message


PAGE = """
variable "host" {}
resource "aws_s3_bucket" "site" {
  NAME
}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document { suffix = "index.html" }
}
"""


def test_a_website_without_a_distribution_is_advice(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, PAGE.replace("NAME", 'bucket = "www.example.com"'), "terraform", RULE).failing()

    assert found.is_advice
