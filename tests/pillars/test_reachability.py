"""An open port is as grave as the way to it: a way that is certainly closed makes it milder, one that is not known does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.finding import Finding
from wa_iac.core.scales import Severity

SSH = "vpc-security-group-ingress-ssh"

GROUP = """
resource "aws_security_group" "this" {
  vpc_id = aws_vpc.this.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
VPC = 'resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }\n'
GATEWAY = 'resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }\n'
ATTACHED = """
resource "aws_internet_gateway" "this" {}
resource "aws_internet_gateway_attachment" "this" {
  internet_gateway_id = aws_internet_gateway.this.id
  vpc_id              = aws_vpc.this.id
}
"""
PUBLIC = """
resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.this.id
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
"""
PRIVATE = """
resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_route_table" "private" { vpc_id = aws_vpc.this.id }
resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
"""
NETWORK = VPC + GATEWAY + PUBLIC + PRIVATE + GROUP


def instance(subnet: str, more: str = "") -> str:
    return f"""
resource "aws_instance" "{subnet}" {{
  subnet_id              = aws_subnet.{subnet}.id
  vpc_security_group_ids = [aws_security_group.this.id]
  {more}
}}
"""


def only(directory: Path, source: str, slug: str = SSH) -> Finding:
    report = judge(directory, source, "terraform", slug)
    assert report.errors == []
    (found,) = report.failing()
    return found


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(GROUP.replace("aws_vpc.this.id", '"vpc-12345678"'), id="a VPC elsewhere"),
        pytest.param(VPC + GATEWAY + GROUP, id="attached to nothing known"),
        pytest.param(VPC + ATTACHED + GROUP, id="a gateway with an attachment of its own"),
        pytest.param(NETWORK + instance("public"), id="an instance with a public IP address"),
        pytest.param(
            NETWORK
            + """
resource "aws_network_interface" "this" {
  subnet_id       = aws_subnet.public.id
  security_groups = [aws_security_group.this.id]
}
resource "aws_instance" "this" {
  primary_network_interface { network_interface_id = aws_network_interface.this.id }
}
resource "aws_eip" "this" { network_interface = aws_network_interface.this.id }
""",
            id="an interface with an Elastic IP address",
        ),
        pytest.param(NETWORK + instance("public") + instance("private"), id="one of two has a public IP address"),
        pytest.param(
            NETWORK + instance("private") + 'output "group" { value = aws_security_group.this.id }', id="others read it"
        ),
        pytest.param(
            VPC + GROUP + 'module "net" {\n  source = "example/net/aws"\n  vpc_id = aws_vpc.this.id\n}\n',
            id="a module that is not installed may attach a gateway",
        ),
        pytest.param(
            NETWORK + 'resource "aws_launch_template" "t" { vpc_security_group_ids = [aws_security_group.this.id] }',
            id="a launch template that nothing here uses",
        ),
        pytest.param(
            NETWORK
            + 'data "aws_subnets" "all" {}\nresource "aws_lb" "this" {\n  subnets = data.aws_subnets.all.ids\n'
            + '  load_balancer_type = "network"\n'
            + "  security_groups = [aws_security_group.this.id]\n}\n",
            id="an internet-facing load balancer",
        ),
        pytest.param(
            VPC
            + 'variable "igw" { type = bool }\n'
            + GATEWAY.replace("{ vpc_id", "{\n  count = var.igw ? 1 : 0\n  vpc_id").replace(".id }", ".id\n}")
            + GROUP,
            id="a gateway that may exist",
        ),
    ],
)
def test_a_way_that_is_open_or_not_known_leaves_the_severity(tmp_path: Path, source: str) -> None:
    report = judge(tmp_path, source, "terraform", SSH)
    (found,) = report.failing()

    assert found.severity is Severity.CRITICAL
    assert "anyone can try keys" in found.message


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (VPC + GROUP, "its VPC has no internet gateway"),
        (NETWORK + instance("private"), "has a public IP address"),
        (NETWORK + instance("public", "associate_public_ip_address = false"), "has a public IP address"),
        (NETWORK + instance("private", "associate_public_ip_address = true"), "no route to an internet gateway"),
        (
            NETWORK
            + """
resource "aws_launch_template" "this" { vpc_security_group_ids = [aws_security_group.this.id] }
resource "aws_autoscaling_group" "this" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.private.id]
  launch_template { id = aws_launch_template.this.id }
}
""",
            "no route to an internet gateway",
        ),
        (
            NETWORK
            + """
resource "aws_lb" "this" {
  internal           = true
  load_balancer_type = "network"
  subnets            = ["subnet-12345678"]
  security_groups    = [aws_security_group.this.id]
}
""",
            "has a public IP address",
        ),
        (
            NETWORK
            + instance("public")
            + 'resource "aws_vpc_block_public_access_options" "this" { internet_gateway_block_mode = "block-ingress" }\n',
            "VPC Block Public Access",
        ),
    ],
)
def test_a_way_that_is_closed_makes_it_milder_and_says_why(tmp_path: Path, source: str, why: str) -> None:
    found = only(tmp_path, source)

    assert found.severity is Severity.MEDIUM
    assert why in found.message
    assert not found.is_advice


@pytest.mark.parametrize(
    ("exclusion", "severity"),
    [
        ('vpc_id = aws_vpc.this.id\n  internet_gateway_exclusion_mode = "allow-bidirectional"', Severity.CRITICAL),
        ('vpc_id = aws_vpc.this.id\n  internet_gateway_exclusion_mode = "allow-egress"', Severity.MEDIUM),
        ('subnet_id = aws_subnet.public.id\n  internet_gateway_exclusion_mode = "allow-bidirectional"', Severity.CRITICAL),
        ('vpc_id = "vpc-12345678"\n  internet_gateway_exclusion_mode = "allow-bidirectional"', Severity.CRITICAL),
        ('vpc_id = aws_vpc.other.id\n  internet_gateway_exclusion_mode = "allow-bidirectional"', Severity.MEDIUM),
    ],
)
def test_exclusions_from_block_public_access_are_open(tmp_path: Path, exclusion: str, severity: Severity) -> None:
    source = f"""
{NETWORK}{instance("public")}
resource "aws_vpc" "other" {{ cidr_block = "10.1.0.0/16" }}
resource "aws_vpc_block_public_access_options" "this" {{ internet_gateway_block_mode = "block-bidirectional" }}
resource "aws_vpc_block_public_access_exclusion" "this" {{
  {exclusion}
}}
"""

    assert only(tmp_path, source).severity is severity


def test_a_missing_public_ipv4_address_does_not_stop_ipv6(tmp_path: Path) -> None:
    source = NETWORK.replace('cidr_blocks = ["0.0.0.0/0"]', 'ipv6_cidr_blocks = ["::/0"]')

    source = source.replace("map_public_ip_on_launch = true", 'ipv6_cidr_block = "2001:db8::/64"')

    found = only(tmp_path, source + instance("public", "ipv6_address_count = 1"))

    assert found.severity is Severity.CRITICAL


TEMPLATE = """
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, %s: %s } }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: x, VpcId: !Ref Vpc }
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !Ref Group, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
Outputs:
  Id: { Value: !Ref Group }
"""


@pytest.mark.parametrize(("gateway", "severity"), [("InternetGatewayId", Severity.CRITICAL), ("VpnGatewayId", Severity.MEDIUM)])
def test_a_rule_beside_its_group_in_a_template(tmp_path: Path, gateway: str, severity: Severity) -> None:
    report = judge(tmp_path, TEMPLATE % (gateway, "gw-12345678"), "cloudformation", SSH)

    assert [each.severity for each in report.failing()] == [severity]


def test_an_export_of_a_stack_may_be_used_elsewhere(tmp_path: Path) -> None:
    function = """
  Function:
    Type: AWS::Lambda::Function
    Properties: { VpcConfig: { SecurityGroupIds: [!Ref Group], SubnetIds: [subnet-12345678] } }
"""
    source = (TEMPLATE % ("InternetGatewayId", "igw-12345678")).replace("Outputs:", f"{function.strip(chr(10))}\nOutputs:")
    exported = source.replace("Id: { Value: !Ref Group }", "Id: { Value: !Ref Group, Export: { Name: group } }")

    alone, shared = (judge(tmp_path / name, text, "cloudformation", SSH) for name, text in (("a", source), ("b", exported)))

    assert [each.severity for each in (*alone.failing(), *shared.failing())] == [Severity.LOW, Severity.CRITICAL]


def admitted(source: str) -> str:
    return NETWORK.replace('cidr_blocks = ["0.0.0.0/0"]', source)


OPEN_GROUP, LAN_GROUP = admitted('cidr_blocks = ["0.0.0.0/0"]'), admitted("self = true")
BLOCK = 'resource "aws_vpc_block_public_access_options" "this" { internet_gateway_block_mode = "block-ingress" }\n'


@pytest.mark.parametrize(
    ("source", "severity", "words"),
    [
        (OPEN_GROUP + instance("public"), Severity.HIGH, "on every port that its security groups open"),
        (LAN_GROUP + instance("public"), Severity.MEDIUM, "let in no address of the internet"),
        (LAN_GROUP.replace("self = true", 'prefix_list_ids = ["pl-1"]') + instance("public"), Severity.MEDIUM, "on every port"),
        (
            OPEN_GROUP + instance("private", "associate_public_ip_address = true"),
            Severity.LOW,
            "no route to an internet gateway",
        ),
        (OPEN_GROUP + instance("public") + BLOCK, Severity.LOW, "VPC Block Public Access"),
        (OPEN_GROUP + instance("public", 'tags = { Name = "bastion" }'), Severity.MEDIUM, "Session Manager"),
        (
            'resource "aws_instance" "web" {\n  associate_public_ip_address = true\n  vpc_security_group_ids = ["sg-0a1"]\n}\n',
            Severity.MEDIUM,
            "unless its security groups",
        ),
    ],
)
def test_an_instance_with_a_public_address(tmp_path: Path, source: str, severity: Severity, words: str) -> None:
    found = only(tmp_path, source, "ec2-public-ip")

    assert found.severity is severity
    assert words in found.message


@pytest.mark.parametrize(
    "names",
    [
        'name = "fck-nat"',
        'name = "openvpn"',
        'tag_specifications {\n    resource_type = "instance"\n    tags = { Name = "nat" }\n  }',
        'user_data = base64encode("#!/bin/sh\\naws ec2 modify-instance-attribute --no-source-dest-check")',
    ],
)
def test_launch_templates_of_gateways_need_a_public_address(tmp_path: Path, names: str) -> None:
    source = f"""
resource "aws_launch_template" "this" {{
  {names}
  network_interfaces {{ associate_public_ip_address = true }}
}}
"""
    report = judge(tmp_path, source, "terraform", "ec2-public-ip")

    assert (report.errors, report.findings) == ([], [])


SERVICE = """
resource "aws_ecs_service" "this" {
  %s
  network_configuration {
    subnets          = [aws_subnet.%s.id]
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = true
  }
}
"""
BALANCED = 'load_balancer {\n    container_name = "web"\n    container_port = 80\n    target_group_arn = "arn"\n  }'


@pytest.mark.parametrize(
    ("source", "severity", "words"),
    [
        (OPEN_GROUP + SERVICE % (BALANCED, "public"), Severity.HIGH, "past the load balancer"),
        (OPEN_GROUP + SERVICE % ("", "public"), Severity.HIGH, "the internet can reach it on every port"),
        (LAN_GROUP + SERVICE % (BALANCED, "public"), Severity.MEDIUM, "let in no address of the internet"),
        (OPEN_GROUP + SERVICE % (BALANCED, "private"), Severity.LOW, "no route to an internet gateway"),
    ],
)
def test_a_service_with_public_addresses(tmp_path: Path, source: str, severity: Severity, words: str) -> None:
    found = only(tmp_path, source, "ecs-public-ip")

    assert found.severity is severity
    assert words in found.message


SUBNETS = """
resource "aws_db_subnet_group" "this" { subnet_ids = [aws_subnet.%s.id] }
resource "aws_db_instance" "this" {
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = %s
}
"""


@pytest.mark.parametrize(
    ("slug", "source", "severity"),
    [
        ("rds-public-access", OPEN_GROUP + SUBNETS % ("public", "true"), Severity.CRITICAL),
        ("rds-public-access", LAN_GROUP + SUBNETS % ("public", "true"), Severity.HIGH),
        ("rds-public-access", OPEN_GROUP + SUBNETS % ("private", "true"), Severity.MEDIUM),
        ("rds-in-private-subnets", OPEN_GROUP + SUBNETS % ("public", "true"), Severity.HIGH),
        ("rds-in-private-subnets", OPEN_GROUP + SUBNETS % ("public", "false"), Severity.MEDIUM),
        ("rds-in-private-subnets", OPEN_GROUP + SUBNETS % ("public", "true") + BLOCK, Severity.LOW),
        (
            "rds-in-private-subnets",
            OPEN_GROUP
            + 'resource "aws_elasticache_subnet_group" "this" { subnet_ids = [aws_subnet.public.id] }\n'
            + 'resource "aws_lb" "this" { subnets = [aws_subnet.public.id] }\n',
            Severity.LOW,
        ),
    ],
)
def test_a_database_in_public_subnets(tmp_path: Path, slug: str, source: str, severity: Severity) -> None:
    assert only(tmp_path, source, slug).severity is severity


def test_subnets_that_are_not_known_may_keep_the_internet_out_too(tmp_path: Path) -> None:
    groups = 'resource "aws_security_group" "own" {\n  ingress {\n    from_port = 5432\n    to_port = 5432\n    protocol = "tcp"\n    self = true\n  }\n}\n'
    database = 'resource "aws_db_instance" "d" {\n  publicly_accessible = true\n  vpc_security_group_ids = [aws_security_group.own.id]\n%s}\n'
    named = 'variable "group" {}\n' + database % "  db_subnet_group_name = var.group\n"

    (found,) = judge(tmp_path, groups + named, "terraform", "rds-public-access").failing()

    assert "only its security groups keep the internet out" in found.message
    assert found.message.endswith(
        "If its subnets, which are not known here, have no route to an internet gateway, the internet cannot reach it."
    )


BROKERS = {
    "aws_msk_cluster": "  broker_node_group_info {\n    security_groups = [aws_security_group.a.id]\n%s  }\n",
    "aws_mq_broker": "  security_groups = [aws_security_group.a.id]\n%s",
}
PUBLIC_BROKERS = {
    "aws_msk_cluster": '    connectivity_info {\n      public_access {\n        type = "SERVICE_PROVIDED_EIPS"\n      }\n    }\n',
    "aws_mq_broker": "  publicly_accessible = true\n",
}


@pytest.mark.parametrize("kind", sorted(BROKERS))
@pytest.mark.parametrize("public", [False, True])
def test_brokers_have_public_addresses_only_if_these_are_turned_on(tmp_path: Path, kind: str, public: bool) -> None:
    group = 'resource "aws_security_group" "a" {\n  ingress {\n    from_port = 0\n    to_port = 65535\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n'
    broker = f'resource "{kind}" "b" {{\n{BROKERS[kind] % (PUBLIC_BROKERS[kind] if public else "")}}}\n'

    (found,) = judge(tmp_path, group + broker, "terraform", "vpc-security-group-ingress-all").failing()

    assert ("the internet cannot reach it today" in found.message) is not public
