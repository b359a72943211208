"""What it takes to move the databases of a public subnet into private ones."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge, judge_files, only_remedy

SLUG = "rds-in-private-subnets"
PUBLIC = """\
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}
resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}
resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}
resource "aws_db_subnet_group" "databases" {
  subnet_ids = aws_subnet.public[*].id
}
"""
PRIVATE = """\
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
}
resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.9.0/24"
}
resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
"""
DATABASE = """\
resource "aws_db_instance" "orders" {
  db_subnet_group_name = aws_db_subnet_group.databases.name
  publicly_accessible  = false
}
"""
ONE_ZONE = "The private subnets of this VPC are in one Availability Zone only"
NONE_YET = "This VPC has no private subnets yet: make them in at least two Availability Zones"
CLIENTS = "If clients outside of the VPC connect, they first need a VPN or a bastion host."


def test_private_subnets_that_are_not_there_have_to_be_made(tmp_path: Path) -> None:
    assert NONE_YET in only_remedy(judge(tmp_path / "without", PUBLIC, "terraform", SLUG))
    assert NONE_YET not in only_remedy(judge(tmp_path / "with", PUBLIC + PRIVATE, "terraform", SLUG))


def test_a_group_for_databases_needs_private_subnets_in_two_zones(tmp_path: Path) -> None:
    given = 'variable "region" {}\nvariable "zones" {}\n'

    def told(name: str, zones: str) -> bool:
        private = PRIVATE.replace('"private" {\n  vpc_id     ', '"private" {\n  for_each = toset(["b", "c"])\n  vpc_id     ')
        private = private.replace('"10.0.9.0/24"', f'"10.0.9.0/24"\n  availability_zone = {zones}')
        private = private.replace("= aws_subnet.private.id", '= aws_subnet.private["b"].id')
        return ONE_ZONE in only_remedy(judge(tmp_path / name, given + PUBLIC + private, "terraform", SLUG))

    assert told("one", '"${var.region}b"')
    assert not told("two", '"${var.region}${each.key}"')
    assert not told("unknown", "var.zones[each.key]")


def test_clients_outside_are_cut_off_only_from_a_database_that_may_be_public(tmp_path: Path) -> None:
    assert CLIENTS in only_remedy(judge(tmp_path / "open", PUBLIC + DATABASE.replace("false", "true"), "terraform", SLUG))
    assert CLIENTS not in only_remedy(judge(tmp_path / "private", PUBLIC + DATABASE, "terraform", SLUG))


OUTPUT = 'output "public" {\n  value = aws_subnet.public[*].id\n}\n'
OF_OUTPUT = 'resource "aws_db_subnet_group" "all" {\n  subnet_ids = module.network.public\n}\n'
NETWORK = PUBLIC.partition('resource "aws_db_subnet_group"')[0]


def test_an_output_that_others_may_use_stays(tmp_path: Path) -> None:
    files = {"main.tf": f'module "network" {{\n  source = "./network"\n}}\n{OF_OUTPUT}', "network/main.tf": NETWORK + OUTPUT}
    text = only_remedy(judge_files(tmp_path, files, SLUG))

    assert "output" not in text
    assert text.endswith("subnet_ids = <subnets without a route to an internet gateway>")


def test_a_local_value_that_others_may_use_stays(tmp_path: Path) -> None:
    code = f"locals {{\n  subnets = aws_subnet.public[*].id\n}}\n{NETWORK}"
    group = 'resource "aws_db_subnet_group" "all" {\n  subnet_ids = local.subnets\n}\n'
    text = only_remedy(judge(tmp_path, code + group, "terraform", SLUG))

    assert text.endswith("subnet_ids = <subnets without a route to an internet gateway>")
    assert "local value" not in text


STACKS = """\
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: network.yaml}
  Data:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: data.yaml
      Parameters: {Subnets: !GetAtt Network.Outputs.Public}
"""
NETWORK_STACK = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Internet: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Web: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Routes: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Web, RouteTableId: !Ref Table}}
Outputs:
  Public: {Value: !Join [",", [!Ref Web]]}
"""
DATA_STACK = """\
Parameters:
  Subnets: {Type: List<AWS::EC2::Subnet::Id>}
Resources:
  Databases:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {DBSubnetGroupDescription: Databases, SubnetIds: !Ref Subnets}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBSubnetGroupName: !Ref Databases}}
"""


def test_a_stack_gets_other_subnets_by_its_parameter(tmp_path: Path) -> None:
    files = {"main.yaml": STACKS, "network.yaml": NETWORK_STACK, "data.yaml": DATA_STACK}
    text = only_remedy(judge_files(tmp_path, files, SLUG))

    assert 'Pass such subnets as the parameter "Subnets"' in text
    assert "Change it there" not in text
