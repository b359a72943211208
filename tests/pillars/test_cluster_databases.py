"""Clusters of documents and of graphs: what a snapshot decides, and instances that a count makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy, remedies
from wa_iac.core.scales import Severity

BOTH = pytest.mark.parametrize(("service", "slug"), [("docdb", "documentdb"), ("neptune", "neptune")])


@BOTH
def test_a_restored_cluster_may_be_encrypted(tmp_path: Path, service: str, slug: str) -> None:
    code = f'resource "aws_{service}_cluster" "orders" {{\n  snapshot_identifier = "orders"\n}}\n'
    report = judge(tmp_path, code, "terraform", f"{slug}-encryption")

    assert [each.verdict for each in report.findings] == ["unknown"]


@BOTH
@pytest.mark.parametrize(
    ("folder", "skipped", "advice"), [("examples", "true", True), ("examples", "false", False), ("live", "true", False)]
)
def test_an_example_whose_data_nobody_keeps_is_advice(
    tmp_path: Path, service: str, slug: str, folder: str, skipped: str, advice: bool
) -> None:
    code = f'resource "aws_{service}_cluster" "orders" {{\n  skip_final_snapshot = {skipped}\n}}\n'
    found = only_fault(tmp_path / folder, code, "terraform", f"{slug}-encryption")

    assert found.is_advice is advice


@BOTH
@pytest.mark.parametrize(
    ("name", "skips", "severity"),
    [("test", True, Severity.MEDIUM), ("test", False, Severity.HIGH), ("orders", True, Severity.HIGH)],
)
def test_a_cluster_for_tests_that_is_deleted_without_a_snapshot_keeps_nothing(
    tmp_path: Path, service: str, slug: str, name: str, skips: bool, severity: Severity
) -> None:
    code = f'resource "aws_{service}_cluster" "it" {{\n  cluster_identifier = "{name}"\n  skip_final_snapshot = {str(skips).lower()}\n}}\n'

    assert only_fault(tmp_path, code, "terraform", f"{slug}-encryption").severity == severity


@BOTH
def test_more_instances_come_from_the_count(tmp_path: Path, service: str, slug: str) -> None:
    code = f"""
resource "aws_{service}_cluster" "orders" {{
  cluster_identifier = "orders"
}}

resource "aws_{service}_cluster_instance" "all" {{
  count              = 1
  cluster_identifier = aws_{service}_cluster.orders.id
  instance_class     = "db.r6g.large"
}}
"""

    assert "single instance" in only_fault(tmp_path, code, "terraform", f"{slug}-multi-az").message
    assert "`count`" in only_remedy(judge(tmp_path, code, "terraform", f"{slug}-multi-az"))


@pytest.mark.parametrize(("kind", "slug"), [("DocDB", "documentdb"), ("Neptune", "neptune")])
def test_a_cluster_whose_data_may_go_is_advice(tmp_path: Path, kind: str, slug: str) -> None:
    code = f"Resources:\n  Orders:\n    Type: AWS::{kind}::DBCluster\n    DeletionPolicy: Delete\n    Properties: {{StorageEncrypted: true}}\n"
    found = only_fault(tmp_path, code, "cloudformation", f"{slug}-deletion-protection")

    assert found.is_advice
    assert "Its DeletionPolicy is Delete" in found.message


@pytest.mark.parametrize(
    ("kind", "more", "slug", "words"),
    [
        ("rds_cluster", 'engine = "aurora-mysql"', "rds", "once it has no instances"),
        ("rds_cluster", 'engine = "postgres"', "rds", "protection: a single request"),
        ("rds_cluster", 'engine = "aurora-mysql"\n  engine_mode = "serverless"', "rds", "protection: a single request"),
        ("db_instance", 'engine = "postgres"', "rds", "protection: a single request"),
        ("docdb_cluster", "", "documentdb", "once it has no instances"),
        ("neptune_cluster", "", "neptune", "once it has no instances"),
    ],
)
def test_a_cluster_with_instances_is_not_deleted_by_one_request(
    tmp_path: Path, kind: str, more: str, slug: str, words: str
) -> None:
    code = f'resource "aws_{kind}" "orders" {{\n  skip_final_snapshot = true\n  {more}\n}}\n'
    said = only_fault(tmp_path, code, "terraform", f"{slug}-deletion-protection").message

    assert words in said
    assert ("`terraform destroy` deletes the instances and the cluster at once" in said) is ("once it" in words)


@pytest.mark.parametrize(("policy", "at_once"), [("", True), ("    DeletionPolicy: Retain\n", False)])
def test_a_stack_deletes_what_it_does_not_retain(tmp_path: Path, policy: str, at_once: bool) -> None:
    code = f"Resources:\n  Orders:\n    Type: AWS::Neptune::DBCluster\n{policy}"
    said = only_fault(tmp_path, code, "cloudformation", "neptune-deletion-protection").message

    assert ("The deletion of its stack deletes" in said) is at_once


def test_an_old_provider_has_no_deletion_protection_of_documents(tmp_path: Path) -> None:
    code = 'provider "aws" {\n  version = "2.46.0"\n}\n\nresource "aws_docdb_cluster" "orders" {\n  cluster_identifier = "orders"\n}\n'

    assert "needs version 2.57" in only_remedy(judge(tmp_path, code, "terraform", "documentdb-deletion-protection"))


@pytest.mark.parametrize(("kind", "slug"), [("DocDB", "documentdb"), ("Neptune", "neptune")])
def test_what_is_replaced_with_a_cluster_is_named(tmp_path: Path, kind: str, slug: str) -> None:
    code = f"""
Resources:
  Orders:
    Type: AWS::{kind}::DBCluster
    Properties: {{KmsKeyId: alias/orders}}
  First:
    Type: AWS::{kind}::DBInstance
    Properties: {{DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large, DBInstanceIdentifier: first}}
  Second:
    Type: AWS::{kind}::DBInstance
    Properties: {{DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large}}
  Everywhere:
    Type: AWS::RDS::GlobalCluster
    Properties: {{SourceDBClusterIdentifier: !Ref Orders}}
"""
    remedy = only_remedy(judge(tmp_path, code, "cloudformation", f"{slug}-encryption"))

    assert "replaces its instance First with it" in remedy
    assert "global cluster then has to be made again" in remedy
    assert "comes into effect" in remedy


@BOTH
def test_a_cluster_alone_needs_none_of_that(tmp_path: Path, service: str, slug: str) -> None:
    remedy = only_remedy(
        judge(tmp_path, f'resource "aws_{service}_cluster" "orders" {{}}\n', "terraform", f"{slug}-encryption")
    )

    assert "instance" not in remedy
    assert "global" not in remedy
    assert "effect" not in remedy


@BOTH
def test_one_instance_for_each_cluster_needs_another_block(tmp_path: Path, service: str, slug: str) -> None:
    code = f"""
resource "aws_{service}_cluster" "orders" {{
  for_each           = toset(["a", "b"])
  cluster_identifier = each.key
}}

resource "aws_{service}_cluster_instance" "first" {{
  for_each           = aws_{service}_cluster.orders
  cluster_identifier = each.value.id
  instance_class     = "db.r6g.large"
}}
"""

    for remedy in remedies(judge(tmp_path, code, "terraform", f"{slug}-multi-az")):
        assert f'resource "aws_{service}_cluster_instance" "orders_another"' in remedy
        assert f"for_each = aws_{service}_cluster.orders" in remedy


@pytest.mark.parametrize("service", ["docdb", "neptune", "rds"])
def test_of_several_instances_in_one_zone_one_is_moved(tmp_path: Path, service: str) -> None:
    slug = {"docdb": "documentdb", "rds": "rds-cluster"}.get(service, service)
    engine = 'engine = "aurora-mysql"' if service == "rds" else ""
    members = "".join(
        f"""
resource "aws_{service}_cluster_instance" "{name}" {{
  cluster_identifier = aws_{service}_cluster.orders.id
  availability_zone  = "eu-west-1a"
  instance_class     = "db.r6g.large"
  {engine}
}}
"""
        for name in ("first", "second")
    )
    code = f'resource "aws_{service}_cluster" "orders" {{\n  {engine}\n}}\n{members}'

    assert "name another Availability Zone" in only_remedy(judge(tmp_path, code, "terraform", f"{slug}-multi-az"))
