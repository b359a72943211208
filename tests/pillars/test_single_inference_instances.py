"""Endpoints of SageMaker with one instance: what else may keep two of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

ENDPOINT = """
resource "aws_sagemaker_endpoint_configuration" "live" {
  name = "live"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
    %s
  }
}
"""
TARGET = """
variable "least" { type = number }
resource "aws_appautoscaling_target" "live" {
  service_namespace  = "%s"
  resource_id        = "endpoint/live/variant/all"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  min_capacity       = %s
  max_capacity       = 6
}
"""
SLUG = "sagemaker-endpoint-instances"
LIVE = "aws_sagemaker_endpoint_configuration.live"


@pytest.mark.parametrize(
    ("namespace", "least", "verdict"),
    [("sagemaker", "2", None), ("sagemaker", "1", "fail"), ("sagemaker", "var.least", "unknown"), ("ecs", "2", "fail")],
)
def test_a_scalable_target_of_sagemaker_counts(tmp_path: Path, namespace: str, least: str, verdict: str | None) -> None:
    assert verdicts(tmp_path, ENDPOINT % "" + TARGET % (namespace, least), "terraform", SLUG).get(LIVE) == verdict


def test_the_scaling_of_the_variant_itself_counts(tmp_path: Path) -> None:
    scaling = 'managed_instance_scaling {\n      status = "ENABLED"\n      min_instance_count = 2\n    }'

    assert verdicts(tmp_path, ENDPOINT % scaling, "terraform", SLUG) == {}


def test_a_serverless_variant_has_no_instances(tmp_path: Path) -> None:
    source = """
resource "aws_sagemaker_endpoint_configuration" "live" {
  production_variants {
    model_name   = "prices"
    variant_name = "all"
    serverless_config {
      max_concurrency   = 5
      memory_size_in_mb = 2048
    }
  }
}
"""

    assert verdicts(tmp_path, source, "terraform", SLUG) == {}
