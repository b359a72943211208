"""A network that can have instances or NAT gateways, by a switch."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

NETWORK = """
variable "routes" {
  type = number
}

resource "aws_instance" "out" {
  ami               = "ami-0a1b2c3d"
  instance_type     = "t4g.small"
  source_dest_check = false
}

resource "aws_route" "out" {
  count                  = %s
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.out.primary_network_interface_id
}
"""


@pytest.mark.parametrize(("count", "verdict"), [("1", "fail"), ("var.routes", "unknown")])
def test_a_route_that_may_not_be_made_is_no_fault(tmp_path: Path, count: str, verdict: str) -> None:
    assert [*verdicts(tmp_path, NETWORK % count, "terraform", "compute-self-hosted-nat").values()] == [verdict]
