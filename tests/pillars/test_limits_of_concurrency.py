"""Provisioned concurrency scales by a policy or a schedule; a scalable target alone only sets limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

ALIAS = """
variable "schedule" { type = bool }
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "7"
}
resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = "orders"
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 20
}
resource "aws_appautoscaling_target" "live" {
  service_namespace  = "lambda"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  resource_id        = "function:orders:live"
  min_capacity       = 2
  max_capacity       = 40
}
"""
SCHEDULE = """
resource "aws_appautoscaling_scheduled_action" "night" {
  %s
  name               = "night"
  service_namespace  = aws_appautoscaling_target.live.service_namespace
  scalable_dimension = aws_appautoscaling_target.live.scalable_dimension
  resource_id        = aws_appautoscaling_target.live.resource_id
  schedule           = "cron(0 20 * * ? *)"
}
"""


@pytest.mark.parametrize(
    ("more", "found"),
    [("", "fail"), (SCHEDULE % "", None), (SCHEDULE % "count = var.schedule ? 1 : 0", "unknown")],
)
def test_limits_alone_scale_nothing(tmp_path: Path, more: str, found: str | None) -> None:
    judged = verdicts(tmp_path, ALIAS + more, "terraform", "lambda-provisioned-concurrency-scaling")

    assert judged == ({} if found is None else {"aws_lambda_alias.live": found})
