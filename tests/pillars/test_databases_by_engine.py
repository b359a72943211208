"""What a remedy for a database says where its engine, its edition or its source decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

CHOSEN = """
Parameters:
  Engine: {{Type: String, Default: {default}, AllowedValues: [{allowed}]}}
Conditions:
  IsPostgres: !Equals [!Ref Engine, postgres]
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: {engine}
"""
BY_CONDITION = "!If [IsPostgres, aurora-postgresql, aurora-mysql]"


@pytest.mark.parametrize(
    ("default", "allowed", "engine", "words"),
    [
        (
            "postgres",
            "postgres, mysql",
            BY_CONDITION,
            'The engine is aurora-postgresql since condition "IsPostgres" is true: let the logs depend on it too',
        ),
        ("aurora-mysql", "aurora-mysql, aurora-postgresql", "!Ref Engine", 'The engine depends on parameter "Engine"'),
        ("aurora-mysql", "aurora-mysql", "!Ref Engine", ""),
        ("postgres", "postgres", "aurora-mysql", ""),
    ],
)
def test_logs_are_chosen_by_the_engine(tmp_path: Path, default: str, allowed: str, engine: str, words: str) -> None:
    source = CHOSEN.format(default=default, allowed=allowed, engine=engine)
    text = remedy(only_fault(tmp_path, source, "cloudformation", "rds-logging")).text

    assert words in text
    assert ("let the logs depend on it too" in text) is bool(words)


@pytest.mark.parametrize(
    ("engine", "verdicts"),
    [
        ('"sqlserver-web"\n  engine_version = "15.00.4073.23.v1"', []),
        ('"sqlserver-web"\n  engine_version = "16.00.4215.2.v1"', ["fail"]),
        ('"sqlserver-se"\n  engine_version = "15.00.4073.23.v1"', ["fail"]),
    ],
)
def test_an_old_web_edition_has_no_standby(tmp_path: Path, engine: str, verdicts: list[str]) -> None:
    source = f'resource "aws_db_instance" "orders" {{\n  engine = {engine}\n  instance_class = "db.m5.large"\n}}\n'
    report = judge(tmp_path, source, "terraform", "rds-multi-az")

    assert [each.verdict for each in report.findings] == verdicts


def test_a_standby_may_not_be_for_each_engine(tmp_path: Path) -> None:
    source = 'variable "engine" {}\nresource "aws_db_instance" "orders" {\n  engine = var.engine\n  instance_class = "db.m5.large"\n}\n'
    assert "Express edition of SQL Server" in remedy(only_fault(tmp_path, source, "terraform", "rds-multi-az")).text


@pytest.mark.parametrize(
    ("engine", "days", "needed"), [("sqlserver-se", 0, True), ("sqlserver-se", 7, False), ("mysql", 0, False)]
)
def test_a_standby_of_sql_server_needs_backups(tmp_path: Path, engine: str, days: int, needed: bool) -> None:
    source = (
        f"Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: {engine}\n      DBInstanceClass: db.m5.large\n"
        f"      BackupRetentionPeriod: {days}\n"
    )
    text = remedy(only_fault(tmp_path, source, "cloudformation", "rds-multi-az")).text

    assert ("first set BackupRetentionPeriod to at least 1" in text) is needed


ENGINES = """
Parameters:
  Engine: { Type: String, Default: mysql, AllowedValues: [mysql, %s] }
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: !Ref Engine, DBInstanceClass: db.m5.large }
"""


@pytest.mark.parametrize(("slug", "words"), [("rds-multi-az", "Express edition"), ("rds-encryption", "sqlserver-ex")])
@pytest.mark.parametrize(("other", "said"), [("sqlserver-ex", True), ("postgres", False)])
def test_a_parameter_may_choose_an_engine_that_has_less(tmp_path: Path, slug: str, words: str, other: str, said: bool) -> None:
    text = remedy(only_fault(tmp_path, ENGINES % other, "cloudformation", slug)).text

    assert (words in text) is said


MEMBER = """
resource "aws_rds_cluster" "orders" {
  engine         = "aurora-postgresql"
  engine_version = "13.7"
}
resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = aws_rds_cluster.orders.id
  instance_class     = "db.r6g.large"
  engine_version     = %s
}
"""


@pytest.mark.parametrize(("version", "said"), [('"13.7"', True), ("aws_rds_cluster.orders.engine_version", False)])
def test_a_member_may_write_the_version_again(tmp_path: Path, version: str, said: bool) -> None:
    text = remedy(only_fault(tmp_path, MEMBER % version, "terraform", "rds-extended-support")).text

    assert ("Change engine_version of aws_rds_cluster_instance.orders with it." in text) is said


def test_a_restored_instance_leaves_out_what_its_snapshot_has(tmp_path: Path) -> None:
    source = (
        "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      DBInstanceClass: db.m7g.large\n"
        "      DBName: orders\n      MasterUsername: root\n      ManageMasterUserPassword: true\n"
    )
    text = remedy(only_fault(tmp_path, source, "cloudformation", "rds-encryption")).text

    assert "write DBSnapshotIdentifier with that copy, without StorageEncrypted, DBName and MasterUsername" in text


def test_a_write_only_password_goes_with_its_version(tmp_path: Path) -> None:
    source = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n  password_wo = "correct horse"\n  password_wo_version = 1\n}\n'
    assert (
        "Remove password_wo and password_wo_version."
        in remedy(only_fault(tmp_path, source, "terraform", "rds-plaintext-password")).text
    )


@pytest.mark.parametrize(
    ("lifecycle", "severity"), [("", Severity.CRITICAL), ("lifecycle { ignore_changes = [password] }", Severity.HIGH)]
)
def test_a_first_password_may_have_been_changed(tmp_path: Path, lifecycle: str, severity: Severity) -> None:
    source = f'resource "aws_db_instance" "orders" {{\n  engine = "postgres"\n  password = "correct horse"\n  {lifecycle}\n}}\n'
    assert only_fault(tmp_path, source, "terraform", "rds-plaintext-password").severity is severity


@pytest.mark.parametrize(("password", "named"), [("hunter2-hunter2", True), ("postgres", False)])
def test_what_else_has_the_password_is_named(tmp_path: Path, password: str, named: bool) -> None:
    source = f"""
variable "password" {{
  default = "{password}"
}}
resource "aws_db_instance" "orders" {{
  engine   = "postgres"
  password = var.password
}}
resource "aws_ecs_task_definition" "orders" {{
  family                = "orders"
  container_definitions = jsonencode([{{ name = "orders", image = "postgres", environment = [{{ name = "URL", value = "postgres://orders:${{var.password}}@db" }}] }}])
}}
"""
    text = remedy(only_fault(tmp_path, source, "terraform", "rds-plaintext-password")).text
    assert ("aws_ecs_task_definition.orders has the same password" in text) is named


RANGE = """
Parameters:
  Network: {Type: AWS::EC2::VPC::Id}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The database
      VpcId: !Ref %s
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: %s}]
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m7g.large, VPCSecurityGroups: [!Ref Group]}
"""


@pytest.mark.parametrize(
    ("vpc", "addresses", "may_be"),
    [("Network", "20.20.0.0/16", True), ("Network", "20.20.0.0/24", False), ("Vpc", "20.20.0.0/16", False)],
)
def test_a_range_may_be_that_of_a_vpc_elsewhere(tmp_path: Path, vpc: str, addresses: str, may_be: bool) -> None:
    found = only_fault(tmp_path, RANGE % (vpc, addresses), "cloudformation", "rds-security-group-source")

    assert ("If these are the addresses of the VPC itself" in found.message) is may_be
    assert not may_be or found.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("addresses", "own"), [("15.25.15.0/26", True), ("15.25.15.0/28", True), ("15.25.0.0/16", False), ("0.0.0.0/0", False)]
)
def test_the_addresses_of_the_vpc_of_the_group_are_not_the_internet(tmp_path: Path, addresses: str, own: bool) -> None:
    source = RANGE.replace("10.0.0.0/16", "15.25.15.0/26") % ("Vpc", addresses)
    assert bool(judge(tmp_path, source, "cloudformation", "rds-security-group-source").failing()) is not own


MEMBERS = """
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_instance" "first" {
  cluster_identifier         = aws_rds_cluster.orders.id
  auto_minor_version_upgrade = false
}
resource "aws_rds_cluster_instance" "second" {
  cluster_identifier         = aws_rds_cluster.orders.id
  auto_minor_version_upgrade = %s
}
"""


@pytest.mark.parametrize("other", ["false", "true"])
def test_all_members_have_to_allow_minor_upgrades(tmp_path: Path, other: str) -> None:
    first = judge(tmp_path, MEMBERS % other, "terraform", "rds-minor-upgrades").failing()[0]
    assert ("turn it on for aws_rds_cluster_instance.second too" in remedy(first).text) is (other == "false")


@pytest.mark.parametrize(
    ("engine", "version", "ended"),
    [
        ("mysql", "5.6.51", True),
        ("mysql", "5.7.44", False),
        ("postgres", "10.21", True),
        ("postgres", "16", False),
        ("aurora-mysql", "2.11.5", False),
        ("aurora-mysql", "8.0.mysql_aurora.3.04.0", False),
    ],
)
def test_a_version_that_ended_gets_no_minor_versions(tmp_path: Path, engine: str, version: str, ended: bool) -> None:
    source = (
        f'resource "aws_db_instance" "a" {{\n  engine = "{engine}"\n  engine_version = "{version}"\n'
        "  auto_minor_version_upgrade = false\n}\n"
    )
    assert bool(judge(tmp_path, source, "terraform", "rds-minor-upgrades").failing()) is not ended
