"""A setting of something that is not known here: what has its own is decided by that, and what has none stays undecided."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import both, by_address, judge

BLOCKS = """\
variable "elsewhere" {}
resource "aws_s3_bucket" "own" { bucket = "own" }
resource "aws_s3_bucket" "bare" { bucket = "bare" }
resource "aws_s3_bucket_public_access_block" "own" {
  bucket                  = aws_s3_bucket.own.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = %s
}
resource "aws_s3_bucket_public_access_block" "elsewhere" {
  bucket = var.elsewhere
}
"""


def test_a_bucket_with_a_block_of_its_own_is_decided_by_it(tmp_path: Path) -> None:
    on = judge(tmp_path / "on", BLOCKS % "true", "terraform", "s3-public-access-block")
    off = judge(tmp_path / "off", BLOCKS % "false", "terraform", "s3-public-access-block")

    assert by_address(on, "s3-public-access-block") == {"aws_s3_bucket.bare": "unknown"}
    assert by_address(off, "s3-public-access-block") == {"aws_s3_bucket.bare": "unknown", "aws_s3_bucket.own": "fail"}


def test_a_switch_that_the_own_block_leaves_out_is_off(tmp_path: Path) -> None:
    source = BLOCKS.replace("restrict_public_buckets = %s", "")

    found = by_address(judge(tmp_path, source, "terraform", "s3-public-access-block"), "s3-public-access-block")
    assert found["aws_s3_bucket.own"] == "fail"


def test_a_block_of_its_own_that_may_not_exist_decides_nothing(tmp_path: Path) -> None:
    source = BLOCKS % "true"
    source = source.replace("  bucket                  = aws", '  count  = var.elsewhere == "x" ? 1 : 0\n  bucket = aws')

    found = by_address(judge(tmp_path, source, "terraform", "s3-public-access-block"), "s3-public-access-block")
    assert found["aws_s3_bucket.own"] == "unknown"


POLICY_TEMPLATE = """\
Parameters:
  Elsewhere: { Type: String }
Resources:
  Own: { Type: AWS::S3::Bucket }
  Bare: { Type: AWS::S3::Bucket, Properties: { BucketName: bare } }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Own
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: [!GetAtt Own.Arn, !Sub "${Own.Arn}/*"]
            Condition: { Bool: { aws:SecureTransport: "false" } }
  Other:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Elsewhere
      PolicyDocument: { Statement: [{ Effect: Allow, Principal: { AWS: "111122223333" }, Action: s3:GetObject, Resource: "*" }] }
"""
POLICY_MODULE = """\
variable "elsewhere" {}
resource "aws_s3_bucket" "own" {}
resource "aws_s3_bucket" "bare" { bucket = "bare" }
resource "aws_s3_bucket_policy" "own" {
  bucket = aws_s3_bucket.own.id
  policy = jsonencode({ Statement = [{
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [aws_s3_bucket.own.arn, "${aws_s3_bucket.own.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }] })
}
resource "aws_s3_bucket_policy" "elsewhere" {
  bucket = var.elsewhere
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "s3:GetObject", Resource = "*" }] })
}
"""


def test_a_bucket_has_one_policy(tmp_path: Path) -> None:
    template, module = both(tmp_path, "s3-ssl-requests-only", POLICY_TEMPLATE, POLICY_MODULE)

    assert template == {"Bare": "unknown"}
    assert module == {"aws_s3_bucket.bare": "unknown"}


MEMBERS = """\
variable "elsewhere" {}
resource "aws_rds_cluster_instance" "elsewhere" {
  cluster_identifier = var.elsewhere
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
resource "aws_rds_cluster_instance" "orders" {
  count              = %s
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
"""


def test_one_more_member_takes_nothing_from_a_cluster_with_two(tmp_path: Path) -> None:
    two = judge(tmp_path / "two", MEMBERS % "2", "terraform", "rds-cluster-multi-az")
    one = judge(tmp_path / "one", MEMBERS % "1", "terraform", "rds-cluster-multi-az")

    assert by_address(two, "rds-cluster-multi-az") == {}
    assert by_address(one, "rds-cluster-multi-az") == {"aws_rds_cluster.orders": "unknown"}


def test_what_scales_another_cluster_does_not_excuse_this_one(tmp_path: Path) -> None:
    source = MEMBERS.split("resource", 2)[0] + "resource" + MEMBERS.split("resource", 2)[2] % "1"
    source += """
resource "aws_appautoscaling_target" "other" {
  service_namespace  = "rds"
  resource_id        = "cluster:%s"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  min_capacity       = 1
  max_capacity       = 4
}
"""
    other = judge(tmp_path / "other", source % "other", "terraform", "rds-cluster-multi-az")
    own = judge(tmp_path / "own", source % "orders", "terraform", "rds-cluster-multi-az")

    assert by_address(other, "rds-cluster-multi-az") == {"aws_rds_cluster.orders": "fail"}
    assert by_address(own, "rds-cluster-multi-az") == {}


def test_a_store_that_one_selection_covers_is_covered(tmp_path: Path) -> None:
    source = """\
variable "arns" { type = list(string) }
resource "aws_dynamodb_table" "orders" { name = "orders" }
resource "aws_backup_plan" "daily" { name = "daily" }
resource "aws_backup_selection" "unknown" {
  plan_id   = aws_backup_plan.daily.id
  resources = var.arns
}
resource "aws_backup_selection" "tables" {
  plan_id   = aws_backup_plan.daily.id
  resources = [aws_dynamodb_table.orders.arn]
}
"""
    assert by_address(judge(tmp_path, source, "terraform", "backup-plan-coverage"), "backup-plan-coverage") == {}
