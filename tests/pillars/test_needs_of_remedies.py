"""Remedies name what else has to change with them at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault, only_remedy
from wa_iac.core.declared import Dialect
from wa_iac.core.rule import Confidence, Severity

FORWARD = "DefaultActions: [{Type: forward, TargetGroupArn: !Ref Web}]"
BALANCER = f"""
Resources:
  Web: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{Port: 80, Protocol: HTTP, VpcId: vpc-0a1}}}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The VPC
      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: SOURCE}}]
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {{Subnets: [subnet-0a1, subnet-0b2], SecurityGroups: [!Ref Group]}}
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {{LoadBalancerArn: !Ref Front, Port: 80, Protocol: HTTP, {FORWARD}}}
"""
HTTPS = f"""
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {{LoadBalancerArn: !Ref Front, Port: 8443, Protocol: HTTPS, {FORWARD}}}
"""
GROUP = 'resource "aws_elasticache_replication_group" "it" {{\n  replication_group_id = "it"\n  description = "it"\n{}\n}}\n'
LAUNCH = """
Resources:
  Old:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {LaunchConfigurationName: web, ImageId: ami-1, InstanceType: m7i.large, IamInstanceProfile: web}
"""
BUDGET = "Resources:\n  It:\n    Type: AWS::Budgets::Budget\n    Properties: {Budget: {BudgetName: all, BudgetType: COST, TimeUnit: MONTHLY}}\n"
LOGS = 'resource "aws_eks_cluster" "it" {\n  name = "it"\n  enabled_cluster_log_types = ["api"]\n}\n'
SERVICE = """
resource "aws_ecs_service" "it" {
  name = "it"
  desired_count = 2
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent = 150
  load_balancer { target_group_arn = "arn:t" }
}
"""
SCANNED = """
resource "aws_ecr_registry_scanning_configuration" "it" {
  scan_type = "BASIC"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "prod"
      filter_type = "WILDCARD"
    }
  }
}
resource "aws_ecr_repository" "it" { name = "web" }
"""


@pytest.mark.parametrize(
    ("source", "dialect", "slug", "words"),
    [
        (BALANCER.replace("SOURCE", "0.0.0.0/0") + HTTPS, "cloudformation", "elb-listener-tls", 'Port: "8443"'),
        (BALANCER.replace("SOURCE", "0.0.0.0/0") + HTTPS, "cloudformation", "elb-listener-tls", "replace it as a whole"),
        (
            BALANCER.replace("SOURCE", "10.0.0.0/8"),
            "cloudformation",
            "elb-internet-facing",
            "give the target groups other logical IDs",
        ),
        (
            GROUP.format("  num_node_groups = 2\n  replicas_per_node_group = 0"),
            "terraform",
            "elasticache-multi-az",
            "replicas_per_node_group    = 1",
        ),
        (
            GROUP.format('  num_cache_clusters = 2\n  engine_version = "6.2"'),
            "terraform",
            "elasticache-encryption-in-transit",
            "upgrade to Redis 7.0 first",
        ),
        (LAUNCH, "cloudformation", "ec2-imdsv2", "give it another LaunchConfigurationName"),
        (BUDGET, "cloudformation", "cost-budget", "give it another BudgetName"),
        (LOGS, "terraform", "eks-control-plane-logging", '["api", "audit"]'),
        (SERVICE, "terraform", "ecs-minimum-healthy-percent", "deployment_maximum_percent         = 200"),
        (SCANNED, "terraform", "ecr-scan-on-push", "the repository's have no effect"),
    ],
)
def test_the_remedy_names_what_else_changes(tmp_path: Path, source: str, dialect: Dialect, slug: str, words: str) -> None:
    assert words in only_remedy(judge(tmp_path, source, dialect, slug))


def test_an_old_provider_does_not_know_the_mode_of_tls(tmp_path: Path) -> None:
    (tmp_path / ".terraform.lock.hcl").write_text('provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.31.0"\n}\n')
    source = 'terraform {\n  required_version = ">= 1.5"\n}\n' + GROUP.format('  engine_version = "7.1"')

    assert "First upgrade the AWS provider to 5.47" in only_remedy(
        judge(tmp_path, source, "terraform", "elasticache-encryption-in-transit")
    )


def test_an_agent_beside_a_container_that_logs_is_advice(tmp_path: Path) -> None:
    app = '{ name = "app", image = "app:1", logConfiguration = { logDriver = "awslogs" } }'
    source = 'resource "aws_ecs_task_definition" "it" {{\n  container_definitions = jsonencode([{}, {{ name = "{}", image = "it:1" }}])\n}}\n'
    agent, worker = (
        only_fault(tmp_path / name, source.format(app, name), "terraform", "ecs-container-logging")
        for name in ("xray", "worker")
    )

    assert (agent.is_advice, worker.is_advice) == (True, False)


def test_an_agent_on_each_instance_is_advice(tmp_path: Path) -> None:
    source = (
        'resource "aws_ecs_task_definition" "it" {{\n  container_definitions = jsonencode([{{ name = "{}", image = "it:1" }}])\n}}\n'
        'resource "aws_ecs_service" "it" {{\n  task_definition = aws_ecs_task_definition.it.arn\n  scheduling_strategy = "{}"\n}}\n'
    )
    found = [
        only_fault(tmp_path / f"{name}-{way}", source.format(name, way), "terraform", "ecs-container-logging").is_advice
        for name, way in (("cadvisor", "DAEMON"), ("cadvisor", "REPLICA"), ("shop", "DAEMON"))
    ]

    assert found == [True, False, False]


def test_a_container_of_a_workshop_needs_no_log(tmp_path: Path) -> None:
    source = 'resource "aws_ecs_task_definition" "it" {\n  container_definitions = jsonencode([{ name = "app", image = "it:1" }])\n}\n'
    (finding,) = judge_files(tmp_path, {"workshop/main.tf": source}, "ecs-container-logging").failing()

    assert finding.is_advice


@pytest.mark.parametrize(
    ("more", "severity", "confidence"),
    [
        ('iam_instance_profile = "web"', Severity.HIGH, Confidence.HIGH),
        ('user_data = "#!/bin/sh ${uuid()}"', Severity.MEDIUM, Confidence.HIGH),
        ("", Severity.MEDIUM, Confidence.LOW),
    ],
)
def test_metadata_is_worth_what_it_holds(tmp_path: Path, more: str, severity: Severity, confidence: Confidence) -> None:
    found = only_fault(tmp_path, f'resource "aws_instance" "it" {{\n  ami = "ami-1"\n  {more}\n}}\n', "terraform", "ec2-imdsv2")

    assert (found.severity, found.confidence) == (severity, confidence)


@pytest.mark.parametrize(("versions", "told"), [('["TLSv1"]', True), ('["TLSv1", "TLSv1.2"]', False)])
def test_who_connects_to_a_listener_has_to_speak_tls_1_2_first(tmp_path: Path, versions: str, told: bool) -> None:
    source = f"""
resource "aws_lb" "it" {{}}
resource "aws_lb_listener" "it" {{
  load_balancer_arn = aws_lb.it.arn
  port              = 443
  protocol          = "HTTPS"
}}
resource "aws_cloudfront_distribution" "it" {{
  origin {{
    origin_id   = "it"
    domain_name = aws_lb.it.dns_name
    custom_origin_config {{
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = {versions}
    }}
  }}
}}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "elb-listener-tls-policy"))
    assert ("aws_cloudfront_distribution.it has TLSv1.2" in text) == told
