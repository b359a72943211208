"""A small shop over two zones, for the tests of drills: in Terraform, and as a template."""

from __future__ import annotations

from pathlib import Path

SHOP = """\
provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_lb" "shop" {
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_target_group" "shop" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  target_group_arns   = [aws_lb_target_group.shop.arn]
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.a.id
}

resource "aws_db_subnet_group" "orders" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  allocated_storage    = 20
  multi_az             = true
  db_subnet_group_name = aws_db_subnet_group.orders.name
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  statistic           = "Sum"
  period              = 60
  threshold           = 10

  dimensions = {
    LoadBalancer = aws_lb.shop.arn_suffix
  }
}
"""

TEMPLATE = """\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Network, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}
  Cluster:
    Type: AWS::ECS::Cluster
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      DesiredCount: 2
      LaunchType: FARGATE
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref SubnetA, !Ref SubnetB]}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      MultiAZEnabled: true
      AutomaticFailoverEnabled: true
      NumCacheClusters: 2
      Tags: [{Key: Name, Value: sessions}]
  Worker:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !Ref SubnetA, InstanceType: m7g.large}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties: {ClusterName: shop, NodeRole: "arn:aws:iam::123456789012:role/nodes", Subnets: [!Ref SubnetA, !Ref SubnetB]}
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-postgresql}
  Task:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Environment: {Variables: {AWS_FIS_CONFIGURATION_LOCATION: "arn:aws:s3:::faults/shop/"}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Network
      VpcEndpointType: Interface
      ServiceName: com.amazonaws.eu-west-1.sqs
"""


def shop_in(folder: Path) -> Path:
    """The shop as a root module in a folder."""
    (folder / "main.tf").write_text(SHOP, encoding="utf-8")
    return folder


def template_in(folder: Path) -> Path:
    """The shop as a template in a folder."""
    (folder / "shop.yaml").write_text(TEMPLATE, encoding="utf-8")
    return folder
