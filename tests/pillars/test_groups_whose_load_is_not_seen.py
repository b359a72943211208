"""A group that serves no load balancer has a load that the code does not show, and servers that vote keep their data."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence

GROUP = """
resource "aws_autoscaling_group" "%(name)s" {
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  %(more)s
  launch_template {
    id = %(template)s
  }
}

resource "aws_launch_template" "scan" {
  image_id      = "ami-0a1b2c3d"
  instance_type = "m7g.large"
  user_data     = "systemctl start scan"
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1b2c3d"
}
"""
SERVED = "target_group_arns = [aws_lb_target_group.web.arn]"
HERE, ELSEWHERE = "aws_launch_template.scan.id", '"lt-0a1b2c3d"'


@pytest.mark.parametrize(
    ("template", "more", "confidence"),
    [(HERE, "", Confidence.LOW), (ELSEWHERE, "", Confidence.LOW), (HERE, SERVED, Confidence.MEDIUM)],
)
def test_a_group_that_serves_nobody_is_advice(tmp_path: Path, template: str, more: str, confidence: Confidence) -> None:
    source = GROUP % {"name": "scan", "more": more, "template": template}

    assert only_fault(tmp_path, source, "terraform", "autoscaling-scaling-policy").confidence == confidence


@pytest.mark.parametrize(("name", "confidence"), [("consul", Confidence.LOW), ("web", Confidence.HIGH)])
def test_servers_that_vote_are_not_replaced_lightly(tmp_path: Path, name: str, confidence: Confidence) -> None:
    renewed = "\n  max_instance_lifetime = 604800"
    source = GROUP % {"name": name, "more": SERVED + renewed, "template": HERE}

    assert only_fault(tmp_path, source, "terraform", "autoscaling-elb-health-check").confidence == confidence
