"""A single point of failure is left to the rule on the servers only where that rule reports them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

FRONT = """
resource "aws_subnet" "a" {{
  vpc_id            = "vpc-0a1b2c3d"
  availability_zone = "eu-west-1a"
}}
resource "aws_subnet" "b" {{
  vpc_id            = "vpc-0a1b2c3d"
  availability_zone = "eu-west-1b"
}}
resource "aws_lb" "front" {{
  load_balancer_type = "network"
  subnets            = [aws_subnet.a.id, aws_subnet.b.id]
}}
resource "aws_lb_listener" "front" {{
  load_balancer_arn = aws_lb.front.arn
  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }}
}}
resource "aws_lb_target_group" "front" {{ vpc_id = "vpc-0a1b2c3d" }}
resource "aws_lb_target_group_attachment" "front" {{
  target_group_arn = aws_lb_target_group.front.arn
  target_id        = aws_instance.web1.id
}}
resource "aws_instance" "web1" {{
  ami       = "ami-0a1b2c3d4e5f60718"
  subnet_id = aws_subnet.a.id
}}
resource "aws_instance" "web2" {{
  ami       = "ami-0a1b2c3d4e5f60718"
  subnet_id = aws_subnet.{zone}.id
}}
"""


@pytest.mark.parametrize(("zone", "reported"), [("a", "ec2-multi-az"), ("b", "workload-single-point-of-failure")])
def test_another_server_that_is_no_target(tmp_path: Path, zone: str, reported: str) -> None:
    rules = ("ec2-multi-az", "workload-single-point-of-failure")
    report = judge(tmp_path, FRONT.format(zone=zone), "terraform", *rules)

    assert [each.rule.slug for each in report.failing()] == [reported]
