"""Logs that an audit asks for are kept for longer than those of programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy

MODULE = """
resource "aws_cloudwatch_log_group" "{name}" {{
  name = "{name}"
}}

resource "aws_cloudtrail" "trail" {{
  name                       = "trail"
  s3_bucket_name             = "trail-123456789012"
  cloud_watch_logs_group_arn = "{arn}"
}}
"""


@pytest.mark.parametrize(
    ("name", "arn", "days"),
    [
        ("calls", "${aws_cloudwatch_log_group.calls.arn}:*", 365),
        ("audit", "arn:aws:logs:::other:*", 365),
        ("app", "arn:aws:logs:::other:*", 90),
    ],
)
def test_the_logs_of_a_trail_are_kept_for_a_year(tmp_path: Path, name: str, arn: str, days: int) -> None:
    text = only_remedy(judge(tmp_path, MODULE.format(name=name, arn=arn), "terraform", "cloudwatch-log-retention"))
    assert text.endswith(f"retention_in_days = {days}")


@pytest.mark.parametrize(("more", "advice"), [("", True), ("Outputs:\n  Logs: {Value: !Ref Logs}\n", False)])
def test_a_group_whose_name_nothing_knows_may_be_deleted(tmp_path: Path, more: str, advice: bool) -> None:
    source = f"Resources:\n  Logs:\n    Type: AWS::Logs::LogGroup\n{more}"
    found = only_fault(tmp_path, source, "cloudformation", "cloudwatch-log-retention")
    assert (found.is_advice, "delete it instead" in found.message) == (advice, advice)
