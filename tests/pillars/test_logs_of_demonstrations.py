"""Nobody investigates an incident in a demonstration: that it keeps no log of its requests is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

BALANCER = 'resource "aws_lb" "front" {\n  load_balancer_type = "application"\n  subnets = ["subnet-0a1", "subnet-0b2"]\n}\n'


@pytest.mark.parametrize(("folder", "advice"), [("demo-vpc", True), ("hands-on", True), ("front", False)])
def test_a_load_balancer_of_a_demonstration_can_do_without_a_log(tmp_path: Path, folder: str, *, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(tmp_path, {f"{folder}/main.tf": BALANCER}, "elb-access-logging")

    assert [each.is_advice for each in report.failing()] == [advice]
