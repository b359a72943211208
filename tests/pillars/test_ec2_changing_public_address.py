"""Names that lead to the public address of an instance, which it loses when it is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_remedy, remedies

SLUG = "ec2-changing-public-address"
SERVER = 'resource "aws_instance" "server" {\n  ami = "ami-0a1"\n  instance_type = "t3.micro"\n}\n'


def record(value: str) -> str:
    return (
        'resource "aws_route53_record" "app" {\n  zone_id = "Z01"\n  name = "app.example.com"\n  type = "A"\n  ttl = 60\n'
        f"  records = [{value}]\n}}\n"
    )


def verdicts(directory: Path, source: str) -> dict[str, str]:
    return by_address(judge(directory, source, "terraform", SLUG), SLUG)


@pytest.mark.parametrize("value", ["aws_instance.server.public_ip", "aws_instance.server.public_dns"])
def test_a_record_with_a_borrowed_address_is_reported(value: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, SERVER + record(value)) == {"aws_route53_record.app": "fail"}


@pytest.mark.parametrize("value", ["aws_instance.server.private_ip", '"192.0.2.1"'])
def test_an_address_that_stays_is_not(value: str, tmp_path: Path) -> None:
    assert verdicts(tmp_path, SERVER + record(value)) == {}


def test_the_address_of_an_instance_is_that_before_its_elastic_ip_address(tmp_path: Path) -> None:
    address = (
        'resource "aws_eip" "server" {}\n'
        'resource "aws_eip_association" "server" {\n'
        "  instance_id = aws_instance.server.id\n  allocation_id = aws_eip.server.id\n}\n"
    )

    instance, own = record("aws_instance.server.public_ip"), record("aws_eip.server.public_ip")

    assert verdicts(tmp_path / "instance", SERVER + address + instance) == {"aws_route53_record.app": "fail"}
    assert verdicts(tmp_path / "own", SERVER + address + own) == {}


@pytest.mark.parametrize(("kind", "attribute"), [("A", "public_ip"), ("CNAME", "public_dns")])
def test_a_record_names_an_elastic_ip_address_by_its_kind(kind: str, attribute: str, tmp_path: Path) -> None:
    source = SERVER + record("aws_instance.server.public_dns").replace('"A"', f'"{kind}"')

    assert f"Write the {attribute} of its aws_eip here, and wherever else" in only_remedy(
        judge(tmp_path, source, "terraform", SLUG)
    )


def test_the_address_is_followed_through_a_module(tmp_path: Path) -> None:
    (tmp_path / "dns").mkdir()
    (tmp_path / "dns" / "main.tf").write_text('variable "address" {}\n' + record("var.address"), encoding="utf-8")
    call = 'module "dns" {\n  source = "./dns"\n  address = aws_instance.server.public_ip\n}\n'

    assert verdicts(tmp_path, SERVER + call) == {"module.dns.aws_route53_record.app": "fail"}


@pytest.mark.parametrize(("name", "balanced"), [("server", True), ("bastion", False)])
def test_nobody_puts_a_load_balancer_before_a_bastion(name: str, balanced: bool, tmp_path: Path) -> None:
    source = SERVER.replace('"server"', f'"{name}"') + record(f"aws_instance.{name}.public_ip")
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))
    assert ("load balancer" in text) == balanced


@pytest.mark.parametrize("each", ["", "count = 2\n  "])
def test_names_of_single_members_stay_names_of_single_members(each: str, tmp_path: Path) -> None:
    servers = SERVER.replace("ami =", f"{each}ami =", 1)
    value = "aws_instance.server[count.index].public_ip" if each else "aws_instance.server.public_ip"
    said = remedies(judge(tmp_path, servers + record(value).replace("zone_id", f"{each}zone_id"), "terraform", SLUG))

    assert said
    assert all(("put a load balancer in front" in text) is not bool(each) for text in said)
