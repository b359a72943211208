"""A database's subnets that are public by a route which a setting makes: the remedy names the setting."""

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy

MODULE = """\
variable "public" {{
  type    = bool
  default = {default}
}}
variable "subnets" {{
  default = ["10.0.0.0/24", "10.0.1.0/24"]
}}
resource "aws_vpc" "this" {{
  cidr_block = "10.0.0.0/16"
}}
resource "aws_internet_gateway" "this" {{
  vpc_id = aws_vpc.this.id
}}
resource "aws_route_table" "databases" {{
  vpc_id = aws_vpc.this.id
}}
resource "aws_route" "databases" {{
  count                  = {count}
  route_table_id         = aws_route_table.databases.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}}
resource "aws_subnet" "databases" {{
  count      = length(var.subnets)
  vpc_id     = aws_vpc.this.id
  cidr_block = var.subnets[count.index]
}}
resource "aws_route_table_association" "databases" {{
  count          = length(var.subnets)
  subnet_id      = aws_subnet.databases[count.index].id
  route_table_id = aws_route_table.databases.id
}}
resource "aws_db_subnet_group" "databases" {{
  subnet_ids = aws_subnet.databases[*].id
}}
output "group" {{
  value = aws_db_subnet_group.databases.name
}}
"""
WEB = """\
resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.9.0/24"
}
resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.databases.id
}
"""
RULE = "rds-in-private-subnets"


def test_an_argument_of_the_call_makes_it(tmp_path: Path) -> None:
    module = MODULE.format(default="false", count="length(var.subnets) > 0 && var.public ? 1 : 0")
    call = 'module "network" {\n  source = "./network"\n  public = true\n}\noutput "group" { value = module.network.group }\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": call, "network/main.tf": module}, RULE))

    assert text.endswith(
        'exists since the argument "public" of module "network" (main.tf:3) is true: set that to false, after the clients that come that way have '
        "another one."
    )


@pytest.mark.parametrize(
    ("count", "more", "named"),
    [
        ("var.public ? 1 : 0", "", True),
        ("var.public ? 1 : 0", WEB, False),
        ("var.public || true ? 1 : 0", "", False),
        ("!var.public ? 0 : 1", "", False),
        ("1", "", False),
    ],
)
def test_a_default_makes_it(tmp_path: Path, count: str, more: str, named: bool) -> None:
    text = only_remedy(judge(tmp_path, MODULE.format(default="true", count=count) + more, "terraform", RULE))

    assert ('exists since variable "public" (main.tf:1) is true' in text) is named
    assert ("subnets without a route to an internet gateway" in text) is not named
