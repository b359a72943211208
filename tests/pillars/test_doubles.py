"""One fault on one line is one finding: the more precise rule reports it, the other one yields."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

POLICY = """
resource "aws_iam_policy" "this" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = "%s" }] })
}
"""
ESCALATION = {"iam-admin-policy", "iam-wildcard-action", "iam-pass-role-wildcard", "iam-privilege-escalation"}
PORTS = {f"vpc-security-group-ingress-{each}" for each in ("all", "ports", "rdp", "ssh")}


@pytest.mark.parametrize(
    ("actions", "resource", "found"),
    [
        ('"iam:*"', "*", {"iam-wildcard-action"}),
        ('["iam:*", "iam:PassRole"]', "*", {"iam-wildcard-action"}),
        ('"iam:*"', "arn:aws:iam::123456789012:role/*", {"iam-privilege-escalation"}),
        ('"iam:PassRole"', "*", {"iam-pass-role-wildcard"}),
        ('"*"', "*", {"iam-admin-policy"}),
    ],
)
def test_a_statement(tmp_path: Path, actions: str, resource: str, found: set[str]) -> None:
    report = judge(tmp_path, POLICY % (actions, resource), "terraform", *ESCALATION)

    assert report.errors == []
    assert {each.rule.slug for each in report.failing()} == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (20, 30, {"vpc-security-group-ingress-ssh"}),
        (1433, 5432, {"vpc-security-group-ingress-rdp"}),
        (3306, 3306, {"vpc-security-group-ingress-ports"}),
        (0, 65535, {"vpc-security-group-ingress-all"}),
    ],
)
def test_a_range_of_ports(tmp_path: Path, first: int, last: int, found: set[str]) -> None:
    source = f"""
resource "aws_security_group" "this" {{
  ingress {{
    protocol    = "tcp"
    from_port   = {first}
    to_port     = {last}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""
    report = judge(tmp_path, source, "terraform", *PORTS)

    assert {each.rule.slug for each in report.failing()} == found
