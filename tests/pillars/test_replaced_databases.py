"""The name of a database that is replaced has to change together with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.report.remedy import remedy

DATABASE = """
Parameters:
  Name: {Type: String, Default: shop}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      %s
"""


@pytest.mark.parametrize(
    ("identifier", "said"),
    [("DBInstanceIdentifier: !Sub ${Name}-db", True), ("DBInstanceIdentifier: orders", True), ("", False)],
)
def test_a_database_with_a_name_is_replaced_by_one_with_another(tmp_path: Path, identifier: str, said: bool) -> None:
    advice = remedy(only_fault(tmp_path, DATABASE % identifier, "cloudformation", "rds-encryption")).text

    assert ("It has a fixed name (DBInstanceIdentifier)" in advice) is said


def test_terraform_deletes_the_old_database_first(tmp_path: Path) -> None:
    module = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n  identifier = "orders"\n}\n'

    assert "together" not in remedy(only_fault(tmp_path, module, "terraform", "rds-encryption")).text


def test_what_is_replaced_with_a_database_and_keeps_it_is_named(tmp_path: Path) -> None:
    module = """
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  deletion_protection = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_db_instance" "copy" {
  replicate_source_db = aws_db_instance.orders.identifier
}
"""
    advice = remedy(only_fault(tmp_path, module, "terraform", "rds-encryption")).text

    assert "read replicas (aws_db_instance.copy) again" in advice
    assert "its deletion protection and prevent_destroy" in advice
    assert advice.count("prevent_destroy") == 1
    assert "final_snapshot_identifier in its state first" in advice


def test_the_members_of_a_cluster_are_replaced_too(tmp_path: Path) -> None:
    template = """
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, StorageEncrypted: false}
  First:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Orders, DBInstanceIdentifier: first}
"""
    advice = remedy(only_fault(tmp_path, template, "cloudformation", "rds-encryption")).text

    assert "replaces its instance First with it" in advice


NEPTUNE = """
Resources:
  Graph:
    Type: AWS::Neptune::DBCluster
    Properties: {DBClusterIdentifier: graph}
  First:
    Type: AWS::Neptune::DBInstance
    Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: %s}
"""
AURORA = """
resource "aws_rds_cluster" "orders" {
  engine             = "aurora-mysql"
  cluster_identifier = "orders"
  storage_encrypted  = false
}

resource "aws_rds_cluster_instance" "first" {
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
  cluster_identifier = %s
}
"""


@pytest.mark.parametrize(("name", "said"), [("graph", True), ("!Ref Graph", False)])
def test_cloudformation_does_not_move_what_names_a_cluster_by_a_text(tmp_path: Path, name: str, said: bool) -> None:
    advice = remedy(only_fault(tmp_path, NEPTUNE % name, "cloudformation", "neptune-encryption")).text

    assert ("Its instance First names it by a text: refer to it in DBClusterIdentifier instead" in advice) is said


@pytest.mark.parametrize(("name", "said"), [('"orders"', True), ("aws_rds_cluster.orders.cluster_identifier", False)])
def test_terraform_does_not_replace_what_names_a_cluster_by_a_text(tmp_path: Path, name: str, said: bool) -> None:
    advice = remedy(only_fault(tmp_path, AURORA % name, "terraform", "rds-encryption")).text

    assert ("aws_rds_cluster_instance.first names it by a text" in advice) is said
