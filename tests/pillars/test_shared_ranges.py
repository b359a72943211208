"""The remedy for an open port leaves alone what else is open by the same line."""

from pathlib import Path

import pytest

from helpers.reports import judge
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
