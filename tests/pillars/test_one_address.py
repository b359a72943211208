"""One address that is known only later, `"${var.mine}/32"`, opens nothing to everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

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
RULES = ("vpc-security-group-ingress-ssh", "eks-public-endpoint", "vpc-nacl-open", "lightsail-open-ports")


@pytest.mark.parametrize(("written", "verdict"), [('"${var.mine}/32"', None), ("var.mine", "unknown"), ('"0.0.0.0/0"', "fail")])
def test_one_address_is_not_everybody(tmp_path: Path, written: str, verdict: str | None) -> None:
    report = judge_files(tmp_path, {"main.tf": CODE % {"range": written}}, *RULES)

    assert {each.rule.slug: each.verdict for each in report.findings} == (
        {} if verdict is None else dict.fromkeys(RULES, verdict)
    )
