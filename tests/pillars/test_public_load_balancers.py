"""Load balancers with public addresses that nobody reaches: by their security groups, or by the routes of their subnets."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_remedy

GROUPS = "elb-internet-facing"
ROUTES = "elb-public-subnets"


def admitting(rule: str, more: str = "") -> str:
    return (
        f'resource "aws_security_group" "clients" {{\n  vpc_id = "vpc-0a1"\n  {rule}\n}}\n{more}'
        'resource "aws_lb" "web" {\n  subnets = ["subnet-0a1", "subnet-0b2"]\n  security_groups = [aws_security_group.clients.id]\n}\n'
    )


def ingress(source: str) -> str:
    return f'ingress {{\n    protocol = "tcp"\n    from_port = 443\n    to_port = 443\n    {source}\n  }}'


def group_verdicts(directory: Path, source: str) -> dict[str, str]:
    return by_address(judge(directory, source, "terraform", GROUPS), GROUPS)


@pytest.mark.parametrize(
    "source", ['cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]', 'security_groups = ["sg-0a1"]', "self = true"]
)
def test_private_addresses_and_groups_let_in_nobody_who_uses_a_public_address(source: str, tmp_path: Path) -> None:
    assert group_verdicts(tmp_path, admitting(ingress(source))) == {"aws_lb.web": "fail"}


@pytest.mark.parametrize(
    "source", ['cidr_blocks = ["10.0.0.0/8", "198.51.100.7/32"]', 'cidr_blocks = ["0.0.0.0/0"]', 'prefix_list_ids = ["pl-0a1"]']
)
def test_one_public_address_is_enough(source: str, tmp_path: Path) -> None:
    assert group_verdicts(tmp_path, admitting(ingress(source))) == {}


def test_a_rule_beside_the_group_counts(tmp_path: Path) -> None:
    beside = (
        'resource "aws_vpc_security_group_ingress_rule" "all" {\n  security_group_id = aws_security_group.clients.id\n'
        '  ip_protocol = "tcp"\n  from_port = 443\n  to_port = 443\n  cidr_ipv4 = "0.0.0.0/0"\n}\n'
    )

    assert group_verdicts(tmp_path, admitting(ingress('cidr_blocks = ["10.0.0.0/8"]'), beside)) == {}


def test_a_group_without_rules_says_nothing(tmp_path: Path) -> None:
    assert group_verdicts(tmp_path, admitting("")) == {}


def placed(route: str, subnets: str = "aws_subnet.one.id", more: str = "") -> str:
    return (
        'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n'
        'resource "aws_internet_gateway" "main" {\n  vpc_id = aws_vpc.main.id\n}\n'
        'resource "aws_subnet" "one" {\n  vpc_id = aws_vpc.main.id\n  cidr_block = "10.0.0.0/24"\n}\n'
        f'resource "aws_route_table" "one" {{\n  vpc_id = aws_vpc.main.id\n  {route}\n}}\n'
        'resource "aws_route_table_association" "one" {\n  subnet_id = aws_subnet.one.id\n  route_table_id = aws_route_table.one.id\n}\n'
        f'resource "aws_lb" "web" {{\n  load_balancer_type = "network"\n  {more}\n  subnets = [{subnets}]\n}}\n'
    )


def out(target: str) -> str:
    return f'route {{\n    cidr_block = "0.0.0.0/0"\n    {target}\n  }}'


def route_verdicts(directory: Path, source: str) -> dict[str, str]:
    return by_address(judge(directory, source, "terraform", ROUTES), ROUTES)


@pytest.mark.parametrize("route", ["", out('nat_gateway_id = "nat-0a1"'), out('transit_gateway_id = "tgw-0a1"')])
def test_a_subnet_without_a_way_to_the_internet_gateway_is_cut_off(route: str, tmp_path: Path) -> None:
    assert route_verdicts(tmp_path, placed(route)) == {"aws_lb.web": "fail"}


@pytest.mark.parametrize(
    "route",
    [out("gateway_id = aws_internet_gateway.main.id"), out('vpc_endpoint_id = "vpce-0a1"'), out('gateway_id = "igw-0a1"')],
)
def test_a_gateway_or_an_appliance_leads_on(route: str, tmp_path: Path) -> None:
    assert route_verdicts(tmp_path, placed(route)) == {}


def test_an_internal_load_balancer_belongs_into_private_subnets(tmp_path: Path) -> None:
    assert route_verdicts(tmp_path, placed("", more="internal = true")) == {}


def test_one_private_subnet_among_others_is_enough(tmp_path: Path) -> None:
    assert route_verdicts(tmp_path, placed("", subnets='"subnet-0b2", aws_subnet.one.id')) == {"aws_lb.web": "fail"}


FOR_CLOUDFRONT = """
Parameters:
  PrefixList: { Type: String, Default: "" }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: clients
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 80, %s }]
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Subnets: [subnet-0a1, subnet-0b2], SecurityGroups: [!Ref Group] }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: { TargetOriginId: web, ViewerProtocolPolicy: https-only }
        Origins:
          - { Id: web, DomainName: !GetAtt Web.DNSName, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
"""
VPC_ORIGIN = """
  Origin:
    Type: AWS::CloudFront::VpcOrigin
    Properties: { VpcOriginEndpointConfig: { Name: web, Arn: !Ref Web } }
"""


def test_a_prefix_list_that_the_deployment_passes_lets_in_public_addresses(tmp_path: Path) -> None:
    source = FOR_CLOUDFRONT % "SourcePrefixListId: !Ref PrefixList"

    assert by_address(judge(tmp_path, source, "cloudformation", GROUPS), GROUPS) == {}


@pytest.mark.parametrize("more", ["", VPC_ORIGIN])
def test_cloudfront_reaches_an_internal_load_balancer_as_a_vpc_origin_only(tmp_path: Path, more: str) -> None:
    source = FOR_CLOUDFRONT % "CidrIp: 10.0.0.0/8" + more

    said = only_remedy(judge(tmp_path, source, "cloudformation", GROUPS))

    assert ("only as a VPC origin" in said) is (not more)
