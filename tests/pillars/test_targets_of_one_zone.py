"""A second zone of a load balancer is of use only together with targets that are, or may be, in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity

NETWORK = """
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0a1"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "b" {
  vpc_id            = "vpc-0a1"
  availability_zone = "eu-west-1b"
}
resource "aws_instance" "one" {
  ami       = "ami-0a1"
  subnet_id = aws_subnet.a.id
}
resource "aws_instance" "other" {
  ami       = "ami-0b2"
  subnet_id = aws_subnet.b.id
}
"""
CLASSIC = """
resource "aws_elb" "front" {{
  subnets   = [aws_subnet.a.id]
  instances = [{instances}]
}}
"""
GROUP = """
resource "aws_autoscaling_group" "node" {{
  max_size            = {most}
  vpc_zone_identifier = [aws_subnet.a.id]
  load_balancers      = [aws_elb.front.name]
}}
"""
NETWORK_BALANCER = """
resource "aws_lb" "front" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.a.id]
}
resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.front.arn
  port              = 22
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ssh.arn
  }
}
resource "aws_lb_target_group" "ssh" {
  port     = 22
  protocol = "TCP"
}
"""
ATTACHED = """
resource "aws_lb_target_group_attachment" "ssh" {
  target_group_arn = aws_lb_target_group.ssh.arn
  target_id        = aws_instance.one.id
}
"""
SERVICE = """
resource "aws_ecs_service" "app" {
  name = "app"
  load_balancer {
    target_group_arn = aws_lb_target_group.ssh.arn
    container_name   = "app"
    container_port   = 22
  }
}
"""


@pytest.mark.parametrize(
    ("source", "severity"),
    [
        (CLASSIC.format(instances=""), Severity.HIGH),
        (CLASSIC.format(instances="aws_instance.one.id"), Severity.MEDIUM),
        (CLASSIC.format(instances="aws_instance.one.id, aws_instance.other.id"), Severity.HIGH),
        (CLASSIC.format(instances='aws_instance.one.id, "i-0a1b2c3d4e5f67890"'), Severity.HIGH),
        (CLASSIC.format(instances="") + GROUP.format(most=1), Severity.MEDIUM),
        (CLASSIC.format(instances="") + GROUP.format(most=3), Severity.HIGH),
        (CLASSIC.format(instances="aws_instance.one.id") + 'output "name" { value = aws_elb.front.dns_name }', Severity.MEDIUM),
        (CLASSIC.format(instances="aws_instance.one.id") + 'output "name" { value = aws_elb.front.name }', Severity.HIGH),
        (NETWORK_BALANCER, Severity.HIGH),
        (NETWORK_BALANCER + ATTACHED, Severity.MEDIUM),
        (NETWORK_BALANCER + ATTACHED + SERVICE, Severity.HIGH),
    ],
)
def test_a_second_zone_is_of_less_use_if_all_targets_are_in_one(tmp_path: Path, source: str, severity: Severity) -> None:
    assert only_fault(tmp_path, NETWORK + source, "terraform", "elb-multi-az").severity == severity
