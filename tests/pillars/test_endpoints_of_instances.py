"""What connects to one instance by its own endpoint gains nothing from a second one."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

TEMPLATE = """
Resources:
  Data:
    Type: {kind}Cluster
    Properties: {{DBClusterIdentifier: data{engine}}}
  First:
    Type: {kind}Instance
    Properties: {{DBClusterIdentifier: !Ref Data, DBInstanceClass: db.r6g.large{engine}}}
"""
READER = """
  {name}:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {{Variables: {{HOST: !GetAtt {endpoint}}}}}
"""
KINDS = [
    ("neptune-multi-az", "AWS::Neptune::DB", "", "Endpoint"),
    ("documentdb-multi-az", "AWS::DocDB::DB", "", "Endpoint"),
    ("rds-cluster-multi-az", "AWS::RDS::DB", ", Engine: aurora-mysql", "Endpoint.Address"),
]


@pytest.mark.parametrize(("slug", "kind", "engine", "endpoint"), KINDS)
def test_those_who_know_only_the_instance_are_named(tmp_path: Path, slug: str, kind: str, engine: str, endpoint: str) -> None:
    stack = TEMPLATE.format(kind=kind, engine=engine)
    own = stack + READER.format(name="Search", endpoint=f"First.{endpoint}")
    text = only_remedy(judge(tmp_path / "own", own, "cloudformation", slug))
    assert "Search has the endpoint of First, which stays with that instance: clients that connect by it gain nothing" in text
    shared = stack + READER.format(name="Search", endpoint=f"Data.{endpoint}")
    assert "has the endpoint" not in only_remedy(judge(tmp_path / "shared", shared, "cloudformation", slug))


def test_many_are_counted(tmp_path: Path) -> None:
    source = TEMPLATE.format(kind="AWS::Neptune::DB", engine="")
    source += "".join(READER.format(name=f"Reader{number}", endpoint="First.Endpoint") for number in range(5))
    text = only_remedy(judge(tmp_path, source, "cloudformation", "neptune-multi-az"))
    assert "Reader0, Reader1 and 3 others have the endpoint of First" in text


def test_an_instance_of_a_counted_block(tmp_path: Path) -> None:
    source = """
resource "aws_rds_cluster" "data" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_instance" "all" {
  count              = 1
  cluster_identifier = aws_rds_cluster.data.id
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}
resource "aws_ssm_parameter" "host" {
  name  = "host"
  type  = "String"
  value = aws_rds_cluster_instance.all[0].endpoint
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "rds-cluster-multi-az"))
    assert "raise its `count`" in text
    assert "aws_ssm_parameter.host has the endpoint of aws_rds_cluster_instance.all[0]" in text
