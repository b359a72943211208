"""Code that is there for tests, or as a record of a past run, is graded by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.files import parsed_once
from wa_iac.core.rule import Severity

DATABASE = 'resource "aws_db_instance" "orders" {\n  engine         = "postgres"\n  instance_class = "db.m7g.large"\n}\n'


@pytest.mark.parametrize(
    ("folder", "advice"),
    [("tests/basic", True), ("results/20240315-first", True), ("results/orders", False), ("orders", False)],
)
def test_a_grave_finding_of_tests_and_of_records_is_advice(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": DATABASE}, "rds-encryption").failing()

    assert (found.is_advice, found.severity is Severity.HIGH) == (advice, not advice)


@pytest.mark.parametrize(("name", "advice"), [("orders.test.yaml", True), ("orders.latest.yaml", False), ("test.yaml", False)])
def test_a_file_that_is_a_test_by_its_name(tmp_path: Path, name: str, advice: bool) -> None:
    trail = "Resources:\n  Calls:\n    Type: AWS::CloudTrail::Trail\n    Properties: {IsLogging: true, S3BucketName: calls}\n"
    (found,) = judge_files(tmp_path, {name: trail}, "cloudtrail-log-validation").failing()

    assert found.is_advice is advice


def test_a_copy_without_its_history_is_graded_like_its_repository(tmp_path: Path) -> None:
    """The scanned directory is the root then, wherever the program was started."""
    (found,) = judge_files(tmp_path, {"tests/basic/main.tf": DATABASE}, "rds-encryption").failing()

    assert found.is_advice


def test_what_is_above_the_scanned_directory_says_nothing(tmp_path: Path) -> None:
    (found,) = judge_files(tmp_path / "tests", {"basic/main.tf": DATABASE}, "rds-encryption").failing()

    assert not found.is_advice


def test_what_a_test_does_not_ask_of_a_module_is_advice(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    module = """
variable "logs" { default = {} }
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  dynamic "logging_config" {
    for_each = length(keys(var.logs)) == 0 ? [] : [var.logs]
    content { bucket = logging_config.value["bucket"] }
  }
}
"""
    call = 'module "site" {\n  source = "../../site"\n  logs   = {}\n}\n'
    for folder, advice in (("tests/basic", True), ("live/basic", False)):
        files = {"site/main.tf": module, f"{folder}/main.tf": call}
        (found,) = judge_files(tmp_path / folder.partition("/")[0], files, "cloudfront-access-logging").failing()
        assert found.is_advice is advice, folder


def test_outside_of_any_repository_a_tree_begins_where_the_run_was_told_to(tmp_path: Path) -> None:
    """What is above it says nothing of it: somebody may unpack anything into a directory called tests."""
    for root, folder, advice in (("orders", "tests/basic", True), ("tests", "orders", False)):
        (found,) = judge_files(tmp_path / root, {f"{folder}/main.tf": DATABASE}, "rds-encryption").failing()
        with parsed_once():
            (again,) = judge_files(tmp_path / root, {}, "rds-encryption").failing()
        assert (found.is_advice, again.is_advice) == (advice, advice), root


def test_a_record_of_a_past_run_lets_nobody_in_but_gives_away_its_secrets(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    open_port = """
resource "aws_security_group" "open" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    secret = DATABASE.replace("engine ", 'password = "hR8kPq2vT6zLw0Xy"\n  publicly_accessible = true\n  engine ')
    for folder, gone in (("results/20240315-first", True), ("tests/basic", False)):
        files = {f"{folder}/port/main.tf": open_port, f"{folder}/database/main.tf": secret}
        report = judge_files(tmp_path, files, "vpc-security-group-ingress-ssh", "rds-plaintext-password")
        graded = {each.rule.slug: each.severity for each in report.failing() if folder in each.span.path}
        assert graded["rds-plaintext-password"] is Severity.CRITICAL
        assert graded["vpc-security-group-ingress-ssh"] is (Severity.MEDIUM if gone else Severity.CRITICAL), folder


ONLY_SOMEWHERE = """
Parameters:
  Environment: {{ Type: String }}
Conditions:
  {name}: !Equals [!Ref Environment, somewhere]
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: {name}
    Properties: {{ Engine: postgres, DBInstanceClass: db.m7g.large }}
"""


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("IsDevelopment", True),
        ("IsEnvForPerformanceTests", True),
        ("IsNotProduction", True),
        ("IsDevOrStaging", True),
        ("IsProduction", False),
        ("IsNotDevelopment", False),
        ("IsDevOrProd", False),
        ("CreateTestListener", False),
    ],
)
def test_what_exists_only_in_environments_for_tests_is_advice(tmp_path: Path, name: str, advice: bool) -> None:
    (found,) = judge_files(tmp_path, {"stack.yaml": ONLY_SOMEWHERE.format(name=name)}, "rds-encryption").failing()

    assert (found.is_advice, found.severity is Severity.HIGH) == (advice, not advice)


VOLUME = 'resource "aws_ebs_volume" "data" {\n  availability_zone = "eu-west-1a"\n  type              = "gp2"\n  size              = 100\n}\n'


@pytest.mark.parametrize(
    ("folder", "advice"), [("workshop/one", True), ("04_demo", True), ("orders", False), ("demography", False)]
)
def test_what_costs_little_is_advice_where_it_is_there_for_some_hours(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": VOLUME}, "ebs-gp3").failing()

    assert found.is_advice is advice


def test_a_medium_fault_of_a_workshop_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    alarm = 'resource "aws_cloudwatch_metric_alarm" "full" {\n  alarm_name = "full"\n  namespace  = "AWS/EFS"\n}\n'
    (found,) = judge_files(tmp_path, {"workshop/main.tf": alarm}, "cloudwatch-alarm-actions").failing()

    assert not found.is_advice


@pytest.mark.parametrize(
    ("path", "name", "advice"),
    [
        ("payments-stub/main.tf", "orders", True),
        ("ci/stubs/main.tf", "orders", True),
        ("ci/stub-of-payments.tf", "orders", True),
        ("payments/main.tf", "stub_orders", True),
        ("legacy/main.tf", "orders", True),
        ("old/main.tf", "orders", True),
        ("payments/main.tf", "orders", False),
        ("household/main.tf", "stubborn_orders", False),
        ("legacy-redirects/main.tf", "orders", False),
    ],
)
def test_mild_findings_about_stubs_and_about_what_is_replaced_are_advice(
    tmp_path: Path, path: str, name: str, advice: bool
) -> None:
    """Others may reach both: what is grave stays as it is."""
    (tmp_path / ".git").mkdir()
    source = DATABASE.replace('"orders"', f'"{name}"') + f'resource "aws_s3_bucket" "{name}" {{}}\n'
    (mild,) = judge_files(tmp_path, {path: source}, "s3-versioning").failing()
    (grave,) = judge_files(tmp_path, {path: source}, "rds-encryption").failing()

    assert mild.is_advice is advice
    assert (grave.is_advice, grave.severity) == (False, Severity.HIGH)


def test_what_a_stub_asks_of_a_module_is_judged_as_a_stub(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    files = {
        "bucket/main.tf": 'resource "aws_s3_bucket" "orders" {}\n',
        "payments-stub/main.tf": 'module "orders" {\n  source = "../bucket"\n}\n',
    }
    (found,) = judge_files(tmp_path / "payments-stub", files, "s3-versioning").failing()

    assert found.is_advice


@pytest.mark.parametrize(
    ("top", "advice"),
    [
        ("# DEPRECATION WARNING: This code has been deprecated\n", True),
        ("# The trail.\n# This module is no longer used.\n", True),
        ("# Deprecated: see trails.tf\n", True),
        ("# Deprecated arguments are left out.\n", False),
        ("# This file has no deprecated arguments.\n", False),
        ("", False),
    ],
)
def test_a_file_that_says_that_it_is_no_longer_used(tmp_path: Path, top: str, advice: bool) -> None:
    trail = 'resource "aws_cloudtrail" "calls" {\n  name           = "calls"\n  s3_bucket_name = "calls"\n}\n'
    files = {"main.tf": f"{top}{trail}{DATABASE}"}
    found = {
        each.rule.slug: each for each in judge_files(tmp_path, files, "cloudtrail-log-validation", "rds-encryption").failing()
    }

    assert found["cloudtrail-log-validation"].is_advice is advice
    assert not found["rds-encryption"].is_advice


@pytest.mark.parametrize(("name", "advice"), [("/cdk-bootstrap/${Qualifier}/version", True), ("/orders/version", False)])
def test_a_copy_of_the_template_with_which_cdk_prepares_an_environment(tmp_path: Path, name: str, advice: bool) -> None:
    template = f"""
Parameters:
  Qualifier: {{ Type: String, Default: hnb659fds }}
Resources:
  Assets:
    Type: AWS::KMS::Key
    Properties: {{ KeyPolicy: {{}} }}
  CdkBootstrapVersion:
    Type: AWS::SSM::Parameter
    Properties: {{ Type: String, Name: !Sub "{name}", Value: "25" }}
"""
    (found,) = judge_files(tmp_path, {"bootstrap.yaml": template}, "kms-key-rotation").failing()

    assert (found.is_advice, "CDK" in found.message) == (advice, advice)
