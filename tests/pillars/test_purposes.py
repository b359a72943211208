"""A NAT gateway that is not for production may be the only one."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

NETWORK = """
resource "aws_nat_gateway" "this" {{
  allocation_id = "eipalloc-0a1"
  subnet_id     = "subnet-0a1"
  tags          = {{ {tags} }}
}}

resource "aws_route_table" "private" {{
  vpc_id = "vpc-0a1"

  route {{
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }}
}}

resource "aws_subnet" "private" {{
  count             = 2
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.${{count.index}}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}}

resource "aws_route_table_association" "private" {{
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}}
"""


@pytest.mark.parametrize(
    ("tags", "reported"),
    [
        ('Environment = "dev"', False),
        ('Name = "staging-nat"', False),
        ('Environment = "production", Name = "test-nat"', True),
        ('Owner = "test team"', True),
        ("", True),
    ],
)
def test_names_and_tags_say_what_an_environment_is_for(tags: str, reported: bool, tmp_path: Path) -> None:
    found = judge(tmp_path, NETWORK.format(tags=tags), "terraform", "vpc-nat-gateway-per-az").failing()

    assert bool(found) == reported
