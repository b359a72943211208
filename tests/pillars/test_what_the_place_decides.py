"""Findings that depend on what is written elsewhere: how many there are, where they are started, and what their author says of them."""

from pathlib import Path

import pytest

from wa_iac.core.rule import Confidence

from tests.support import by_address, only_fault

ZONES = """
data "aws_availability_zones" "available" {}

resource "aws_subnet" "each" {
  count             = length(data.aws_availability_zones.available.names)
  vpc_id            = "vpc-12345678"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_instance" "web" {
  count     = 2
  ami       = "ami-12345678"
  subnet_id = aws_subnet.each[count.index].id
}
"""
