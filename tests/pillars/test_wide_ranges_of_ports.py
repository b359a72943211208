"""One wide range of ports is one fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

SSH = "vpc-security-group-ingress-ssh"
RDP = "vpc-security-group-ingress-rdp"
SOURCE = """
resource "aws_security_group" "hosts" {{
  ingress {{
    protocol    = "tcp"
    from_port   = {first}
    to_port     = {last}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""


@pytest.mark.parametrize(
    ("first", "last", "found"), [(1, 65535, {SSH: True}), (22, 22, {SSH: False}), (3000, 4000, {RDP: True}), (1, 21, {})]
)
def test_a_wide_range_is_told_once(tmp_path: Path, first: int, last: int, found: dict[str, bool]) -> None:
    report = judge(tmp_path, SOURCE.format(first=first, last=last), "terraform", SSH, RDP)
    assert {each.rule.slug: "Remote Desktop" in each.message for each in report.failing()} == found


def test_a_range_of_ports_is_divided_before_it_is_narrowed(tmp_path: Path) -> None:
    source = """
resource "aws_security_group" "server" {
  vpc_id = "vpc-1"
  ingress {
    protocol    = "tcp"
    from_port   = 23
    to_port     = 8833
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-rdp").failing()
    advice = remedy(finding)
    assert advice.code == ""
    assert "Those for everybody, such as 443, need a rule of their own first." in advice.text


def test_all_ports_of_udp_are_not_every_port(tmp_path: Path) -> None:
    source = SOURCE.format(first=0, last=65535).replace('"tcp"', '"udp"')
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-all").failing()
    advice = remedy(finding)
    assert finding.message.startswith("Every UDP port is open to the whole internet")
    assert finding.severity is Severity.HIGH
    assert "443" not in advice.text
