"""What the rules on containers know of the tasks and services around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy

SERVICE = """
resource "aws_ecs_service" "worker" {{
  name                   = "worker"
  cluster                = aws_ecs_cluster.main.arn
  desired_count          = 1
  enable_execute_command = {command}
  task_definition        = aws_ecs_task_definition.worker.arn
}}

resource "aws_ecs_cluster" "main" {{
  name = "main"
}}

resource "aws_ecs_task_definition" "worker" {{
  family                   = "worker"
  requires_compatibilities = ["{kind}"]
  container_definitions    = jsonencode([{{ name = "worker", image = "worker:7", {container} }}])
}}
"""


def code(container: str = "memoryReservation = 64", command: str = "true", kind: str = "EC2") -> str:
    return SERVICE.format(container=container, command=command, kind=kind)


def faults(tmp_path: Path, text: str, slug: str) -> list[str]:
    return [each.message for each in judge(tmp_path, text, "terraform", slug).failing()]


def test_sessions_in_a_task_without_a_log_group_are_not_logged(tmp_path: Path) -> None:
    assert "aws_ecs_service.worker are not logged" in only_fault(tmp_path, code(), "terraform", "ecs-exec-logging").message


@pytest.mark.parametrize(
    ("container", "command"),
    [("memoryReservation = 64", "false"), ('logConfiguration = { logDriver = "awslogs" }', "true")],
)
def test_sessions_that_nobody_opens_or_that_go_to_the_containers_log_group_are_no_fault(
    tmp_path: Path, container: str, command: str
) -> None:
    assert faults(tmp_path, code(container, command), "ecs-exec-logging") == []


@pytest.mark.parametrize(("driver", "reported"), [("awslogs", 1), ("splunk", 1), ("json-file", 0), ("awsfirelens", 0)])
def test_only_a_driver_that_needs_the_network_makes_a_program_wait(tmp_path: Path, driver: str, reported: int) -> None:
    container = f'logConfiguration = {{ logDriver = "{driver}", options = {{ mode = "blocking" }} }}'

    assert len(faults(tmp_path, code(container), "ecs-log-driver-blocking")) == reported


@pytest.mark.parametrize(("kind", "reported"), [("EC2", 1), ("FARGATE", 0)])
def test_fargate_limits_the_memory_of_its_tasks(tmp_path: Path, kind: str, reported: int) -> None:
    assert len(faults(tmp_path, code(kind=kind), "ecs-memory-limit")) == reported


@pytest.mark.parametrize(("essential", "reported"), [("true", 0), ("false", 1)])
def test_only_an_essential_container_speaks_for_its_task(tmp_path: Path, essential: str, reported: int) -> None:
    container = f'essential = {essential}, healthCheck = {{ command = ["CMD", "/probe"] }} }}, {{ name = "web", image = "web:1"'

    assert len(faults(tmp_path, code(container), "ecs-container-health-check")) == reported


PROVIDER = """
resource "aws_autoscaling_group" "nodes" {{
  name     = "nodes"
  min_size = 0
  max_size = 4
}}

resource "aws_ecs_capacity_provider" "nodes" {{
  name = "nodes"

  auto_scaling_group_provider {{
    auto_scaling_group_arn = aws_autoscaling_group.nodes.arn

    managed_scaling {{
      status = "DISABLED"
    }}
  }}
}}
{policy}
"""

POLICY = """
resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.nodes.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
"""


@pytest.mark.parametrize(("policy", "count"), [("", 1), (POLICY, 0)])
def test_a_group_with_a_policy_of_its_own_needs_no_managed_scaling(tmp_path: Path, policy: str, count: int) -> None:
    assert len(faults(tmp_path, PROVIDER.format(policy=policy), "ecs-ec2-capacity-scaling")) == count


@pytest.mark.parametrize("slug", ["ecs-image-tag-pinned", "ecs-public-image"])
def test_an_empty_image_is_a_place_that_something_else_fills(tmp_path: Path, slug: str) -> None:
    assert faults(tmp_path, code().replace("worker:7", ""), slug) == []


def test_a_daemon_is_deployed_to_half_of_the_instances_at_a_time(tmp_path: Path) -> None:
    text = """
resource "aws_ecs_service" "proxy" {
  name                               = "proxy"
  cluster                            = "orders"
  task_definition                    = "proxy:7"
  scheduling_strategy                = "DAEMON"
  deployment_minimum_healthy_percent = 0

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/proxy/0123456789abcdef"
    container_name   = "proxy"
    container_port   = 80
  }
}
"""
    report = judge(tmp_path, text, "terraform", "ecs-minimum-healthy-percent")

    assert "deployment_minimum_healthy_percent = 50" in only_remedy(report)


@pytest.mark.parametrize(
    ("container", "advice"),
    [
        ("essential = false", True),
        ("essential = true", False),
        ('mountPoints = [{ sourceVolume = "logs", containerPath = "/var/log/worker" }]', True),
        ('mountPoints = [{ sourceVolume = "logs", containerPath = "/var/blog" }]', False),
    ],
)
def test_output_is_missed_less_where_the_task_goes_on_or_logs_are_files(tmp_path: Path, container: str, advice: bool) -> None:
    source = SERVICE.format(command="false", kind="EC2", container=container)

    assert only_fault(tmp_path, source, "terraform", "ecs-container-logging").is_advice is advice
