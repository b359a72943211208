"""What runs once has no second task, and hosts of ECS are scaled by their tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
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
