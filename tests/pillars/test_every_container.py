"""Every container of a task is judged, whichever it is of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, by_address, judge, verdicts

TEMPLATE = """\
Resources:
  Shop:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - { Name: web, Image: "web:1" }
        - { Name: agent, Image: "agent:1", Privileged: %s }
"""
MODULE = """\
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    { name = "web", image = "web:1" },
    { name = "agent", image = "agent:1", privileged = %s },
  ])
}
"""


@pytest.mark.parametrize(("privileged", "verdict"), [("true", {"fail"}), ("false", set())])
def test_a_second_container_is_judged(tmp_path: Path, privileged: str, verdict: set[str]) -> None:
    found = both(tmp_path, "ecs-privileged-container", TEMPLATE % privileged, MODULE % privileged)

    assert [set(each.values()) for each in found] == [verdict, verdict]


def test_each_container_without_logs_is_named(tmp_path: Path) -> None:
    report = judge(tmp_path, MODULE % "false", "terraform", "ecs-container-logging")

    assert [each.message.split("'")[1] for each in report.failing()] == ["web", "agent"]


def test_containers_that_a_caller_adds_are_undecided_beside_those_that_are_known(tmp_path: Path) -> None:
    source = """\
variable "sidecar" {}
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{ name = "web", image = "web:1", privileged = false }, var.sidecar])
}
"""
    assert by_address(judge(tmp_path, source, "terraform", "ecs-privileged-container"), "ecs-privileged-container") == {
        "aws_ecs_task_definition.shop": "unknown"
    }


def test_containers_under_a_condition_are_each_judged(tmp_path: Path) -> None:
    source = """\
Parameters:
  Stage: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Shop:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: !If
        - IsProd
        - - { Name: web, Image: "web:1" }
          - { Name: agent, Image: "agent:1", Privileged: true }
        - - { Name: web, Image: "web:1", Privileged: true }
"""
    assert by_address(judge(tmp_path, source, "cloudformation", "ecs-privileged-container"), "ecs-privileged-container") == {
        "Shop": "fail"
    }


DAEMON = """
resource "aws_ecs_daemon_task_definition" "it" {
  family = "agent"
  container_definition {
    name       = "agent"
    image      = "agent:3"
    privileged = false
    log_configuration {
      log_driver = "awslogs"
    }
  }
  container_definition {
    name  = "second"
    image = "second:3"
    MORE
  }
}
"""


@pytest.mark.parametrize(
    ("slug", "more", "verdict"),
    [
        ("ecs-privileged-container", "privileged = true", ["fail"]),
        ("ecs-privileged-container", "privileged = false", []),
        ("ecs-container-logging", "", ["fail"]),
        ("ecs-container-logging", 'log_configuration {\n  log_driver = "json-file"\n}', []),
        ("ecs-container-logging", 'firelens_configuration {\n  type = "fluentbit"\n}', []),
    ],
)
def test_the_containers_of_a_daemon_are_judged_as_those_of_a_service(
    tmp_path: Path, slug: str, more: str, verdict: list[str]
) -> None:
    assert list(verdicts(tmp_path, DAEMON.replace("MORE", more), "terraform", slug).values()) == verdict


def test_the_containers_of_a_daemon_in_a_template(tmp_path: Path) -> None:
    source = """
Resources:
  Agent:
    Type: AWS::ECS::DaemonTaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: agent
          Image: agent:3
          Privileged: true
"""
    assert verdicts(tmp_path / "privileged", source, "cloudformation", "ecs-privileged-container") == {"Agent": "fail"}
    assert verdicts(tmp_path / "logging", source, "cloudformation", "ecs-container-logging") == {"Agent": "fail"}
