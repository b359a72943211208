"""Who everybody is: not one address that is known only later, `"${var.mine}/32"`, but ranges that are all addresses together."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.report.listing import remedy

CODE = """
variable "mine" { type = string }
resource "aws_security_group" "g" {
  ingress {
    protocol = "tcp"
    from_port = 22
    to_port = 22
    cidr_blocks = [%(range)s]
  }
}
resource "aws_eks_cluster" "e" {
  vpc_config {
    endpoint_public_access = true
    public_access_cidrs = [%(range)s]
  }
}
resource "aws_network_acl_rule" "n" {
  rule_action = "allow"
  protocol = "tcp"
  from_port = 22
  to_port = 22
  cidr_block = %(range)s
}
resource "aws_lightsail_instance_public_ports" "l" {
  port_info {
    protocol = "tcp"
    from_port = 22
    to_port = 22
    cidrs = [%(range)s]
  }
}
"""
LISTS = """
resource "aws_eks_cluster" "e" {
  vpc_config {
    endpoint_public_access = true
    public_access_cidrs = [%(ranges)s]
  }
}
resource "aws_lightsail_instance_public_ports" "l" {
  port_info {
    protocol = "tcp"
    from_port = 22
    to_port = 22
    cidrs = [%(ranges)s]
  }
}
"""
RULES = ("vpc-security-group-ingress-ssh", "eks-public-endpoint", "vpc-nacl-open", "lightsail-open-ports")


@pytest.mark.parametrize(("written", "verdict"), [('"${var.mine}/32"', None), ("var.mine", "unknown"), ('"0.0.0.0/0"', "fail")])
def test_one_address_is_not_everybody(tmp_path: Path, written: str, verdict: str | None) -> None:
    report = judge_files(tmp_path, {"main.tf": CODE % {"range": written}}, *RULES)

    assert {each.rule.slug: each.verdict for each in report.findings} == (
        {} if verdict is None else dict.fromkeys(RULES, verdict)
    )


@pytest.mark.parametrize(
    ("ranges", "found"),
    [
        ('"0.0.0.0/1", "128.0.0.0/1"', {"eks-public-endpoint", "lightsail-open-ports"}),
        ('"203.0.113.0/25", "203.0.113.128/25"', set()),
    ],
)
def test_ranges_that_are_all_addresses_together_are_everybody(tmp_path: Path, ranges: str, found: set[str]) -> None:
    report = judge_files(tmp_path, {"main.tf": LISTS % {"ranges": ranges}}, "eks-public-endpoint", "lightsail-open-ports")

    assert {each.rule.slug for each in report.failing()} == found
    assert not any("/1" in fix for each in report.failing() for fix in remedy(each).splitlines())
