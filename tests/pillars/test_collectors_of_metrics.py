"""A server that collects metrics does all of its work in each task: more tasks collect the same again."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

SLUG = "ecs-service-autoscaling"
SERVICE = """
resource "aws_ecs_service" "this" {
  name            = "%(name)s"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.this.arn
}

resource "aws_ecs_task_definition" "this" {
  family                = "tasks"
  container_definitions = %(containers)s

  volume { name = "%(volume)s" }
}

data "template_file" "containers" { template = file("elsewhere.json") }
"""
UNKNOWN = "data.template_file.containers.rendered"
FAULT = {"aws_ecs_service.this": "fail"}


def _container(image: str, *more: str) -> str:
    images = (image, *more)
    return f"jsonencode([{', '.join(f'{{ name = {str(number)!r}, image = {each!r} }}' for number, each in enumerate(images))}])".replace(
        "'", '"'
    )


@pytest.mark.parametrize(
    ("name", "containers", "volume", "expected"),
    [
        ("team-prometheus", UNKNOWN, "data", {}),
        ("alertmanager", UNKNOWN, "data", {}),
        ("prometheus-gateway", UNKNOWN, "data", FAULT),
        ("grafana-for-prometheus", UNKNOWN, "data", FAULT),
        ("metrics", _container("prom/prometheus:v3.5.0"), "data", {}),
        ("metrics", _container("123456789012.dkr.ecr.eu-west-1.amazonaws.com/vmagent:1"), "data", {}),
        ("shop", _container("shop:1"), "prometheus_config", FAULT),
        ("shop", _container("shop:1", "prom/prometheus:v3.5.0"), "data", FAULT),
        ("metrics", UNKNOWN, "prometheus_config", {}),
        ("shop", UNKNOWN, "data", FAULT),
    ],
    ids=[
        *(
            "the server",
            "its alerts",
            "a gateway",
            "a reader",
            "an image",
            "an image of our own",
            "its volume beside a program",
        ),
        *("its image beside a program", "its volume with unknown containers", "nothing that tells"),
    ],
)
def test_a_collector_shares_no_work_with_another(
    tmp_path: Path, name: str, containers: str, volume: str, expected: dict[str, str]
) -> None:
    source = SERVICE % {"name": name, "containers": containers, "volume": volume}
    assert verdicts(tmp_path, source, "terraform", SLUG) == expected
