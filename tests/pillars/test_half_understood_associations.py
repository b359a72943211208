"""A route table association has one subnet: where an expression gives all of them, nobody knows which."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import verdicts

NETWORK = """
locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}
resource "aws_vpc" "it" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.it.id
  availability_zone = local.zones[count.index]
}
resource "aws_nat_gateway" "it" {
  count         = 2
  allocation_id = "eipalloc-1"
  subnet_id     = "subnet-0a1b2c3d"
}
resource "aws_route_table" "private" {
  count  = 2
  vpc_id = aws_vpc.it.id
}
resource "aws_route" "private" {
  count                  = 2
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.it[count.index].id
}
resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = element(%s, count.index)
  route_table_id = aws_route_table.private[count.index].id
}
"""


def test_one_gateway_for_each_zone(tmp_path: Path) -> None:
    assert verdicts(tmp_path, NETWORK % "aws_subnet.private.*.id", "terraform", "vpc-nat-gateway-per-az") == {}


def test_a_list_in_a_list_as_older_versions_flattened_it(tmp_path: Path) -> None:
    found = verdicts(tmp_path, NETWORK % "[aws_subnet.private.*.id]", "terraform", "vpc-nat-gateway-per-az")

    assert "fail" not in found.values()
