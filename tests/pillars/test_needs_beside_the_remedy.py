"""Remedies name the setting beside them that would refuse, ignore or undo them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault
from wa_iac.core.rule import Confidence
from wa_iac.report.remedy import remedy

OLD_DATABASE = """
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "13.7"
  instance_class       = "db.m7g.large"
  parameter_group_name = "orders"
  %s
}
"""


@pytest.mark.parametrize(
    "ignored", ["", "lifecycle { ignore_changes = [tags] }", "lifecycle { ignore_changes = [parameter_group_name] }"]
)
def test_an_upgrade_needs_the_new_parameter_group_to_arrive(tmp_path: Path, ignored: str) -> None:
    text = remedy(only_fault(tmp_path, OLD_DATABASE % ignored, "terraform", "rds-extended-support")).text

    assert ("Terraform ignores changes of parameter_group_name here" in text) is ("parameter_group_name" in ignored)


DOMAIN = """
Parameters:
  Kind:
    Type: String
    Default: t2.small.elasticsearch
    %s
Resources:
  Search:
    Type: AWS::Elasticsearch::Domain
    Properties:
      ElasticsearchVersion: "7.10"
      ElasticsearchClusterConfig: {InstanceCount: 3, InstanceType: !Ref Kind}
"""


@pytest.mark.parametrize(
    ("allowed", "named"),
    [
        ("", False),
        ("AllowedValues: [t2.small.elasticsearch, t3.small.elasticsearch]", False),
        ("AllowedValues: [t2.small.elasticsearch, r4.large.elasticsearch]", True),
    ],
)
def test_a_parameter_has_to_allow_the_type_of_nodes_that_can_encrypt(tmp_path: Path, allowed: str, named: bool) -> None:
    text = remedy(only_fault(tmp_path, DOMAIN % allowed, "cloudformation", "opensearch-node-to-node-encryption")).text

    assert "for example to t3.small.elasticsearch" in text
    assert ('Add it to the AllowedValues of parameter "Kind" too.' in text) is named


TASK = """
terraform {
  required_providers { aws = "%s" }
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = "[]"
  volume {
    name = "files"
    efs_volume_configuration { file_system_id = "fs-0123456789abcdef0" }
  }
}
"""


@pytest.mark.parametrize(("constraint", "too_old"), [("~> 2.61.0", True), ("~> 2.61", False), ("~> 5.0", False)])
def test_a_volume_gets_tls_from_a_provider_that_knows_it(tmp_path: Path, constraint: str, too_old: bool) -> None:
    text = remedy(only_fault(tmp_path, TASK % constraint, "terraform", "ecs-efs-transit-encryption")).text

    assert ("needs version 2.72" in text) is too_old


SERVER = """
resource "aws_instance" "app" {
  ami                         = "ami-1"
  subnet_id                   = "subnet-1"
  associate_public_ip_address = true
}
resource "local_file" "a_key" {
  filename = "key-${aws_instance.app.public_ip}"
  content  = "secret"
}
resource "local_file" "settings" {
  filename = "settings.yaml"
  content  = "host: ${aws_instance.app.public_ip}"
}
"""


def test_the_file_that_hands_an_address_on_is_named_before_one_that_is_called_like_it(tmp_path: Path) -> None:
    found = only_fault(tmp_path, SERVER, "terraform", "ec2-public-ip")

    assert "local_file.settings reads the address" in found.message
    assert "First give local_file.settings another way" in remedy(found).text


def test_a_person_with_a_key_signs_in_through_identity_center(tmp_path: Path) -> None:
    code = 'resource "aws_iam_access_key" "developer" {\n  user = "developer"\n}\n'
    (finding,) = judge(tmp_path, code, "terraform", "iam-access-keys").failing()

    assert "people sign in through IAM Identity Center" in remedy(finding).text


WITH_A_VOLUME = """
Resources:
  App:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      NetworkInterfaces:
        - DeviceIndex: "0"
          AssociatePublicIpAddress: true
          SubnetId: subnet-12345678
          PrivateIpAddress: 10.0.0.5
  Attachment:
    Type: AWS::EC2::VolumeAttachment
    Properties:
      InstanceId: !Ref App
      VolumeId: vol-12345678
      Device: /dev/sdf
"""


def test_a_move_to_a_private_subnet_names_what_ties_the_instance_to_the_present_one(tmp_path: Path) -> None:
    said = remedy(only_fault(tmp_path, WITH_A_VOLUME, "cloudformation", "ec2-public-ip")).text

    assert "in the same Availability Zone, where the volumes are" in said
    assert "Its PrivateIpAddress has to be an address of that subnet." in said
    assert "has to be a private subnet" in said


def test_clients_of_an_instance_behind_a_load_balancer_need_no_other_way(tmp_path: Path) -> None:
    balanced = """
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/app/0123456789abcdef"
  target_id        = aws_instance.app.id
}
"""
    assert (
        "Clients come through the load balancer already, if it reaches the instance at the right port."
        in remedy(only_fault(tmp_path, SERVER + balanced, "terraform", "ec2-public-ip")).text
    )
    assert "Clients need another way in" in remedy(only_fault(tmp_path, SERVER, "terraform", "ec2-public-ip")).text


ELASTIC = """
Resources:
  App:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SecurityGroups: [app]
  Address:
    Type: AWS::EC2::EIP
    Properties:
      InstanceId: !Ref App
Outputs:
  Site:
    Value: !GetAtt App.PublicIp
"""


def test_an_output_of_a_template_and_the_default_subnet_come_before_the_address_goes(tmp_path: Path) -> None:
    said = remedy(only_fault(tmp_path, ELASTIC, "cloudformation", "ec2-public-ip")).text

    assert "First take output.Site out" in said
    assert "If its subnet assigns addresses" in said
    assert said.count("lists of others") == 1


@pytest.mark.parametrize(("port", "said"), [(3306, True), (5432, False), (8200, False)])
def test_newer_nodes_of_a_data_warehouse_take_some_ports_only(tmp_path: Path, port: int, said: bool) -> None:
    code = (
        f'resource "aws_redshift_cluster" "w" {{\n  cluster_identifier = "w"\n  node_type = "dc2.large"\n  port = {port}\n}}\n'
    )
    found = only_fault(tmp_path, code, "terraform", "redshift-previous-generation")

    assert ("take a port from 5431" in remedy(found).text) == said


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("redshift-audit-logging", 'resource "aws_redshift_cluster" "w" {\n  cluster_identifier = "w"\n}\n'),
        ("redshift-automated-snapshots", 'resource "aws_redshift_cluster" "w" {\n  cluster_identifier = "w"\n}\n'),
        ("s3-versioning", 'resource "aws_s3_bucket" "invoices" {}\n'),
    ],
)
@pytest.mark.parametrize("folder", ["examples/basic", "infrastructure"])
def test_what_an_example_lacks_is_advice(tmp_path: Path, rule: str, code: str, folder: str) -> None:
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": code}, rule).failing()

    assert (found.confidence == Confidence.LOW) == folder.startswith("examples")


@pytest.mark.parametrize("attached", [True, False])
def test_a_load_balancer_has_to_be_in_the_other_zone(tmp_path: Path, attached: bool) -> None:
    source = """
resource "aws_instance" "web" {
  count     = 2
  ami       = "ami-1"
  subnet_id = "subnet-0a1"
}
"""
    targets = 'resource "aws_elb" "web" {\n  subnets = ["subnet-0a1"]\n  instances = aws_instance.web[*].id\n}\n'
    (found,) = judge(tmp_path, source + (targets if attached else ""), "terraform", "ec2-multi-az").failing()

    assert ("If the load balancer is not in the other zone" in remedy(found).text) == attached
    assert found.is_advice is not attached


@pytest.mark.parametrize(("more", "advice"), [("", False), ('snapshot_identifier = "sales-1"', True)])
def test_a_restored_warehouse_can_be_restored_again(tmp_path: Path, more: str, advice: bool) -> None:
    source = f'resource "aws_redshift_cluster" "sales" {{\n  cluster_identifier = "sales"\n  {more}\n}}\n'
    assert only_fault(tmp_path, source, "terraform", "redshift-automated-snapshots").is_advice is advice
