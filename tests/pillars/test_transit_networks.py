"""A network that only passes on the traffic of others has nothing that could use a gateway endpoint."""

from pathlib import Path

import pytest

from helpers.reports import by_address, decision, judge, only

SLUG = "vpc-gateway-endpoints"


def network(name: str = "egress", *more: str) -> str:
    return "\n".join(
        (
            f'resource "aws_vpc" "{name}" {{ cidr_block = "10.0.0.0/16" }}',
            *(f'resource "aws_subnet" "{each}" {{ vpc_id = aws_vpc.{name}.id }}' for each in ("inside", "outside")),
            'resource "aws_nat_gateway" "out" {\n  subnet_id     = aws_subnet.outside.id\n  allocation_id = "eipalloc-1"\n}',
            *more,
        )
    )


def attached(name: str = "egress") -> str:
    return f"""resource "aws_ec2_transit_gateway_vpc_attachment" "in" {{
  transit_gateway_id = "tgw-1"
  vpc_id             = aws_vpc.{name}.id
  subnet_ids         = [aws_subnet.inside.id]
}}"""


TABLE = """resource "aws_route_table_association" "inside" {
  subnet_id      = aws_subnet.inside.id
  route_table_id = "rtb-1"
}"""
FIREWALL = """resource "aws_networkfirewall_firewall" "all" {
  name = "all"
  subnet_mapping { subnet_id = aws_subnet.inside.id }
}"""
WORK = 'resource "aws_instance" "work" { subnet_id = aws_subnet.inside.id }'
APPLIANCE = 'resource "aws_instance" "appliance" {\n  subnet_id         = aws_subnet.inside.id\n  source_dest_check = false\n}'
OUTPUT = 'output "inside" { value = aws_subnet.inside.id }'
MORE = 'resource "aws_subnet" "more" { vpc_id = aws_vpc.egress.id }'


@pytest.mark.parametrize(
    ("source", "reported"),
    [
        pytest.param(network(), True, id="no attachment"),
        pytest.param(network("egress", attached()), False, id="an attachment and a NAT gateway"),
        pytest.param(network("egress", attached(), TABLE, FIREWALL), False, id="with a firewall and routes"),
        pytest.param(network("egress", attached(), APPLIANCE), False, id="with an appliance"),
        pytest.param(network("egress", attached(), WORK), True, id="with an instance that works"),
        pytest.param(network("egress", attached(), MORE), True, id="with a subnet for something else"),
        pytest.param(network("egress", attached(), OUTPUT), False, id="others read its subnets, and its name says it"),
        pytest.param(network().replace("inside", "tgw_in"), False, id="a subnet that is called after an attachment elsewhere"),
        pytest.param(network("egress", MORE).replace("inside", "tgw_in"), True, id="such a subnet, and one for something else"),
        pytest.param(network("main", attached("main"), OUTPUT), True, id="others read its subnets"),
        pytest.param(network("main", attached("main"), OUTPUT, FIREWALL), False, id="others read them, and it has a firewall"),
    ],
)
def test_traffic_through_a_transit_gateway_cannot_use_a_gateway_endpoint(tmp_path: Path, source: str, reported: bool) -> None:
    assert ("fail" in by_address(judge(tmp_path, source, "terraform", SLUG), SLUG).values()) == reported


def test_an_endpoint_leads_past_a_firewall(tmp_path: Path) -> None:
    machine = 'resource "aws_instance" "it" { subnet_id = aws_subnet.inside.id }'
    second = 'resource "aws_nat_gateway" "two" {\n  subnet_id     = aws_subnet.outside.id\n  allocation_id = "eipalloc-2"\n}'
    found = only(judge(tmp_path, network("spoke", machine, second, FIREWALL), "terraform", SLUG))
    assert found.is_advice
    assert "no longer sees that traffic" in decision(found)
