"""Nobody can do better than CloudFront's certificate without a domain: that is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
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
