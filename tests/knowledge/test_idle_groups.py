"""A launch template of groups that start nothing is less of a risk."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Severity

GROUP = """
resource "aws_launch_template" "builders" {{
  image_id = "ami-0a1"
  iam_instance_profile {{ name = "builders" }}
}}
resource "aws_autoscaling_group" "builders" {{
  min_size         = {least}
  max_size         = {most}
  desired_capacity = {desired}
  launch_template {{ id = aws_launch_template.builders.id }}
}}
{more}
"""
POLICY = """
resource "aws_autoscaling_policy" "builders" {
  name                   = "builders"
  autoscaling_group_name = aws_autoscaling_group.builders.name
}
"""
SERVER = """
resource "aws_instance" "builder" {
  launch_template { id = aws_launch_template.builders.id }
}
"""


@pytest.mark.parametrize(
    ("least", "most", "desired", "more", "idle"),
    [
        (0, 4, 0, "", True),
        (0, 0, "null", "", True),
        (0, 4, "null", "", False),
        (0, 4, 1, "", False),
        (0, 4, 0, POLICY, False),
        (0, 4, 0, SERVER, False),
    ],
)
def test_a_group_without_instances(tmp_path: Path, least: int, most: int, desired: int | str, more: str, idle: bool) -> None:
    text = GROUP.format(least=least, most=most, desired=desired, more=more)
    found = only_fault(tmp_path, text, "terraform", "ec2-imdsv2")

    assert (found.severity is Severity.MEDIUM, "no instance" in found.message) == (idle, idle)
