"""What is counted as known, and that real modules come to at least 97 of 100."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wa_iac.maintenance.fidelity import OWN, SHARED, measure, share, table

MODULES = ("terraform-aws-vpc", "terraform-aws-eks", "terraform-aws-rds", "terraform-aws-s3-bucket")

ZONES = """
variable "zone" {}
data "aws_availability_zones" "all" {}
module "elsewhere" {
  source = "example/zones/aws"
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
"""
SUBNET = """
resource "aws_subnet" "{name}" {{
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = {zone}
}}
"""


def test_reasons(tmp_path: Path) -> None:
    zones = {
        "given": '"eu-west-1a"',
        "looked_up": "data.aws_availability_zones.all.names[0]",
        "asked_for": "var.zone",
        "decided": "aws_vpc.main.owner_id",
        "elsewhere": "module.elsewhere.zone",
        "mistaken": "local.zone",
    }
    balancer = 'resource "aws_lb" "entry" {{\n  subnets = [{}]\n}}\n'.format(
        ", ".join(f"aws_subnet.{name}.id" for name in zones)
    )
    source = ZONES + "".join(SUBNET.format(name=name, zone=zone) for name, zone in zones.items()) + balancer
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    tally = measure([tmp_path])
    assert set(tally) == {"known", "absent", *SHARED, *OWN}
    assert {name: tally[name] for name in OWN} == dict.fromkeys(OWN, 1)
    assert share(tally) == 1 - 2 / tally.total()
    assert table(Counter({"known": 3, "absent": 1})) == (
        "| what rules read | times | part |\n| --- | --- | --- |\n| known | 3 | 75.0% |\n| absent | 1 | 25.0% |\n"
    )


def test_real_modules(corpus: Path) -> None:
    tallies = {name: measure([corpus / "terraform" / name]) for name in MODULES}
    together = sum(tallies.values(), Counter[str]())
    assert set(together) <= {"known", "absent", *SHARED, *OWN}
    assert share(together) >= 0.97
    assert {name: share(tally) >= 0.96 for name, tally in tallies.items()} == dict.fromkeys(MODULES, True)
