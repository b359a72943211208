"""Public access blocks with a setting off: how grave that is, and which settings are turned on last."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.listing import remedy

RULE = "s3-public-access-block"
MODULE = """
variable "networks" {{}}
resource "aws_s3_bucket" "site" {{}}
resource "aws_s3_bucket_policy" "site" {{
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${{aws_s3_bucket.site.arn}}/*"
      Condition = {{ IpAddress = {{ "aws:SourceIp" = {networks} }} }}
    }}]
  }})
}}
resource "aws_s3_bucket_public_access_block" "site" {{
  bucket = aws_s3_bucket.site.id
{settings}
}}
"""
ALL = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


def said(tmp_path: Path, networks: str, off: tuple[str, ...] = ALL) -> tuple[str, str]:
    settings = "\n".join(f"  {each} = {str(each not in off).lower()}" for each in ALL)
    (finding,) = judge(tmp_path, MODULE.format(networks=networks, settings=settings), "terraform", RULE).failing()
    return finding.message, remedy(finding)


def test_the_settings_for_policies_come_after_the_policy(tmp_path: Path) -> None:
    message, advice = said(tmp_path, "var.networks")
    assert "aws_s3_bucket_policy.site may be public" in message
    assert "block_public_acls  = true" in advice
    assert "block_public_policy " not in advice
    assert "restrict_public_buckets" not in advice
    assert "Replace the policy aws_s3_bucket_policy.site" in advice


def test_nothing_is_written_where_only_the_settings_for_policies_are_off(tmp_path: Path) -> None:
    _, advice = said(tmp_path, "var.networks", ("block_public_policy", "restrict_public_buckets"))
    assert "= true" not in advice


def test_a_policy_that_is_not_public_stays(tmp_path: Path) -> None:
    message, advice = said(tmp_path, '["192.0.2.0/24"]')
    assert "aws_s3_bucket_policy" not in message
    assert "restrict_public_buckets = true" in advice


def test_a_website_needs_another_way_first(tmp_path: Path) -> None:
    source = """
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: { IndexDocument: index.html }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", RULE).failing()
    assert "website" in finding.message
    assert "CloudFront" in remedy(finding)


def test_a_website_that_a_policy_gives_to_cloudfront_is_open_to_nobody_else(tmp_path: Path) -> None:
    source = """
resource "aws_s3_bucket" "site" {}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document { suffix = "index.html" }
}
resource "aws_s3_bucket_public_access_block" "site" {
  bucket = aws_s3_bucket.site.id
}
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
    }]
  })
}
"""
    (finding,) = judge(tmp_path, source, "terraform", RULE).failing()
    assert "website" not in finding.message
    assert "restrict_public_buckets = true" in remedy(finding)


BLOCK = """
variable "later" { type = bool }
resource "aws_s3_bucket" "site" {}
resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = %s
  restrict_public_buckets = %s
}
"""


@pytest.mark.parametrize(
    ("refuses", "limits", "severity", "words"),
    [
        ("false", "false", Severity.HIGH, "public policies can open this bucket to anyone"),
        ("true", "false", Severity.MEDIUM, "S3 refuses new policies that are public, but heeds those from before"),
        ("false", "true", Severity.LOW, "S3 accepts policies that are public, which have no effect only as long as"),
        ("var.later", "false", Severity.HIGH, "public policies can open this bucket to anyone"),
        ("false", "var.later", Severity.HIGH, "public policies can open this bucket to anyone"),
    ],
)
def test_what_the_settings_for_policies_allow_together(
    tmp_path: Path, refuses: str, limits: str, severity: Severity, words: str
) -> None:
    found = only_fault(tmp_path, BLOCK % (refuses, limits), "terraform", RULE)

    assert found.severity == severity
    assert words in found.message


UPLOADS = """
resource "aws_s3_bucket" "feed" { bucket = "the-feed" }
resource "aws_s3_bucket_public_access_block" "feed" {
  bucket              = aws_s3_bucket.feed.id
  block_public_acls   = false
  block_public_policy = true
  ignore_public_acls  = false
  restrict_public_buckets = true
}
%s
"""
GRANT = """
resource "aws_iam_policy" "writer" {
  name   = "writer"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "%s"], Resource = "%s" }]
  })
}
"""
OBJECT = """
resource "aws_s3_object" "page" {
  bucket  = aws_s3_bucket.feed.id
  key     = "feed.xml"
  content = "<feed/>"
  acl     = "%s"
}
"""
SITE = 'resource "aws_s3_bucket_website_configuration" "feed" {\n  bucket = aws_s3_bucket.feed.id\n  index_document { suffix = "feed.xml" }\n}'


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (GRANT % ("s3:PutObjectAcl", "arn:aws:s3:::the-feed/feed.xml"), "aws_iam_policy.writer may make objects public"),
        (GRANT % ("s3:PutObjectAcl", "${aws_s3_bucket.feed.arn}/*"), "aws_iam_policy.writer may make objects public"),
        (GRANT % ("s3:PutObjectAcl", "arn:aws:s3:::another/*"), ""),
        (GRANT % ("s3:PutObjectTagging", "${aws_s3_bucket.feed.arn}/*"), ""),
        (OBJECT % "public-read", 'aws_s3_object.page has the ACL "public-read"'),
        (OBJECT % "private", ""),
    ],
    ids=["by name", "by reference", "another bucket", "another right", "an object", "a private object"],
)
def test_objects_that_are_public_by_their_acls_need_another_way_first(tmp_path: Path, more: str, what: str) -> None:
    advice = remedy(only_fault(tmp_path, UPLOADS % more, "terraform", RULE))
    assert ("take public objects offline" in advice) == bool(what)
    assert what in advice
    assert ("origin access control" in advice) == bool(what)


def test_a_website_of_such_objects_is_replaced_before_any_setting(tmp_path: Path) -> None:
    source = UPLOADS.replace("= true", "= false") % (SITE + OBJECT % "public-read")
    advice = remedy(only_fault(tmp_path, source, "terraform", RULE))
    assert "Turn on the settings for ACLs first" not in advice
    assert "with origin access control, in place of the website" in advice
    assert advice.index("Then turn on") < advice.index("block_public_acls")
