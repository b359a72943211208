"""A resource that a variable turns on may need more: the remedy names the variables that give it, where they are false or empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_remedy

MODULE = """
variable "logs" {
  type    = bool
  default = false
}
variable "log_group" {
  type    = bool
  default = false
}
variable "log_group_arn" {
  type    = string
  default = GIVEN
}
locals {
  log_group   = var.logs && var.log_group
  destination = local.log_group ? try(aws_cloudwatch_log_group.logs[0].arn, null) : var.log_group_arn
}
resource "aws_vpc" "vpc" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_cloudwatch_log_group" "logs" {
  count = local.log_group ? 1 : 0
}
resource "aws_flow_log" "vpc" {
  count           = var.logs ? 1 : 0
  vpc_id          = aws_vpc.vpc.id
  log_destination = local.destination
}
"""
ALSO = (
    ' It then also needs its log_destination ("log_group" or "log_group_arn"): these variables are false or empty by default.'
)


def told(tmp_path: Path, call: str = "", given: str = '""') -> str:
    files = {
        "main.tf": f'module "net" {{\n  source = "./net"\n{call}}}\n',
        "net/main.tf": MODULE.replace("GIVEN", given),
    }
    return only_remedy(judge_files(tmp_path, files, "vpc-flow-logs"))


def test_an_argument_that_nothing_gives_is_named_with_the_variables_that_could(tmp_path: Path) -> None:
    assert told(tmp_path).endswith(f'change the default of variable "logs" (net/main.tf:2).{ALSO}')


@pytest.mark.parametrize(
    ("call", "given"),
    [("  log_group = true\n", '""'), ('  log_group_arn = "arn"\n', "null"), ("", '"arn:aws:s3:::logs"')],
    ids=["switched on", "given", "by default"],
)
def test_an_argument_that_something_gives_is_not(tmp_path: Path, call: str, given: str) -> None:
    assert "also needs" not in told(tmp_path, call, given)
