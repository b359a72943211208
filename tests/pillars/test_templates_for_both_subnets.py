"""A launch template for public subnets beside one for private subnets: whoever launches chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

TEMPLATE = """
resource "aws_launch_template" "%s" {
  network_interfaces {
    associate_public_ip_address = %s
    security_groups             = [aws_security_group.all.id]
  }
}
"""
OPEN = """
resource "aws_security_group" "all" {
  vpc_id = "vpc-1"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""


@pytest.mark.parametrize(
    ("name", "beside", "advice"),
    [("runner_default", "runner_private", True), ("runner", "runner_private", True), ("web_default", "runner_private", False)],
)
def test_the_other_template_gives_no_address(tmp_path: Path, name: str, beside: str, advice: bool) -> None:
    source = OPEN + TEMPLATE % (name, "true") + TEMPLATE % (beside, "false")
    found = only_fault(tmp_path, source, "terraform", "ec2-public-ip")
    assert (found.is_advice, f"{beside} is for instances without one" in found.message) == (advice, advice)
