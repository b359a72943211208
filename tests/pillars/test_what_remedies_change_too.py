"""A remedy names what has to change with it, where its code alone would not be enough or would be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault, only_remedy
from wa_iac.core.declared import Dialect
from wa_iac.core.scales import Confidence

NODES = """
Parameters:
  Stage: { Type: String }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      ClusterConfig:
        InstanceType: r7g.large.search
        InstanceCount: !If [IsProduction, 2, 1]
        ZoneAwarenessEnabled: false
"""
SAVED = """
Resources:
  Saved:
    Type: AWS::ElasticBeanstalk::ConfigurationTemplate
    Properties:
      ApplicationName: shop
      OptionSettings:
        - { Namespace: aws:autoscaling:asg, OptionName: MinSize, Value: "1" }
        - { Namespace: aws:autoscaling:asg, OptionName: MaxSize, Value: "1" }
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties: { ApplicationName: shop, TemplateName: !Ref Saved }
"""
LITERAL = """
variable "password" {}
resource "aws_db_instance" "d" {
  engine   = "mysql"
  password = var.password
}
"""
READ_BY_HAND = """
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: { SecretStringTemplate: '{"username": "a"}', GenerateStringKey: password }
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${Password}:SecretString:password}}"
"""


@pytest.mark.parametrize(
    ("source", "dialect", "rule", "words"),
    [
        (NODES, "cloudformation", "opensearch-data-node-count", "let it choose zone awareness too"),
        (
            SAVED,
            "cloudformation",
            "elasticbeanstalk-load-balanced",
            "MinSize and MaxSize in aws:autoscaling:asg to 2 in the settings",
        ),
    ],
)
def test_a_remedy_says_what_else_has_to_change(tmp_path: Path, source: str, dialect: Dialect, rule: str, words: str) -> None:
    assert words in only_remedy(judge(tmp_path, source, dialect, rule))


def test_other_arguments_of_the_code_are_changed_where_variables_and_dynamic_blocks_set_them(tmp_path: Path) -> None:
    variables = "".join(
        f'variable "{name}" {{\n  default = {value}\n}}\n' for name, value in (("nodes", 1), ("zones", "false"))
    )
    domain = """resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  cluster_config {
    instance_type          = "r7g.large.search"
    instance_count         = var.nodes
    zone_awareness_enabled = var.zones

    dynamic "zone_awareness_config" {
      for_each = var.zones ? [1] : []
      content {
        availability_zone_count = 2
      }
    }
  }
}
"""
    text = only_remedy(judge_files(tmp_path, {"main.tf": domain, "variables.tf": variables}, "opensearch-data-node-count"))

    assert '`zone_awareness_enabled` comes from the default of variable "zones" (variables.tf:5), and has to give true.' in text
    assert "`zone_awareness_config` (main.tf:8) has to write availability_zone_count = 3." in text
    assert text.endswith(", or pass that value:\ndefault = 3")


def test_a_variable_in_a_dynamic_block_is_named_as_the_place_that_gives_its_value(tmp_path: Path) -> None:
    domain = """resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  cluster_config {
    instance_type          = "r7g.large.search"
    instance_count         = 1
    zone_awareness_enabled = var.zones

    dynamic "zone_awareness_config" {
      for_each = var.zones ? [1] : []
      content {
        availability_zone_count = var.number
      }
    }
  }
}
"""
    variables = 'variable "zones" {\n  default = false\n}\nvariable "number" {\n  default = 1\n}\n'
    files = {"main.tf": domain, "variables.tf": variables}
    text = only_remedy(judge_files(tmp_path / "root", files, "opensearch-data-node-count"))
    own = 'its availability_zone_count comes from variable "number" (variables.tf:4), and has to give 3.'
    assert f"`zone_awareness_config` (main.tf:8) has to be there: {own}" in text

    called = {f"domain/{name}": source for name, source in files.items()}
    called["main.tf"] = 'module "search" {\n  source = "./domain"\n  number = 2\n}\n'
    text = only_remedy(judge_files(tmp_path / "called", called, "opensearch-data-node-count"))
    assert 'comes from the argument "number" of module "search" (main.tf:3), and has to give 3.' in text


def test_the_output_of_another_module_is_not_the_place_to_change_an_argument(tmp_path: Path) -> None:
    network = """resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "s" {
  for_each          = toset(["a", "b"])
  vpc_id            = aws_vpc.v.id
  availability_zone = each.key
}
resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_route_table_association" "a" {
  for_each       = aws_subnet.s
  subnet_id      = each.value.id
  route_table_id = aws_route_table.t.id
}
output "subnets" {
  value = [for each in aws_subnet.s : each.id]
}
"""
    calls = 'module "network" {\n  source = "./network"\n}\nmodule "db" {\n  source  = "./db"\n  subnets = module.network.subnets\n}\n'
    group = 'variable "subnets" {}\nresource "aws_db_subnet_group" "g" {\n  subnet_ids = var.subnets\n}\n'
    group += 'output "group" { value = aws_db_subnet_group.g.name }\n'
    calls += 'output "group" { value = module.db.group }\n'
    files = {"main.tf": calls, "network/main.tf": network, "db/main.tf": group}

    text = only_remedy(judge_files(tmp_path, files, "rds-in-private-subnets"))

    assert 'Set the argument "subnets" of module "db" (main.tf:6) to <subnets without a route' in text


def test_a_literal_password_is_changed_in_the_call_that_passes_it(tmp_path: Path) -> None:
    call = 'module "d" {\n  source   = "./d"\n  password = "Orders2026Winter"\n}\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": call, "d/main.tf": LITERAL}, "rds-plaintext-password"))

    assert text.startswith('Pass a generated password as "password"')
    assert text.endswith("The value is set at main.tf:3.")


def test_an_empty_zone_is_none(tmp_path: Path) -> None:
    database = 'resource "aws_db_instance" "d" {\n  engine            = "mysql"\n  availability_zone = ""\n}\n'

    assert "availability_zone" not in only_remedy(judge(tmp_path, database, "terraform", "rds-multi-az"))


def test_a_password_that_only_a_person_can_look_up_is_rotated_by_hand(tmp_path: Path) -> None:
    found = only_fault(tmp_path, READ_BY_HAND, "cloudformation", "secretsmanager-rotation")

    assert found.confidence is Confidence.LOW


def test_a_second_instance_is_made_by_the_module_that_makes_the_first(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "c" {\n  source = "./c"\n}\nmodule "i" {\n  source  = "./i"\n  cluster = module.c.id\n}\n',
        "c/main.tf": 'resource "aws_rds_cluster" "c" {\n  engine = "aurora-mysql"\n}\noutput "id" {\n  value = aws_rds_cluster.c.id\n}\n',
        "i/main.tf": 'variable "cluster" {}\nresource "aws_rds_cluster_instance" "i" {\n  cluster_identifier = var.cluster\n  engine = "aurora-mysql"\n}\n',
    }

    assert only_remedy(judge_files(tmp_path, files, "rds-cluster-multi-az")).startswith(
        "Another module makes the first instance"
    )
