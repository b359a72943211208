"""The address of a bastion host elsewhere is the advice itself, hardcoded."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Confidence, Severity

MODULE = """
resource "aws_security_group" "rds" {{
  name = "rds"
}}

resource "aws_vpc_security_group_ingress_rule" "{name}" {{
  security_group_id = aws_security_group.rds.id
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
  cidr_ipv4         = "{cidr}"
  description       = "{description}"
}}

resource "aws_db_instance" "db" {{
  engine                 = "postgres"
  publicly_accessible    = {public}
  vpc_security_group_ids = [aws_security_group.rds.id]
}}
"""


@pytest.mark.parametrize(
    ("name", "cidr", "description", "severity", "confidence"),
    [
        ("admins", "203.0.113.7/32", "Connections from the bastion", Severity.MEDIUM, Confidence.LOW),
        ("vpn_exit", "203.0.113.7/32", "", Severity.MEDIUM, Confidence.LOW),
        ("office", "203.0.113.7/32", "The office", Severity.MEDIUM, None),
        ("vpn", "203.0.113.0/24", "", None, None),
        # The rule on open ports reports this one.
        ("vpn", "0.0.0.0/0", "", Severity.MEDIUM, Confidence.LOW),
    ],
)
def test_a_bastion_host_is_advice(
    tmp_path: Path, name: str, cidr: str, description: str, severity: Severity | None, confidence: Confidence | None
) -> None:
    source = MODULE.format(name=name, cidr=cidr, description=description, public="true")

    found = only_fault(tmp_path, source, "terraform", "rds-security-group-source")

    assert (found.graded, found.sure) == (severity, confidence)


def test_an_address_that_cannot_reach_a_private_database_is_a_trace(tmp_path: Path) -> None:
    source = MODULE.format(name="office", cidr="203.0.113.7/32", description="The office", public="false")

    found = only_fault(tmp_path, source, "terraform", "rds-security-group-source")

    assert found.graded is Severity.LOW
    assert "They do not reach it today" in found.message
