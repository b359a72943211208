"""What holds for every picture: each resource is in it exactly once, and edges and groups hang together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from helpers.counting import lines
from helpers.paths import PROJECT
from wa_iac.engine.build import graphs
from wa_iac.picture.draw import picture
from wa_iac.picture.model import Picture


def wrong(path: Path) -> list[str]:
    """What does not hold for the pictures below a path."""
    built, _ = graphs([path])
    assert built
    said: list[str] = []
    for unit, graph in built:
        resources = {each.address for each in graph.declared if each.kind == "resource"}
        said += [f"{unit.path}: {each}" for each in broken(picture(unit, graph), resources)]
    return said


def broken(found: Picture, resources: set[str]) -> list[str]:
    nodes, groups = {each.address for each in found.nodes}, {each.id for each in found.groups}
    shown = Counter((*nodes, *(each.address for each in found.groups if each.address)))
    shown.update(part.address for node in found.nodes for part in node.parts)
    shown.update(part.address for group in found.groups for part in group.parts)
    said = [f"{name} is in it {times} times" for name, times in shown.items() if times != 1]
    said += [f"{name} is missing" for name in resources - found.resources]
    said += [f"{name} is not in the graph" for name in found.resources - resources]
    said += [f"{each} hangs in the air" for each in found.edges if not {each.source, each.target} <= nodes]
    said += [f"{each} is a loop" for each in found.edges if each.source == each.target]
    said += [f"{each} is there twice" for each, times in Counter(found.edges).items() if times > 1]
    said += [f"{each.id} is in no group" for each in found.groups if each.parent not in groups | {""}]
    said += [f"{each.address} is in no group" for each in found.nodes if not {each.group, *each.also_in} <= groups]
    outermost = [each.id for each in found.groups if not each.parent]
    return said + ([] if len(outermost) == 1 else [f"{len(outermost)} groups are outermost"])


@pytest.mark.parametrize("part", ["twins", "sam", "cdk", "data_services"])
def test_each_resource_of_the_fixtures_is_shown_once(part: str) -> None:
    assert wrong(PROJECT / "fixtures" / part) == []


@pytest.mark.parametrize("part", ["terraform/terraform-aws-eks/tests", "terraform/terragoat", "cloudformation/cfngoat"])
def test_each_resource_of_real_code_is_shown_once(corpus: Path, part: str) -> None:
    assert wrong(corpus / part) == []


SERVICE: Final = """
resource "aws_subnet" "s{n}" {{
  vpc_id            = aws_vpc.shop.id
  availability_zone = "eu-west-1a"
}}
resource "aws_security_group" "g{n}" {{
  vpc_id = aws_vpc.shop.id
  ingress {{ security_groups = [aws_security_group.g0.id] }}
}}
resource "aws_instance" "i{n}" {{
  subnet_id              = aws_subnet.s{n}.id
  vpc_security_group_ids = [aws_security_group.g{n}.id]
}}
resource "aws_sqs_queue" "q{n}" {{ kms_master_key_id = aws_kms_key.key.arn }}
resource "aws_lambda_function" "f{n}" {{
  function_name = "worker-{n}"
  role          = aws_iam_role.r{n}.arn
}}
resource "aws_iam_role" "r{n}" {{
  inline_policy {{
    policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.q{n}.arn }}] }})
  }}
}}
"""


def test_four_times_the_resources_are_four_times_the_work(tmp_path: Path) -> None:
    def drawing(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        services = "".join(SERVICE.format(n=each) for each in range(number))
        shared = 'resource "aws_vpc" "shop" {}\nresource "aws_kms_key" "key" {}\n'
        (folder / "main.tf").write_text(shared + services, encoding="utf-8")
        ((unit, graph),), _ = graphs([folder])
        return lines(lambda: picture(unit, graph))

    drawing(1)  # It fills the caches.
    assert drawing(60) / drawing(15) < 4.8
