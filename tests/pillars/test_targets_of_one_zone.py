"""A second zone of a load balancer is of use only if its targets are, or may be, in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

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
    ("source", "reported"),
    [
        (CLASSIC.format(instances=""), True),
        (CLASSIC.format(instances="aws_instance.one.id"), False),
        (CLASSIC.format(instances="aws_instance.one.id, aws_instance.other.id"), True),
        (CLASSIC.format(instances='aws_instance.one.id, "i-0a1b2c3d4e5f67890"'), True),
        (CLASSIC.format(instances="") + GROUP.format(most=1), False),
        (CLASSIC.format(instances="") + GROUP.format(most=3), True),
        (CLASSIC.format(instances="aws_instance.one.id") + 'output "name" { value = aws_elb.front.dns_name }', False),
        (CLASSIC.format(instances="aws_instance.one.id") + 'output "name" { value = aws_elb.front.name }', True),
        (NETWORK_BALANCER, True),
        (NETWORK_BALANCER + ATTACHED, False),
        (NETWORK_BALANCER + ATTACHED + SERVICE, True),
    ],
)
def test_single_targets_in_one_zone_gain_nothing_by_a_second(tmp_path: Path, source: str, reported: bool) -> None:
    assert bool(judge(tmp_path, NETWORK + source, "terraform", "elb-multi-az").failing()) == reported
