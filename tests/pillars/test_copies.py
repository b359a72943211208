"""Instances that one block creates are copies only if they are of one make."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy, verdicts

MACHINES = """
locals {
  machines = {
    staging = { type = "%s", arch = "%s", role = "%s", key = "%s" }
    live    = { type = "c6g.large", arch = "arm64", role = "desktop", key = "main" }
  }
}
data "aws_ami" "ubuntu" {
  for_each = toset(["amd64", "arm64"])
  owners   = ["099720109477"]
}
resource "aws_instance" "machine" {
  for_each      = local.machines
  ami           = data.aws_ami.ubuntu[each.value.arch].id
  instance_type = each.value.type
  key_name      = each.value.key
  subnet_id     = "subnet-12345678"
  tags          = { Name = each.key, Role = each.value.role }
}
"""


@pytest.mark.parametrize(
    ("of_staging", "copies"),
    [
        (("c6g.large", "arm64", "desktop", "main"), True),
        (("t3a.small", "arm64", "desktop", "main"), False),
        (("c6g.large", "arm64", "runner", "main"), False),
        (("c6g.large", "arm64", "desktop", "other"), False),
    ],
)
def test_machines_that_differ_in_more_than_their_names_are_no_copies(
    tmp_path: Path, of_staging: tuple[str, ...], copies: bool
) -> None:
    found = verdicts(tmp_path, MACHINES % of_staging, "terraform", "ec2-multi-az")

    assert ("fail" in found.values()) == copies


def test_two_pairs_of_one_block_are_two_kinds(tmp_path: Path) -> None:
    source = """
resource "aws_instance" "node" {
  count             = 4
  ami               = "ami-12345678"
  instance_type     = count.index < 2 ? "m7g.large" : "r7g.large"
  availability_zone = "eu-west-1a"
}
"""
    found = verdicts(tmp_path, source, "terraform", "ec2-multi-az")

    assert found == {"aws_instance.node[0]": "fail", "aws_instance.node[2]": "fail"}


REPEATED = """
resource "aws_subnet" "one" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_instance" "web" {
  %s
  ami               = "ami-12345678"
  instance_type     = "m7g.large"
  subnet_id         = aws_subnet.one.id
  availability_zone = "eu-west-1a"
}
"""


def test_a_block_that_makes_all_copies_chooses_a_subnet_for_each(tmp_path: Path) -> None:
    counted = only_remedy(judge(tmp_path / "count", REPEATED % "count = 2", "terraform", "ec2-multi-az"))
    keyed = only_remedy(judge(tmp_path / "keys", REPEATED % 'for_each = toset(["a", "b"])', "terraform", "ec2-multi-az"))

    assert "Remove availability_zone.\n" in counted
    assert counted.endswith("subnet_id = element([<a subnet>.id, <a subnet in another zone>.id], count.index)")
    assert keyed.endswith("let the index or the key of each choose its subnet.")


def test_what_has_to_move_with_a_machine_is_named(tmp_path: Path) -> None:
    volume = 'resource "aws_volume_attachment" "data" {\n  device_name = "/dev/sdf"\n  volume_id   = "vol-0a1"\n  instance_id = aws_instance.one[0].id\n}\n'
    machines = (
        'resource "aws_instance" "one" {\n  count      = 2\n  ami        = "ami-0a1"\n  subnet_id  = aws_subnet.a.id\n  private_ip = "10.0.0.${4 + count.index}"\n}\n'
        'resource "aws_subnet" "a" {\n  vpc_id            = "vpc-0a1"\n  cidr_block        = "10.0.0.0/24"\n  availability_zone = "eu-west-1a"\n}\n'
    )
    text = only_remedy(judge(tmp_path, machines + volume, "terraform", "ec2-multi-az"))
    assert "Its private_ip has to be an address of the other subnet." in text
    assert "A volume that is attached to it stays in its zone" in text
