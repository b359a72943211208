"""What an upgrade of a database to another major version needs: it is said where the code shows that it is missing, and not elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

RULE = "rds-extended-support"
INSTANCE = """
resource "aws_db_instance" "orders" {{
  engine         = "{engine}"
  engine_version = "{version}"
  instance_class = "db.m7g.large"
  {more}
}}
"""


def upgrade_of(tmp_path: Path, engine: str, version: str, more: str = "", beside: str = "") -> str:
    source = INSTANCE.format(engine=engine, version=version, more=more) + beside
    return only_remedy(judge(tmp_path, source, "terraform", RULE))


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("", True),
        ("backup_retention_period = 0", True),
        ("backup_retention_period = 7", False),
        ("backup_retention_period = var.days", False),
        ('snapshot_identifier = "orders-1"', False),
    ],
)
@pytest.mark.parametrize(("engine", "version"), [("mysql", "5.7.44"), ("postgres", "11.22")])
def test_a_copy_by_terraform_needs_automated_backups(
    tmp_path: Path, engine: str, version: str, more: str, missing: bool
) -> None:
    text = upgrade_of(tmp_path, engine, version, more)

    assert "blue_green_update" in text
    assert "deletes the old database without a snapshot, so make one before" in text
    assert ("first set backup_retention_period to at least 1" in text) is missing


def test_without_the_property_a_template_has_backups_of_one_day(tmp_path: Path) -> None:
    template = (
        "Resources:\n  Orders:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql, EngineVersion: '5.7.44'KEPT}\n"
    )
    some = only_remedy(judge(tmp_path, template.replace("KEPT", ""), "cloudformation", RULE))
    none = only_remedy(judge(tmp_path, template.replace("KEPT", ", BackupRetentionPeriod: 0"), "cloudformation", RULE))

    assert "AWS::RDS::Deployment makes the copy" in some
    assert "switchover-blue-green-deployment" in some
    assert "automated backups" not in some
    assert "first set BackupRetentionPeriod to at least 1" in none


GROUP = """
resource "aws_db_parameter_group" "orders" {
  family = "postgres13"
  parameter {
    name  = "rds.logical_replication"
    value = "%s"
  }
}
"""
OWN_GROUP = "parameter_group_name = aws_db_parameter_group.orders.name"


@pytest.mark.parametrize(
    ("more", "beside", "place"),
    [
        ("", "", "in a parameter group of its own"),
        ('parameter_group_name = "default.postgres13"', "", "in a parameter group of its own"),
        (OWN_GROUP, GROUP % "0", "in aws_db_parameter_group.orders"),
        (OWN_GROUP, GROUP % "1", ""),
        ('parameter_group_name = "orders"', "", ""),
        ("parameter_group_name = var.group", "", ""),
    ],
)
def test_postgresql_needs_logical_replication(tmp_path: Path, more: str, beside: str, place: str) -> None:
    text = upgrade_of(tmp_path, "postgres", "13.20", more, beside)

    assert ("rds.logical_replication" in text) is bool(place)
    assert place in text


@pytest.mark.parametrize(("version", "too_old"), [("12.15", True), ("12.16", False), ("12", False)])
def test_an_old_minor_version_of_postgresql_has_to_change_first(tmp_path: Path, version: str, too_old: bool) -> None:
    assert ("starts from 12.16" in upgrade_of(tmp_path, "postgres", version)) is too_old


def test_a_password_that_secrets_manager_manages_is_in_the_way(tmp_path: Path) -> None:
    text = upgrade_of(tmp_path, "mysql", "5.7.44", "manage_master_user_password = true")

    assert "RDS makes none while Secrets Manager manages" in text
    assert "blue_green_update" not in text


def test_a_replica_has_no_deployment_of_its_own(tmp_path: Path) -> None:
    assert "blue/green" not in upgrade_of(tmp_path, "mysql", "5.7.44", 'replicate_source_db = "orders"')


CLUSTER = """
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, EngineVersion: 5.7.mysql_aurora.2.11.5GROUP}
  First:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Orders, DBInstanceClass: SIZE}
"""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("db.t3.small", "Newer versions do not run on db.t3.small: first change to a larger class."),
        ("db.t2.medium", "which newer versions do not run on: first change to a current class."),
        ("db.t3.medium", ""),
    ],
)
def test_aurora_mysql_3_does_not_run_on_every_class_of_2(tmp_path: Path, size: str, words: str) -> None:
    text = only_remedy(judge(tmp_path, CLUSTER.replace("SIZE", size).replace("GROUP", ""), "cloudformation", RULE))

    assert ("not run on" in text) is bool(words)
    assert words in text


@pytest.mark.parametrize(("group", "missing"), [("", True), (", DBClusterParameterGroupName: orders", False)])
def test_aurora_mysql_needs_its_binary_log(tmp_path: Path, group: str, missing: bool) -> None:
    template = CLUSTER.replace("SIZE", "db.r6g.large").replace("GROUP", group)

    assert ("binlog_format" in only_remedy(judge(tmp_path, template, "cloudformation", RULE))) is missing
