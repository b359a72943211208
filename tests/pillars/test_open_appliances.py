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
        ("tcp", 0, 65535, "vpc-security-group-ingress-all", Severity.CRITICAL),
        ("-1", 0, 0, "vpc-security-group-ingress-all", Severity.CRITICAL),
        ("-1", 0, 65535, "vpc-security-group-ingress-all", Severity.CRITICAL),
    ],
)
def test_every_port_of_an_appliance_has_its_administration_among_them(
    tmp_path: Path, protocol: str, first: int, last: int, slug: str, severity: Severity
) -> None:
    source = GROUP.format(protocol=protocol, first=first, last=last)

    assert only_fault(tmp_path, source, "terraform", slug).severity is severity
