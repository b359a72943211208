"""Remedies that need something else at their place: another argument that goes, a key that stays, a client that moves first."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Confidence, Severity

QUEUE = """
variable "celery_queue_prefix" {}

resource "aws_sqs_queue" "tasks" {
  name = "${var.celery_queue_prefix}tasks"
}
"""
DATABASE = """
resource "aws_db_instance" "{name}" {{
  engine            = "mysql"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  password          = "not-a-good-place"
  {more}
}}
"""
REPLICA = """
resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
}
"""
TABLE = """
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: {}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      SSESpecification:
        SSEEnabled: true
        SSEType: KMS
        KMSMasterKeyId: !GetAtt Key.Arn
"""
WAREHOUSE = """
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  elastic_ip             = "198.51.100.7"
  publicly_accessible    = true
}

resource "aws_kinesis_firehose_delivery_stream" "sales" {
  name        = "sales"
  destination = "redshift"

  redshift_configuration {
    role_arn        = "arn:aws:iam::111122223333:role/delivery"
    cluster_jdbcurl = "jdbc:redshift://${aws_redshift_cluster.sales.endpoint}/sales"
    data_table_name = "sales"
  }
}
"""
CACHE = """
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  num_cache_nodes = 2
  node_type       = "cache.m3.large"
}
"""
SFTP = """
resource "aws_security_group" "sftp_partners" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
ACL = """
resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "public-read"
}
"""


def test_a_database_with_a_standby_names_no_zone(tmp_path: Path) -> None:
    source = DATABASE.format(name="orders", more='availability_zone = "eu-west-1a"')
    assert "Remove availability_zone." in only_remedy(judge(tmp_path, source, "terraform", "rds-multi-az"))


def test_a_standby_for_tests_is_advice(tmp_path: Path) -> None:
    found = only_fault(tmp_path, DATABASE.format(name="staging", more=""), "terraform", "rds-multi-az")
    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)


def test_rds_manages_no_password_of_a_database_with_replicas(tmp_path: Path) -> None:
    source = DATABASE.format(name="orders", more="") + REPLICA
    assert "and of databases that have some" in only_remedy(judge(tmp_path, source, "terraform", "rds-plaintext-password"))


def test_a_replica_exports_the_logs_of_its_source(tmp_path: Path) -> None:
    source = DATABASE.format(name="orders", more='enabled_cloudwatch_logs_exports = ["error"]') + REPLICA
    assert "slow_query_log" in only_remedy(judge(tmp_path, source, "terraform", "rds-logging"))


def test_the_key_of_a_table_is_kept_too(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, TABLE, "cloudformation", "workload-stateful-deletion-policy"))
    assert "Keep the key Key in the same way" in text
    assert "It has a fixed name" in text


def test_firehose_has_no_way_to_a_private_warehouse(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, WAREHOUSE, "terraform", "redshift-public-access"))
    assert "aws_kinesis_firehose_delivery_stream.sales delivers to it from outside" in text
    assert "Remove elastic_ip." in text


def test_a_cluster_of_memcached_is_replaced(tmp_path: Path) -> None:
    assert "begins empty" in only_remedy(judge(tmp_path, CACHE, "terraform", "rds-previous-generation"))


def test_ssh_of_a_service_for_everybody_is_not_critical(tmp_path: Path) -> None:
    found = only_fault(tmp_path, SFTP, "terraform", "vpc-security-group-ingress-ssh")
    assert found.severity == Severity.HIGH
    assert 'By the word "sftp"' in found.message


@pytest.mark.parametrize(
    ("name", "severity", "confidence"),
    [
        ("reports", Severity.CRITICAL, Confidence.HIGH),
        ("website_assets", Severity.HIGH, Confidence.HIGH),
        ("public_files", Severity.MEDIUM, Confidence.LOW),
    ],
)
def test_a_bucket_that_is_meant_to_be_read_is_milder(
    tmp_path: Path, name: str, severity: Severity, confidence: Confidence
) -> None:
    found = only_fault(tmp_path, ACL.replace("reports", name), "terraform", "s3-acl-public")
    assert (found.severity, found.confidence) == (severity, confidence)


def test_a_new_bucket_has_no_acl(tmp_path: Path) -> None:
    assert "remove this resource" in only_remedy(judge(tmp_path, ACL, "terraform", "s3-acl-public"))


def test_celery_counts_its_attempts_itself(tmp_path: Path) -> None:
    found = only_fault(tmp_path, QUEUE, "terraform", "sqs-dead-letter-queue")
    assert found.severity == Severity.LOW


@pytest.mark.parametrize(
    ("token", "advice"),
    [("", False), ("auth_token = var.token", True), ("auth_token = var.token != null ? var.token : null", True)],
)
def test_a_token_that_the_caller_may_give_is_advice(tmp_path: Path, token: str, advice: bool) -> None:
    source = f"""
variable "token" {{
  default = null
}}
resource "aws_elasticache_replication_group" "sessions" {{
  engine                     = "valkey"
  transit_encryption_enabled = true
  {token}
}}
"""
    report = judge(tmp_path, source, "terraform", "elasticache-auth")
    assert [each.is_advice for each in report.failing()] == [advice]
    assert "engine valkey takes only users who sign in" in only_remedy(report)


@pytest.mark.parametrize("inside", [True, False])
def test_a_public_endpoint_of_a_cluster_only_gets_what_it_lacks(tmp_path: Path, inside: bool) -> None:
    source = f"""
variable "public" {{ default = true }}
resource "aws_eks_cluster" "orders" {{
  vpc_config {{
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_public_access  = var.public
    endpoint_private_access = {str(inside).lower()}
  }}
}}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "eks-public-endpoint"))

    assert ("to true" in text, "public_access_cidrs" in text) == (False, True)
    assert ("endpoint_private_access" in text) is not inside
