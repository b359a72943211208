"""A `dynamic` block of an empty list writes nothing: rules see what they see without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

_GROUP = 'resource "aws_autoscaling_group" "a" {\n  max_size = 3\n  min_size = 1\n  %s\n}\n'
_MIXED = """mixed_instances_policy {
    instances_distribution { on_demand_percentage_above_base_capacity = 0 }
    launch_template {
      launch_template_specification { launch_template_id = "lt-1" }
      override { %s }
    }
  }"""


@pytest.mark.parametrize(
    ("slug", "source", "block", "verdicts"),
    [
        ("autoscaling-update-policy", _GROUP, "instance_refresh", {"fail"}),
        ("autoscaling-spot-instance-types", _GROUP % _MIXED, "instance_requirements", {"fail"}),
        ("emr-idle-termination", 'resource "aws_emr_cluster" "a" { %s }\n', "auto_termination_policy", {"fail"}),
        ("ebs-gp3", 'resource "aws_launch_template" "a" {\n  block_device_mappings { %s }\n}\n', "ebs", set[str]()),
        ("ebs-encryption", 'resource "aws_launch_template" "a" {\n  block_device_mappings { %s }\n}\n', "ebs", set[str]()),
        (
            "firehose-compression",
            'resource "aws_kinesis_firehose_delivery_stream" "a" {\n  destination = "extended_s3"\n  %s\n}\n',
            "extended_s3_configuration",
            set[str](),
        ),
    ],
)
def test_a_block_of_no_elements_is_none(tmp_path: Path, slug: str, source: str, block: str, verdicts: set[str]) -> None:
    dynamic = f'\n  dynamic "{block}" {{\n    for_each = var.all\n    content {{}}\n  }}\n'
    for index, inside in enumerate(("", dynamic)):
        directory = tmp_path / str(index)
        directory.mkdir()
        report = judge(directory, f'variable "all" {{ default = [] }}\n{source % inside}', "terraform", slug)
        assert {each.verdict for each in report.findings if each.rule.slug == slug} == verdicts
