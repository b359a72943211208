"""A cache has no public IP address: a public subnet matters to it only because of what else is in there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, judge_files, only_remedy

SLUG = "rds-in-private-subnets"
NETWORK = """
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}
resource "aws_subnet" "public" { vpc_id = aws_vpc.this.id }
resource "aws_route_table_association" "this" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.this.id
}
"""
CACHES = (
    'resource "aws_elasticache_subnet_group" "caches" {\n  name       = "caches"\n  subnet_ids = [aws_subnet.public.id]\n}\n'
)


def balancer(*more: str, subnets: str = "[aws_subnet.public.id]") -> str:
    return "\n".join(('resource "aws_lb" "web" {', f"  subnets = {subnets}", *more, "}", ""))


def instance(public: str) -> str:
    return (
        f'resource "aws_instance" "web" {{\n  subnet_id = aws_subnet.public.id\n  associate_public_ip_address = {public}\n}}\n'
    )


@pytest.mark.parametrize(
    ("beside", "verdict"),
    [
        ("", "not-applicable"),
        (balancer(), "fail"),
        (balancer("internal = true"), "not-applicable"),
        (instance("true"), "fail"),
        (instance("false"), "not-applicable"),
        ('variable "ids" { type = list(string) }\n' + balancer(subnets="var.ids"), "unknown"),
        ('output "subnet" { value = aws_subnet.public.id }\n', "not-applicable"),
    ],
)
def test_caches_are_reported_beside_something_that_the_internet_reaches(tmp_path: Path, beside: str, verdict: str) -> None:
    report = judge(tmp_path, NETWORK + CACHES + beside, "terraform", SLUG)

    judged = {each.address: each.verdict for each in report.judgements} | by_address(report, SLUG)
    assert judged["aws_elasticache_subnet_group.caches"] == verdict
    assert all(each.is_advice for each in report.failing())


def test_the_remedy_names_the_argument_of_the_caller(tmp_path: Path) -> None:
    module = (
        'variable "places" { type = list(string) }\nresource "aws_db_subnet_group" "this" {\n  subnet_ids = var.places\n}\n'
    )
    module += 'output "group" { value = aws_db_subnet_group.this.name }\n'
    call = 'module "data" {\n  source = "./data"\n  places = [aws_subnet.public.id]\n}\noutput "group" { value = module.data.group }\n'
    report = judge_files(tmp_path, {"main.tf": NETWORK + call, "data/main.tf": module}, SLUG)

    assert 'argument "places" of module "data"' in only_remedy(report)
