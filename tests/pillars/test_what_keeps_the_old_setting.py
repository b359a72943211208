"""What else in the code holds on to the old setting: the remedy names it, or the change would fail or do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault, only_remedy
from wa_iac.core.scales import Severity

GROUP = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "4"
      LaunchTemplate: { LaunchTemplateId: lt-1, Version: "1" }
      VPCZoneIdentifier: [ !Ref Only ]
      %s
  Only:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }
"""


@pytest.mark.parametrize("zones", ["AvailabilityZones: [ eu-west-1a ]", ""])
def test_zones_that_are_written_go_with_the_single_subnet(tmp_path: Path, zones: str) -> None:
    said = only_remedy(judge(tmp_path, GROUP % zones, "cloudformation", "autoscaling-multi-az"))
    assert ("Remove AvailabilityZones." in said) == bool(zones)


SERVICE = """
resource "aws_subnet" "only" {
  vpc_id            = "vpc-1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.web.arn
  network_configuration { subnets = [aws_subnet.only.id] }
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web:1" }])
  %s
}
"""

MOUNTED = """volume {
  name = "data"
  efs_volume_configuration { file_system_id = aws_efs_file_system.data.id }
 }
}
resource "aws_efs_mount_target" "data" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = aws_subnet.only.id
}
resource "aws_efs_file_system" "data" {
  %s"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            'placement_constraints {\n type = "memberOf"\n expression = "attribute:ecs.availability-zone == eu-west-1a"\n }',
            "The placement_constraints of aws_ecs_task_definition.web asks for one zone: take that out too.",
        ),
        (
            'volume {\n name = "data"\n docker_volume_configuration {\n driver = "rexray/ebs"\n scope = "shared"\n }\n }',
            "The volume data is an EBS volume, which is in one zone",
        ),
        (
            MOUNTED % "",
            "The tasks mount aws_efs_file_system.data, whose only mount target (aws_efs_mount_target.data) is in one zone: first give it another",
        ),
        (MOUNTED % 'availability_zone_name = "eu-west-1a"', "aws_efs_file_system.data is a One Zone file system"),
    ],
    ids=["a constraint", "a volume", "a mount target", "a file system"],
)
def test_what_keeps_tasks_in_one_zone_goes_too(tmp_path: Path, more: str, words: str) -> None:
    slug = "ecs-service-multi-az"
    assert words in only_remedy(judge(tmp_path / "more", SERVICE % more, "terraform", slug))
    assert words not in only_remedy(judge(tmp_path / "plain", SERVICE % "", "terraform", slug))


SEARCH = """
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
      ClusterConfig: { InstanceType: r7g.large.search, InstanceCount: 3 }
      EBSOptions: { EBSEnabled: true, VolumeSize: 100, VolumeType: gp2%s }
"""


@pytest.mark.parametrize(("iops", "goes"), [("", False), (", Iops: 0", True), (", Iops: 4000", False)])
def test_iops_that_gp3_refuses_go_with_gp2(tmp_path: Path, iops: str, goes: bool) -> None:
    said = only_remedy(judge(tmp_path, SEARCH % iops, "cloudformation", "opensearch-gp3"))
    assert ("Remove Iops." in said) == goes


VOLUMES = """
variable "iops" {
  default = 1000
}
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  cluster_config {
    instance_type = "r7g.large.search"
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp2"
    iops        = %s
  }
}
"""


@pytest.mark.parametrize(
    ("iops", "words"), [("0", ""), ("1000", "would be refused"), ("var.iops", "it has to be 3,000 or more, or null")]
)
def test_iops_that_are_not_sent_or_come_from_elsewhere_stay(tmp_path: Path, iops: str, words: str) -> None:
    said = only_remedy(judge(tmp_path, VOLUMES % iops, "terraform", "opensearch-gp3"))
    assert words in said
    assert ("Remove iops" in said) == (iops == "1000")
    assert ("3,000" in said) == bool(words)


SITE = """
Parameters:
  Kind: { Type: String, Default: iam, AllowedValues: [ iam, acm ] }
  Given: { Type: String, Default: "" }
Conditions:
  IsIam: !Equals [ !Ref Kind, iam ]
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [ www.example.com ]
        DefaultCacheBehavior: { TargetOriginId: site, ViewerProtocolPolicy: redirect-to-https }
        Origins: [ { Id: site, DomainName: origin.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } } ]
        ViewerCertificate:
          IamCertificateId: !If [ IsIam, !Ref Given, !Ref "AWS::NoValue" ]
          AcmCertificateArn: !If [ IsIam, !Ref "AWS::NoValue", !Ref Given ]
          MinimumProtocolVersion: %s
          SslSupportMethod: sni-only
"""


def test_a_certificate_that_callers_have_to_pass_is_not_cloudfronts_own(tmp_path: Path) -> None:
    slug = "cloudfront-tls-policy"
    finding = only_fault(tmp_path / "old", SITE % "TLSv1.1_2016", "cloudformation", slug)
    assert finding.message.startswith("TLSv1.1_2016:")
    assert judge(tmp_path / "new", SITE % "TLSv1.2_2021", "cloudformation", slug).failing() == []


@pytest.mark.parametrize(("version", "first"), [("11.00.6020.0.v1", True), ("15.00", False)])
def test_an_old_engine_that_no_current_class_runs_comes_first(tmp_path: Path, version: str, first: bool) -> None:
    source = (
        f'resource "aws_db_instance" "this" {{\n  engine = "sqlserver-se"\n  engine_version = "{version}"\n'
        '  instance_class = "db.m3.xlarge"\n  allocated_storage = 200\n}\n'
    )
    said = only_remedy(judge(tmp_path, source, "terraform", "rds-previous-generation"))
    assert ("upgrade the engine first" in said) == first


NETWORK = """
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}
resource "aws_subnet" "this" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
}
resource "aws_route_table_association" "this" {
  count          = 2
  subnet_id      = aws_subnet.this[count.index].id
  route_table_id = aws_route_table.this.id
}
resource "aws_db_subnet_group" "this" { subnet_ids = aws_subnet.this[*].id }
output "group" { value = aws_db_subnet_group.this.name }
"""
CALL = 'module "network" {\n  source = "./network"\n}\n'


@pytest.mark.parametrize(
    ("used", "severity"),
    [
        ("", Severity.MEDIUM),
        ('output "group" {\n  value = module.network.group\n}\n', Severity.MEDIUM),
        (
            'resource "aws_db_instance" "this" {\n  engine = "postgres"\n  db_subnet_group_name = module.network.group\n'
            "  publicly_accessible = true\n}\n",
            Severity.HIGH,
        ),
    ],
    ids=["by nobody", "by others", "by a database"],
)
def test_a_subnet_group_of_nobody_is_to_be_deleted(tmp_path: Path, used: str, severity: Severity) -> None:
    files = {"main.tf": CALL + used, "network/main.tf": NETWORK}
    (finding,) = judge_files(tmp_path, files, "rds-in-private-subnets").failing()
    assert finding.severity is severity
    assert ("No database here is in the group" in finding.message) == (not used)
