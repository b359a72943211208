"""Remedies say what the change meets in the code: another copy, an old image, a name that stands elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_fault, only_remedy
from wa_iac.report.remedy import remedy

HBASE = """
Resources:
  Tables:
    Type: AWS::EMR::Cluster
    Properties:
      Name: tables
      ReleaseLabel: emr-7.5.0
      JobFlowRole: EMR_EC2_DefaultRole
      ServiceRole: EMR_DefaultRole
      Instances: {}
      Configurations:
        - Classification: hbase-site
          ConfigurationProperties: {%s: s3://tables/hbase}
"""


@pytest.mark.parametrize(("key", "said"), [("hbase.rootdir", True), ("hbase.tmp.dir", False)])
def test_a_cluster_that_keeps_its_tables_in_s3_ends_before_the_new_one(tmp_path: Path, key: str, said: bool) -> None:
    text = remedy(only_fault(tmp_path, HBASE % key, "cloudformation", "emr-encryption")).text

    assert ("only one cluster may use at a time" in text) == said
    assert "save what is on its disks first" in text


DATABASE = """
resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  engine_version          = "5.7.44"
  instance_class          = "db.m7g.large"
  backup_retention_period = 7
  %s
}
"""


@pytest.mark.parametrize("more", ["", "blue_green_update {\n    enabled = true\n  }"])
def test_a_change_with_a_copy_waits_for_no_window(tmp_path: Path, more: str) -> None:
    text = remedy(only_fault(tmp_path, DATABASE % more, "terraform", "rds-extended-support")).text

    assert ("next maintenance window" in text) == (not more)
    assert text.count("deletes the old database without a snapshot") == 1


MODULE = """
variable "password" {
  type = string
}
variable "version_of_it" {
  type = number
}
resource "aws_db_instance" "it" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 20
  password_wo         = var.password
  password_wo_version = var.version_of_it
  %s
}
"""
CALL = """
module "orders" {
  source        = "./database"
  password      = "not-a-good-place"
  version_of_it = 1
}
"""


@pytest.mark.parametrize("more", ["", "blue_green_update {\n    enabled = true\n  }"])
def test_another_write_only_password_needs_another_version(tmp_path: Path, more: str) -> None:
    files = {"main.tf": CALL, "database/main.tf": MODULE % more}
    text = only_remedy(judge_files(tmp_path, files, "rds-plaintext-password"))

    assert "Raise password_wo_version too" in text
    assert ("manage_master_user_password" in text) == (not more)


REPLICATED = """
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 20
}
resource "aws_db_instance" "copy" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
  %s
}
"""


@pytest.mark.parametrize("more", ["", "storage_encrypted = false"])
def test_a_replica_that_says_that_it_is_not_encrypted_changes_too(tmp_path: Path, more: str) -> None:
    text = remedy(only_fault(tmp_path, REPLICATED % more, "terraform", "rds-encryption")).text

    assert "Make the read replicas (aws_db_instance.copy) again" in text
    assert ("with storage_encrypted set to true too" in text) == bool(more)


NAMED = """
variable "skip" {
  type    = bool
  default = true
}
locals {
  name = var.skip ? null : "orders-final"
}
resource "aws_db_instance" "orders" {
  count                     = 2
  engine                    = "postgres"
  instance_class            = "db.m7g.large"
  allocated_storage         = 20
  skip_final_snapshot       = var.skip
  final_snapshot_identifier = local.name
}
"""


def test_a_local_value_that_chooses_null_gives_its_other_value(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": NAMED}, "workload-stateful-deletion-policy"))

    assert 'comes from the local value "name"' in text
    assert "has to give a value then, and not null" in text
    assert "count.index" not in text


BALANCER = """
Resources:
  Front:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      Listeners:
        - {LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP%s}
"""


@pytest.mark.parametrize("more", ["", ", InstanceProtocol: HTTP"])
def test_instances_of_a_classic_load_balancer_go_on_with_http(tmp_path: Path, more: str) -> None:
    text = remedy(only_fault(tmp_path, BALANCER % more, "cloudformation", "elb-listener-tls")).text

    assert ("InstanceProtocol: HTTP" in text) == (not more)


SERVER = """
Mappings:
  Images:
    us-east-1: {Id: %s}
    us-west-2: {Id: %s}
Resources:
  App:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Images, !Ref "AWS::Region", Id]
      IamInstanceProfile: app
"""


@pytest.mark.parametrize(("image", "early"), [("ami-6869aa05", True), ("ami-0abcdef1234567890", False)])
def test_an_image_from_before_tokens_comes_first(tmp_path: Path, image: str, early: bool) -> None:
    text = remedy(only_fault(tmp_path, SERVER % (image, image), "cloudformation", "ec2-imdsv2")).text

    assert ("from 2018 at the latest" in text) == early


DISK = """
Resources:
  App:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64}}"
      BlockDeviceMappings:
        - DeviceName: %s
          Ebs: {VolumeSize: 32}
"""


@pytest.mark.parametrize(("name", "said"), [("/dev/sda1", True), ("/dev/xvda", False)])
def test_the_root_of_amazon_linux_has_another_name(tmp_path: Path, name: str, said: bool) -> None:
    text = remedy(only_fault(tmp_path, DISK % name, "cloudformation", "ebs-encryption")).text

    assert ("/dev/sda1 is another volume here" in text) == said


CACHE = """
resource "aws_elasticache_replication_group" "it" {
  replication_group_id = "it"
  description          = "it"
  engine               = "redis"
  engine_version       = "%s"
  node_type            = "cache.m3.large"
}
"""


@pytest.mark.parametrize(("version", "said"), [("2.8.24", True), ("7.1", False)])
def test_an_old_cache_may_need_a_newer_engine_first(tmp_path: Path, version: str, said: bool) -> None:
    found = only_fault(tmp_path, CACHE % version, "terraform", "rds-previous-generation")

    assert (f"does not run redis {version}" in remedy(found).text) == said
    assert "at the same price or a higher one" in found.message


def test_a_class_that_grows_does_not_cost_the_same(tmp_path: Path) -> None:
    grown = CACHE.replace("cache.m3.large", "cache.m3.medium").replace(
        "node_type", "automatic_failover_enabled = true\n  node_type"
    )
    found = only_fault(tmp_path, grown % "7.1", "terraform", "rds-previous-generation")

    assert "at the same price" not in found.message
    assert "at a higher price" in remedy(found).text


@pytest.mark.parametrize(("size", "advice"), [(5, True), (100, False)])
def test_a_small_volume_saves_little(tmp_path: Path, size: int, advice: bool) -> None:
    code = f'resource "aws_ebs_volume" "it" {{\n  availability_zone = "eu-west-1a"\n  size = {size}\n}}\n'

    assert only_fault(tmp_path, code, "terraform", "ebs-gp3").is_advice is advice
