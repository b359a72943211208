"""The preconditions of a change, and what makes a fault milder: each as AWS or Terraform has it."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

TABLE = """\
Resources:
  Locks:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {{ ReadCapacityUnits: {units}, WriteCapacityUnits: {units} }}
      KeySchema: [{{ AttributeName: {key}, KeyType: HASH }}]
      AttributeDefinitions: [{{ AttributeName: {key}, AttributeType: S }}]
"""
TABLE_MODULE = """\
resource "aws_dynamodb_table" "locks" {{
  name           = "locks"
  billing_mode   = "PROVISIONED"
  read_capacity  = {units}
  write_capacity = {units}
  hash_key       = "{key}"
  attribute {{
    name = "{key}"
    type = "S"
  }}
  {index}
}}
"""
INDEX = 'global_secondary_index {\n name = "by_day"\n hash_key = "day"\n projection_type = "ALL"\n }'
DATABASE = """\
variable "engine_version" {{ {default} }}
resource "aws_db_instance" "orders" {{
  engine                     = "mysql"
  engine_version             = {version}
  instance_class             = "db.m7g.large"
  allocated_storage          = 100
  auto_minor_version_upgrade = false
}}
"""
CACHE = """\
resource "aws_elasticache_replication_group" "sessions" {{
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "{engine}"
  engine_version       = "{version}"
}}
"""


@pytest.mark.parametrize(
    ("key", "units", "severity"),
    [("LockID", 20, Severity.LOW), ("id", 10, Severity.LOW), ("id", 11, Severity.MEDIUM)],
)
def test_a_table_that_hardly_needs_capacity_is_milder(tmp_path: Path, key: str, units: int, severity: Severity) -> None:
    found = [
        *judge(tmp_path / "cfn", TABLE.format(key=key, units=units), "cloudformation", "dynamodb-autoscaling").failing(),
        *judge(
            tmp_path / "tf", TABLE_MODULE.format(key=key, units=units, index=""), "terraform", "dynamodb-autoscaling"
        ).failing(),
    ]
    assert [each.severity for each in found] == [severity, severity]


def test_a_table_with_an_index_is_not_small(tmp_path: Path) -> None:
    source = TABLE_MODULE.format(key="id", units=5, index=INDEX)
    (finding,) = judge(tmp_path, source, "terraform", "dynamodb-autoscaling").failing()

    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("version", "default", "prefix", "advice"),
    [
        ('"8.0"', "", False, False),
        ('"8.0.39"', "", True, True),
        ("var.engine_version", 'default = "8.0.39"', True, True),
        ("var.engine_version", 'default = "8.0"', False, False),
        ("var.engine_version", "type = string", True, True),
    ],
)
def test_terraform_goes_back_to_a_full_version(tmp_path: Path, version: str, default: str, prefix: bool, advice: bool) -> None:
    source = DATABASE.format(version=version, default=default)
    (finding,) = judge(tmp_path, source, "terraform", "rds-minor-upgrades").failing()

    assert ("only a prefix in engine_version" in remedy(finding).text) is prefix
    assert finding.is_advice is advice


@pytest.mark.parametrize(
    ("engine", "version", "upgrade"),
    [
        ("redis", "7.1", ""),
        ("valkey", "8.0", ""),
        ("redis", "6.2", "upgrade to Redis 7.0 first"),
        ("redis", "5.0.6", "Redis 7.0"),
    ],
)
def test_tls_in_place_needs_a_recent_engine(tmp_path: Path, engine: str, version: str, upgrade: str) -> None:
    source = CACHE.format(engine=engine, version=version)
    (finding,) = judge(tmp_path, source, "terraform", "elasticache-encryption-in-transit").failing()

    assert upgrade in remedy(finding).text
    assert ("no TLS in place" in remedy(finding).text) is bool(upgrade)
    assert "two steps" in remedy(finding).text


@pytest.mark.parametrize(
    ("profile", "prize"),
    [
        ("", "the credentials of a role, once it has one"),
        ('iam_instance_profile = ""', "the credentials of a role, once it has one"),
        ('user_data = "#!/bin/sh"', "the user data"),
        ('iam_instance_profile = "web"', "the role's credentials"),
    ],
)
def test_the_metadata_service_has_credentials_only_for_a_role(tmp_path: Path, profile: str, prize: str) -> None:
    source = f'resource "aws_instance" "web" {{\n  ami = "ami-0a1"\n  {profile}\n}}\n'
    (finding,) = judge(tmp_path, source, "terraform", "ec2-imdsv2").failing()

    assert finding.message.endswith(f"can read {prize}.")


def test_an_image_of_a_system_that_ended_has_to_go_first(tmp_path: Path) -> None:
    source = """
data "aws_ami" "linux" {
  filter {
    name   = "name"
    values = ["CoreOS-stable-*"]
  }
}

resource "aws_instance" "web" {
  ami = data.aws_ami.linux.id
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "ec2-imdsv2").failing()

    assert "CoreOS Container Linux, which ended" in remedy(finding).text
