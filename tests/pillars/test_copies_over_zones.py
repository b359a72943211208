"""A resource in one zone that is one of several over zones, such as a primary and its standby, is not alone in its zone."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import by_address, judge, judge_files

NETWORK = """
resource "aws_subnet" "first" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "second" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "ZONE"
}
"""
BALANCER = 'resource "aws_lb" "NAME" {\n  load_balancer_type = "network"\n  subnets            = [SUBNET]\n}\n'


def balancers(**subnets: str) -> str:
    return "".join(BALANCER.replace("NAME", name).replace("SUBNET", subnet) for name, subnet in subnets.items())


def verdicts(directory: Path, source: str) -> dict[str, str]:
    return by_address(judge(directory, source, "terraform", "elb-multi-az"), "elb-multi-az")


def test_copies_in_two_zones_stand_in_for_each_other_and_those_in_one_do_not(tmp_path: Path) -> None:
    source = NETWORK + balancers(dns_primary="aws_subnet.first.id", dns_standby="aws_subnet.second.id")

    assert verdicts(tmp_path / "two", source.replace("ZONE", "eu-west-1b")) == {}
    assert verdicts(tmp_path / "one", source.replace("ZONE", "eu-west-1a")) == {
        "aws_lb.dns_primary": "fail",
        "aws_lb.dns_standby": "fail",
    }


def test_a_resource_for_other_work_is_no_copy(tmp_path: Path) -> None:
    source = NETWORK.replace("ZONE", "eu-west-1b") + balancers(dns="aws_subnet.first.id", mail="aws_subnet.second.id")

    assert verdicts(tmp_path, source) == {"aws_lb.dns": "fail", "aws_lb.mail": "fail"}


def test_copies_whose_zones_are_not_known_are_undecided(tmp_path: Path) -> None:
    variables = 'variable "subnets" {\n  type = list(string)\n}\n'
    source = variables + balancers(dns_a="var.subnets[0]", dns_b="var.subnets[1]")

    assert verdicts(tmp_path, source) == {"aws_lb.dns_a": "unknown", "aws_lb.dns_b": "unknown"}


def test_the_calls_of_a_module_tell_copies_apart(tmp_path: Path) -> None:
    module = 'variable "subnet" {}\n' + balancers(this="var.subnet")
    call = 'module "NAME" {\n  source = "./dns"\n  subnet = aws_subnet.SUBNET.id\n}\n'
    files = {
        "main.tf": NETWORK.replace("ZONE", "eu-west-1b")
        + call.replace("NAME", "dns").replace("SUBNET", "first")
        + call.replace("NAME", "dns_standby").replace("SUBNET", "second"),
        "dns/main.tf": module,
    }

    assert by_address(judge_files(tmp_path / "copies", files, "elb-multi-az"), "elb-multi-az") == {}
    files["main.tf"] = files["main.tf"].replace('"dns_standby"', '"mail"')
    assert set(by_address(judge_files(tmp_path / "others", files, "elb-multi-az"), "elb-multi-az").values()) == {"fail"}
