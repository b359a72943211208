"""Compression: nothing to gain for one path that is no text, and a choice where it is turned off in writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Confidence

RULE = "cloudfront-compression"
DISTRIBUTION = """
resource "aws_cloudfront_distribution" "it" {
  enabled = true
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
%s
  }
  ordered_cache_behavior {
    path_pattern           = "%s"
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
%s
  }
}
"""
ON, OFF = "    compress = true", "    compress = false"


@pytest.mark.parametrize(("written", "confidence"), [("", Confidence.HIGH), (OFF, Confidence.LOW)])
def test_compression_that_is_turned_off_in_writing_is_a_choice(tmp_path: Path, written: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, DISTRIBUTION % (written, "/api/*", ON), "terraform", RULE)

    assert found.confidence == confidence


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [("latest", 0), ("/releases/current", 0), ("/feed.xml", 1), ("/app.js", 1), ("/docs/", 1), ("/api/*", 1), ("/v?", 1)],
)
def test_one_path_gains_only_if_it_ends_like_a_text(tmp_path: Path, pattern: str, faults: int) -> None:
    assert len(judge(tmp_path, DISTRIBUTION % (ON, pattern, ""), "terraform", RULE).failing()) == faults


OF_OBJECTS = """
Resources:
  {bucket}: {{ Type: AWS::S3::Bucket }}
  Delivery:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        {root}
        Origins: [{{ Id: objects, DomainName: !GetAtt {bucket}.RegionalDomainName, S3OriginConfig: {{}} }}]
        DefaultCacheBehavior:
          TargetOriginId: objects
          ViewerProtocolPolicy: https-only
          ForwardedValues: {{ QueryString: false }}
"""


@pytest.mark.parametrize(
    ("bucket", "root", "confidence"),
    [
        ("PhotoUploads", "", Confidence.LOW),
        ("HelmCharts", "", Confidence.LOW),
        ("MapTiles", "", Confidence.LOW),
        ("SiteImages", "", Confidence.HIGH),
        ("Media", "DefaultRootObject: index.html", Confidence.HIGH),
        ("OsImages", "DefaultRootObject: index.html", Confidence.LOW),
        ("Frontend", "", Confidence.HIGH),
    ],
)
def test_pictures_and_packages_are_compressed_already(tmp_path: Path, bucket: str, root: str, confidence: Confidence) -> None:
    found = only_fault(tmp_path, OF_OBJECTS.format(bucket=bucket, root=root), "cloudformation", RULE)

    assert found.confidence == confidence


REDIRECTS = """
resource "aws_s3_bucket" "www" {{
  bucket = "www.example.com"
}}
resource "aws_s3_bucket_website_configuration" "www" {{
  bucket = aws_s3_bucket.www.id
  {site}
}}
resource "aws_cloudfront_distribution" "www" {{
  origin {{
    origin_id   = "www"
    domain_name = aws_s3_bucket_website_configuration.www.website_endpoint
  }}
  default_cache_behavior {{
    target_origin_id = "www"
    forwarded_values {{
      query_string = false
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("site", "found"),
    [
        ('redirect_all_requests_to {\n    host_name = "example.com"\n  }', 0),
        ('index_document {\n    suffix = "index.html"\n  }', 1),
    ],
)
def test_a_redirect_has_nothing_to_compress(tmp_path: Path, site: str, found: int) -> None:
    report = judge(tmp_path, REDIRECTS.format(site=site), "terraform", "cloudfront-compression")

    assert len(report.failing()) == found
