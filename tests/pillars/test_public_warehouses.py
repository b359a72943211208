"""A data warehouse with a public IP address: how grave that is depends on what else keeps the internet out."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity

WAREHOUSE = """
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.sales.id]
}

resource "aws_security_group" "sales" {
  ingress {
    from_port   = 5439
    to_port     = 5439
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}
"""


@pytest.mark.parametrize(("source", "severity"), [("0.0.0.0/0", Severity.CRITICAL), ("10.0.0.0/8", Severity.HIGH)])
def test_its_security_groups_count(tmp_path: Path, source: str, severity: Severity) -> None:
    assert only_fault(tmp_path, WAREHOUSE % source, "terraform", "redshift-public-access").severity == severity


def test_a_subnet_without_a_route_counts(tmp_path: Path) -> None:
    network = """
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "this" { vpc_id = aws_vpc.this.id }
resource "aws_redshift_subnet_group" "this" {
  name       = "sales"
  subnet_ids = [aws_subnet.this.id]
}
resource "aws_redshift_cluster" "sales" {
  cluster_identifier        = "sales"
  node_type                 = "ra3.large"
  publicly_accessible       = true
  cluster_subnet_group_name = aws_redshift_subnet_group.this.name
}
"""

    assert only_fault(tmp_path, network, "terraform", "redshift-public-access").severity == Severity.MEDIUM
