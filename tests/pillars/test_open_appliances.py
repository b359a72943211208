"""A firewall takes in the connections that it decides about, but nobody from outside belongs on its administration."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Severity

GROUP = """
resource "aws_security_group" "firewall" {{
  name = "fortigate"
  ingress {{
    protocol    = "{protocol}"
    from_port   = {first}
    to_port     = {last}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_instance" "fortigate" {{
  ami                    = "ami-0a1"
  vpc_security_group_ids = [aws_security_group.firewall.id]
}}
"""


@pytest.mark.parametrize(
    ("protocol", "first", "last", "slug", "severity"),
    [
        ("tcp", 5000, 65535, "vpc-security-group-ingress-ports", Severity.LOW),
        ("tcp", 0, 65535, "vpc-security-group-ingress-all", Severity.HIGH),
        ("-1", 0, 0, "vpc-security-group-ingress-all", Severity.HIGH),
        ("-1", 0, 65535, "vpc-security-group-ingress-all", Severity.HIGH),
    ],
)
def test_every_port_of_an_appliance_has_its_administration_among_them(
    tmp_path: Path, protocol: str, first: int, last: int, slug: str, severity: Severity
) -> None:
    source = GROUP.format(protocol=protocol, first=first, last=last)

    assert only_fault(tmp_path, source, "terraform", slug).severity is severity


INTERFACE = """
resource "aws_security_group" "outside" {{
  name = "outside"
  ingress {{
    protocol    = "tcp"
    from_port   = 30000
    to_port     = 30999
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_network_interface" "outside" {{
  subnet_id         = "subnet-0a1b2c3d4e5f6a7b8"
  security_groups   = [aws_security_group.outside.id]
  source_dest_check = {checked}
}}
"""


@pytest.mark.parametrize(("checked", "named"), [("false", True), ("true", False)])
def test_an_interface_that_takes_traffic_for_others_has_many_ports_open(tmp_path: Path, checked: str, named: bool) -> None:
    found = only_fault(tmp_path, INTERFACE.format(checked=checked), "terraform", "vpc-security-group-ingress-open")

    assert found.is_advice
    assert ("takes traffic for others" in found.message) is named
