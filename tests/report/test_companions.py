"""Resources that a remedy adds: their names, and those that exist already but are switched off."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_place, only_remedy
from wa_iac.core.finding import Report
from wa_iac.report.remedy import remedy
from wa_iac.report.text import render


def codes(report: Report) -> list[str]:
    return [remedy(each).code for each in report.failing()]


def only(report: Report) -> str:
    [finding] = report.failing()
    return remedy(finding).text.replace(f"{finding.unit}/", "")


MODULE = """
variable "create" {
  default = true
}
variable "versioning" {
  default = {}
}
resource "aws_s3_bucket" "this" {
  count = var.create ? 1 : 0
}
resource "aws_s3_bucket_versioning" "this" {
  count  = var.create && length(keys(var.versioning)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  versioning_configuration {
    status = "Enabled"
  }
}
"""


def test_a_companion_that_is_switched_off_is_not_written_twice(tmp_path: Path) -> None:
    files = {"main.tf": 'module "logs" {\n  source = "./s3"\n}\n', "s3/main.tf": MODULE}

    assert only_place(judge_files(tmp_path, files, "s3-versioning")) == (
        "aws_s3_bucket_versioning.this (s3/main.tf:11) exists for this, but its count makes none here: "
        "var.create && length(keys(var.versioning)) > 0 ? 1 : 0. "
        'Set the argument "versioning" (main.tf:1) of module "logs", or change the default of variable "versioning" (s3/main.tf:5).'
    )


def test_the_callers_argument_that_switches_it_off_is_named(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "net" {\n  source = "./net"\n  logs   = false\n}\n',
        "net/main.tf": 'resource "aws_vpc" "vpc" {\n  cidr_block = "10.0.0.0/16"\n}\nvariable "logs" {}\n',
        "net/logs.tf": 'resource "aws_flow_log" "vpc" {\n  count  = var.logs ? 1 : 0\n  vpc_id = aws_vpc.vpc.id\n}\n',
    }
    assert only_place(judge_files(tmp_path, files, "vpc-flow-logs")) == (
        "aws_flow_log.vpc (net/logs.tf:1) exists for this, but its count makes none here: var.logs ? 1 : 0. "
        'Set the argument "logs" (main.tf:3) of module "net".'
    )


def test_a_switch_through_a_local_is_found(tmp_path: Path) -> None:
    module = MODULE.replace("var.create && length(keys(var.versioning)) > 0", "local.versioned")
    module += "locals {\n  versioned = length(var.versioning) > 0\n}\n"

    assert only(judge(tmp_path, module, "terraform", "s3-versioning")).endswith(
        '? 1 : 0. Change variable "versioning" (main.tf:5).'
    )


def test_the_companion_of_another_resource_is_none(tmp_path: Path) -> None:
    module = MODULE + 'resource "aws_s3_bucket" "other" {}\n'
    code = next(each for each in codes(judge(tmp_path, module, "terraform", "s3-versioning")) if each)

    assert code.startswith('resource "aws_s3_bucket_versioning" "other" {')


def test_remedies_of_one_module_have_different_names(tmp_path: Path) -> None:
    module = 'resource "aws_sqs_queue" "main" {}\nresource "aws_lb" "main" {\n  internal = false\n}\n'
    module += 'resource "aws_cloudwatch_metric_alarm" "lambda" {\n  alarm_name = "errors"\n  namespace = "AWS/Lambda"\n'
    module += '  metric_name = "Errors"\n  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]\n  dimensions = {\n    FunctionName = "f"\n  }\n}\n'
    found = codes(judge(tmp_path, module, "terraform", "cloudwatch-alarm-queue", "cloudwatch-alarm-endpoint"))

    assert sorted(re.findall(r'^resource "\w+" "(\w+)"', "\n".join(found), re.MULTILINE)) == ["lb_main", "sqs_queue_main"]


def test_a_name_that_is_taken_is_numbered(tmp_path: Path) -> None:
    module = 'resource "aws_s3_bucket" "logs" {}\nresource "aws_s3_bucket_versioning" "logs" {\n  bucket = "elsewhere"\n'
    module += '  versioning_configuration {\n    status = "Enabled"\n  }\n}\n'

    assert codes(judge(tmp_path, module, "terraform", "s3-versioning"))[0].startswith(
        'resource "aws_s3_bucket_versioning" "logs_2" {'
    )


def test_logical_ids_come_from_the_resource(tmp_path: Path) -> None:
    template = "Resources:\n" + "".join(
        f"  {name}: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}\n" for name in ("Front", "Back")
    )
    found = codes(judge(tmp_path, template, "cloudformation", "vpc-flow-logs"))

    assert [each.partition(":")[0] for each in found] == ["FrontFlowLog", "BackFlowLog"]


# Instances


def test_companions_of_an_unknown_number_of_instances_are_repeated(tmp_path: Path) -> None:
    module = 'variable "number" {}\nresource "aws_s3_bucket" "logs" {\n  count = var.number\n}\n'
    [code] = codes(judge(tmp_path, module, "terraform", "s3-ssl-requests-only"))

    assert code.startswith(
        'resource "aws_s3_bucket_policy" "logs" {\n  count = length(aws_s3_bucket.logs)\n\n'
        "  bucket = aws_s3_bucket.logs[count.index].id\n"
        "  policy = data.aws_iam_policy_document.s3_bucket_logs_tls[count.index].json\n}\n"
    )
    assert "aws_s3_bucket.logs." not in code


def test_companions_of_instances_with_unknown_keys_have_the_same_keys(tmp_path: Path) -> None:
    module = 'variable "keys" {}\nresource "aws_s3_bucket" "logs" {\n  for_each = var.keys\n}\n'
    [code] = codes(judge(tmp_path, module, "terraform", "s3-versioning"))

    assert "  for_each = aws_s3_bucket.logs\n\n  bucket = aws_s3_bucket.logs[each.key].id\n" in code


@pytest.mark.parametrize("alias", ["archive", "eu-west-1"])
def test_a_companion_has_the_provider_of_its_resource(tmp_path: Path, alias: str) -> None:
    module = f"""
provider "aws" {{
  alias  = "{alias}"
  region = "eu-west-1"
}}
resource "aws_s3_bucket" "logs" {{
  provider = aws.{alias}
}}
"""
    assert codes(judge(tmp_path, module, "terraform", "s3-versioning")) == [
        f'resource "aws_s3_bucket_versioning" "logs" {{\n  provider = aws.{alias}\n\n  bucket = aws_s3_bucket.logs.id\n\n'
        '  versioning_configuration {\n    status = "Enabled"\n  }\n}'
    ]


def test_a_companion_in_json_has_the_provider_too(tmp_path: Path) -> None:
    module = '{"provider": {"aws": {"alias": "west"}}, "resource": {"aws_s3_bucket": {"logs": {"provider": "aws.west"}}}}'
    [code] = codes(judge_files(tmp_path, {"main.tf.json": module}, "s3-versioning"))

    logs = json.loads(f"{{{code}}}")["resource"]["aws_s3_bucket_versioning"]["logs"]
    assert logs["provider"] == "aws.west"
    assert logs["bucket"] == "${aws_s3_bucket.logs.id}"


def test_a_shared_remedy_is_shown_for_each_provider(tmp_path: Path) -> None:
    module = 'provider "aws" {\n  alias = "west"\n}\nresource "aws_s3_bucket" "a" {}\n'
    module += 'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket" "c" {}\nresource "aws_s3_bucket" "d" {}\n'
    module += 'resource "aws_s3_bucket" "e" {\n  provider = aws.west\n}\n'
    shown = render(judge(tmp_path, module, "terraform", "s3-versioning"), show_unknown=False)

    assert shown.count('resource "aws_s3_bucket_versioning" "') == 2
    assert "provider = aws.west" in shown


CONDITIONAL = """
Parameters:
  Clustered:
    Type: String
Conditions:
  IsClustered: !Equals [!Ref Clustered, "yes"]
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Condition: IsClustered
    Properties:
      Engine: aurora-postgresql
  First:
    Type: AWS::RDS::DBInstance
    Condition: IsClustered
    Properties:
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
      Engine: aurora-postgresql
"""


def test_a_companion_exists_only_with_its_resource(tmp_path: Path) -> None:
    [code] = codes(judge(tmp_path, CONDITIONAL, "cloudformation", "rds-cluster-multi-az"))

    assert code.startswith("OrdersAnotherInstance:\n  Type: AWS::RDS::DBInstance\n  Condition: IsClustered\n  Properties:\n")


def test_a_companion_in_a_json_template_exists_only_with_its_resource(tmp_path: Path) -> None:
    template = {
        "Parameters": {"Live": {"Type": "String"}},
        "Conditions": {"IsLive": {"Fn::Equals": [{"Ref": "Live"}, "yes"]}},
        "Resources": {"Logs": {"Type": "AWS::S3::Bucket", "Condition": "IsLive"}},
    }
    [code] = codes(judge_files(tmp_path, {"template.json": json.dumps(template)}, "s3-ssl-requests-only"))
    made = json.loads(f"{{{code}}}")

    assert {each["Condition"] for each in made.values()} == {"IsLive"}


def test_alarms_of_several_instances_have_names_of_their_own(tmp_path: Path) -> None:
    source = 'resource "aws_synthetics_canary" "pages" {\n  for_each     = toset(["a", "b"])\n  name         = each.key\n  start_canary = true\n}\n'

    text = only_remedy(judge(tmp_path, source, "terraform", "synthetics-canary-alarm"))
    assert 'alarm_name          = "<a name>-${each.key}"' in text
