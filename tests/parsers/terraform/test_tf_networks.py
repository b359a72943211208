"""The networks of the most used VPC module come out as Terraform would plan them.

The numbers are worked out from the module's code: its `count` arguments, under the inputs of each example.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from wa_iac.core.errors import UnavailableError
from wa_iac.core.graph import Graph
from wa_iac.engine.build import graphs
from wa_iac.report.graph_document import graph_document

COUNTED = ("aws_subnet", "aws_nat_gateway", "aws_route_table")


@pytest.fixture(scope="module")
def examples(corpus: Path) -> dict[str, Graph]:
    """The graph of each example of the module, by the example's name."""
    built, errors = graphs([corpus / "terraform" / "terraform-aws-vpc"])
    assert {type(each) for each in errors} <= {UnavailableError}
    return {Path(unit.path).name: graph for unit, graph in built if "/examples/" in unit.path}


def counted(graph: Graph, prefix: str = "") -> tuple[int, ...]:
    """How many subnets, NAT gateways and route tables there are below an address, in the document that `graph` prints."""
    types = Counter(each.type for each in graph_document(graph).resources if each.address.startswith(prefix))
    return tuple(types[each] for each in COUNTED)


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        # Without a NAT gateway too, each of the longest list of subnets has a private route table.
        ("block-public-access", (3, 0, 3)),
        # One NAT gateway: one private route table, beside the public and the intra one.
        ("complete", (18, 1, 3)),
        ("flow-log", (6, 0, 4)),
        # One route table for the databases, since it leads to the internet gateway.
        ("ipv6-dualstack", (9, 3, 5)),
        # The IPv6 prefixes make the subnets: no CIDR block is given.
        ("ipv6-only", (6, 0, 4)),
        # 6 + 8 + 6 subnets; 3 + 0 + 1 NAT gateways; 4 + 1 + 2 route tables.
        ("issues", (20, 4, 7)),
        ("manage-default-vpc", (0, 0, 0)),
        ("network-acls", (9, 0, 2)),
        # Three IPv6 prefixes for two outpost subnets make three.
        ("outpost", (9, 1, 2)),
        ("secondary-cidr-blocks", (12, 0, 10)),
        ("separate-route-tables", (18, 1, 6)),
        ("simple", (3, 0, 3)),
    ],
)
def test_examples_of_the_vpc_module(examples: dict[str, Graph], example: str, expected: tuple[int, ...]) -> None:
    assert counted(examples[example]) == expected


def test_an_example_that_terraform_plans_in_two_steps_only(examples: dict[str, Graph]) -> None:
    """The CIDR blocks of one of its two networks are known once a pool is there: until then one subnet stands for all."""
    graph = examples["ipam"]
    assert counted(graph, "module.vpc_ipam_set_cidr.") == (6, 0, 4)
    subnets = [each for each in graph.declared if each.address.startswith("module.vpc_ipam_set_netmask.aws_subnet.")]
    assert {
        each.address.rsplit(".", 1)[1]: each.representative.why for each in subnets if each.representative is not None
    } == dict.fromkeys(
        ("public", "private"),
        "the number of instances is not known: aws_vpc_ipam_preview_next_cidr.this.cidr is known after apply",
    )
