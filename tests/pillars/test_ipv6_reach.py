"""A range of IPv6 reaches only what has an IPv6 address."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.scales import Severity

SLUG = "vpc-security-group-ingress-ports"
GROUP = """
resource "aws_security_group" "this" {
  ingress {
    protocol         = "tcp"
    from_port        = 3306
    to_port          = 3306
    ipv6_cidr_blocks = ["::/0"]
  }
}
"""


def subnet(*more: str) -> str:
    return "\n".join(('resource "aws_subnet" "this" {', '  vpc_id = "vpc-1"', *(f"  {each}" for each in more), "}", ""))


WITHOUT = subnet()
WITH = subnet('ipv6_cidr_block = "2001:db8::/64"')
ASSIGNING = subnet('ipv6_cidr_block = "2001:db8::/64"', "assign_ipv6_address_on_creation = true")


def member(kind: str, groups: str, *more: str) -> str:
    return "\n".join(
        (f'resource "{kind}" "it" {{', f"  {groups} = [aws_security_group.this.id]", *(f"  {each}" for each in more), "}", "")
    )


def server(*more: str) -> str:
    return member("aws_instance", "vpc_security_group_ids", "subnet_id = aws_subnet.this.id", *more)


def balancer(*more: str) -> str:
    return member("aws_lb", "security_groups", 'load_balancer_type = "network"', 'subnets = ["subnet-1"]', *more)


def database(*more: str) -> str:
    return member("aws_db_instance", "vpc_security_group_ids", *more)


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        pytest.param("", True, id="no member that is known"),
        pytest.param(database("publicly_accessible = true"), False, id="a database of IPv4"),
        pytest.param(database("publicly_accessible = true", 'network_type = "DUAL"'), True, id="a database of both"),
        pytest.param(database('network_type = "DUAL"'), False, id="a private database of both"),
        pytest.param(WITHOUT + server(), False, id="an instance in a subnet without IPv6"),
        pytest.param(WITH + server(), False, id="an instance without an IPv6 address"),
        pytest.param(WITH + server("ipv6_address_count = 0"), False, id="an instance with no IPv6 address"),
        pytest.param(WITH + server("ipv6_address_count = 1"), True, id="an instance with an IPv6 address"),
        pytest.param(ASSIGNING + server(), True, id="an instance that gets an IPv6 address"),
        pytest.param(member("aws_instance", "vpc_security_group_ids"), True, id="an instance in a subnet that is not known"),
        pytest.param(balancer(), False, id="a load balancer of IPv4"),
        pytest.param(balancer('ip_address_type = "dualstack"'), True, id="a load balancer of both"),
        pytest.param(balancer('ip_address_type = "dualstack"', "internal = true"), False, id="an internal load balancer"),
        pytest.param(member("aws_elb", "security_groups"), False, id="a Classic Load Balancer"),
    ],
)
def test_a_range_of_ipv6_reaches_only_members_with_such_addresses(tmp_path: Path, source: str, reached: bool) -> None:
    (found,) = judge(tmp_path, GROUP + source, "terraform", SLUG).failing()

    assert reached or found.severity is Severity.MEDIUM
    assert ("the internet cannot reach it today" in found.message) is not reached


@pytest.mark.parametrize("ranges", [0, 1])
def test_a_range_beside_the_subnet_counts(tmp_path: Path, ranges: int) -> None:
    more = "\n  More:\n    Type: AWS::EC2::SubnetCidrBlock\n    Properties: { SubnetId: !Ref Net, Ipv6CidrBlock: '2001:db8::/64' }\n"
    source = f"""\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{{ IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIpv6: "::/0" }}]
  Net:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: vpc-1, AssignIpv6AddressOnCreation: true }}
  Server:
    Type: AWS::EC2::Instance
    Properties: {{ SubnetId: !Ref Net, SecurityGroupIds: [!Ref Group] }}
{more * ranges}"""
    (found,) = judge(tmp_path, source, "cloudformation", SLUG).failing()

    assert found.severity is (Severity.HIGH if ranges else Severity.MEDIUM)


IN_VPC = GROUP.replace("{\n", "{\n  vpc_id = aws_vpc.this.id\n", 1)


@pytest.mark.parametrize(
    ("arguments", "more", "reported"),
    [
        pytest.param("", "", False, id="a VPC without IPv6"),
        pytest.param("assign_generated_ipv6_cidr_block = true", "", True, id="a VPC with IPv6"),
        pytest.param(
            "",
            'resource "aws_vpc_ipv6_cidr_block_association" "a" {\n  vpc_id = aws_vpc.this.id\n}',
            True,
            id="a range beside it",
        ),
        pytest.param(
            "",
            'module "net" {\n  source = "example/net/aws"\n  vpc_id = aws_vpc.this.id\n}',
            True,
            id="a module that is not read",
        ),
    ],
)
def test_a_range_of_ipv6_opens_nothing_in_a_vpc_without_ipv6(tmp_path: Path, arguments: str, more: str, reported: bool) -> None:
    vpc = f'resource "aws_vpc" "this" {{\n  cidr_block = "10.0.0.0/16"\n  {arguments}\n}}\n'
    gateway = 'resource "aws_internet_gateway" "this" {\n  vpc_id = aws_vpc.this.id\n}\n'
    source = IN_VPC + vpc + gateway + more + database('engine = "mysql"', "publicly_accessible = true", 'network_type = "DUAL"')
    found = judge(tmp_path, source, "terraform", SLUG, "rds-security-group-source").failing()
    assert {each.rule.slug for each in found} == ({SLUG, "rds-security-group-source"} if reported else set())


def test_narrow_ranges_beside_an_open_one_stay(tmp_path: Path) -> None:
    source = GROUP.replace("  }", '    cidr_blocks      = ["10.0.0.0/16"]\n  }', 1)
    said = only_remedy(judge(tmp_path, source, "terraform", SLUG))
    assert said.startswith("Take out only ::/0, and keep the other ranges of this rule.")
    assert "Remove" not in said
