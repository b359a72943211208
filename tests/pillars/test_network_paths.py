"""Paths between networks: which subnets depend on one gateway, what is a mesh, and what goes around a load balancer."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge

ZONES = """
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_route_table" "private" {
  count  = 2
  vpc_id = "vpc-0a1"
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}
"""


def _failing(directory: Path, text: str, slug: str) -> list[str]:
    return sorted(each.address for each in judge(directory, text, "terraform", slug).failing())


def test_a_second_gateway_without_a_route_does_not_help(tmp_path: Path) -> None:
    text = (
        ZONES
        + """
resource "aws_nat_gateway" "this" {
  count         = 2
  allocation_id = "eipalloc-${count.index}"
  subnet_id     = "subnet-${count.index}"
}

resource "aws_route" "out" {
  count                  = 2
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[0].id
}
"""
    )

    assert _failing(tmp_path, text, "vpc-nat-gateway-per-az") == ["aws_nat_gateway.this[0]"]


def test_a_gateway_for_one_zone_is_right(tmp_path: Path) -> None:
    text = (
        ZONES
        + """
resource "aws_nat_gateway" "this" {
  count         = 2
  allocation_id = "eipalloc-${count.index}"
  subnet_id     = "subnet-${count.index}"
}

resource "aws_route" "out" {
  count                  = 2
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[count.index].id
}
"""
    )

    assert _failing(tmp_path, text, "vpc-nat-gateway-per-az") == []


def _peering(*pairs: tuple[str, str]) -> str:
    return "\n".join(
        f'resource "aws_vpc_peering_connection" "c{number}" {{\n  vpc_id      = "vpc-{one}"\n  peer_vpc_id = "vpc-{other}"\n}}\n'
        for number, (one, other) in enumerate(pairs)
    )


def test_a_chain_of_networks_is_no_mesh(tmp_path: Path) -> None:
    assert _failing(tmp_path, _peering(("a", "b"), ("b", "c"), ("c", "d")), "vpc-peering-mesh") == []


def test_a_ring_beside_a_chain_is_a_mesh(tmp_path: Path) -> None:
    text = _peering(("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))

    assert _failing(tmp_path, text, "vpc-peering-mesh") == ["aws_vpc_peering_connection.c2"]


def _served(protocol: str) -> str:
    return f"""
resource "aws_security_group" "servers" {{
  ingress {{
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}

resource "aws_instance" "server" {{
  ami                    = "ami-0a1"
  vpc_security_group_ids = [aws_security_group.servers.id]
}}

resource "aws_lb_target_group" "this" {{
  port     = 8080
  protocol = "{protocol}"
  vpc_id   = "vpc-0a1"
}}

resource "aws_lb_target_group_attachment" "this" {{
  target_group_arn = aws_lb_target_group.this.arn
  target_id        = aws_instance.server.id
}}
"""


def test_a_target_of_an_application_load_balancer_lets_in_only_that(tmp_path: Path) -> None:
    assert _failing(tmp_path, _served("HTTP"), "vpc-security-group-ingress-open") == ["aws_security_group.servers"]


def test_a_target_of_a_network_load_balancer_lets_in_its_clients(tmp_path: Path) -> None:
    assert _failing(tmp_path, _served("TCP"), "vpc-security-group-ingress-open") == []
