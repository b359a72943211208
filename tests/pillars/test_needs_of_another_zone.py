"""What else has to change before something can run in another Availability Zone: each need is named only where it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

FIREWALL = """
Resources:
  Egress:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings: [{SubnetId: subnet-0a1b2c3d}]
      %s
"""
MODULE = """
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  %s
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}
"""


@pytest.mark.parametrize(
    ("written", "is_protected"),
    [("", True), ("SubnetChangeProtection: true", True), ("SubnetChangeProtection: false", False)],
)
def test_a_firewall_of_a_template_is_protected_from_other_subnets_unless_it_says_no(
    tmp_path: Path, written: str, is_protected: bool
) -> None:
    said = only_remedy(judge(tmp_path, FIREWALL % written, "cloudformation", "networkfirewall-multi-az"))

    assert ("while SubnetChangeProtection is true: set it to false first" in said) is is_protected


@pytest.mark.parametrize(("written", "is_protected"), [("", False), ("subnet_change_protection = true", True)])
def test_terraform_leaves_a_firewall_unprotected_unless_it_says_yes(tmp_path: Path, written: str, is_protected: bool) -> None:
    said = only_remedy(judge(tmp_path, MODULE % written, "terraform", "networkfirewall-multi-az"))

    assert ("while subnet_change_protection is true: set it to false first" in said) is is_protected


BROKER = """
resource "aws_mq_broker" "orders" {
  broker_name         = "orders"
  engine_type         = "%s"
  host_instance_type  = "mq.t3.micro"
  publicly_accessible = %s
}
"""


@pytest.mark.parametrize(
    ("engine", "public", "said", "unsaid"),
    [
        ("RabbitMQ", "false", ["three nodes", "subnets in two zones or more", "larger type than mq.t3.micro"], ["EFS"]),
        ("RabbitMQ", "true", ["three nodes"], ["subnets"]),
        ("ActiveMQ", "false", ["exactly two subnets", "EFS"], ["larger type", "three nodes"]),
    ],
)
def test_a_broker_needs_the_subnets_and_the_type_that_its_engine_takes(
    tmp_path: Path, engine: str, public: str, said: list[str], unsaid: list[str]
) -> None:
    remedy = only_remedy(judge(tmp_path, BROKER % (engine, public), "terraform", "workload-data-service-multi-az"))

    assert [each for each in said if each not in remedy] == []
    assert [each for each in unsaid if each in remedy] == []


def test_a_broker_whose_engine_is_given_gets_no_mode_that_may_be_that_of_the_other_one(tmp_path: Path) -> None:
    source = 'variable "engine" {}\n' + (BROKER % ("x", "false")).replace('"x"', "var.engine")
    remedy = only_remedy(judge(tmp_path, source, "terraform", "workload-data-service-multi-az"))

    assert "CLUSTER_MULTI_AZ for RabbitMQ" in remedy
    assert "deployment_mode =" not in remedy


FUNCTION = """
Resources:
  Import:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.14
      Role: arn:aws:iam::123456789012:role/import
      Code: {S3Bucket: code, S3Key: import.zip}
      VpcConfig: {SecurityGroupIds: [sg-0a1b2c3d], SubnetIds: [subnet-0a1b2c3d]}
      %s
"""
FILES = "FileSystemConfigs: [{Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0a1b2c3d', LocalMountPath: /mnt/data}]"


@pytest.mark.parametrize(("written", "mounts"), [("", False), (FILES, True)])
def test_a_function_with_a_file_system_needs_a_mount_target_in_the_new_zone(tmp_path: Path, written: str, mounts: bool) -> None:
    said = only_remedy(judge(tmp_path, FUNCTION % written, "cloudformation", "lambda-multi-az"))

    assert ("mount target of its file system in the new zone" in said) is mounts


ENVIRONMENT = """
Resources:
  Shop:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      ApplicationName: shop
      OptionSettings:
        - {Namespace: aws:elasticbeanstalk:environment, OptionName: EnvironmentType, Value: SingleInstance}
        %s
"""
OPTION = "- {Namespace: %s, OptionName: %s, Value: %s}"


@pytest.mark.parametrize(
    ("written", "kind", "subnets"),
    [
        ("", True, False),
        (OPTION % ("aws:elasticbeanstalk:environment", "LoadBalancerType", "application"), False, False),
        (OPTION % ("aws:ec2:vpc", "VPCId", "vpc-0a1b2c3d"), True, True),
    ],
)
def test_an_environment_that_gets_a_load_balancer_needs_its_kind_and_its_subnets(
    tmp_path: Path, written: str, kind: bool, subnets: bool
) -> None:
    said = only_remedy(judge(tmp_path, ENVIRONMENT % written, "cloudformation", "elasticbeanstalk-load-balanced"))

    assert ("Set LoadBalancerType in aws:elasticbeanstalk:environment to application" in said) is kind
    assert ("in ELBSubnets of aws:ec2:vpc" in said) is subnets


COVERED = """
Resources:
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 0a1b2c3d
      BackupSelection:
        SelectionName: orders
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        Resources: ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  Store:
    Type: %s
"""


@pytest.mark.parametrize(
    ("store", "attribute"),
    [
        (
            "AWS::RDS::DBInstance\n    Properties: {Engine: mysql, DBInstanceClass: db.m7g.large, BackupRetentionPeriod: 0}",
            "DBInstanceArn",
        ),
        ("AWS::EFS::FileSystem", "Arn"),
    ],
)
def test_a_selection_names_a_database_by_the_attribute_that_it_has(tmp_path: Path, store: str, attribute: str) -> None:
    said = only_remedy(judge(tmp_path, COVERED % store, "cloudformation", "backup-plan-coverage"))

    assert f"!GetAtt Store.{attribute}\n" in f"{said}\n"


RECORD = """
resource "aws_route53_record" "shop" {
  zone_id        = "Z0123456789"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "europe"
  latency_routing_policy {
    region = "eu-west-1"
  }
  alias {
    name                   = "%s"
    zone_id                = "%s"
    evaluate_target_health = false
  }
}
"""


@pytest.mark.parametrize(
    ("name", "zone", "by_target"),
    [
        ("shop-123.eu-west-1.elb.amazonaws.com", "Z32O12XQLNTSW2", True),
        ("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2", False),
    ],
)
def test_an_alias_takes_the_health_of_its_target_unless_that_has_none(
    tmp_path: Path, name: str, zone: str, by_target: bool
) -> None:
    said = only_remedy(judge(tmp_path, RECORD % (name, zone), "terraform", "route53-health-checks"))

    assert ("evaluate_target_health = true" in said) is by_target
    assert ("health_check_id" in said) is not by_target


DOMAIN = """
resource "aws_opensearch_domain" "search" {
  cluster_config {
    instance_count = 4
  }
  %s
}
"""


@pytest.mark.parametrize(("written", "in_vpc"), [("", False), ('vpc_options { subnet_ids = ["subnet-0a1b2c3d"] }', True)])
def test_only_a_domain_in_a_vpc_needs_subnets(tmp_path: Path, written: str, in_vpc: bool) -> None:
    said = only_remedy(judge(tmp_path, DOMAIN % written, "terraform", "opensearch-data-node-count"))

    assert ("needs a subnet in each of two zones" in said) is in_vpc


STREAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Copy:
    Type: AWS::Serverless::Function
    Properties:
      Handler: copy.handler
      Runtime: python3.14
      CodeUri: src
      %s
      Events:
        Changes:
          Type: DynamoDB
          Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST}
"""


@pytest.mark.parametrize(("role", "by_sam"), [("", True), ("Role: arn:aws:iam::123456789012:role/copy", False)])
def test_sam_lets_the_role_that_it_makes_send_where_the_type_is_written(tmp_path: Path, role: str, by_sam: bool) -> None:
    said = only_remedy(judge(tmp_path, STREAM % role, "cloudformation", "lambda-event-source-failure-destination"))

    assert "Type: SQS" in said
    assert ("SAM allows the role that it makes" in said) is by_sam
    assert ("allow the role of the function to send to it" in said) is not by_sam


CACHE = """
Parameters:
  Nodes: {Type: Number, Default: 1}
  Zones: {Type: String, Default: one}
Conditions:
  Several: !Not [!Equals [%s]]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.m7g.large
      Engine: valkey
      NumCacheClusters: !Ref Nodes
      AutomaticFailoverEnabled: !If [Several, true, false]
      MultiAZEnabled: !If [Several, true, false]
"""


@pytest.mark.parametrize(("compared", "by_number"), [("!Ref Nodes, 1", True), ("!Ref Zones, one", False)])
def test_the_number_of_nodes_may_decide_all_that_a_cache_needs(tmp_path: Path, compared: str, by_number: bool) -> None:
    said = only_remedy(judge(tmp_path, CACHE % compared, "cloudformation", "elasticache-multi-az"))

    assert ('Give parameter "Nodes"' in said) is by_number
    assert ("MultiAZEnabled: true" in said) is not by_number


GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4
  %s
}
"""
IN_SUBNET, IN_ZONE = 'vpc_zone_identifier = ["subnet-0a1b2c3d"]', 'availability_zones = ["eu-west-1a"]'
SERVED = '\n  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"]'


@pytest.mark.parametrize(
    ("written", "code", "served"),
    [
        (IN_SUBNET, "vpc_zone_identifier =", False),
        (IN_SUBNET + SERVED, "vpc_zone_identifier =", True),
        (IN_ZONE, "availability_zones =", False),
    ],
)
def test_a_group_gets_another_zone_in_the_way_in_which_it_names_the_first(
    tmp_path: Path, written: str, code: str, served: bool
) -> None:
    said = only_remedy(judge(tmp_path, GROUP % written, "terraform", "autoscaling-multi-az"))

    assert code in said
    assert ("The load balancer in front of the group" in said) is served
