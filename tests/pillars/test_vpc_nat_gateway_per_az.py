"""A gateway in each zone, written in ways that hide how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault

NETWORK = """
variable "zones" {
  default = ["eu-west-1a", "eu-west-1b"]
}

variable "gateways" {
  type = number
}

module "subnets" {
  source = "./subnets"
  zones  = var.zones
}

resource "aws_nat_gateway" "out" {
  count         = %s
  allocation_id = "eipalloc-${count.index}"
  subnet_id     = "subnet-${count.index}"
}

resource "aws_route_table" "private" {
  count  = length(var.zones)
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_route" "out" {
  count                  = length(var.zones)
  route_table_id         = element(aws_route_table.private.*.id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.out.*.id, count.index)
}

resource "aws_route_table_association" "private" {
  count          = length(var.zones)
  subnet_id      = element(module.subnets.ids, count.index)
  route_table_id = element(aws_route_table.private.*.id, count.index)
}
"""
SUBNETS = """
variable "zones" {}

resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = element(var.zones, count.index)
}

output "ids" {
  value = %s
}
"""


def network(tmp_path: Path, ids: str) -> Path:
    (tmp_path / "subnets").mkdir()
    (tmp_path / "subnets" / "main.tf").write_text(SUBNETS % ids, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("ids", ["aws_subnet.private.*.id", '["${aws_subnet.private.*.id}"]'])
@pytest.mark.parametrize("gateways", ["length(var.zones)", "var.gateways"])
def test_a_gateway_in_each_zone_is_never_reported(tmp_path: Path, gateways: str, ids: str) -> None:
    report = judge(network(tmp_path, ids), NETWORK % gateways, "terraform", "vpc-nat-gateway-per-az")

    assert not report.failing()


def test_one_gateway_for_two_zones_is(tmp_path: Path) -> None:
    place = network(tmp_path, "aws_subnet.private.*.id")

    assert "Subnets in 2 Availability Zones" in only_fault(place, NETWORK % "1", "terraform", "vpc-nat-gateway-per-az").message
