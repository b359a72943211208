"""What runs once has no second instance, and what votes is not scaled by the load."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault
from wa_iac.core.scales import Confidence
from wa_iac.report.listing import remedy

GROUP = """
resource "aws_autoscaling_group" "%s" {
  min_size             = 1
  max_size             = %d
  load_balancers       = ["web"]
  launch_configuration = aws_launch_configuration.it.name
}
resource "aws_launch_configuration" "it" {
  user_data = <<-END
    #!/bin/bash
    %s
  END
}
"""


@pytest.mark.parametrize(
    ("name", "most", "starts", "confidence"),
    [
        ("jenkins", 1, "", Confidence.LOW),
        ("ci", 1, "systemctl start jenkins", Confidence.LOW),
        ("tfe_asg", 1, "", Confidence.LOW),
        ("db-group", 1, "", Confidence.LOW),
        ("leader", 1, "", Confidence.LOW),
        ("leader", 3, "", Confidence.HIGH),
        ("jenkins", 4, "", Confidence.LOW),
        ("jenkins-workers", 4, "", Confidence.HIGH),
        ("gitlab", 4, "", Confidence.HIGH),
        ("web", 2, "systemctl start nginx", Confidence.HIGH),
    ],
)
def test_software_that_runs_once_has_one_instance(
    tmp_path: Path, name: str, most: int, starts: str, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, GROUP % (name, most, starts), "terraform", "autoscaling-min-capacity")
    assert found.confidence is confidence
    assert ("Do not add a second one" in remedy(found)) == (confidence is Confidence.LOW)


def test_a_group_of_at_most_one_has_no_room_for_a_second_instance(tmp_path: Path) -> None:
    found = only_fault(tmp_path, GROUP % ("web", 1, "systemctl start nginx"), "terraform", "autoscaling-min-capacity")
    assert found.is_advice


@pytest.mark.parametrize(("folder", "once"), [("single", True), ("distributed", False)])
def test_a_directory_may_name_the_variant_of_one_server(tmp_path: Path, folder: str, once: bool) -> None:
    files = {f"{folder}/main.tf": GROUP % ("web", 1, "systemctl start nginx")}
    [found] = judge_files(tmp_path, files, "autoscaling-min-capacity").failing()
    assert ("runs once" in found.message) is once


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("nomad_servers", ["not-applicable"]),
        ("vault", ["not-applicable"]),
        ("nomad_clients", ["fail"]),
        ("consul_client", ["fail"]),
    ],
)
def test_servers_that_vote_are_not_scaled_by_the_load(tmp_path: Path, name: str, verdicts: list[str]) -> None:
    source = f'resource "aws_autoscaling_group" "{name}" {{\n  min_size = 3\n  max_size = 5\n}}\n'
    assert verdicts_of(tmp_path, source) == verdicts


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("kafka", Confidence.LOW),
        ("docker-registry", Confidence.LOW),
        ("kafka_clients", Confidence.MEDIUM),
        ("web", Confidence.MEDIUM),
    ],
)
def test_servers_that_keep_data_are_not_taken_away_by_the_load(tmp_path: Path, name: str, confidence: Confidence) -> None:
    source = GROUP % (name, 6, "systemctl start it")
    assert only_fault(tmp_path, source, "terraform", "autoscaling-scaling-policy").confidence is confidence


def verdicts_of(tmp_path: Path, source: str) -> list[str]:
    report = judge(tmp_path, source, "terraform", "autoscaling-scaling-policy")
    return ["fail"] * len(report.failing()) or ["not-applicable"]
