"""A Classic Load Balancer with one instance or task behind it has nothing to spread over its zones."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

BALANCER = """
resource "aws_elb" "web" {
  subnets                   = ["subnet-1", "subnet-2"]
  cross_zone_load_balancing = false
  instances                 = [INSTANCES]
  listener {
    lb_port           = 80
    lb_protocol       = "HTTP"
    instance_port     = 80
    instance_protocol = "HTTP"
  }
}
"""
SERVICE = """
resource "aws_ecs_service" "SERVICE" {
  name            = "SERVICE"
  desired_count   = COUNT
  task_definition = "web"
  load_balancer {
    container_name = "web"
    container_port = 80
    elb_name       = aws_elb.web.name
  }
}
"""
GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size       = 0
  max_size       = COUNT
  load_balancers = [aws_elb.web.name]
}
"""


def service(name: str, count: int) -> str:
    return SERVICE.replace("SERVICE", name).replace("COUNT", str(count))


@pytest.mark.parametrize(
    ("instances", "others", "faults"),
    [
        ("", "", 1),
        ("", service("a", 1), 0),
        ("", service("a", 2), 1),
        ("", service("a", 1) + service("b", 1), 1),
        ("", GROUP.replace("COUNT", "1"), 0),
        ("", GROUP.replace("COUNT", "2"), 1),
        ("", GROUP.replace("COUNT", "1") + service("a", 1), 1),
        ('"i-0a1b2c3d4e5f6a7b8"', service("a", 1), 1),
    ],
)
def test_zones_are_uneven_only_with_several_targets(tmp_path: Path, instances: str, others: str, faults: int) -> None:
    source = BALANCER.replace("INSTANCES", instances) + others

    assert len(judge(tmp_path, source, "terraform", "clb-cross-zone").failing()) == faults


def test_a_service_that_scales_may_have_several_tasks(tmp_path: Path) -> None:
    target = """
resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.a.name}"
  min_capacity       = 1
  max_capacity       = 4
}
"""
    source = BALANCER.replace("INSTANCES", "") + service("a", 1) + target

    assert len(judge(tmp_path, source, "terraform", "clb-cross-zone").failing()) == 1
