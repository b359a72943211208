"""Nobody can do better than CloudFront's certificate without a domain: that is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.rule import Confidence, Severity

DISTRIBUTION = """
variable "names" {
  type = list(string)
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  %s

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
"""


@pytest.mark.parametrize(
    ("aliases", "severity", "confidence"),
    [
        ("", Severity.LOW, Confidence.MEDIUM),
        ("aliases = []", Severity.LOW, Confidence.MEDIUM),
        ('aliases = ["www.example.com"]', None, None),
        ("aliases = var.names", None, None),
    ],
)
def test_a_distribution_without_a_domain_has_no_better_certificate(
    tmp_path: Path, aliases: str, severity: Severity | None, confidence: Confidence | None
) -> None:
    found = only_fault(tmp_path, DISTRIBUTION % aliases, "terraform", "cloudfront-tls-policy")

    assert (found.graded, found.sure) == (severity, confidence)


@pytest.mark.parametrize(
    ("minimum", "messages"),
    [
        ("TLSv1.2_2021", []),
        ("TLSv1", ["TLSv1: viewers may connect with a TLS version older than 1.2, which has known weaknesses."]),
    ],
)
def test_the_provider_sends_the_certificate_that_is_named_beside_the_default_one(
    tmp_path: Path, minimum: str, messages: list[str]
) -> None:
    named = f'acm_certificate_arn = aws_acm_certificate.site.arn\n    minimum_protocol_version = "{minimum}"\n'
    source = DISTRIBUTION.replace(
        "cloudfront_default_certificate = true", f"cloudfront_default_certificate = true\n    {named}"
    )
    certificate = 'resource "aws_acm_certificate" "site" {\n  domain_name = "www.example.com"\n  validation_method = "DNS"\n}\n'
    found = judge(tmp_path, source % 'aliases = ["www.example.com"]' + certificate, "terraform", "cloudfront-tls-policy")

    assert [each.message for each in found.failing()] == messages
    assert not found.undecided()
