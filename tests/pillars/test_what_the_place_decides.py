"""Findings that depend on what is written elsewhere: how many there are, where they are started, and what their author says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_fault
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy

ZONES = """
data "aws_availability_zones" "available" {}
variable "zones" {
  default = ["eu-west-1a"]
}
resource "aws_subnet" "each" {
  count             = length(LIST)
  vpc_id            = "vpc-12345678"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = LIST[count.index]
}
resource "aws_instance" "web" {
  count     = 2
  ami       = "ami-12345678"
  subnet_id = aws_subnet.each[count.index].id
}
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = aws_subnet.each[*].id
  launch_template { id = aws_launch_template.web.id }
}
resource "aws_launch_template" "web" {
  PLACED
}
"""


def test_one_subnet_of_a_number_that_is_not_known_is_not_the_zone_of_all(tmp_path: Path) -> None:
    source = ZONES.replace("LIST", "data.aws_availability_zones.available.names").replace("PLACED", "")

    assert by_address(judge(tmp_path, source, "terraform", "ec2-multi-az"), "ec2-multi-az") == {
        "aws_instance.web[0]": "unknown"
    }


@pytest.mark.parametrize("placed", ["", 'placement {\n    availability_zone = "eu-west-1a"\n  }'])
def test_a_list_of_all_subnets_of_a_block_grows_where_the_block_gets_its_zones(tmp_path: Path, placed: str) -> None:
    source = ZONES.replace("LIST", "var.zones").replace("PLACED", placed)
    told = remedy(only_fault(tmp_path, source, "terraform", "autoscaling-multi-az")).text

    assert 'add it to the default of variable "zones"' in told
    assert ("First take the zone and the subnet out of its launch template" in told) == bool(placed)


def test_what_its_author_calls_a_single_zone_is_advice(tmp_path: Path) -> None:
    source = ZONES.replace("LIST", "var.zones").replace("PLACED", "").replace('"web"', '"single_az"')
    found = only_fault(tmp_path, source.replace(".web.", ".single_az."), "terraform", "autoscaling-multi-az")

    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)


SIZES = """
Parameters:
  Least: {Type: Number, Default: 1}
  Most: {Type: Number, Default: 1}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !Ref 'Least'
      MaxSize: !Ref 'Most'
      AvailabilityZones: !GetAZs ''
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "1"}
      LoadBalancerNames: [web]
"""


def test_a_remedy_names_each_parameter_that_sets_one_of_its_values(tmp_path: Path) -> None:
    told = remedy(only_fault(tmp_path, SIZES, "cloudformation", "autoscaling-min-capacity")).text

    assert '`MaxSize` comes from the default of parameter "Most"' in told
    assert 'Set the default of parameter "Least"' in told
    assert "MaxSize:" not in told


@pytest.mark.parametrize(
    ("name", "severity", "confidence"), [("cadvisor", Severity.MEDIUM, Confidence.LOW), ("web", Severity.HIGH, Confidence.HIGH)]
)
def test_what_watches_the_instance_may_need_its_privileges(
    tmp_path: Path, name: str, severity: Severity, confidence: Confidence
) -> None:
    task = f'[{{ name = "{name}", image = "{name}", privileged = true }}]'
    source = f'resource "aws_ecs_task_definition" "t" {{\n  family = "t"\n  container_definitions = jsonencode({task})\n}}\n'
    found = only_fault(tmp_path, source, "terraform", "ecs-privileged-container")

    assert (found.severity, found.confidence) == (severity, confidence)


LOGS = """
variable "logs" {
  default = null
}
resource "aws_ecs_task_definition" "t" {
  family                = "t"
  container_definitions = jsonencode([{ name = "web", image = "web", logConfiguration = LOGS }])
}
"""


@pytest.mark.parametrize(("logs", "is_advice"), [("var.logs", True), ("null", False)])
def test_a_log_configuration_that_a_variable_leaves_out_belongs_there(tmp_path: Path, logs: str, is_advice: bool) -> None:
    found = only_fault(tmp_path, LOGS.replace("LOGS", logs), "terraform", "ecs-container-logging")

    assert found.is_advice is is_advice
    assert ('variable "logs"' in remedy(found).text) == is_advice


RULES = """
variable "rules" {
  default = []
}
resource "aws_ecr_repository" "own" {
  name = "own"
}
resource "aws_ecr_lifecycle_policy" "own" {
  count      = length(var.rules) > 0 ? 1 : 0
  repository = aws_ecr_repository.own.name
  policy     = jsonencode({ rules = var.rules })
}
"""


def test_a_list_that_is_empty_by_default_is_a_switch(tmp_path: Path) -> None:
    assert only_fault(tmp_path, RULES, "terraform", "ecr-lifecycle-policy").is_advice


SERVICE = """
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.web.arn
  load_balancer {
    elb_name       = aws_elb.front.name
    container_name = "web"
    container_port = 80
  }
}
resource "aws_elb" "front" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", portMappings = [{ containerPort = 80, hostPort = PORT }] }])
}
"""


@pytest.mark.parametrize(("port", "is_advice"), [(80, True), (0, False)])
def test_tasks_that_take_a_port_of_their_instance_need_instances_to_scale(tmp_path: Path, port: int, is_advice: bool) -> None:
    found = only_fault(tmp_path, SERVICE.replace("PORT", str(port)), "terraform", "ecs-service-autoscaling")

    assert (found.is_advice, "takes port 80 of its instance" in found.message) == (is_advice, is_advice)


FILES = """
resource "aws_efs_file_system" "own" {
  TOKEN
}
"""


@pytest.mark.parametrize(("token", "told"), [('creation_token = "own"', True), ("", False)])
def test_a_file_system_beside_another_needs_a_token_of_its_own(tmp_path: Path, token: str, told: bool) -> None:
    text = remedy(only_fault(tmp_path, FILES.replace("TOKEN", token), "terraform", "efs-encryption")).text

    assert ("with another `creation_token`" in text) == told


SERVER = """
resource "aws_instance" "own" {
  ami                  = "ami-12345678"
  iam_instance_profile = "own"
  user_data            = "#!/bin/bash\\n%s install -y httpd"
}
"""


@pytest.mark.parametrize(("installer", "verdict"), [("dnf", "unknown"), ("yum", "fail")])
def test_what_installs_with_dnf_may_be_an_image_that_requires_tokens(tmp_path: Path, installer: str, verdict: str) -> None:
    report = judge(tmp_path, SERVER % installer, "terraform", "ec2-imdsv2")

    assert by_address(report, "ec2-imdsv2") == {"aws_instance.own": verdict}


def test_user_data_that_all_readers_of_the_code_know_is_no_prize(tmp_path: Path) -> None:
    source = (SERVER % "yum").replace('iam_instance_profile = "own"', "")

    assert only_fault(tmp_path, source, "terraform", "ec2-imdsv2").is_advice


POLICY = """
variable "groups" {
  default = []
}
resource "aws_networkfirewall_firewall_policy" "own" {
  name = "own"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    dynamic "stateful_rule_group_reference" {
      for_each = []
      content { resource_arn = stateful_rule_group_reference.value }
    }
    dynamic "stateful_rule_group_reference" {
      for_each = var.groups
      content { resource_arn = stateful_rule_group_reference.value }
    }
  }
}
"""


def test_rules_that_are_left_to_the_caller_are_a_switch(tmp_path: Path) -> None:
    found = only_fault(tmp_path, POLICY, "terraform", "networkfirewall-rules-present")

    assert found.is_advice
    assert 'The default of variable "groups" decides this.' in found.message
