"""Nobody investigates an incident in a demonstration: that it keeps no log of its requests is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

WAREHOUSE = 'resource "aws_redshift_cluster" "sales" {\n  cluster_identifier = "sales"\n  node_type = "ra3.large"\n}\n'
DATABASE = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n  instance_class = "db.m7g.large"\n}\n'
BALANCER = 'resource "aws_lb" "front" {\n  load_balancer_type = "application"\n  subnets = ["subnet-0a1", "subnet-0b2"]\n}\n'


@pytest.mark.parametrize(("folder", "advice"), [("demo-vpc", True), ("hands-on", True), ("front", False)])
@pytest.mark.parametrize(
    ("code", "rule"),
    [(BALANCER, "elb-access-logging"), (DATABASE, "rds-logging"), (WAREHOUSE, "redshift-audit-logging")],
)
def test_what_a_demonstration_can_do_without(tmp_path: Path, code: str, rule: str, folder: str, *, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(tmp_path, {f"{folder}/main.tf": code}, rule)

    assert [each.is_advice for each in report.failing()] == [advice]


DEPLOYED = """\
Resources:
  Upload:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/lambda/${Upload}
"""
CUSTOM = "  Uploaded:\n    Type: Custom::Upload\n    Properties:\n      ServiceToken: !GetAtt Upload.Arn\n"


@pytest.mark.parametrize(("more", "advice"), [(CUSTOM, True), ("", False)])
def test_a_function_of_a_custom_resource_writes_some_lines_for_each_deployment(
    tmp_path: Path, more: str, *, advice: bool
) -> None:
    report = judge_files(tmp_path, {"template.yaml": DEPLOYED + more}, "cloudwatch-log-retention")

    assert [each.is_advice for each in report.failing()] == [advice]
