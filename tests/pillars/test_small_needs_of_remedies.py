"""What a remedy needs at its place, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy, remedies
from wa_iac.core.declared import Dialect

POLICY = """\
resource "aws_networkfirewall_firewall_policy" "egress" {
  name = "egress"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    %s
  }
}
"""
STRICT = 'stateful_default_actions = ["aws:alert_established"]\n    stateful_engine_options {\n      rule_order = "STRICT_ORDER"\n    }'
DROPS = 'stateful_default_actions = ["aws:drop_established_app_layer"]'
OFF = """\
resource "aws_db_parameter_group" "orders" {
  family = "postgres15"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "15.5"
  parameter_group_name = aws_db_parameter_group.orders.name
}
"""
CLUSTER = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "%s"
    }
  }
}
resource "aws_redshift_cluster" "reports" {
  cluster_identifier = "reports"
}
"""
QUERIES = """\
resource "aws_redshift_parameter_group" "reports" {
  name   = "reports"
  family = "redshift-2.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "%s"
  }
}
resource "aws_redshift_cluster" "reports" {
  cluster_identifier           = "reports"
  cluster_parameter_group_name = aws_redshift_parameter_group.reports.name
}
"""
WAREHOUSE = """\
Parameters:
  Queries: {Type: String}
Resources:
  Settings:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      Description: Reports
      ParameterGroupFamily: redshift-2.0
      Parameters:
        - {ParameterName: enable_user_activity_logging, ParameterValue: %s}
  Reports:
    Type: AWS::Redshift::Cluster
    Properties: {ClusterType: single-node, ClusterParameterGroupName: !Ref Settings}
"""
ROTATED = """\
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {}}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      KEY
      GenerateSecretString: {GenerateStringKey: password, SecretStringTemplate: '{"username": "admin"}'}
  Attachment:
    Type: AWS::SecretsManager::SecretTargetAttachment
    Properties: {SecretId: !Ref Secret, TargetId: orders, TargetType: AWS::RDS::DBInstance}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Environment: {Variables: {SECRET: !Ref Secret}}}
"""
PARAMETER = 'resource "aws_ssm_parameter" "token" {\n  name  = "/app/api-token"\n  type  = "String"\n  value = "%s"\n}\n'
SERVER = 'resource "aws_transfer_server" "files" {\n  protocols = ["SFTP"]\n%s}\n'
GROUP = """\
Resources:
  Cache:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Cache
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 6379, ToPort: 6379, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 6379, ToPort: PORT, CidrIpv6: '::/0'}
"""
BALANCED = """\
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = "${aws_s3_bucket.logs.arn}/*" }]
  })
}
"""
SITE = """\
resource "aws_s3_bucket" "site" {
  bucket = "site"
}
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" }]
  })
}
resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
}
resource "aws_cloudfront_distribution" "site" {
  origin {
    origin_id   = "site"
    domain_name = %s
  }
}
"""


@pytest.mark.parametrize(("source", "dialect", "slug", "there", "not_there"), [
    (POLICY % STRICT, "terraform", "networkfirewall-rules-present", "priority     = 100", ""),
    (POLICY % "", "terraform", "networkfirewall-rules-present", "resource_arn", "priority"),
    (OFF, "terraform", "rds-transit-encryption", "Set rds.force_ssl to 1 here", "A default group"),
    (CLUSTER % ">= 6.0", "terraform", "redshift-audit-logging", "aws_redshift_logging", "5.45"),
    (CLUSTER % "~> 5.0", "terraform", "redshift-audit-logging", "5.45", ""),
    (QUERIES % "true", "terraform", "redshift-audit-logging", '"userlog", "useractivitylog"]', ""),
    (QUERIES % "false", "terraform", "redshift-audit-logging", '"userlog"]', "useractivitylog"),
    (WAREHOUSE % "'true'", "cloudformation", "redshift-audit-logging", "- useractivitylog", ""),
    (WAREHOUSE % "!Ref Queries", "cloudformation", "redshift-audit-logging", "- userlog", "useractivitylog"),
    (ROTATED.replace("KEY", "KmsKeyId: !Ref Key"), "cloudformation", "secretsmanager-rotation", "KmsKeyArn: !GetAtt Key.Arn", ""),
    (ROTATED.replace("KEY", "Name: orders"), "cloudformation", "secretsmanager-rotation", "RotationType", "KmsKeyArn"),
    (PARAMETER % "<your token>", "terraform", "ssm-parameter-secure", "SecureString", "history"),
    (PARAMETER % "hunter2hunter2", "terraform", "ssm-parameter-secure", "the parameter's history keeps this one", ""),
    (SERVER % "", "terraform", "transfer-secure-protocol", "keeps no log", "look in"),
    (SERVER % '  logging_role = "arn:aws:iam::111122223333:role/logs"\n', "terraform", "transfer-secure-protocol", "look in", "no log"),
    (BALANCED, "terraform", "s3-policy-public", "Name who writes here", "<who needs it>"),
    (SITE % "aws_s3_bucket.site.bucket_regional_domain_name", "terraform", "s3-policy-public", "First give the origin", "website"),
    (SITE % "aws_s3_bucket_website_configuration.site.website_endpoint", "terraform", "s3-policy-public", "A website's endpoint cannot", ""),
])  # fmt: skip
def test_a_remedy_says_what_is_needed_there(
    tmp_path: Path, source: str, dialect: Dialect, slug: str, there: str, not_there: str
) -> None:
    text = only_remedy(judge(tmp_path, source, dialect, slug))
    assert there in text
    assert not not_there or not_there not in text


def test_what_drops_by_any_default_action_needs_no_rules(tmp_path: Path) -> None:
    assert judge(tmp_path, POLICY % DROPS, "terraform", "networkfirewall-rules-present").failing() == []


@pytest.mark.parametrize(("port", "said"), [("6379", True), ("6400", False)], ids=["the same port", "another range"])
def test_one_rule_is_enough_for_both_versions_of_ip(tmp_path: Path, port: str, *, said: bool) -> None:
    found = remedies(judge(tmp_path, GROUP.replace("PORT", port), "cloudformation", "vpc-security-group-ingress-ports"))
    assert any("Another rule opens the same port to all of IPv4" in each for each in found) is said


STORE = """\
resource "aws_security_group" "reports" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_redshift_cluster" "reports" {
  cluster_identifier     = "reports"
  vpc_security_group_ids = [aws_security_group.reports.id]
}
"""
RANGES = """\
locals {
  ours = ["129.43.0.0/16", "137.187.0.0/16"]
}
resource "aws_security_group" "orders" {
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = local.ours
  }
}
resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
"""
BY_NAME = """\
resource "aws_sqs_queue_policy" "files" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/files"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:::files-*" } }
    }]
  })
}
"""
DOCUMENTS = """\
resource "aws_secretsmanager_secret" "documents" {
  name = "documents"
}
resource "aws_secretsmanager_secret_version" "documents" {
  secret_id     = aws_secretsmanager_secret.documents.id
  secret_string = jsonencode({ engine = "docdb", username = "admin", password = var.password, host = "documents" })
}
variable "password" {
  type = string
}
"""


def test_a_data_store_needs_its_own_port_only(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, STORE, "terraform", "vpc-security-group-ingress-all"))
    assert text.startswith("Only aws_redshift_cluster.reports uses this group: open only the port on which that listens")
    assert "443" not in text


def test_a_list_of_ranges_is_left_to_the_rules_that_need_it(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, RANGES, "terraform", "rds-security-group-source"))
    assert text.startswith(
        "The list of ranges holds no groups: let the rule in aws_security_group.orders name the security group"
    )


def test_what_sends_by_its_name_also_has_an_account(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, BY_NAME, "terraform", "sqs-policy-public"))
    assert "s3.amazonaws.com" in text
    assert "aws:SourceAccount" in text
    assert "sns" not in text


def test_a_secret_of_documentdb_has_a_template_of_its_own(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, DOCUMENTS, "terraform", "secretsmanager-rotation"))
    assert "SecretsManagerMongoDBRotationSingleUser. It expects the engine mongo" in text


@pytest.mark.parametrize(
    ("ports", "said"),
    [("11207, ToPort: 11215", True), ("9200, ToPort: 9200", True), ("5432, ToPort: 5432", False)],
    ids=["several ports", "a port of clusters", "a port of clients"],
)
def test_members_that_reach_each_other_keep_their_way(tmp_path: Path, ports: str, *, said: bool) -> None:
    source = f"""
Resources:
  Nodes:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: nodes
      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: {ports}, CidrIp: 0.0.0.0/0}}]
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", "vpc-security-group-ingress-ports"))
    assert ("a rule with the group itself as the source, in a resource of its own" in text) is said
