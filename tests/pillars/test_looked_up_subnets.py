"""A data source that reads a subnet puts nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge

ZONES = "vpc-multi-az-subnets"
SOURCE = """
resource "aws_vpc" "own" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "only" {
  vpc_id            = aws_vpc.own.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_instance" "workstation" {
  ami       = "ami-12345678"
  subnet_id = aws_subnet.only.id
}
data "aws_subnet" "read" {
  READ
}
"""


@pytest.mark.parametrize(
    ("read", "found"),
    [("id = aws_subnet.only.id", {}), ("vpc_id = aws_vpc.own.id", {"aws_vpc.own": "fail"})],
)
def test_a_looked_up_subnet_has_nothing_more(tmp_path: Path, read: str, found: dict[str, str]) -> None:
    assert by_address(judge(tmp_path, SOURCE.replace("READ", read), "terraform", ZONES), ZONES) == found
