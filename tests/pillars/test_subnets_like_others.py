"""The remedy for a VPC in one zone is a subnet like the one that exists, with its routes: the finding goes when it is added."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge, judge_files, only_remedy

SLUG = "vpc-multi-az-subnets"
PUBLIC = """\
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_subnet" "main" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.0.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}
resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main.id
  route_table_id = aws_route_table.main.id
}
"""
PRIVATE = """\
resource "aws_subnet" "inside" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1a"
}
"""
TEMPLATE = """\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Network }
  Route:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Network, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [1, !GetAZs ''], MapPublicIpOnLaunch: true }
  Routes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table }
"""


def code(text: str, start: str, range_: str) -> str:
    """The code of a remedy without its sentences, with a range."""
    return text[text.index(start) :].replace("<an unused range of the VPC>", range_)


def test_the_finding_goes_when_the_subnet_is_added(tmp_path: Path) -> None:
    for name, source in (("one", PUBLIC), ("two", PUBLIC + PRIVATE)):
        text = only_remedy(judge(tmp_path / name / "before", source, "terraform", SLUG))

        assert "map_public_ip_on_launch = true" in text
        assert "route_table_id = aws_route_table.main.id" in text
        assert text.count('resource "aws_subnet"') == (2 if name == "two" else 1)
        added = code(text, 'data "', '"10.0.1.0/24"')
        assert judge(tmp_path / name / "after", f"{source}\n{added}\n", "terraform", SLUG).failing() == []


def test_the_finding_in_a_template_goes_too(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path / "before", TEMPLATE, "cloudformation", SLUG))

    assert "MapPublicIpOnLaunch: true" in text
    assert "RouteTableId: !Ref Table" in text
    assert "!Select [0, !GetAZs '']" in text
    added = "".join(f"  {line}\n" for line in code(text, "NetworkAnotherSubnet:", "10.0.1.0/24").splitlines())
    assert judge(tmp_path / "after", TEMPLATE + added, "cloudformation", SLUG).failing() == []


def test_a_subnet_of_the_caller_is_added_beside_it(tmp_path: Path) -> None:
    files = {
        "net/main.tf": 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }\noutput "id" { value = aws_vpc.main.id }\n',
        "main.tf": 'module "net" { source = "./net" }\nresource "aws_subnet" "own" {\n  vpc_id     = module.net.id\n'
        '  cidr_block = "10.0.0.0/24"\n}\n',
    }
    text = only_remedy(judge_files(tmp_path, files, SLUG))

    assert "beside aws_subnet.own (main.tf:2)" in text
    assert "= aws_subnet.own.vpc_id" in text


def test_lists_that_make_subnets_are_named(tmp_path: Path) -> None:
    module = """\
variable "ranges" { type = list(string) }
variable "zones" { type = list(string) }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "each" {
  count             = length(var.ranges)
  vpc_id            = aws_vpc.main.id
  cidr_block        = var.ranges[count.index]
  availability_zone = element(var.zones, count.index)
}
"""
    call = 'module "net" {\n  source = "./net"\n  ranges = ["10.0.0.0/24"]\n  zones  = ["eu-west-1a"]\n}\n'
    text = only_remedy(judge_files(tmp_path, {"net/main.tf": module, "main.tf": call}, SLUG))

    assert 'another range to the argument "ranges" (main.tf:3), and another zone to its list of zones (main.tf:4)' in text
    assert 'resource "aws_subnet"' not in text
