"""What is registered for scaling follows the load only where something scales it: each way not to, and what does."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, by_address, judge
from wa_iac.report.remedy import remedy

SERVICE = """\
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties: { Cluster: main, DesiredCount: 3, TaskDefinition: "web:7" }
  Tasks:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/main/${Web.Name}
      MinCapacity: %(low)s
      MaxCapacity: 9
      SuspendedState: { DynamicScalingInSuspended: %(off)s, DynamicScalingOutSuspended: %(off)s }
  Load:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: load
      PolicyType: TargetTrackingScaling
      %(target)s
"""
MODULE = """\
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
  min_capacity       = %(low)s
  max_capacity       = 9
  suspended_state {
    dynamic_scaling_in_suspended  = %(off)s
    dynamic_scaling_out_suspended = %(off)s
  }
}
resource "aws_appautoscaling_policy" "load" {
  name               = "load"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = %(target)s
}
"""
BY_TARGET = ("ScalingTargetId: !Ref Tasks", "aws_appautoscaling_target.tasks.resource_id")
BY_NAME = (
    "ResourceId: !Sub service/main/${Web.Name}\n      ServiceNamespace: ecs\n      ScalableDimension: ecs:service:DesiredCount",
    '"service/main/${aws_ecs_service.web.name}"',
)
ELSEWHERE = ("ResourceId: service/main/other", '"service/main/other"')


@pytest.mark.parametrize(
    ("low", "off", "target", "verdict"),
    [
        (2, "false", BY_TARGET, set()),
        (2, "false", BY_NAME, set()),
        (2, "false", ELSEWHERE, {"fail"}),
        (9, "false", BY_TARGET, {"fail"}),
        (2, "true", BY_TARGET, {"fail"}),
    ],
    ids=["scaled", "scaled by its name", "another is scaled", "equal limits", "suspended"],
)
def test_a_service_follows_the_load(tmp_path: Path, low: int, off: str, target: tuple[str, str], verdict: set[str]) -> None:
    template = SERVICE % {"low": low, "off": off, "target": target[0]}
    module = MODULE % {"low": low, "off": off, "target": target[1]}

    found = both(tmp_path, "ecs-service-autoscaling", template, module)
    assert [set(each.values()) for each in found] == [verdict, verdict]


@pytest.mark.parametrize("off", ["true", "false"])
def test_a_schedule_scales_unless_it_is_suspended(tmp_path: Path, off: str) -> None:
    source = MODULE.split('resource "aws_appautoscaling_policy"', maxsplit=1)[0] % {"low": 2, "off": "true"}
    source = source.replace("suspended_state {", f"suspended_state {{\n    scheduled_scaling_suspended = {off}")
    source += """
resource "aws_appautoscaling_scheduled_action" "night" {
  name               = "night"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.tasks.resource_id
  schedule           = "cron(0 22 * * ? *)"
  scalable_target_action {
    max_capacity = 2
  }
}
"""
    found = by_address(judge(tmp_path, source, "terraform", "ecs-service-autoscaling"), "ecs-service-autoscaling")
    assert found == ({} if off == "false" else {"aws_ecs_service.web": "fail"})


def test_a_policy_under_a_condition_is_undecided(tmp_path: Path) -> None:
    source = MODULE % {"low": 2, "off": "false", "target": BY_TARGET[1]}
    source = 'variable "scale" { type = bool }\n' + source.replace(
        'policy" "load" {', 'policy" "load" {\n  count = var.scale ? 1 : 0'
    )

    found = by_address(judge(tmp_path, source, "terraform", "ecs-service-autoscaling"), "ecs-service-autoscaling")
    assert found == {"aws_ecs_service.web": "unknown"}


TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
}
resource "aws_appautoscaling_target" "orders" {
  for_each           = toset(["Read", "Write"])
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:${each.key}CapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}
resource "aws_appautoscaling_policy" "orders" {
  for_each           = toset(%s)
  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:${each.key}CapacityUnits"
}
"""


@pytest.mark.parametrize(
    ("scaled", "said"),
    [
        ('["Read", "Write"]', []),
        ('["Read"]', ["The capacity for writes of this table is fixed"]),
        ('["Write"]', ["The capacity for reads of this table is fixed"]),
        ("[]", ["The capacity of this table is fixed"]),
    ],
)
def test_reads_and_writes_of_a_table_are_scaled_each_for_itself(tmp_path: Path, scaled: str, said: list[str]) -> None:
    report = judge(tmp_path, TABLE % scaled, "terraform", "dynamodb-autoscaling")

    assert [each.message.split(":")[0] for each in report.failing()] == said


GROUP = """\
resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 6
  suspended_processes = [%(suspended)s]
}
resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.web.name
  %(policy)s
}
"""


@pytest.mark.parametrize(
    ("suspended", "policy", "verdict"),
    [
        ("", 'policy_type = "TargetTrackingScaling"', set()),
        ("", 'policy_type = "TargetTrackingScaling"\n  enabled = false', {"fail"}),
        ('"AlarmNotification"', 'policy_type = "TargetTrackingScaling"', {"fail"}),
        ('"AZRebalance"', 'policy_type = "TargetTrackingScaling"', set()),
        ("", 'policy_type = "PredictiveScaling"\n  predictive_scaling_configuration {}', {"fail"}),
        ("", 'policy_type = "PredictiveScaling"\n  predictive_scaling_configuration { mode = "ForecastAndScale" }', set()),
    ],
)
def test_a_group_is_scaled_by_what_is_in_force(tmp_path: Path, suspended: str, policy: str, verdict: set[str]) -> None:
    source = GROUP % {"suspended": suspended, "policy": policy}

    found = by_address(judge(tmp_path, source, "terraform", "autoscaling-scaling-policy"), "autoscaling-scaling-policy")
    assert set(found.values()) == verdict


def test_a_forecast_in_a_template_scales_nothing(tmp_path: Path) -> None:
    source = """\
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: { MinSize: "1", MaxSize: "6" }
  Load:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Web
      PolicyType: PredictiveScaling
      PredictiveScalingConfiguration: { Mode: %s }
"""
    for mode, expected in (("ForecastOnly", {"Web": "fail"}), ("ForecastAndScale", {})):
        report = judge(tmp_path / mode, source % mode, "cloudformation", "autoscaling-scaling-policy")
        assert by_address(report, "autoscaling-scaling-policy") == expected


EMPTY = """\
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {{ MinSize: "0", MaxSize: "8" {} }}
"""
EMPTY_MODULE = """\
resource "aws_autoscaling_group" "workers" {{
  min_size = 0
  max_size = 8
  {}
}}
"""


@pytest.mark.parametrize(
    ("template", "module", "empty"),
    [
        ("", "", True),
        (', DesiredCapacity: "0"', "desired_capacity = 0", True),
        (', DesiredCapacity: "2"', "desired_capacity = 2", False),
    ],
)
def test_the_load_of_no_instance_starts_none(tmp_path: Path, template: str, module: str, empty: bool) -> None:
    for finding in (
        *judge(tmp_path / "cfn", EMPTY.format(template), "cloudformation", "autoscaling-scaling-policy").failing(),
        *judge(tmp_path / "tf", EMPTY_MODULE.format(module), "terraform", "autoscaling-scaling-policy").failing(),
    ):
        assert ("ASGAverageCPUUtilization" in remedy(finding).text) is not empty
