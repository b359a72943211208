"""Remedies that depend on what is beside the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

BROKERS = """
resource "aws_msk_cluster" "orders" {{
  cluster_name           = "orders"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 3
  encryption_info {{
    encryption_in_transit {{
      {}
    }}
  }}
}}
"""
DOMAIN = """
resource "aws_elasticsearch_domain" "orders" {{
  domain_name           = "orders"
  elasticsearch_version = "{}"
  cluster_config {{
    instance_type = "{}.elasticsearch"
  }}
}}
"""
MAPPING = """
Resources:
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
      {}
"""


def said(directory: Path, source: str, slug: str, dialect: Dialect = "terraform") -> str:
    """The remedy of the only finding."""
    (found,) = judge(directory, source, dialect, slug).failing()
    return remedy(found).text


@pytest.mark.parametrize(("setting", "other"), [("client_broker", "in_cluster"), ("in_cluster", "client_broker")])
def test_encryption_of_clients_and_between_brokers_are_two_changes(tmp_path: Path, setting: str, other: str) -> None:
    value = '"PLAINTEXT"' if setting == "client_broker" else "false"
    text = said(tmp_path, BROKERS.format(f"{setting} = {value}"), "msk-encryption")

    assert setting in text
    assert other not in text
    assert ("This replaces the cluster" in text) is (setting == "in_cluster")


@pytest.mark.parametrize(
    ("version", "kind", "words"),
    [
        ("7.10", "m5.large", "The domain moves to new nodes"),
        ("5.5", "m5.large", "would replace the domain by an empty one"),
        ("7.10", "t2.medium", "Nodes of the type t2.medium.elasticsearch cannot encrypt: change the type first"),
    ],
)
def test_encryption_of_a_domain_depends_on_its_version_and_its_nodes(
    tmp_path: Path, version: str, kind: str, words: str
) -> None:
    assert words in said(tmp_path, DOMAIN.format(version, kind), "opensearch-encryption-at-rest")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("MaximumRecordAgeInSeconds: 3600", set()),
        ("BatchSize: 1", {"MaximumRetryAttempts"}),
        ("BisectBatchOnFunctionError: true", {"MaximumRetryAttempts"}),
        ("BatchSize: 10", {"MaximumRetryAttempts", "BisectBatchOnFunctionError"}),
    ],
)
def test_only_limits_that_are_missing_are_added(tmp_path: Path, more: str, wanted: set[str]) -> None:
    text = said(tmp_path, MAPPING.format(more), "lambda-event-source-failure-destination", "cloudformation")

    assert {each for each in ("MaximumRetryAttempts", "BisectBatchOnFunctionError") if each in text} == wanted
    assert "OnFailure" in text


@pytest.mark.parametrize(
    ("constraint", "argument"),
    [
        ("~> 0.11.6", "dynamodb_table ="),
        (">= 1.0, < 1.10", "dynamodb_table ="),
        ("1.9.8", "dynamodb_table ="),
        ("~> 1.5", "use_lockfile ="),
        (">= 0.12", "use_lockfile ="),
        ("< 1.10.3", "use_lockfile ="),
    ],
)
def test_a_lock_file_needs_a_version_that_knows_it(tmp_path: Path, constraint: str, argument: str) -> None:
    source = f'''
terraform {{
  required_version = "{constraint}"
  backend "s3" {{
    bucket = "acme-state"
    key    = "orders"
  }}
}}
'''
    assert argument in said(tmp_path, source, "terraform-state-locking")


def test_a_workspace_of_a_template_is_made_again(tmp_path: Path) -> None:
    source = "Resources:\n  Desktop:\n    Type: AWS::WorkSpaces::Workspace\n    Properties: {UserName: ada}\n"

    assert "remove the WorkSpace from the template" in said(tmp_path, source, "workspaces-encryption", "cloudformation")


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("aws_docdb_cluster", "endpoint"),
        ("aws_neptune_cluster", "reader_endpoint"),
        ("aws_memorydb_cluster", "cluster_endpoint[0].address"),
        ("aws_dax_cluster", "configuration_endpoint"),
    ],
)
def test_a_function_reaches_no_private_store_from_outside(tmp_path: Path, kind: str, attribute: str) -> None:
    source = f'''
resource "{kind}" "orders" {{}}
resource "aws_lambda_function" "reads" {{
  function_name = "reads"
  environment {{
    variables = {{ HOST = {kind}.orders.{attribute} }}
  }}
}}
'''
    assert "its own VPC only" in judge(tmp_path, source, "terraform", "lambda-in-vpc").failing()[0].message


@pytest.mark.parametrize("inside", [True, False])
def test_a_proxy_is_for_functions_in_its_vpc(tmp_path: Path, inside: bool) -> None:
    source = f"""
resource "aws_db_instance" "orders" {{}}
resource "aws_lambda_function" "reads" {{
  function_name = "reads"
  {'vpc_config { subnet_ids = ["subnet-0a1"] }' if inside else ""}
  environment {{
    variables = {{ HOST = aws_db_instance.orders.address }}
  }}
}}
"""
    assert ("put the function into subnets" in said(tmp_path, source, "lambda-rds-proxy")) is not inside


@pytest.mark.parametrize(("setting", "is_advice"), [("default", True), ("written", False)])
def test_a_mode_that_a_variable_leaves_open_is_advice(tmp_path: Path, setting: str, is_advice: bool) -> None:
    source = f"""
variable "mode" {{
  type    = string
  default = "SINGLE_INSTANCE"
}}
resource "aws_mq_broker" "orders" {{
  engine_type     = "RabbitMQ"
  deployment_mode = {"var.mode" if setting == "default" else '"SINGLE_INSTANCE"'}
}}
"""
    (found,) = judge(tmp_path, source, "terraform", "workload-data-service-multi-az").failing()

    assert found.is_advice is is_advice


def test_a_variable_sets_one_of_several_arguments(tmp_path: Path) -> None:
    source = """
variable "nodes" { default = 1 }
resource "aws_opensearch_domain" "orders" {
  domain_name = "orders"
  cluster_config {
    instance_type  = "m7g.large.search"
    instance_count = var.nodes
  }
}
"""
    text = said(tmp_path, source, "opensearch-data-node-count")

    assert "to 3, or pass that value. aws_opensearch_domain.orders itself (" in text


@pytest.mark.parametrize(("named", "verdicts"), [("live", ["trial"]), ("trial", ["live"]), ("", [])])
def test_a_scalable_target_is_for_the_configuration_of_its_endpoint(tmp_path: Path, named: str, verdicts: list[str]) -> None:
    endpoint = """
resource "aws_sagemaker_endpoint_configuration" "{0}" {{
  production_variants {{
    variant_name           = "all"
    initial_instance_count = 1
  }}
}}
resource "aws_sagemaker_endpoint" "{0}" {{
  endpoint_config_name = aws_sagemaker_endpoint_configuration.{0}.name
}}
"""
    of = f"${{aws_sagemaker_endpoint.{named}.name}}" if named else "elsewhere"
    target = f"""
resource "aws_appautoscaling_target" "this" {{
  service_namespace = "sagemaker"
  resource_id       = "endpoint/{of}/variant/all"
  min_capacity      = 2
  max_capacity      = 4
}}
"""
    source = endpoint.format("live") + endpoint.format("trial") + target
    report = judge(tmp_path, source, "terraform", "sagemaker-endpoint-instances")

    assert [each.address.rpartition(".")[2] for each in report.failing()] == verdicts


@pytest.mark.parametrize(
    ("range_", "protocol", "wanted"),
    [
        ('ipv6_cidr_block = "::/0"', "tcp", 'ipv6_cidr_block = "<your network>"'),
        ('cidr_block = "0.0.0.0/0"', "tcp", 'cidr_block = "<your network>"'),
        ('cidr_block = "0.0.0.0/0"', "-1", "Let in only the ports that the subnets serve"),
    ],
)
def test_an_entry_of_a_network_acl(tmp_path: Path, range_: str, protocol: str, wanted: str) -> None:
    source = f'''
resource "aws_network_acl_rule" "in" {{
  network_acl_id = "acl-0a1"
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "{protocol}"
  from_port      = 22
  to_port        = 22
  {range_}
}}
'''
    assert said(tmp_path, source, "vpc-nacl-open").startswith(wanted)


@pytest.mark.parametrize(
    ("folder", "is_advice"),
    [
        ("legacy_templates", True),
        ("_archived", True),
        ("tf_files_deprecated", True),
        ("BACKUP-BEFORE-MAY2023", True),
        ("archived_orders", True),
        ("backup", False),
        ("archives", False),
        ("undeprecated", False),
    ],
)
def test_nobody_uses_what_is_put_aside(tmp_path: Path, folder: str, is_advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    source = 'resource "aws_kinesis_stream" "orders" {\n  name = "orders"\n}\n'
    (found,) = judge_files(tmp_path, {f"stacks/{folder}/main.tf": source}, "kinesis-stream-encryption").failing()

    assert found.is_advice is is_advice


NETWORK = """
variable "with_messages" {
  default = false
}
variable "with_s3" {
  default = false
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_nat_gateway" "main" {
  subnet_id = aws_subnet.public.id
}
resource "aws_vpc_endpoint" "messages" {
  count             = var.with_messages ? 1 : 0
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.ec2messages"
  vpc_endpoint_type = "Interface"
}
resource "aws_vpc_endpoint" "s3" {
  count        = var.with_s3 ? 1 : 0
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
"""
UNUSED = """
resource "aws_vpc_endpoint" "tables" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.dynamodb"
}
"""


def test_of_several_endpoints_the_one_that_the_switch_makes_is_named(tmp_path: Path) -> None:
    assert "aws_vpc_endpoint.s3" in said(tmp_path, NETWORK, "vpc-gateway-endpoints")


def test_an_endpoint_for_another_service_says_nothing_of_s3(tmp_path: Path) -> None:
    text = said(tmp_path, UNUSED, "vpc-gateway-endpoints")

    assert ("the service" in text, "S3" in text) == (True, False)


@pytest.mark.parametrize(("storage", "removed"), [("efs", False), ("EFS", False), ("ebs", True)])
def test_a_broker_whose_messages_are_in_efs_keeps_its_storage(tmp_path: Path, storage: str, removed: bool) -> None:
    source = f"""
resource "aws_mq_broker" "orders" {{
  engine_type  = "ActiveMQ"
  storage_type = "{storage}"
}}
"""
    (found,) = judge(tmp_path, source, "terraform", "workload-data-service-multi-az").failing()

    assert ("if it names another storage, take that out" in remedy(found).text, "EFS" in remedy(found).text) == (
        removed,
        removed,
    )
