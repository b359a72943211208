"""A switch that the author has made: off by a default, not forgotten. The finding names it and is less sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from wa_iac.core.finding import Finding
from wa_iac.core.scales import Confidence

FLOW_LOG = """
variable "flow_logs" {
  type    = bool
  default = false
}
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_flow_log" "this" {
  %s
  vpc_id = aws_vpc.this.id
}
"""
ON = 'The default of variable "on" decides this.'


def only(directory: Path, source: str, slug: str) -> Finding:
    report = judge(directory, source, "terraform", slug)
    assert report.errors == []
    (found,) = report.failing()
    return found


@pytest.mark.parametrize(
    "argument",
    [
        "count = var.flow_logs ? 1 : 0",
        "count = var.flow_logs && true ? 1 : 0",
        "count = var.flow_logs == true ? 1 : 0",
        "count = !var.flow_logs ? 0 : 1",
        'for_each = var.flow_logs ? toset(["all"]) : toset([])',
    ],
)
def test_a_resource_that_a_default_leaves_out(tmp_path: Path, argument: str) -> None:
    found = only(tmp_path, FLOW_LOG % argument, "vpc-flow-logs")

    assert found.confidence is Confidence.LOW
    assert found.is_advice
    assert found.message.endswith('The default of variable "flow_logs" decides this.')
    assert [(each.span.start_line, each.note) for each in found.related] == [(4, 'default of variable "flow_logs"')]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("count = var.flow_logs ? 1 : 0", "count = 0"),
        ("aws_vpc.this.id", '"vpc-12345678"'),
        ("aws_vpc.this.id", 'aws_vpc.this.id\n  traffic_type = "ACCEPT"'),
    ],
)
def test_a_block_that_would_not_help_is_no_switch(tmp_path: Path, written: str, instead: str) -> None:
    source = (FLOW_LOG % "count = var.flow_logs ? 1 : 0").replace(written, instead)

    assert "decides this" not in only(tmp_path, source, "vpc-flow-logs").message


def test_a_caller_that_turns_it_off_decides_it_itself(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "network" {\n  source = "./network"\n  flow_logs = false\n}\n',
        "network/main.tf": FLOW_LOG % "count = var.flow_logs ? 1 : 0",
    }

    report = judge_files(tmp_path, files, "vpc-flow-logs")

    assert ["decides this" in each.message for each in report.failing()] == [False]


@pytest.mark.parametrize(
    ("argument", "slug"),
    [
        ("storage_encrypted = var.on", "rds-encryption"),
        ("storage_encrypted = var.on ? true : false", "rds-encryption"),
        ("multi_az = !(!var.on)", "rds-multi-az"),
        ("deletion_protection = var.on", "rds-deletion-protection"),
    ],
)
def test_a_grave_finding_stays_visible(tmp_path: Path, argument: str, slug: str) -> None:
    source = f"""
variable "on" {{ default = false }}
resource "aws_db_instance" "this" {{
  engine = "postgres"
  {argument}
}}
"""
    found = only(tmp_path, source, slug)

    assert found.message.endswith(ON)
    assert (found.confidence, found.is_advice) == (Confidence.LOW, False)


@pytest.mark.parametrize(
    ("default", "each"), [('""', 'var.on == "" ? [] : [var.on]'), ("[]", "{ for each in var.on : each.name => each }")]
)
def test_a_dynamic_block_that_a_default_leaves_out(tmp_path: Path, default: str, each: str) -> None:
    source = f"""
variable "on" {{ default = {default} }}
resource "aws_lb" "this" {{
  subnets = ["subnet-1", "subnet-2"]
  dynamic "access_logs" {{
    for_each = {each}
    content {{
      bucket  = access_logs.value
      enabled = true
    }}
  }}
}}
"""
    assert only(tmp_path, source, "elb-access-logging").message.endswith(ON)


def test_a_value_is_not_a_switch(tmp_path: Path) -> None:
    source = """
variable "source" { default = "0.0.0.0/0" }
resource "aws_security_group" "this" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.source]
  }
}
"""
    found = only(tmp_path, source, "vpc-security-group-ingress-ssh")

    assert (found.confidence, "decides this" in found.message) == (Confidence.HIGH, False)


TEMPLATE = """
Parameters:
  Logs: { Type: String, Default: 'false' }
Conditions:
  HasLogs: !Equals [!Ref Logs, 'true']
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Flow:
    Type: AWS::EC2::FlowLog
    Condition: HasLogs
    Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL }
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: !If [HasLogs, { Status: Enabled }, !Ref AWS::NoValue]
"""


@pytest.mark.parametrize("slug", ["vpc-flow-logs", "s3-versioning"])
def test_a_condition_on_a_parameter(tmp_path: Path, slug: str) -> None:
    report = judge(tmp_path, TEMPLATE, "cloudformation", slug)

    (found,) = report.failing()
    assert report.errors == []
    assert found.confidence is Confidence.LOW
    assert found.message.endswith('The default of parameter "Logs" decides this.')
    assert (3, 'default of parameter "Logs"') in [(each.span.start_line, each.note) for each in found.related]


def test_a_mistake_in_a_block_that_is_off_is_not_an_error(tmp_path: Path) -> None:
    source = TEMPLATE.replace("ResourceId: !Ref Vpc", "ResourceId: !Ref Missing")

    report = judge(tmp_path, source, "cloudformation", "vpc-flow-logs")

    assert (report.errors, len(report.failing())) == ([], 1)


@pytest.mark.parametrize(("public", "said"), [("default = true", True), ("", False)])
def test_of_conditionals_in_one_another_the_innermost_decides(tmp_path: Path, public: str, said: bool) -> None:
    source = """
variable "block" { default = null }
variable "public" { PUBLIC }
resource "aws_s3_bucket" "site" {
  bucket = "site"
}
resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  block_public_policy     = var.block != null ? var.block : VALUE ? false : true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
""".replace("PUBLIC", public).replace("VALUE", "var.public" if said else "true")

    message = only(tmp_path, source, "s3-public-access-block").message

    assert ('variable "public" decides this' in message) is said
    assert 'variable "block" decides this' not in message
