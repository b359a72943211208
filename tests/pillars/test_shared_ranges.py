"""The remedy for an open port leaves alone what else is open by the same line."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

GROUP = """
resource "aws_security_group" "web" {{
  vpc_id = "vpc-1"
  dynamic "ingress" {{
    for_each = {}
    content {{
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("slug", "ports", "others"),
    [
        ("vpc-security-group-ingress-ssh", "[22, 80, 443]", "port 80 and port 443"),
        ("vpc-security-group-ingress-rdp", "[443, 3389]", "port 443"),
        ("vpc-security-group-ingress-ports", "[443, 3306]", "port 443"),
    ],
)
def test_a_port_gets_a_rule_of_its_own_if_its_range_opens_others_too(
    tmp_path: Path, slug: str, ports: str, others: str
) -> None:
    (finding,) = judge(tmp_path, GROUP.format(ports), "terraform", slug).failing()
    advice = remedy(finding)
    assert advice.code == ""
    assert f"also opens {others}:" in advice.text
    assert "a rule of its own" in advice.text


@pytest.mark.parametrize("ports", ["[22]", "[22, 3306]"])
def test_a_range_for_nothing_but_faults_is_narrowed_where_it_is(tmp_path: Path, ports: str) -> None:
    (finding,) = judge(tmp_path, GROUP.format(ports), "terraform", "vpc-security-group-ingress-ssh").failing()
    assert remedy(finding).code == 'cidr_blocks = ["<your network>"]'


def test_a_default_may_be_the_range_of_several_rules(tmp_path: Path) -> None:
    rule = """
  ingress {{
    from_port   = {0}
    to_port     = {0}
    protocol    = "tcp"
    cidr_blocks = var.clients
  }}"""
    blocks = rule.format(22) + rule.format(443)
    source = f"""
variable "clients" {{ default = ["0.0.0.0/0"] }}
resource "aws_security_group" "web" {{
  vpc_id = "vpc-1"{blocks}
}}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ssh").failing()
    assert "also opens port 443" in remedy(finding).text


def test_a_nat_instance_is_open_to_its_vpc_only(tmp_path: Path) -> None:
    source = """
resource "aws_security_group" "nat" {
  vpc_id = "vpc-1"
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_network_interface" "nat" {
  subnet_id         = "subnet-1"
  security_groups   = [aws_security_group.nat.id]
  source_dest_check = false
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-all").failing()
    advice = remedy(finding)
    assert advice.code == 'cidr_blocks = ["<your network>"]'
    assert "aws_network_interface.nat passes on the traffic of its VPC" in advice.text


def test_a_list_that_has_a_range_for_each_rule_shares_none(tmp_path: Path) -> None:
    source = """
resource "aws_security_group" "web" { vpc_id = "vpc-1" }
resource "aws_vpc_security_group_ingress_rule" "each" {
  for_each = {
    ssh = { port = 22, range = "0.0.0.0/0" }
    web = { port = 443, range = "0.0.0.0/0" }
  }
  security_group_id = aws_security_group.web.id
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = "tcp"
  cidr_ipv4         = each.value.range
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ssh").failing()
    assert "also opens" not in remedy(finding).text


BALANCER = """
resource "aws_security_group" "web" {{
  vpc_id = "vpc-1"
  ingress {{
    from_port   = {}
    to_port     = {}
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_lb" "web" {{
  load_balancer_type = "{}"
  security_groups    = [aws_security_group.web.id]
}}
"""


@pytest.mark.parametrize(("kind", "advice"), [("application", True), ("network", False)])
def test_a_load_balancer_for_http_is_no_other_program(tmp_path: Path, kind: str, advice: bool) -> None:
    source = BALANCER.format(443, 445, kind)
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").failing()
    assert finding.is_advice is advice


def test_a_load_balancer_whose_listeners_are_elsewhere_opens_no_more_than_these(tmp_path: Path) -> None:
    source = BALANCER.format(0, 65_535, "application")
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-all").failing()
    assert finding.severity is Severity.MEDIUM
    assert "Only load balancers use this group" in finding.message


@pytest.mark.parametrize(("first", "said"), [(1024, True), (3000, False)])
def test_answers_to_requests_of_the_members_need_no_rule(tmp_path: Path, first: int, said: bool) -> None:
    source = f"""
resource "aws_security_group" "web" {{
  vpc_id = "vpc-1"
  ingress {{
    from_port   = {first}
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-rdp").failing()
    assert ("lets these in without a rule" in remedy(finding).text) is said


def test_the_administration_of_a_firewall_is_not_for_everybody(tmp_path: Path) -> None:
    source = """
resource "aws_security_group" "fortigate" {
  name   = "fortigate"
  vpc_id = "vpc-1"
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-all").failing()
    assert remedy(finding).code == ""
    assert "administration" in remedy(finding).text


@pytest.mark.parametrize(
    ("given", "value"), [('{ all = "0.0.0.0/0" }', "local.ranges.all"), ('["0.0.0.0/0"]', "local.ranges[0]")]
)
def test_a_range_that_rules_read_by_a_name_is_one_for_all_of_them(tmp_path: Path, given: str, value: str) -> None:
    rule = '\n  ingress {{\n    from_port = {0}\n    to_port = {0}\n    protocol = "tcp"\n    cidr_blocks = [{1}]\n  }}'
    blocks = rule.format(22, value) + rule.format(443, value)
    source = f'locals {{\n  ranges = {given}\n}}\nresource "aws_security_group" "web" {{\n  vpc_id = "vpc-1"{blocks}\n}}\n'
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ssh").failing()
    assert "also opens port 443" in remedy(finding).text


def test_an_element_is_changed_where_its_range_is_written(tmp_path: Path) -> None:
    source = """
resource "aws_security_group_rule" "of_each" {
  for_each          = { web = { port = 443, range = "0.0.0.0/0" }, cache = { port = 6379, range = "0.0.0.0/0" } }
  type              = "ingress"
  security_group_id = "sg-12345678"
  protocol          = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_blocks       = [each.value.range]
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").failing()
    advice = remedy(finding)
    assert advice.code == ""
    assert 'the addresses of its clients in "range"' in advice.text


def test_what_a_dynamic_block_writes_out_is_changed_in_its_content(tmp_path: Path) -> None:
    source = """
variable "port" { default = 9200 }
resource "aws_security_group" "search" {
  vpc_id = "vpc-1"
  dynamic "ingress" {
    for_each = var.port == null ? [] : [var.port]
    content {
      from_port   = 9200
      to_port     = 9200
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "vpc-security-group-ingress-ports").failing()
    assert 'A dynamic block writes "ingress" (main.tf:5): change its content' in remedy(finding).text.replace(
        f"{tmp_path}/", ""
    )
    assert remedy(finding).code.startswith("security_groups")
