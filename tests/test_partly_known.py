"""What a list holds in any case is judged, whatever else it may hold; what hangs on the rest of it stays undecided."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.declared import Dialect

_GIVEN = 'variable "more" {\n  type = list(string)\n}\nvariable "named" {\n  type = map(string)\n}\n'


def verdicts(directory: Path, source: str, slug: str, dialect: Dialect = "terraform") -> dict[str, str]:
    """What a rule says of each resource: `fail` or `undecided`, and nothing of those that it leaves alone."""
    report = judge(directory, source, dialect, slug)
    assert report.errors == []
    said = {each.address: "undecided" for each in report.undecided()}
    return said | {each.address: "fail" for each in report.failing()}


def opened(name: str, ranges: str) -> str:
    return (
        f'resource "aws_security_group" "{name}" {{\n  ingress {{\n    protocol = "tcp"\n    from_port = 22\n    to_port = 22\n'
        f"    cidr_blocks = {ranges}\n  }}\n}}\n"
    )


def test_one_open_range_is_enough(tmp_path: Path) -> None:
    source = (
        _GIVEN
        + opened("behind", 'concat(var.more, ["0.0.0.0/0"])')
        + opened("before", 'distinct(flatten(["0.0.0.0/0", var.more]))')
        + opened("closed", 'concat(var.more, ["10.0.0.0/8"])')
        + opened("picked", '[for each in concat(var.more, ["0.0.0.0/0"]) : each if length(each) > length(var.more)]')
    )
    assert verdicts(tmp_path, source, "vpc-security-group-ingress-ssh") == {
        "aws_security_group.behind": "fail",
        "aws_security_group.before": "fail",
        "aws_security_group.closed": "undecided",
        "aws_security_group.picked": "undecided",
    }


def test_a_block_of_a_list_that_is_known_in_part_is_judged(tmp_path: Path) -> None:
    source = (
        f'{_GIVEN}resource "aws_security_group" "g" {{\n  dynamic "ingress" {{\n    for_each = merge(var.named, {{ all = "0.0.0.0/0" }})\n'
        '    content {\n      protocol = "tcp"\n      from_port = 22\n      to_port = 22\n      cidr_blocks = [ingress.value]\n    }\n  }\n}\n'
    )
    assert verdicts(tmp_path, source, "vpc-security-group-ingress-ssh") == {"aws_security_group.g": "fail"}


@pytest.mark.parametrize(
    ("actions", "expected"),
    [('concat(var.more, ["*"])', "fail"), ('concat(["s3:GetObject"], var.more)', "undecided"), ('["s3:GetObject"]', None)],
)
def test_one_action_of_a_policy_is_enough(tmp_path: Path, actions: str, expected: str | None) -> None:
    source = (
        f'{_GIVEN}resource "aws_iam_policy" "p" {{\n  policy = jsonencode({{ Version = "2012-10-17", Statement = [{{\n'
        f'    Effect = "Allow", Action = {actions}, Resource = "*" }}] }})\n}}\n'
    )
    assert verdicts(tmp_path, source, "iam-admin-policy").get("aws_iam_policy.p") == expected


def test_one_statement_of_a_document_is_enough(tmp_path: Path) -> None:
    source = (
        f'{_GIVEN}resource "aws_iam_policy" "p" {{\n  policy = jsonencode({{ Version = "2012-10-17", Statement = concat(\n'
        '    [for each in var.more : { Effect = "Allow", Action = each, Resource = "arn:aws:s3:::b" }],\n'
        '    [{ Effect = "Allow", Action = "*", Resource = "*" }]) })\n}\n'
    )
    assert verdicts(tmp_path, source, "iam-admin-policy") == {"aws_iam_policy.p": "fail"}


def test_what_counts_elements_waits_for_the_rest(tmp_path: Path) -> None:
    source = (
        f'{_GIVEN}resource "aws_subnet" "a" {{\n  availability_zone = "eu-west-1a"\n}}\n'
        'resource "aws_lb" "l" {\n  load_balancer_type = "network"\n  subnets = concat([aws_subnet.a.id], var.more)\n}\n'
        'resource "aws_lb" "one" {\n  load_balancer_type = "network"\n  subnets = [aws_subnet.a.id]\n}\n'
    )
    assert verdicts(tmp_path, source, "elb-multi-az") == {"aws_lb.l": "undecided", "aws_lb.one": "fail"}


def test_a_variable_with_a_secret_is_found_beside_others_that_are_not_known(tmp_path: Path) -> None:
    source = (
        f'{_GIVEN}resource "aws_lambda_function" "f" {{\n  environment {{\n'
        '    variables = merge(var.named, { DB_PASSWORD = "correct-horse-battery" })\n  }\n}\n'
    )
    assert verdicts(tmp_path, source, "lambda-env-secrets") == {"aws_lambda_function.f": "fail"}


def test_a_condition_under_a_name_that_is_known_in_part_says_who(tmp_path: Path) -> None:
    """The subject of a cluster's service account: the provider's address in it is known after its deployment only."""
    source = (
        'resource "aws_iam_openid_connect_provider" "p" {}\n'
        'resource "aws_sqs_queue" "q" {}\n'
        'resource "aws_sqs_queue_policy" "q" {\n  queue_url = aws_sqs_queue.q.url\n  policy = jsonencode({ Statement = [{\n'
        '    Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*",\n'
        '    Condition = { StringEquals = { "${aws_iam_openid_connect_provider.p.url}:sub" = "system:x" } } }] })\n}\n'
    )
    assert "fail" not in verdicts(tmp_path, source, "sqs-policy-public").values()


def test_unknown_keys_of_one_source_are_as_many_instances(tmp_path: Path) -> None:
    code = """
data "aws_availability_zones" "here" {}
locals {
  names  = sort(data.aws_availability_zones.here.names)
  ranges = { for index, range in ["10.0.0.0/24", "10.0.1.0/24"] : local.names[index] => range }
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "of_zone" {
  for_each          = local.ranges
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = each.key
}
"""

    assert verdicts(tmp_path, code, "vpc-multi-az-subnets") == {"aws_vpc.main": "undecided"}
