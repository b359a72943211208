"""Distributions: one finding for viewers and origins over HTTP, and little to say where no domain or no request is the author's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

DISTRIBUTION = """
data "aws_region" "here" {}
resource "aws_cloudfront_distribution" "it" {
  enabled = true
%(more)s
  origin {
    origin_id   = "app"
    domain_name = "%(domain)s"
    custom_origin_config {
      origin_protocol_policy = "%(origin)s"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "%(viewer)s"
  }
}
"""
USUAL = {"domain": "app.example.com", "origin": "https-only", "viewer": "https-only", "more": ""}
TRACKER = "r.${data.aws_region.here.name}.awstrack.me"


@pytest.mark.parametrize(
    ("viewer", "origin", "rules"),
    [
        ("allow-all", "match-viewer", {"cloudfront-viewer-https"}),
        ("allow-all", "http-only", {"cloudfront-viewer-https", "cloudfront-origin-tls"}),
        ("https-only", "match-viewer", set()),
    ],
)
def test_an_origin_that_gets_what_viewers_use_is_reported_with_them(
    tmp_path: Path, viewer: str, origin: str, rules: set[str]
) -> None:
    source = DISTRIBUTION % (USUAL | {"viewer": viewer, "origin": origin})
    found = judge(tmp_path, source, "terraform", "cloudfront-viewer-https", "cloudfront-origin-tls").failing()

    assert {each.rule.slug for each in found} == rules
    both = "CloudFront then also connects to the origin over HTTP"
    assert any(both in each.message for each in found) is (origin == "match-viewer" and bool(rules))


@pytest.mark.parametrize(("domain", "severity"), [(TRACKER, Severity.LOW), ("app.example.com", Severity.MEDIUM)])
def test_nobody_needs_a_second_log_of_opened_mails(tmp_path: Path, domain: str, severity: Severity) -> None:
    found = only_fault(tmp_path, DISTRIBUTION % (USUAL | {"domain": domain}), "terraform", "cloudfront-access-logging")

    assert found.severity == severity


@pytest.mark.parametrize("certificate", ["", "  viewer_certificate { cloudfront_default_certificate = true }"])
@pytest.mark.parametrize(("aliases", "severity"), [("", Severity.LOW), ('  aliases = ["www.example.com"]', Severity.HIGH)])
def test_without_a_domain_nobody_can_do_better(tmp_path: Path, certificate: str, aliases: str, severity: Severity) -> None:
    source = DISTRIBUTION % (USUAL | {"more": f"{aliases}\n{certificate}"})
    found = only_fault(tmp_path, source, "terraform", "cloudfront-tls-policy")

    assert found.severity == severity
    assert ("name that domain in aliases also" in remedy(found).text) is (severity is Severity.LOW)


@pytest.mark.parametrize(("domain", "advice"), [(TRACKER, True), ("shop.dev", False)])
def test_the_links_of_counted_mails_use_http(tmp_path: Path, domain: str, advice: bool) -> None:
    source = DISTRIBUTION % (USUAL | {"domain": domain, "viewer": "allow-all"})

    assert only_fault(tmp_path, source, "terraform", "cloudfront-viewer-https").is_advice is advice


def test_what_one_origin_needs_is_no_remedy_for_another(tmp_path: Path) -> None:
    more = """
  origin {
    origin_id   = "old"
    domain_name = "old.example.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }"""
    source = (DISTRIBUTION % (USUAL | {"more": more})).replace('"TLSv1.2"', '"TLSv1.1", "TLSv1.2"')
    plain, versions = judge(tmp_path, source, "terraform", "cloudfront-origin-tls").failing()
    assert "let the origin old answer HTTPS" in remedy(plain).text
    assert "answer HTTPS" not in remedy(versions).text


def test_dedicated_addresses_are_given_up_for_a_newer_version_of_tls(tmp_path: Path) -> None:
    more = """
  aliases = ["www.example.com"]
  viewer_certificate {
    iam_certificate_id       = "ASCAEXAMPLE"
    ssl_support_method       = "vip"
    minimum_protocol_version = "TLSv1"
  }"""
    source = DISTRIBUTION % (USUAL | {"more": more})
    (finding,) = judge(tmp_path, source, "terraform", "cloudfront-tls-policy").failing()
    advice = remedy(finding)
    assert 'ssl_support_method       = "sni-only"' in advice.code
    assert "certificate_arn" not in advice.code
