"""A second subnet needs room in the VPC, a data source that exists, and a reason."""

import re
from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

SLUG = "vpc-multi-az-subnets"
TEMPLATE = """\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {{ CidrBlock: 10.0.0.0/16, Tags: [{{ Key: Name, Value: {name} }}] }}
  Only:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: !Ref Network, CidrBlock: {cidr}, AvailabilityZone: eu-west-1a }}
"""
MODULE = """\
variable "cidr" {{ type = string }}
resource "aws_vpc" "network" {{
  cidr_block = var.cidr
  tags       = {{ Name = "{name}" }}
}}
resource "aws_subnet" "only" {{
  vpc_id     = aws_vpc.network.id
  cidr_block = {cidr}
}}
"""
ZONES = 'data "aws_availability_zones" "usual" {}\n'


def test_a_subnet_of_the_whole_range_leaves_no_room(tmp_path: Path) -> None:
    for dialect, source, more in (
        ("cloudformation", TEMPLATE.format(name="main", cidr="10.0.0.0/16"), "AWS::EC2::VPCCidrBlock"),
        ("terraform", MODULE.format(name="main", cidr="var.cidr"), "aws_vpc_ipv4_cidr_block_association"),
    ):
        (finding,) = judge(
            tmp_path / dialect, source, "terraform" if dialect == "terraform" else "cloudformation", SLUG
        ).failing()

        assert "no room for another one" in remedy(finding).text
        assert more in remedy(finding).text
        assert "unused range" not in remedy(finding).text


def test_the_remedy_uses_a_data_source_that_is_declared(tmp_path: Path) -> None:
    module = MODULE.format(name="main", cidr="cidrsubnet(var.cidr, 4, 0)")
    (without,) = judge(tmp_path / "without", module, "terraform", SLUG).failing()
    (with_one,) = judge(tmp_path / "with", ZONES + module, "terraform", SLUG).failing()

    declared = re.search(r'data "aws_availability_zones" "(\w+)" {}', remedy(without).text)
    assert declared is not None
    assert f"data.aws_availability_zones.{declared[1]}.names[1]" in remedy(without).text
    assert "data.aws_availability_zones.usual.names[1]" in remedy(with_one).text
    assert 'data "aws_availability_zones"' not in remedy(with_one).text


def test_a_vpc_that_builds_images_is_milder(tmp_path: Path) -> None:
    for name, severity in (("AMI Build", Severity.LOW), ("packer", Severity.LOW), ("main", Severity.MEDIUM)):
        found = [
            *judge(tmp_path / name / "cfn", TEMPLATE.format(name=name, cidr="10.0.0.0/24"), "cloudformation", SLUG).failing(),
            *judge(tmp_path / name / "tf", MODULE.format(name=name, cidr='"10.0.0.0/24"'), "terraform", SLUG).failing(),
        ]
        assert [each.severity for each in found] == [severity, severity]


INHABITED = """\
resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "only" {
  vpc_id     = aws_vpc.network.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_eip" "out" {}
resource "aws_nat_gateway" "out" {
  subnet_id     = aws_subnet.only.id
  allocation_id = aws_eip.out.id
}
"""
DESKTOP = 'resource "aws_instance" "desktop" {\n  ami       = "ami-0a1"\n  subnet_id = aws_subnet.only.id\n}\n'
CARD = (
    'resource "aws_network_interface" "card" {\n  subnet_id = aws_subnet.only.id\n}\n'
    'resource "aws_instance" "desktop" {\n  ami = "ami-0a1"\n  network_interface {\n    device_index = 0\n'
    "    network_interface_id = aws_network_interface.card.id\n  }\n}\n"
)
GROUP = 'resource "aws_autoscaling_group" "web" {\n  max_size            = 2\n  vpc_zone_identifier = [aws_subnet.only.id]\n}\n'
COPIES = 'resource "aws_instance" "web" {\n  count     = 2\n  ami       = "ami-0a1"\n  subnet_id = aws_subnet.only.id\n}\n'
BASTION = 'resource "aws_instance" "bastion" {\n  ami       = "ami-0a1"\n  subnet_id = aws_subnet.only.id\n}\n'
OUTPUT = 'output "subnet" { value = aws_subnet.only.id }\n'
FOUND = 'data "aws_subnets" "all" {\n  filter {\n    name   = "vpc-id"\n    values = [aws_vpc.network.id]\n  }\n}\n'


@pytest.mark.parametrize(
    ("inside", "reported"),
    [
        ("", True),
        (DESKTOP, False),
        (CARD, False),
        (GROUP, True),
        (DESKTOP + GROUP, True),
        (COPIES, True),
        (BASTION, True),
        (BASTION + DESKTOP, False),
        (DESKTOP + OUTPUT, True),
        (DESKTOP + FOUND, True),
    ],
)
def test_another_zone_has_nothing_for_single_instances(tmp_path: Path, inside: str, reported: bool) -> None:
    assert bool(judge(tmp_path, INHABITED + inside, "terraform", SLUG).failing()) == reported
