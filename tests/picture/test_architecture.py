"""Where resources are and what flows between them: the same in both dialects."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.paths import PROJECT
from helpers.pictures import drawn, edges, pictures, places
from wa_iac.engine.build import graphs
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.picture.draw import picture

TWINS = PROJECT / "fixtures" / "twins"


@pytest.mark.parametrize("version", ["well-built", "badly-built"])
def test_one_architecture_has_one_picture_in_both_dialects(version: str) -> None:
    (template,), (module,) = (pictures(TWINS / version / each) for each in ("cloudformation", "terraform"))

    assert places(template) == places(module)
    assert edges(template) == edges(module)


def test_the_shop_is_where_its_code_says() -> None:
    (shop,) = pictures(TWINS / "well-built" / "terraform")
    found = places(shop)
    subnets = {each.label: each for each in shop.groups if each.kind == "subnet"}

    assert found["nat_a"] == "account > region > vpc network > zone zone 0 > subnet public_subnet_a"
    assert found["nat_b"] == "account > region > vpc network > zone zone 1 > subnet public_subnet_b"
    assert found["database"] == "account > region > vpc network"
    assert found["order_function"] == "account > region > category Compute"
    assert found["order_role"] == "account > category Security and identity"
    assert [subnets[f"{each}_subnet[0]"].public for each in ("public", "private")] == [True, False]
    (database,) = (each for each in shop.nodes if each.label == "database")
    assert database.also_in == ("subnet:aws_subnet.private_subnet[0]", "subnet:aws_subnet.private_subnet[1]")


def test_requests_messages_and_rights_flow_through_the_shop() -> None:
    (shop,) = pictures(TWINS / "well-built" / "terraform")

    assert edges(shop) >= {
        "firewall protects entry",
        "entry forwards to web_targets",
        "web_targets forwards to web_group",
        "web_group connects on port 5432 database?",
        "web_group sends to orders?",
        "orders delivers to order_function",
        "orders sends failures to failed_orders",
        "order_function assumes order_role",
        "order_errors notifies alarms",
        "orders encrypts with key",
        "private_table_a routes to nat_a",
        "catalogue_task pulls images from images",
    }


@pytest.mark.parametrize(
    "text",
    [
        """\
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Proxy:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Handler.Arn}
  Handler:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Worker.Arn, Environment: {Variables: {TABLE: !Ref Orders, LOGS: !Ref Logs}}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Logs: {Type: AWS::S3::Bucket}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Statement: [{Effect: Allow, Action: ['dynamodb:Query', 'dynamodb:PutItem'], Resource: !GetAtt Orders.Arn}]
""",
        """\
resource "aws_apigatewayv2_api" "api" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "proxy" {
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.handler.invoke_arn
}

resource "aws_lambda_function" "handler" {
  role = aws_iam_role.worker.arn
  environment {
    variables = {
      TABLE = aws_dynamodb_table.orders.name
      LOGS  = aws_s3_bucket.logs.bucket
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_s3_bucket" "logs" {}

resource "aws_iam_role" "worker" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "orders" {
  role   = aws_iam_role.worker.name
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:Query", "dynamodb:PutItem"]
      Resource = aws_dynamodb_table.orders.arn
    }]
  })
}
""",
    ],
    ids=["cloudformation", "terraform"],
)
def test_policies_say_what_those_that_use_the_role_read_and_write(tmp_path: Path, text: str) -> None:
    assert edges(drawn(tmp_path, text)) == {
        "api invokes handler",
        "handler assumes worker",
        "handler reads and writes orders?",
        "handler is configured with logs?",
    }


def test_zones_that_are_not_known_are_apart_if_they_may_differ(tmp_path: Path) -> None:
    text = """\
variable "first" {}
variable "second" {}
resource "aws_vpc" "shop" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.shop.id
  availability_zone = var.first
}
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.shop.id
  availability_zone = var.second
}
resource "aws_subnet" "c" {
  vpc_id            = aws_vpc.shop.id
  availability_zone = var.first
}
"""
    found = drawn(tmp_path, text)
    around = {each.label: each.parent for each in found.groups if each.kind == "subnet"}

    assert around["a"] == around["c"] != around["b"]


@pytest.mark.parametrize("association", [True, False])
def test_the_main_route_table_makes_subnets_public(tmp_path: Path, association: bool) -> None:
    text = """\
resource "aws_vpc" "shop" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "out" { vpc_id = aws_vpc.shop.id }
resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.shop.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}
resource "aws_subnet" "a" { vpc_id = aws_vpc.shop.id }
"""
    if association:
        text += (
            'resource "aws_route_table_association" "a" {\n  subnet_id = aws_subnet.a.id\n'
            "  route_table_id = aws_vpc.shop.main_route_table_id\n}\n"
        )
    (subnet,) = (each for each in drawn(tmp_path, text).groups if each.kind == "subnet")

    assert subnet.public is True


def test_what_is_not_known_of_a_place_is_said(tmp_path: Path) -> None:
    text = """\
variable "subnets" {}
resource "aws_lb" "front" { subnets = var.subnets }
resource "aws_instance" "lonely" {}
"""
    found = {each.label: each.doubt for each in drawn(tmp_path, text).nodes}

    assert found == {
        "front": "its subnets are not known: var.subnets has no default",
        "lonely": "nothing says which VPC it is in",
    }


def test_an_unknown_type_is_a_node(tmp_path: Path) -> None:
    text = 'resource "aws_s3_bucket" "a" {}\nresource "aws_newthing_thing" "b" { target = aws_s3_bucket.a.arn }\n'
    found = drawn(tmp_path, text)

    assert {each.label: (each.category, each.service) for each in found.nodes} == {
        "a": ("storage", "s3"),
        "b": ("other", "newthing"),
    }
    assert edges(found) == {"b uses a"}


def test_a_finding_is_a_badge_at_the_node_or_the_group_that_shows_its_resource(tmp_path: Path) -> None:
    text = """\
resource "aws_vpc" "shop" { cidr_block = "10.0.0.0/16" }
resource "aws_security_group" "web" {
  vpc_id      = aws_vpc.shop.id
  description = "web"
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
"""
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    report = check([tmp_path], Selection(select=("vpc-flow-logs", "vpc-security-group-ingress-ssh")))
    ((unit, graph),), _ = graphs([tmp_path])
    found = picture(unit, graph, report.failing())
    (web,), (vpc,) = found.nodes, (each for each in found.groups if each.address)

    assert {each.address for each in report.failing()} == {"aws_vpc.shop", "aws_vpc_security_group_ingress_rule.ssh"}
    assert {each.fault for each in (*web.badges, *found.badges[vpc.id])} == {each.fault for each in report.failing()}
    assert len(web.badges) == 1
