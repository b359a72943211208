"""What runs once has no second task, and hosts of ECS are scaled by their tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.rule import Confidence
from wa_iac.report.listing import remedy

SERVICE = """
resource "aws_ecs_task_definition" "it" {{
  family                = "it"
  container_definitions = jsonencode([{{ name = "it", image = "{image}" }}])
}}
resource "aws_ecs_service" "{name}" {{
  name            = "{name}"
  cluster         = "main"
  task_definition = aws_ecs_task_definition.it.arn
  desired_count   = 1
  load_balancer {{
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/it/1"
    container_name   = "it"
    container_port   = 80
  }}
}}
"""
GROUP = """
resource "aws_launch_template" "it" {{
  image_id  = "ami-1"
  user_data = base64encode("#!/bin/bash\\n{line}")
}}
resource "aws_autoscaling_group" "it" {{
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  launch_template {{
    id = aws_launch_template.it.id
  }}
}}
"""


@pytest.mark.parametrize(
    ("name", "image", "confidence"),
    [
        ("jenkins", "web:1", Confidence.LOW),
        ("web", "jenkins/jenkins:lts", Confidence.LOW),
        ("web", "nginx:1", Confidence.HIGH),
    ],
)
def test_software_that_runs_once_has_one_task(tmp_path: Path, name: str, image: str, confidence: Confidence) -> None:
    source = SERVICE.format(name=name, image=image)
    (finding,) = judge(tmp_path, source, "terraform", "ecs-service-multiple-tasks").failing()

    assert finding.confidence is confidence
    assert ("Do not add a second one" in remedy(finding)) == (confidence is Confidence.LOW)
    assert ("First see that two tasks can run at once" in remedy(finding)) == (confidence is Confidence.HIGH)


@pytest.mark.parametrize(
    ("line", "of_ecs"), [("echo ECS_CLUSTER=main >> /etc/ecs/ecs.config", True), ("systemctl start nginx", False)]
)
def test_hosts_of_ecs_are_scaled_by_a_capacity_provider(tmp_path: Path, line: str, *, of_ecs: bool) -> None:
    text = only_remedy(judge(tmp_path, GROUP.format(line=line), "terraform", "autoscaling-scaling-policy"))

    assert ("capacity provider" in text, "ASGAverageCPUUtilization" in text) == (of_ecs, not of_ecs)


SERVED = """
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  %s
  desired_count   = 1
  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"
  }
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web:7", portMappings = [{ containerPort = 80, hostPort = %d }] }])
}
"""
ON_FARGATE, ON_INSTANCES = 'launch_type = "FARGATE"', 'launch_type = "EC2"'


@pytest.mark.parametrize(
    ("launched", "port", "said"),
    [
        (ON_FARGATE, 0, ""),
        (ON_INSTANCES, 0, "The cluster needs a second instance, in another zone, with room for another one"),
        (ON_INSTANCES, 80, "Each task takes port 80 of its instance, so the cluster needs two instances."),
        ("", 0, "Unless the tasks run on Fargate, the cluster needs a second instance, in another zone"),
    ],
)
def test_another_task_needs_room_on_instances(tmp_path: Path, launched: str, port: int, said: str) -> None:
    text = remedy(only_fault(tmp_path, SERVED % (launched, port), "terraform", "ecs-service-multiple-tasks"))

    assert said in text
    assert ("instance" in text) is bool(said)
