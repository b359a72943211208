"""A policy that something else keeps from scaling: the remedy changes that, and adds no other policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, said

SERVICE = """\
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  desired_count   = 3
  task_definition = "web:7"
}
resource "aws_appautoscaling_target" "tasks" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.web.name}"
  min_capacity       = 3
  max_capacity       = %(most)s
  suspended_state {
    dynamic_scaling_in_suspended  = %(off)s
    dynamic_scaling_out_suspended = %(off)s
  }
}
resource "aws_appautoscaling_policy" "load" {
  %(policies)s
  name               = "load"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.tasks.resource_id
}
"""
ONE_LIMIT = "its minimum and its maximum are both 3: raise the maximum."
ALARMS = "If alarms start its policy, see that they watch what it scales."
KEPT = "Let Terraform ignore the service's `desired_count` (`lifecycle`), or each apply sets it back."
HAS_ONE = "aws_appautoscaling_target.tasks has a scaling policy already, but "


@pytest.mark.parametrize(
    ("most", "off", "why"),
    [
        (3, "false", ONE_LIMIT),
        (9, "true", f"its scaling is suspended: end that (suspended_state). {ALARMS}"),
        (3, "true", f"{ONE_LIMIT} Its scaling is suspended: end that (suspended_state). {ALARMS}"),
    ],
)
def test_a_service_with_a_policy_needs_no_other_one(tmp_path: Path, most: int, off: str, why: str) -> None:
    report = judge(tmp_path, SERVICE % {"most": most, "off": off, "policies": ""}, "terraform", "ecs-service-autoscaling")

    assert said(report) == (f"{HAS_ONE}{why} {KEPT}", "")
    assert [step.note for step in report.failing()[0].related] == [
        "aws_appautoscaling_target.tasks only sets limits: its policy changes nothing"
    ]


def test_a_service_without_one_needs_it(tmp_path: Path) -> None:
    source = SERVICE % {"most": 3, "off": "false", "policies": "count = 0"}

    decided, *_, code = said(judge(tmp_path, source, "terraform", "ecs-service-autoscaling"))
    assert decided.startswith("aws_appautoscaling_target.tasks only sets limits: add a policy")
    assert "aws_appautoscaling_policy" in code


@pytest.mark.parametrize(("process", "more"), [("AlarmNotification", False), ("Launch", True)])
def test_a_group_with_a_policy_needs_its_alarms(tmp_path: Path, process: str, more: bool) -> None:
    source = f"""\
resource "aws_autoscaling_group" "web" {{
  min_size            = 1
  max_size            = 6
  suspended_processes = ["{process}"]
}}
resource "aws_autoscaling_policy" "load" {{
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.web.name
  enabled                = {str(not more).lower()}
}}
"""
    (*words, code) = said(judge(tmp_path, source, "terraform", "autoscaling-scaling-policy"))
    assert bool(code) is more
    assert ("AlarmNotification" in " ".join(words)) is not more


def test_readers_with_a_policy_need_another_limit(tmp_path: Path) -> None:
    source = """\
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
resource "aws_rds_cluster_instance" "orders" {
  count              = 3
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
resource "aws_appautoscaling_target" "readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.orders.id}"
  min_capacity       = 2
  max_capacity       = 2
}
resource "aws_appautoscaling_policy" "readers" {
  name               = "load"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = aws_appautoscaling_target.readers.resource_id
}
"""
    [decided, *_] = said(judge(tmp_path, source, "terraform", "rds-aurora-autoscaling"))
    assert decided.endswith("its minimum and its maximum are both 2: raise the maximum.")
