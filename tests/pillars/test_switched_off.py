"""A group that may have no instances and a service that runs no tasks have nothing to watch, to check or to scale."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import verdicts

ALARM_YAML = """
  Depth:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, AlarmActions: [arn:aws:sns:eu-west-1:111122223333:ops]}
"""
ALARM_HCL = """
resource "aws_cloudwatch_metric_alarm" "depth" {
  alarm_name    = "depth"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateAgeOfOldestMessage"
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]
}
"""


def test_a_group_without_room_for_an_instance_needs_no_alarm(tmp_path: Path) -> None:
    source = (
        """
Resources:
  "Off": {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "0"}}
  "On": {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "2"}}
"""
        + ALARM_YAML
    )

    assert verdicts(tmp_path, source, "cloudformation", "cloudwatch-alarm-compute") == {"On": "fail"}


def test_a_group_that_a_schedule_switches_on_does(tmp_path: Path) -> None:
    source = (
        """
resource "aws_autoscaling_group" "night" {
  name     = "night"
  min_size = 0
  max_size = 0
}
resource "aws_autoscaling_schedule" "evening" {
  scheduled_action_name  = "evening"
  autoscaling_group_name = aws_autoscaling_group.night.name
  max_size               = 4
}
resource "aws_autoscaling_group" "off" {
  name     = "off"
  min_size = 0
  max_size = 0
}
resource "aws_autoscaling_group" "left_to_others" {
  name     = "left-to-others"
  min_size = 0
  max_size = 0
  lifecycle {
    ignore_changes = [max_size]
  }
}
"""
        + ALARM_HCL
    )

    found = verdicts(tmp_path, source, "terraform", "cloudwatch-alarm-compute")

    assert found == {"aws_autoscaling_group.night": "fail", "aws_autoscaling_group.left_to_others": "fail"}


def test_a_service_that_runs_no_tasks_needs_no_alarm(tmp_path: Path) -> None:
    source = (
        """
Resources:
  "Off": {Type: AWS::ECS::Service, Properties: {ServiceName: "off", DesiredCount: 0}}
  Scaled: {Type: AWS::ECS::Service, Properties: {ServiceName: scaled, DesiredCount: 0}}
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: service/shop/scaled, MinCapacity: 0, MaxCapacity: 4}
  Stopped: {Type: AWS::ECS::Service, Properties: {ServiceName: stopped, DesiredCount: 0}}
  StoppedTarget:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: service/shop/stopped, MinCapacity: 0, MaxCapacity: 0}
  Throttled: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0}}
  Agent: {Type: AWS::ECS::Service, Properties: {SchedulingStrategy: DAEMON, DesiredCount: 0}}
"""
        + ALARM_YAML
    )

    assert verdicts(tmp_path, source, "cloudformation", "cloudwatch-alarm-compute") == {"Scaled": "fail", "Agent": "fail"}


def test_nothing_else_is_asked_of_what_is_switched_off(tmp_path: Path) -> None:
    group = """
variable "least" {}
resource "aws_autoscaling_group" "this" {
  name              = "web"
  min_size          = MIN
  max_size          = MAX
  target_group_arns = [aws_lb_target_group.web.arn]
  availability_zones = ["eu-west-1a"]
  launch_template {
    id = "lt-0a1"
  }
}
resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
}
resource "aws_ecs_service" "this" {
  name          = "orders"
  desired_count = TASKS
}
"""
    rules = (
        "autoscaling-elb-health-check",
        "autoscaling-min-below-max",
        "autoscaling-min-capacity",
        "autoscaling-multi-az",
        "autoscaling-scaling-policy",
        "autoscaling-update-policy",
        "ecs-deployment-circuit-breaker",
    )
    off = group.replace("MIN", "var.least").replace("MAX", "0").replace("TASKS", "0")
    on = group.replace("MIN", "1").replace("MAX", "1").replace("TASKS", "2")

    assert {rule: verdicts(tmp_path / "off", off, "terraform", rule) for rule in rules} == {rule: {} for rule in rules}
    assert [rule for rule in rules if verdicts(tmp_path / "on", on, "terraform", rule)] == [
        "autoscaling-elb-health-check",
        "autoscaling-min-capacity",
        "autoscaling-multi-az",
        "autoscaling-update-policy",
        "ecs-deployment-circuit-breaker",
    ]
