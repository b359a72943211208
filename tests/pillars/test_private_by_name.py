"""Subnets that a module calls private are not reached from the internet, though the module is not installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity

STARTED = """
module "network" { source = "terraform-aws-modules/vpc/aws" }
resource "aws_security_group" "this" {
  vpc_id = module.network.vpc_id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_launch_template" "this" { vpc_security_group_ids = [aws_security_group.this.id] }
resource "aws_autoscaling_group" "this" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = module.network.%s
  launch_template { id = aws_launch_template.this.id }
}
"""


@pytest.mark.parametrize(("subnets", "severity"), [("private_subnets", Severity.MEDIUM), ("public_subnets", Severity.CRITICAL)])
def test_what_is_started_from_a_template_may_be_in_private_subnets_by_their_name(
    tmp_path: Path, subnets: str, severity: Severity
) -> None:
    (found,) = judge(tmp_path, STARTED % subnets, "terraform", "vpc-security-group-ingress-ssh").failing()

    assert found.severity is severity
