"""A subnet in another Availability Zone helps only if what runs there gets in and out as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

NETWORK = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_subnet" "inner" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "ZONE"
}
resource "aws_route_table" "inner" {
  vpc_id = aws_vpc.main.id
  ROUTE
}
resource "aws_route_table_association" "inner" {
  subnet_id      = aws_subnet.inner.id
  route_table_id = aws_route_table.inner.id
}
resource "aws_security_group" "database" {
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["RANGE"]
  }
}
"""
SERVICE = """
resource "aws_ecs_service" "shop" {
  launch_type   = "FARGATE"
  desired_count = 2
  network_configuration {
    subnets = [aws_subnet.public.id]
  }
}
"""
GROUP = """
resource "aws_autoscaling_group" "shop" {
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = [aws_subnet.public.id]
}
"""
FUNCTION = """
resource "aws_lambda_function" "shop" {
  vpc_config {
    subnet_ids         = [aws_subnet.public.id]
    security_group_ids = ["sg-0a1"]
  }
}
"""
NAT = 'route {\n    cidr_block     = "0.0.0.0/0"\n    nat_gateway_id = "nat-0a1"\n  }'


def network(zone: str = "eu-west-1b", route: str = "", admitted: str = "10.0.9.0/24") -> str:
    return NETWORK.replace("ZONE", zone).replace("ROUTE", route).replace("RANGE", admitted)


@pytest.mark.parametrize(
    ("zone", "route", "said"), [("eu-west-1b", "", True), ("eu-west-1a", "", False), ("eu-west-1b", NAT, False)]
)
@pytest.mark.parametrize(("member", "slug"), [(SERVICE, "ecs-service-multi-az"), (GROUP, "autoscaling-multi-az")])
def test_a_subnet_without_routes_takes_the_place_of_none_with_them(
    tmp_path: Path, member: str, slug: str, zone: str, route: str, said: bool
) -> None:
    text = only_remedy(judge(tmp_path, network(zone, route) + member, "terraform", slug))

    assert ("aws_subnet.inner is in another zone, but has no route to the internet" in text) is said
    assert ("Make another subnet, with the routes of aws_subnet.public." in text) is said


def test_endpoints_may_do_without_the_internet(tmp_path: Path) -> None:
    endpoint = 'resource "aws_vpc_endpoint" "images" {\n  vpc_endpoint_type = "Interface"\n}\n'
    text = only_remedy(judge(tmp_path, network() + endpoint + SERVICE, "terraform", "ecs-service-multi-az"))

    assert "no route to the internet" not in text


@pytest.mark.parametrize(("admitted", "said"), [("10.0.1.0/24", True), ("10.0.0.0/16", False)])
@pytest.mark.parametrize(
    ("member", "slug"),
    [
        (SERVICE, "ecs-service-multi-az"),
        (GROUP, "autoscaling-multi-az"),
        (FUNCTION, "lambda-multi-az"),
        (SERVICE.replace("subnets =", "assign_public_ip = true\n    subnets ="), "ecs-public-ip"),
    ],
)
def test_who_lets_in_the_range_of_one_subnet_has_to_let_in_the_other(
    tmp_path: Path, member: str, slug: str, admitted: str, said: bool
) -> None:
    text = only_remedy(judge(tmp_path, network(admitted=admitted) + member, "terraform", slug))

    assert ("aws_security_group.database lets in the range of aws_subnet.public" in text) is said
