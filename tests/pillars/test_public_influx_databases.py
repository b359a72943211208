"""A database for InfluxDB with a public IP address: how grave that is depends on what else keeps the internet out."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity

DATABASE = """
resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  name                   = "metrics"
  publicly_accessible    = true
  vpc_subnet_ids         = [%s]
  vpc_security_group_ids = [aws_security_group.metrics.id]
}

resource "aws_security_group" "metrics" {
  ingress {
    from_port   = 8086
    to_port     = 8086
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}
"""
SLUG = "timestream-influxdb-public-access"


@pytest.mark.parametrize(("source", "severity"), [("0.0.0.0/0", Severity.HIGH), ("10.0.0.0/8", Severity.MEDIUM)])
def test_its_security_groups_count(tmp_path: Path, source: str, severity: Severity) -> None:
    found = only_fault(tmp_path, DATABASE % ('"subnet-0123456789abcdef0"', source), "terraform", SLUG)

    assert found.severity == severity


def test_a_subnet_without_a_route_counts(tmp_path: Path) -> None:
    network = """
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "this" { vpc_id = aws_vpc.this.id }
"""
    found = only_fault(tmp_path, network + DATABASE % ("aws_subnet.this.id", "0.0.0.0/0"), "terraform", SLUG)

    assert found.severity == Severity.MEDIUM
    assert "cannot reach it today" in found.message
