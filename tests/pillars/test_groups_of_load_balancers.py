"""Behind a group that is open on every port, load balancers answer on the ports of their listeners alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy
from wa_iac.core.scales import Severity

SLUG = "vpc-security-group-ingress-all"
GROUP = """
resource "aws_security_group" "web" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
BALANCER = 'resource "aws_lb" "web" {\n  subnets         = ["subnet-1"]\n  security_groups = [aws_security_group.web.id]\n}\n'
CLASSIC = """
resource "aws_elb" "web" {
  security_groups = [aws_security_group.web.id]
  listener {
    lb_port           = 8443
    lb_protocol       = "tcp"
    instance_port     = 80
    instance_protocol = "tcp"
  }
}
"""
SERVER = 'resource "aws_instance" "web" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n'
OUTPUT = 'output "group" {\n  value = aws_security_group.web.id\n}\n'


def listener(port: str) -> str:
    return f"""
variable "port" {{ type = number }}
resource "aws_lb_listener" "on_{port.replace(".", "_")}" {{
  load_balancer_arn = aws_lb.web.arn
  port              = {port}
  default_action {{ type = "fixed-response" }}
}}
"""


@pytest.mark.parametrize(
    ("members", "severity", "code"),
    [
        ("", Severity.HIGH, "If nothing elsewhere uses this group, delete it."),
        (OUTPUT, Severity.CRITICAL, "to_port   = 443"),
        (SERVER, Severity.HIGH, "to_port   = 443"),
        (BALANCER, Severity.MEDIUM, "to_port   = 443"),
        (BALANCER + listener("80"), Severity.MEDIUM, "to_port   = 80"),
        (BALANCER + listener("var.port"), Severity.MEDIUM, "to_port   = 443"),
        (BALANCER + listener("80") + CLASSIC, Severity.MEDIUM, "the ports 80 and 8443"),
        (CLASSIC, Severity.MEDIUM, "to_port   = 8443"),
        (BALANCER + listener("80") + SERVER, Severity.CRITICAL, "to_port   = 80"),
    ],
)
def test_the_listeners_say_which_ports_to_open(tmp_path: Path, members: str, severity: Severity, code: str) -> None:
    report = judge(tmp_path, GROUP + members, "terraform", SLUG)
    (found,) = report.failing()

    assert found.severity is severity
    assert ("Only load balancers use this group" in found.message) == (severity is Severity.MEDIUM)
    assert code in only_remedy(report)


def test_what_gets_the_output_of_a_module_here_is_here(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "net" {\n  source = "./net"\n}\n' + SERVER.replace("aws_security_group.web.id", "module.net.group"),
        "net/main.tf": GROUP + OUTPUT,
    }
    (found,) = judge_files(tmp_path, files, SLUG).failing()

    assert found.severity is Severity.HIGH
    assert "not known whether the members of the group here have public IP addresses" in found.message


NAT = """
resource "aws_network_interface" "nat" {
  security_groups   = [aws_security_group.web.id]
  source_dest_check = false
}
resource "aws_instance" "nat" {
  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.nat.id
  }
}
resource "aws_eip" "nat" {
  instance = aws_instance.nat.id
}
"""


def test_an_instance_that_passes_on_the_traffic_of_its_vpc_needs_every_port_from_there(tmp_path: Path) -> None:
    report = judge(
        tmp_path, GROUP.replace('"-1"', '"udp"').replace("to_port     = 0", "to_port     = 65535") + NAT, "terraform", SLUG
    )
    (found,) = report.failing()

    assert "aws_network_interface.nat passes on the traffic of its VPC" in only_remedy(report)
    assert "It is not known" not in found.message


def test_a_wide_default_is_narrowed_where_it_is_declared(tmp_path: Path) -> None:
    template = """\
Parameters:
  Access: { Type: String, Default: 0.0.0.0/0 }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{ IpProtocol: "-1", CidrIp: !Ref Access }]
"""
    text = only_remedy(judge(tmp_path, template, "cloudformation", SLUG))

    assert 'Set the default of parameter "Access"' in text
    assert "your network" in text

    other = (
        template.partition("Resources:\n")[2].replace("Group:", "Other:", 1).replace('"-1"', "tcp, FromPort: 443, ToPort: 443")
    )
    text = only_remedy(judge(tmp_path, template + other, "cloudformation", SLUG))

    assert "The same range is that of Other" in text


@pytest.mark.parametrize(
    ("port", "members", "severity"),
    [
        ("22", CLASSIC, Severity.LOW),
        ("8443", CLASSIC, None),
        ("22", CLASSIC + SERVER, Severity.CRITICAL),
        ("22", "", Severity.CRITICAL),
    ],
)
def test_a_port_without_a_listener_leads_nowhere(tmp_path: Path, port: str, members: str, severity: Severity | None) -> None:
    group = GROUP.replace('"-1"', '"tcp"').replace("= 0\n", f"= {port}\n")
    found = judge(tmp_path, group + members, "terraform", "vpc-security-group-ingress-ssh").failing()
    assert [each.severity for each in found] == ([] if severity is None else [severity])
