"""What a name says counts although a part of it is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault, verdicts
from wa_iac.core.scales import Confidence, Severity

CLUSTER = """
resource "random_pet" "suffix" {}
resource "aws_neptune_cluster" "graph" {
  cluster_identifier = "%s-${random_pet.suffix.id}"
}
"""


@pytest.mark.parametrize(("name", "severity"), [("test-graph", Severity.MEDIUM), ("orders-graph", Severity.HIGH)])
def test_a_cluster_with_a_random_end_of_its_name_is_for_tests(tmp_path: Path, name: str, severity: Severity) -> None:
    assert only_fault(tmp_path, CLUSTER % name, "terraform", "neptune-deletion-protection").severity == severity


GROUP = """
resource "aws_autoscaling_group" "%s" {
  max_size            = 4
  min_size            = 1
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"]
}
"""


@pytest.mark.parametrize(("name", "confidence"), [("bastion-hosts", Confidence.LOW), ("web", Confidence.HIGH)])
def test_a_bastion_may_be_away_for_some_minutes(tmp_path: Path, name: str, confidence: Confidence) -> None:
    assert only_fault(tmp_path, GROUP % name, "terraform", "autoscaling-min-capacity").confidence == confidence


def test_a_broker_for_development_is_advice(tmp_path: Path) -> None:
    broker = (
        'resource "aws_mq_broker" "queue" {\n  broker_name        = "dev-queue"\n  engine_type        = "RabbitMQ"\n'
        '  engine_version     = "3.13"\n  host_instance_type = "mq.m7g.large"\n  deployment_mode    = "SINGLE_INSTANCE"\n}\n'
    )
    found = only_fault(tmp_path, broker, "terraform", "workload-data-service-multi-az")
    assert found.confidence == Confidence.LOW


def test_a_second_subnet_is_in_another_zone_than_one_that_is_chosen_at_launch(tmp_path: Path) -> None:
    from wa_iac.report.remedy import remedy

    template = (
        "Parameters:\n  Zone: {Type: 'AWS::EC2::AvailabilityZone::Name'}\nResources:\n"
        "  Network: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
        "  Inner:\n    Type: AWS::EC2::Subnet\n    Properties: {VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Ref Zone}\n"
    )
    assert (
        "Take another zone than that of the present subnet."
        in remedy(only_fault(tmp_path, template, "cloudformation", "vpc-multi-az-subnets")).text
    )


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("s3-versioning", 'resource "aws_s3_bucket" "dev_orders" {}'),
        (
            "sqs-dead-letter-queue",
            'resource "aws_sqs_queue" "dev_orders" {}\n'
            'resource "aws_lambda_event_source_mapping" "take" {\n  event_source_arn = aws_sqs_queue.dev_orders.arn\n  function_name = "take"\n}',
        ),
        (
            "dynamodb-autoscaling",
            'resource "aws_dynamodb_table" "dev_orders" {\n  name           = "dev-orders"\n  hash_key       = "id"\n  read_capacity  = 20\n'
            '  write_capacity = 20\n\n  attribute {\n    name = "id"\n    type = "S"\n  }\n}',
        ),
    ],
)
def test_what_is_for_development_needs_no_more(tmp_path: Path, rule: str, source: str) -> None:
    assert only_fault(tmp_path / "dev", source, "terraform", rule).confidence == Confidence.LOW
    assert (
        only_fault(tmp_path / "live", source.replace("dev_", "").replace("dev-", ""), "terraform", rule).confidence
        != Confidence.LOW
    )


def test_a_group_that_always_has_the_most_is_not_too_small(tmp_path: Path) -> None:
    source = GROUP % "web"
    full = only_fault(
        tmp_path / "full",
        source.replace("min_size ", "desired_capacity = 4\n  min_size "),
        "terraform",
        "autoscaling-scaling-policy",
    )
    some = only_fault(tmp_path / "some", source, "terraform", "autoscaling-scaling-policy")
    assert "it always has the most" in full.message
    assert full.confidence == Confidence.LOW
    assert "it stays what it is" in some.message


@pytest.mark.parametrize(
    ("tag", "found"),
    [("KubernetesCluster", {}), ("!Sub 'kubernetes.io/cluster/${Name}'", {}), ("!Sub 'team/${Name}'", {"Nodes": "fail"})],
)
def test_a_tag_of_kubernetes_counts_although_its_end_is_not_known(tmp_path: Path, tag: str, found: dict[str, str]) -> None:
    template = (
        "Parameters: {Name: {Type: String}}\nResources:\n  Nodes:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: '1'\n"
        "      MaxSize: '9'\n      VPCZoneIdentifier: [subnet-0a1b2c3d]\n"
        f"      Tags: [{{Key: {tag}, Value: owned, PropagateAtLaunch: true}}]\n"
    )
    assert verdicts(tmp_path, template, "cloudformation", "autoscaling-multi-az") == found


def test_a_parameter_that_asks_for_a_developer_s_own_stack_is_no_choice_for_production(tmp_path: Path) -> None:
    template = (
        "Parameters: {Environment: {Type: String, Default: local, AllowedValues: [local, production]}}\n"
        "Conditions: {Shared: !Not [!Equals [!Ref Environment, local]]}\nResources:\n  Web:\n    Type: AWS::ECS::Service\n    Properties:\n"
        "      LaunchType: FARGATE\n      TaskDefinition: web:7\n      DesiredCount: !If [Shared, 2, 1]\n"
        "      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b'}]\n"
    )
    assert only_fault(tmp_path, template, "cloudformation", "ecs-service-multiple-tasks").confidence == Confidence.LOW


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("pushgateway", Severity.LOW),
        ("mwaa-local-runner", Severity.LOW),
        ("alertmanager", Severity.LOW),
        ("orders-projections", Severity.LOW),
        ("orders", Severity.MEDIUM),
    ],
)
def test_software_that_keeps_what_it_is_sent_runs_once(tmp_path: Path, name: str, severity: Severity) -> None:
    source = (
        f'resource "aws_ecs_service" "{name}" {{\n  name            = "{name}"\n  task_definition = "web:7"\n  launch_type     = "FARGATE"\n'
        '  desired_count   = 1\n\n  load_balancer {\n    container_name   = "web"\n    container_port   = 80\n'
        '    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"\n  }\n}\n'
    )
    assert only_fault(tmp_path, source, "terraform", "ecs-service-multiple-tasks").severity == severity
