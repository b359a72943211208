"""What no rule looks at, and what nothing could be decided about, is never left to look clean: every format says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.coverage import coverage_lines, held, undecided_throughout

MODULE = """\
variable "encrypted" {
  type = bool
}
resource "aws_kinesis_video_stream" "a" {
  name = "a"
}
resource "aws_kinesis_video_stream" "b" {
  name = "b"
}
resource "random_id" "r" {
  byte_length = 2
}
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = var.encrypted
}
"""
FORMATS = ["text", "json", "sarif", "junit", "github", "markdown"]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")
    return tmp_path


def test_types_without_a_rule_are_counted_the_most_frequent_first(here: Path) -> None:
    report = check([here], Selection(select=("ebs-encryption",)))
    assert report.without_rule == {"aws_kinesis_video_stream": 2, "random_id": 1}
    lines = list(coverage_lines(report))
    assert lines[0] == "3 resources of 2 types have no rule: aws_kinesis_video_stream (2), random_id (1)"
    assert next(coverage_lines(report, most=1)).endswith("aws_kinesis_video_stream (2) and 1 more")


def test_a_type_that_only_rules_outside_of_the_selection_check_has_a_rule(here: Path) -> None:
    report = check([here], Selection(select=("s3-versioning",)))
    assert "aws_ebs_volume" not in report.without_rule


def test_a_type_that_a_rule_reads_on_the_way_to_a_verdict_has_a_rule() -> None:
    assert OURS.reads("aws_s3_bucket_versioning")
    assert OURS.reads("AWS::Lambda::EventSourceMapping")
    assert OURS.reads("awscc_s3_bucket")


def test_rules_that_look_for_one_thing_in_any_resource_do_not_count() -> None:
    """`cloudformation-no-explicit-names` knows the names of streams, and still no rule is about streams."""
    assert not OURS.reads("AWS::KinesisVideo::Stream")
    assert not OURS.reads("aws_kinesis_video_stream")


def test_a_resource_of_several_environments_counts_once(tmp_path: Path, here: Path) -> None:
    (here / "dev.tfvars").write_text("encrypted = true\n", encoding="utf-8")
    (here / "prod.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    done = run(here, "check", "--format", "json", "--environment", "dev=dev.tfvars", "--environment", "prod=prod.tfvars")
    coverage = json.loads(done.stdout)["coverage"]
    assert {each["type"]: each["resources"] for each in coverage["types_without_rule"]} == {
        "aws_kinesis_video_stream": 2,
        "random_id": 1,
    }
    assert coverage["undecided_resources"] == []


def test_a_resource_with_only_undecided_results_is_named(here: Path) -> None:
    report = check([here], Selection(select=("ebs-encryption",)))
    assert [each.address for each in undecided_throughout(report)] == ["aws_ebs_volume.v"]
    assert list(coverage_lines(report))[1] == "1 resource has only undecided results: aws_ebs_volume.v"
    assert undecided_throughout(check([here], Selection(select=("ebs-encryption", "ebs-gp3")))) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_names_both(here: Path, format_: str) -> None:
    out = run(here, "check", "--select", "ebs-encryption", "--format", format_).stdout.replace("&#95;", "_")
    assert "aws_kinesis_video_stream" in out
    assert "aws_ebs_volume.v" in out


def test_the_format_without_a_place_for_it_says_it_on_standard_error(here: Path) -> None:
    done = run(here, "check", "--select", "ebs-encryption", "--format", "gitlab")
    assert "have no rule: aws_kinesis_video_stream (2), random_id (1)" in done.stderr
    assert "aws_ebs_volume.v" in done.stderr


def test_verbose_names_all_types(here: Path) -> None:
    types = "".join(f'resource "other_{name}" "x" {{\n}}\n' for name in "abcdefg")
    (here / "others.tf").write_text(types, encoding="utf-8")
    assert "and 4 more" in run(here, "check").stdout
    assert "other_g (1)" in run(here, "check", "--verbose").stdout


def test_passed_results_are_listed_on_request(here: Path) -> None:
    selected = ("check", "--select", "ebs-encryption,ebs-gp3", "--var", "encrypted=true", "--show-passed")
    text = run(here, *selected).stdout
    assert "main.tf  passed  ebs-encryption  aws_ebs_volume.v\n" in text
    assert "passed  ebs-gp3" not in text
    document = json.loads(run(here, *selected, "--format", "json").stdout)
    assert document["passed"] == [{"rule": "ebs-encryption", "address": "aws_ebs_volume.v", "path": "main.tf", "unit": "."}]
    sarif = json.loads(run(here, *selected, "--format", "sarif").stdout)["runs"][0]
    assert {each["ruleId"]: each.get("kind", "fail") for each in sarif["results"]} == {
        "ebs-encryption": "pass",
        "ebs-gp3": "fail",
    }
    assert {each["ruleId"]: each.get("level", "warning") for each in sarif["results"]}["ebs-encryption"] == "none"
    junit = run(here, *selected, "--format", "junit").stdout
    assert '<testcase name="ebs-encryption aws_ebs_volume.v" classname="main.tf" time="0" />' in junit


def test_a_rule_that_fails_in_one_environment_does_not_hold(here: Path) -> None:
    (here / "dev.tfvars").write_text("encrypted = true\n", encoding="utf-8")
    (here / "prod.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    both = ("--environment", "dev=dev.tfvars", "--environment", "prod=prod.tfvars")
    done = run(here, "check", "--select", "ebs-encryption", "--show-passed", "--format", "json", *both)
    assert json.loads(done.stdout)["passed"] == []


def test_a_rule_that_does_not_apply_is_not_evidence(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "q" {\n}\n', encoding="utf-8")
    report = check([tmp_path], Selection())
    kept = {(each.slug, each.address) for each in held(report)}
    exempt = {each.slug for each in report.judgements if each.verdict == "not-applicable"}
    assert ("sqs-encryption", "aws_sqs_queue.q") in kept
    assert exempt.isdisjoint(slug for slug, _ in kept)


@pytest.mark.parametrize("format_", ["gitlab", "github", "markdown"])
def test_formats_for_faults_refuse_passed_results(here: Path, format_: str) -> None:
    done = run(here, "check", "--show-passed", "--format", format_)
    assert done.returncode == 2
    assert "--show-passed needs the format text, json, sarif or junit" in done.stderr
