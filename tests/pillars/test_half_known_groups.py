"""What is said of a public IP address when some of the security groups are not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity

TASKS = "ecs-public-ip"
SERVICE = """
variable "more" { type = list(string) }
data "aws_vpc" "main" { default = true }
data "aws_subnet" "each" {
  for_each = toset(["a", "b"])
  id       = each.value
}
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:7"
  load_balancer { target_group_arn = "arn" }
  network_configuration {
    assign_public_ip = true
    subnets          = ["subnet-1"]
    security_groups  = GROUPS
  }
}
resource "aws_security_group" "own" { vpc_id = "vpc-1" }
"""
OWN = "[aws_security_group.own.id]"
AND_MORE = "concat([aws_security_group.own.id], var.more)"


def service(groups: str) -> str:
    return SERVICE.replace("GROUPS", groups)


def rule(ranges: str, group: str = "aws_security_group.own.id") -> str:
    return f"""
resource "aws_security_group_rule" "in" {{
  type              = "ingress"
  security_group_id = {group}
  protocol          = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_blocks       = {ranges}
}}
"""


def module(more: str = "") -> str:
    return f'module "balancer" {{\n  source  = "example/balancer/aws"\n  version = "1.0.0"\n  {more}\n}}\n'


ANOTHER = rule('["0.0.0.0/0"]', "module.balancer.security_group_id")


@pytest.mark.parametrize(
    ("source", "severity", "words"),
    [
        pytest.param(
            service(OWN) + rule('["0.0.0.0/0"]'),
            Severity.HIGH,
            "the internet can reach it, past the load balancer, on every port that its security groups open.",
            id="open",
        ),
        pytest.param(
            service("var.more"), Severity.MEDIUM, "unless its security groups, which are not all known here", id="not known"
        ),
        pytest.param(
            service(AND_MORE), Severity.MEDIUM, "if another one does, the internet can reach it", id="one is not known"
        ),
        pytest.param(service(AND_MORE) + rule('["0.0.0.0/0"]'), Severity.HIGH, ": the internet can", id="another is not known"),
        pytest.param(service(OWN) + rule("[data.aws_vpc.main.cidr_block]"), Severity.MEDIUM, "one more rule", id="a VPC"),
        pytest.param(service(OWN) + rule('[data.aws_subnet.each["a"].cidr_block]'), Severity.MEDIUM, "one more", id="a subnet"),
        pytest.param(
            service(OWN) + rule("[for each in data.aws_subnet.each : each.cidr_block]"),
            Severity.MEDIUM,
            "one more",
            id="subnets",
        ),
        pytest.param(
            service(OWN) + rule("data.external.more.result.ranges"),
            Severity.MEDIUM,
            "unless its security groups",
            id="ranges that are not known",
        ),
        pytest.param(
            service(OWN) + module() + ANOTHER, Severity.MEDIUM, "one more rule", id="a rule of another module's group"
        ),
        pytest.param(
            service(OWN) + module("group = aws_security_group.own.id") + ANOTHER,
            Severity.MEDIUM,
            "that are known here let in no address",
            id="a rule of a group that the module may hand back",
        ),
    ],
)
def test_only_what_is_certain_is_said_as_certain(tmp_path: Path, source: str, severity: Severity, words: str) -> None:
    (found,) = judge(tmp_path, source, "terraform", TASKS).failing()

    assert found.severity is severity
    assert words in found.message
    assert found.is_advice is (severity is Severity.MEDIUM)


def test_instances_of_a_template_are_several(tmp_path: Path) -> None:
    source = """
resource "aws_launch_template" "web" {
  network_interfaces {
    associate_public_ip_address = true
    security_groups             = [aws_security_group.own.id]
  }
}
resource "aws_security_group" "own" {
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    (found,) = judge(tmp_path, source, "terraform", "ec2-public-ip").failing()

    assert found.message.endswith("the internet can reach them on every port that their security groups open.")


def test_an_open_port_to_the_range_of_a_network_is_closed_to_all_others(tmp_path: Path) -> None:
    source = service(OWN) + rule("[data.aws_vpc.main.cidr_block]").replace("8080", "5432")

    assert judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").findings == []


@pytest.mark.parametrize(
    ("also", "rule_of", "severity", "words"),
    [
        ("", "", Severity.MEDIUM, "let in no address of the internet today"),
        ("", "aws_eks_cluster.main.vpc_config[0].cluster_security_group_id", Severity.MEDIUM, "known here"),
        (", data.external.more.result.group", "", Severity.MEDIUM, "known here"),
    ],
)
def test_the_group_of_a_cluster_lets_in_its_members_only(
    tmp_path: Path, also: str, rule_of: str, severity: Severity, words: str
) -> None:
    source = f"""
resource "aws_eks_cluster" "main" {{
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/main"
  vpc_config {{ subnet_ids = ["subnet-0a1", "subnet-0a2"] }}
}}
resource "aws_security_group" "own" {{ vpc_id = "vpc-1" }}
resource "aws_instance" "editor" {{
  ami                         = "ami-0a1"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.own.id, aws_eks_cluster.main.vpc_config[0].cluster_security_group_id{also}]
}}
"""
    open_rule = rule('["0.0.0.0/0"]', rule_of) if rule_of else ""
    (found,) = judge(tmp_path, source + open_rule, "terraform", "ec2-public-ip").failing()

    assert found.severity is severity
    assert words in found.message
