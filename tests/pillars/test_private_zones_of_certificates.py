"""ACM looks for the record of a validation in the public DNS, not in a private hosted zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SOURCE = """
variable "domain" {{}}
resource "aws_acm_certificate" "api" {{
  domain_name       = {domain}
  validation_method = "EMAIL"
}}
resource "aws_route53_zone" "zone" {{
  name = {zone}
  {vpc}
}}
"""
VPC = 'vpc {\n vpc_id = "vpc-0a1"\n }'


@pytest.mark.parametrize(
    ("domain", "zone", "vpc", "said"),
    [
        ('"api.example.com"', '"example.com."', VPC, True),
        ('"*.example.com"', '"Example.com"', VPC, True),
        ("var.domain", "var.domain", VPC, True),
        ('"api.example.com"', '"example.com"', "", False),
        ('"api.example.com"', '"example.org"', VPC, False),
    ],
)
def test_a_private_zone_of_the_domain_is_of_no_use_for_a_validation(
    tmp_path: Path, domain: str, zone: str, vpc: str, said: bool
) -> None:
    text = only_remedy(judge(tmp_path, SOURCE.format(domain=domain, zone=zone, vpc=vpc), "terraform", "acm-dns-validation"))

    assert "has to be in the public DNS" in text
    assert ("aws_route53_zone.zone, which is private" in text) is said
