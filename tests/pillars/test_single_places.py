"""Servers that nothing can stand in front of, subnets that are private by their names, and what stays in one zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

SERVER = """
resource "aws_security_group" "it" {{
  vpc_id = "vpc-0a1"
  ingress {{
    protocol    = "tcp"
    from_port   = {port}
    to_port     = {port}
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_instance" "{name}" {{
  ami                         = "ami-0a1"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.it.id]
}}
"""


@pytest.mark.parametrize(
    ("name", "port", "severity"),
    [
        ("web", 8443, Severity.HIGH),
        ("web", 25565, Severity.MEDIUM),
        ("web", 8333, Severity.MEDIUM),
        ("minecraft", 8443, Severity.MEDIUM),
    ],
)
def test_players_connect_to_a_server_directly(tmp_path: Path, name: str, port: int, severity: Severity) -> None:
    found = only_fault(tmp_path, SERVER.format(name=name, port=port), "terraform", "ec2-public-ip")
    assert (found.severity, "Players, callers and peers need" in remedy(found).text) == (severity, severity is Severity.MEDIUM)


@pytest.mark.parametrize(
    ("ports", "port", "protocol"), [((80, 443), 443, "HTTPS"), ((80,), 80, "HTTP"), ((8080,), 8080, "HTTP")]
)
def test_the_target_group_is_for_the_port_that_answers_itself(
    tmp_path: Path, ports: tuple[int, ...], port: int, protocol: str
) -> None:
    rules = ", ".join(f"{{ IpProtocol: tcp, FromPort: {each}, ToPort: {each}, CidrIp: 0.0.0.0/0 }}" for each in ports)
    source = f"""
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties: {{ GroupDescription: Web, SecurityGroupIngress: [{rules}] }}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      NetworkInterfaces: [{{ DeviceIndex: "0", AssociatePublicIpAddress: true, GroupSet: [!Ref Open] }}]
"""
    text = remedy(only_fault(tmp_path, source, "cloudformation", "ec2-behind-load-balancer")).text
    assert f"Port: {port}\n" in text
    assert f"Protocol: {protocol}\n" in text
    assert ("redirects without end" in text) == (port == 443)


SERVICE = """
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: ENABLED
          SecurityGroups: [sg-0a1b2c3d]
          Subnets: [!ImportValue "net:{name}One", !ImportValue "net:{name}Two"]
"""


@pytest.mark.parametrize(
    ("name", "severity"),
    [("PrivateSubnet", Severity.LOW), ("PublicSubnet", Severity.MEDIUM), ("NonPrivateSubnet", Severity.MEDIUM)],
)
def test_subnets_are_private_by_the_name_of_an_export(tmp_path: Path, name: str, severity: Severity) -> None:
    assert only_fault(tmp_path, SERVICE.format(name=name), "cloudformation", "ecs-public-ip").severity is severity


BALANCER = """
resource "aws_elb" "it" {{ availability_zones = ["eu-west-1a"] }}
resource "aws_autoscaling_group" "it" {{
  max_size             = 1
  availability_zones   = ["eu-west-1a"]
  load_balancers       = [aws_elb.it.name]
  launch_configuration = aws_launch_configuration.it.name
}}
resource "aws_launch_configuration" "it" {{ user_data = "{script}" }}
"""


@pytest.mark.parametrize(
    ("script", "severity"),
    [("aws ec2 attach-volume --volume-id vol-0a1", Severity.LOW), ("systemctl start nginx", Severity.MEDIUM)],
)
def test_a_node_with_a_volume_of_its_own_stays_in_its_zone(tmp_path: Path, script: str, severity: Severity) -> None:
    assert only_fault(tmp_path, BALANCER.format(script=script), "terraform", "elb-multi-az").severity is severity


@pytest.mark.parametrize(("name", "severity"), [("vdi_vpc", Severity.LOW), ("main", Severity.MEDIUM)])
def test_workstations_are_machines_of_one_person(tmp_path: Path, name: str, severity: Severity) -> None:
    source = f"""
resource "aws_vpc" "{name}" {{ cidr_block = "10.0.0.0/16" }}
resource "aws_subnet" "it" {{
  vpc_id            = aws_vpc.{name}.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}}
resource "aws_lb" "front" {{ subnets = [aws_subnet.it.id] }}
"""
    assert only_fault(tmp_path, source, "terraform", "vpc-multi-az-subnets").severity is severity


TRAIL = """
resource "aws_s3_bucket" "source" {}
resource "aws_cloudtrail" "it" {
  name           = "trigger"
  s3_bucket_name = "logs"
  SELECTOR
}
"""
WATCHES = """event_selector {
    read_write_type = "WriteOnly"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["${aws_s3_bucket.source.arn}/"]
    }
  }"""


@pytest.mark.parametrize(("selector", "confidence"), [(WATCHES, Confidence.LOW), ("", Confidence.HIGH)])
def test_a_trail_that_triggers_a_pipeline_is_no_evidence(tmp_path: Path, selector: str, confidence: Confidence) -> None:
    source = TRAIL.replace("SELECTOR", selector)
    assert only_fault(tmp_path, source, "terraform", "cloudtrail-log-validation").confidence is confidence


@pytest.mark.parametrize(("name", "severity"), [("processed_ids", Severity.LOW), ("processed_orders", Severity.MEDIUM)])
def test_a_table_of_what_is_done_already_is_made_again(tmp_path: Path, name: str, severity: Severity) -> None:
    source = f'resource "aws_dynamodb_table" "{name}" {{\n  name     = "it"\n  hash_key = "id"\n}}\n'
    assert only_fault(tmp_path, source, "terraform", "dynamodb-point-in-time-recovery").severity is severity


@pytest.mark.parametrize(
    ("beside", "is_managed"),
    [("", True), ("EngineMode: serverless", False), ("GlobalClusterIdentifier: world", False)],
)
def test_rds_does_not_manage_every_password(tmp_path: Path, beside: str, *, is_managed: bool) -> None:
    source = f"""
Resources:
  It:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
      MasterUsername: root
      MasterUserPassword: correct-horse-battery
      {beside}
"""
    (finding,) = judge(tmp_path, source, "cloudformation", "rds-plaintext-password").failing()
    assert ("ManageMasterUserPassword" in remedy(finding).text) == is_managed


def test_a_stack_cannot_encrypt_a_volume_that_exists(tmp_path: Path) -> None:
    source = "Resources:\n  Data:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: us-east-1a, Size: 10, Encrypted: false}\n"
    assert "another logical ID" in remedy(only_fault(tmp_path, source, "cloudformation", "ebs-encryption")).text


@pytest.mark.parametrize(
    ("resource", "told"),
    [
        ('resource "aws_ebs_volume" "it" {\n  encrypted = false\n}\n', "this replaces it with an empty one"),
        (
            'resource "aws_ebs_volume" "it" {\n  encrypted = false\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
            "forbids this (prevent_destroy)",
        ),
        (
            'resource "aws_instance" "it" {\n  root_block_device {\n    encrypted = false\n  }\n}\n',
            "this replaces the instance",
        ),
    ],
)
def test_the_remedy_says_what_encryption_replaces(tmp_path: Path, resource: str, told: str) -> None:
    assert told in remedy(only_fault(tmp_path, resource, "terraform", "ebs-encryption")).text


def test_a_deployment_that_aws_refuses_is_no_outage(tmp_path: Path) -> None:
    source = 'resource "aws_lb" "web" {\n  subnets = ["subnet-0a1"]\n}\n'
    message = only_fault(tmp_path, source, "terraform", "elb-multi-az").message
    assert message.startswith("AWS refuses an Application Load Balancer with subnets in only one Availability Zone")
