"""A remedy repeats what the resource writes where a constant would be right for one environment only."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_fault, only_remedy
from wa_iac.report.remedy import remedy

RULE = "ecs-service-autoscaling"
TEMPLATE = """
Parameters:
  Environment: {Type: String, Default: dev}
  ClusterName: {Type: String, Default: dev-cluster}
  Tasks: {Type: Number, Default: 3}
Mappings:
  Clusters: {dev: {Name: dev-cluster}, prod: {Name: main-cluster}}
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: web:7
      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"}]
      Cluster: CLUSTER
      DesiredCount: TASKS
"""


@pytest.mark.parametrize(
    ("cluster", "identifier"),
    [
        ("main", "!Sub service/main/${Web.Name}"),
        ("!Ref ClusterName", "!Sub service/${ClusterName}/${Web.Name}"),
        ("{Ref: ClusterName}", "!Sub service/${ClusterName}/${Web.Name}"),
        (
            "!FindInMap [Clusters, !Ref Environment, Name]",
            '!Join ["/", [service, !FindInMap [Clusters, !Ref Environment, Name], !GetAtt Web.Name]]',
        ),
        ("!ImportValue cluster", '!Join ["/", [service, !ImportValue cluster, !GetAtt Web.Name]]'),
        ("{Fn::ImportValue: cluster}", '!Join ["/", [service, <the name of the cluster>, !GetAtt Web.Name]]'),
    ],
)
def test_a_scalable_target_has_the_cluster_of_each_environment(tmp_path: Path, cluster: str, identifier: str) -> None:
    text = TEMPLATE.replace("CLUSTER", cluster).replace("TASKS", "2")
    assert f"    ResourceId: {identifier}\n" in remedy(only_fault(tmp_path, text, "cloudformation", RULE)).code


def test_a_number_of_tasks_that_is_a_parameter_stays_the_minimum(tmp_path: Path) -> None:
    text = TEMPLATE.replace("CLUSTER", "main").replace("TASKS", "!Ref Tasks")
    made = remedy(only_fault(tmp_path, text, "cloudformation", RULE))
    assert "    MinCapacity: !Ref Tasks\n" in made.code
    assert "raise that too" in made.text


MODULE = """
variable "cluster" {}
variable "tasks" { default = 3 }
variable "env" { default = "dev" }
data "aws_ecs_cluster" "shared" { cluster_name = "shared" }

resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = "web:7"
  cluster         = CLUSTER
  desired_count   = TASKS

  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/b"
  }
}
"""


@pytest.mark.parametrize(
    ("cluster", "name"),
    [
        ('"main"', "main"),
        ("var.cluster", '${reverse(split("/", var.cluster))[0]}'),
        ("local.cluster_name", "${local.cluster_name}"),
        ('"${var.env}-cluster"', "${var.env}-cluster"),
        ("data.aws_ecs_cluster.shared.arn", "${data.aws_ecs_cluster.shared.cluster_name}"),
        ("lower(var.cluster)", "${<the name of the cluster>}"),
    ],
)
def test_a_module_names_the_cluster_that_its_callers_pass(tmp_path: Path, cluster: str, name: str) -> None:
    text = MODULE.replace("CLUSTER", cluster).replace("TASKS", "2") + 'locals { cluster_name = "main" }\n'
    made = remedy(only_fault(tmp_path, text, "terraform", RULE))
    assert f'  resource_id        = "service/{name}/${{aws_ecs_service.web.name}}"\n' in made.code


def test_calls_of_a_module_do_not_decide_what_its_code_says(tmp_path: Path) -> None:
    calls = "".join(
        f'module "{name}" {{\n  source  = "./service"\n  cluster = "{name}"\n  tasks   = {tasks}\n}}\n'
        for name, tasks in (("one", 3), ("two", 5))
    )
    service = MODULE.replace("CLUSTER", "var.cluster").replace("TASKS", "var.tasks")
    found = judge_files(tmp_path, {"main.tf": calls, "service/main.tf": service}, RULE).findings
    codes = {remedy(each).code for each in found}
    assert len(found) == 2
    assert len(codes) == 1
    assert "  min_capacity       = var.tasks\n" in codes.pop()


CLUSTER = """
variable "class" {}
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
  instance_class     = var.class
%s}
"""


def test_another_instance_has_the_class_of_the_first(tmp_path: Path) -> None:
    made = remedy(only_fault(tmp_path, CLUSTER % "", "terraform", "rds-cluster-multi-az"))
    assert "  instance_class     = var.class\n" in made.code


def test_the_number_of_instances_is_raised_where_it_is_set(tmp_path: Path) -> None:
    source = CLUSTER % "  count              = var.instances\n" + 'variable "instances" { default = 1 }\n'
    text = remedy(only_fault(tmp_path, source, "terraform", "rds-cluster-multi-az")).text
    assert 'Its `count` is var.instances, which variable "instances" (' in text


def test_a_switch_is_no_number_of_instances(tmp_path: Path) -> None:
    source = CLUSTER % "  count              = var.on ? 1 : 0\n" + 'variable "on" { default = true }\n'
    text = remedy(only_fault(tmp_path, source, "terraform", "rds-cluster-multi-az")).text
    assert "Its `count` is var.on ? 1 : 0, which gives one at most: write a second block like it instead" in text


def test_another_instance_in_a_template_has_the_engine_and_the_class_that_are_written(tmp_path: Path) -> None:
    source = """
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: !If [Old, aurora-mysql, aurora-postgresql]
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Orders
      Engine: aurora-mysql
      DBInstanceClass: db.r7g.large
Conditions:
  Old: !Equals [!Ref AWS::Region, eu-west-1]
"""
    code = remedy(only_fault(tmp_path, source, "cloudformation", "rds-cluster-multi-az")).code
    assert "    Engine: !If [Old, aurora-mysql, aurora-postgresql]\n    DBInstanceClass: db.r7g.large" in code


def test_a_list_of_subnets_grows_by_what_its_count_is_made_of(tmp_path: Path) -> None:
    module = """
variable "zones" { default = 1 }
locals {
  number = length(local.names)
  names  = slice(["eu-west-1a", "eu-west-1b"], 0, var.zones)
}
resource "aws_subnet" "private" {
  count             = local.number
  vpc_id            = "vpc-0a1"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = local.names[count.index]
}
resource "aws_lb" "front" {
  load_balancer_type = "network"
  subnets            = aws_subnet.private[*].id
}
"""
    files = {"main.tf": 'module "network" {\n  source = "./network"\n  zones  = 1\n}\n', "network/main.tf": module}
    text = only_remedy(judge_files(tmp_path, files, "elb-multi-az"))
    assert text.endswith('Its `count` is local.number, which the argument "zones" of module "network" (main.tf:3) gives.')


def test_an_argument_that_an_old_provider_lacks_needs_a_newer_one(tmp_path: Path) -> None:
    source = """
provider "aws" {
  version = "~> 2.32"
}
resource "aws_elasticache_replication_group" "cache" {
  replication_group_id          = "cache"
  replication_group_description = "cache"
  automatic_failover_enabled    = true
  number_cache_clusters         = 2
}
"""
    text = remedy(only_fault(tmp_path, source, "terraform", "elasticache-multi-az")).text
    assert "This needs version 3 of the AWS provider, for aws_elasticache_replication_group.multi_az_enabled" in text


def test_several_new_resources_are_made_for_each_instance(tmp_path: Path) -> None:
    switched = (
        MODULE.replace("CLUSTER", '"main"')
        .replace("TASKS", "2")
        .replace('  name            = "web"\n', '  count           = var.on ? 1 : 0\n  name            = "web"\n')
    )
    code = remedy(only_fault(tmp_path, switched + 'variable "on" { default = true }\n', "terraform", RULE)).code
    assert code.count("  count = length(aws_ecs_service.web)\n") == 2
    assert "${aws_ecs_service.web[count.index].name}" in code
    assert "aws_appautoscaling_target.ecs_service_web_tasks[count.index].resource_id" in code


@pytest.mark.parametrize("cluster", ["main", "!Ref ClusterName", "!ImportValue cluster"])
def test_an_alarm_has_the_cluster_of_its_service(tmp_path: Path, cluster: str) -> None:
    other = (
        "  Other:\n    Type: AWS::CloudWatch::Alarm\n    Properties: {Namespace: AWS/ECS, MetricName: CPUUtilization, Threshold: 90, Period: 300,\n"
        "      EvaluationPeriods: 1, Statistic: Average, ComparisonOperator: GreaterThanThreshold, AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:a'],\n"
        "      Dimensions: [{Name: ClusterName, Value: other}, {Name: ServiceName, Value: other}]}\n"
    )
    text = TEMPLATE.replace("CLUSTER", cluster).replace("TASKS", "2") + other
    assert f"Value: {cluster}\n" in remedy(only_fault(tmp_path, text, "cloudformation", "cloudwatch-alarm-compute")).code
