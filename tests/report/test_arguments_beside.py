"""A remedy with several arguments says which of them the caller sets, and which the resource itself needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy, remedies

RULE = "workload-stateful-deletion-policy"
CALL = 'module "store" {\n  source = "./store"\n  skip   = true\n}\n'
DATABASE = 'variable "skip" {}\nresource "aws_db_instance" "orders" {\n  engine              = "mysql"\n  skip_final_snapshot = var.skip\n%s}\n'


def test_a_caller_sets_one_argument_and_the_module_lacks_the_other(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": DATABASE % ""}, RULE))
    assert (
        'Set the argument "skip" of module "store" (main.tf:3) to false. aws_db_instance.orders itself (store/main.tf:2)'
        in text
    )
    assert text.endswith('also needs this:\nfinal_snapshot_identifier = "<name>-final"')


def test_an_argument_that_the_same_switch_gives_is_not_written_again(tmp_path: Path) -> None:
    name = '  final_snapshot_identifier = var.skip ? null : "orders-final"\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": DATABASE % name}, RULE))
    assert "`final_snapshot_identifier` (store/main.tf:5) has to give a value then, and not null." in text
    assert text.endswith("skip = false")


def test_a_default_that_lists_identifiers_gets_another_one(tmp_path: Path) -> None:
    template = (
        "Parameters:\n  Subnets:\n    Type: List<AWS::EC2::Subnet::Id>\n    Default: subnet-0a1b2c3d\nResources:\n  Front:\n"
        "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n    Properties:\n      Subnets: !Ref Subnets\n"
        "      Listeners: [{InstancePort: '80', LoadBalancerPort: '80', Protocol: HTTP}]\n"
    )
    text = only_remedy(judge_files(tmp_path, {"front.yaml": template}, "elb-multi-az"))
    assert (
        'Add the ID of a subnet in another zone to the default of parameter "Subnets" (front.yaml:4), or pass it with the others.'
        in text
    )


def test_what_is_added_in_a_module_is_for_each_of_its_calls(tmp_path: Path) -> None:
    calls = "".join(f'module "{name}" {{\n  source = "./store"\n}}\n' for name in ("one", "two"))
    bucket = 'resource "aws_s3_bucket" "orders" {}\n'
    text = only_remedy(judge_files(tmp_path / "two", {"main.tf": calls, "store/main.tf": bucket}, "s3-versioning"))
    alone = only_remedy(judge_files(tmp_path / "one", {"main.tf": bucket}, "s3-versioning"))
    assert "2 calls of the module share this block: each of them gets the new resource." in text
    assert "each of them" not in alone


SEVERAL = """
resource "aws_db_instance" "orders" {
  %s
  engine              = "mysql"
  skip_final_snapshot = true
}
"""


@pytest.mark.parametrize(
    ("several", "name"),
    [
        ("", "<name>-final"),
        ("count = 2", "<name>-${count.index}-final"),
        ('for_each = toset(["a", "b"])', "<name>-${each.key}-final"),
    ],
)
def test_each_database_of_a_block_needs_a_snapshot_name_of_its_own(tmp_path: Path, several: str, name: str) -> None:
    text = only_remedy(judge(tmp_path, SEVERAL % several, "terraform", "workload-stateful-deletion-policy"))

    assert f'final_snapshot_identifier = "{name}"' in text


def test_the_databases_of_several_calls_need_names_that_differ(tmp_path: Path) -> None:
    calls = 'module "a" {\n  source = "./store"\n}\nmodule "b" {\n  source = "./store"\n}\n'
    report = judge_files(tmp_path, {"main.tf": calls, "store/main.tf": SEVERAL % ""}, "workload-stateful-deletion-policy")

    assert all("each of its databases needs a snapshot name of its own" in each for each in remedies(report))


def test_a_name_that_is_null_as_long_as_no_snapshot_is_wanted_is_there_already(tmp_path: Path) -> None:
    name = '  final_snapshot_identifier = var.skip ? null : "${each.key}-final"\n  for_each = toset(["a"])\n'
    report = judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": DATABASE % name}, RULE)

    assert "has to give a value then, and not null." in only_remedy(report)
    assert "also needs this" not in only_remedy(report)


TABLE = """
variable "mode" {}
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = var.mode
  %s
  attribute {
    name = "id"
    type = "S"
  }
}
"""


@pytest.mark.parametrize(
    ("written", "removed"),
    [("read_capacity = 90", True), ('read_capacity = var.mode == "PROVISIONED" ? 90 : null', False)],
)
def test_an_argument_that_becomes_null_by_itself_need_not_be_removed(tmp_path: Path, written: str, removed: bool) -> None:
    call = 'module "store" {\n  source = "./store"\n  mode   = "PROVISIONED"\n}\n'
    report = judge_files(tmp_path, {"main.tf": call, "store/main.tf": TABLE % written}, "dynamodb-autoscaling")

    assert ("Remove read_capacity." in only_remedy(report)) is removed


PLACED = """
Parameters: {Several: {Type: String, Default: "false"}}
Conditions: {Standby: !Equals [!Ref Several, "true"]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.m7g.large
      AvailabilityZone: %s
      MultiAZ: !Ref Several
"""


@pytest.mark.parametrize(("zone", "removed"), [("eu-west-1a", True), ("!If [Standby, !Ref AWS::NoValue, eu-west-1a]", False)])
def test_a_property_that_a_condition_leaves_out_need_not_be_removed(tmp_path: Path, zone: str, removed: bool) -> None:
    text = only_remedy(judge(tmp_path, PLACED % zone, "cloudformation", "rds-multi-az"))

    assert ("Remove AvailabilityZone." in text) is removed


def test_what_is_also_needed_says_which_object_is_there(tmp_path: Path) -> None:
    template = (
        "Parameters:\n  Nodes:\n    Type: Number\n    Default: 1\nResources:\n  Search:\n    Type: AWS::OpenSearchService::Domain\n"
        "    Properties:\n      ClusterConfig:\n        InstanceCount: !Ref Nodes\n        ZoneAwarenessEnabled: false\n"
    )
    text = only_remedy(judge_files(tmp_path, {"search.yaml": template}, "opensearch-data-node-count"))
    assert "also needs this (keep the other parts of `ClusterConfig`):\nClusterConfig:" in text


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("AllowedValues: [1, 2, 4]", "Add 3 to the AllowedValues of parameter"),
        ("MaxValue: 2", "The MaxValue of parameter"),
        ("MinValue: 1", "Set the default of parameter"),
    ],
)
def test_a_number_beside_others_is_allowed_first_and_no_other_is_taken(tmp_path: Path, limit: str, said: str) -> None:
    template = (
        f"Parameters:\n  Nodes:\n    Type: Number\n    Default: 1\n    {limit}\nResources:\n  Search:\n    Type: AWS::OpenSearchService::Domain\n"
        "    Properties:\n      ClusterConfig:\n        InstanceCount: !Ref Nodes\n"
    )
    text = only_remedy(judge_files(tmp_path, {"search.yaml": template}, "opensearch-data-node-count"))
    assert said in text
    assert "AvailabilityZoneCount: 3" in text
    assert "InstanceCount" not in text


def test_a_number_beside_others_is_validated_first_and_no_other_is_taken(tmp_path: Path) -> None:
    variable = (
        'variable "nodes" {\n  default = 1\n  validation {\n    condition = contains([1, 2, 4], var.nodes)\n    error_message = "Not so many."\n  }\n}\n'
        'resource "aws_opensearch_domain" "search" {\n  domain_name = "search"\n  cluster_config {\n    instance_count = var.nodes\n  }\n}\n'
    )
    text = only_remedy(judge_files(tmp_path, {"tf/main.tf": variable}, "opensearch-data-node-count"))
    assert "has to allow 3. Then make it the default." in text


DOMAIN = """
variable "network" {}
resource "aws_elasticsearch_domain" "logs" {
  dynamic "vpc_options" {
    for_each = length(keys(var.network)) > 0 ? [var.network] : []
    content {
      subnet_ids         = lookup(vpc_options.value, "subnet_ids", null)
      security_group_ids = lookup(vpc_options.value, "security_group_ids", null)
    }
  }
}
"""
NETWORK = """module "logs" {
  source = "./logs"
  network = {
    subnet_ids         = []
    security_group_ids = []
  }
}
"""


def test_a_key_beside_it_that_the_caller_passes_empty_is_changed_there(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": NETWORK, "logs/main.tf": DOMAIN}, "opensearch-in-vpc"))

    other = '`security_group_ids` comes from the key "security_group_ids" (main.tf:5), and has to be [<a security group>.id].'
    assert (other in text, "itself" in text) == (True, False)
    assert text.endswith("subnet_ids = [<a private subnet>.id]")


def test_an_argument_beside_it_whose_variable_is_null_is_changed_there(tmp_path: Path) -> None:
    module = 'variable "final" {\n  default = null\n}\n' + DATABASE % "  final_snapshot_identifier = var.final\n"
    text = only_remedy(judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": module}, RULE))

    assert '`final_snapshot_identifier` comes from the default of variable "final" (store/main.tf:2), and has to be' in text
    assert text.endswith("skip = false")


ALARM = """
variable "enabled" {}
variable "actions" {
  default = []
}
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  actions_enabled     = var.enabled
  alarm_actions       = var.actions
}
"""


def test_a_resource_beside_it_is_for_the_caller_to_pass(tmp_path: Path) -> None:
    call = 'module "errors" {\n  source  = "./errors"\n  enabled = "false"\n}\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": call, "errors/main.tf": ALARM}, "cloudwatch-alarm-actions"))

    assert (
        '`alarm_actions` comes from the default of variable "actions" (errors/main.tf:4), and has to be [<an SNS topic>.arn]: '
        'let module "errors" (main.tf:1) pass it.' in text
    )
    assert text.endswith("enabled = true")


WAREHOUSE = """
terraform {
  required_providers {
    aws = "~> 3.0"
  }
}
variable "bucket" {
  default = null
}
resource "aws_redshift_cluster" "sales" {
  cluster_identifier = "sales"
  node_type          = "ra3.large"
  logging {
    enable = var.bucket == null ? false : true
%s  }
}
"""


def test_an_expression_in_a_block_that_is_there_gets_no_literal_beside_it(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, WAREHOUSE % "", "terraform", "redshift-audit-logging"))

    assert "`enable` (main.tf:14) has to give true." in text
    assert "  enable " not in text


def test_a_block_with_a_place_for_a_bucket_gets_one_from_its_variable(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, WAREHOUSE % "    bucket_name = var.bucket\n", "terraform", "redshift-audit-logging"))

    assert "log_destination_type" not in text
    assert 'variable "bucket" (main.tf:8)' in text


BALANCER = """
variable "listeners" {}
resource "aws_elb" "web" {
  dynamic "listener" {
    for_each = var.listeners
    content {
      instance_port      = lookup(listener.value, "instance_port", null)
      instance_protocol  = lookup(listener.value, "instance_protocol", null)
      lb_port            = lookup(listener.value, "lb_port", null)
      lb_protocol        = lookup(listener.value, "lb_protocol", null)
      ssl_certificate_id = lookup(listener.value, "ssl_certificate_id", null)
    }
  }
}
"""
LISTENERS = """module "web" {
  source = "./web"
  listeners = [
    {
      instance_port     = 80
      instance_protocol = "HTTP"
      lb_port           = 80
      lb_protocol       = "HTTP"
    }
  ]
}
"""


def test_a_key_that_the_object_lacks_is_for_the_caller_to_add(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": LISTENERS, "web/main.tf": BALANCER}, "elb-listener-tls"))

    assert "`ssl_certificate_id` (web/main.tf:11) comes from the same object, which lacks its key: it has to be <" in text
    assert "itself" not in text
