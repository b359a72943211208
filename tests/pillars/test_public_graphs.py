"""A Neptune instance with a public endpoint is less exposed if its cluster's security groups keep the internet out."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity

GRAPH = """
resource "aws_security_group" "it" {
  ingress {
    from_port   = 8182
    to_port     = 8182
    protocol    = "tcp"
    cidr_blocks = ["%s"]
  }
}
resource "aws_neptune_cluster" "it" {
  vpc_security_group_ids = [aws_security_group.it.id]
}
resource "aws_neptune_cluster_instance" "it" {
  cluster_identifier  = aws_neptune_cluster.it.id
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}
"""


@pytest.mark.parametrize(("source", "severity"), [("0.0.0.0/0", Severity.HIGH), ("10.0.0.0/8", Severity.MEDIUM)])
def test_its_security_groups_count(tmp_path: Path, source: str, severity: Severity) -> None:
    assert only_fault(tmp_path, GRAPH % source, "terraform", "neptune-public-access").severity == severity
