"""Ports that the firewall of a Lightsail instance opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SLUG = "lightsail-open-ports"


def severities(directory: Path, ports: str, more: str = "", protocol: str = "tcp") -> list[str]:
    first, last = ports.split("-")
    source = (
        'resource "aws_lightsail_instance_public_ports" "blog" {\n  instance_name = "blog"\n  port_info {\n'
        f'    protocol = "{protocol}"\n    from_port = {first}\n    to_port = {last}\n    {more}\n  }}\n}}\n'
    )
    report = judge(directory, source, "terraform", SLUG)
    assert report.errors == []
    return [str(each.severity) for each in report.failing()]


@pytest.mark.parametrize(
    ("ports", "found"), [("22-22", ["critical"]), ("0-65535", ["critical"]), ("5432-5432", ["high"]), ("80-443", ["high"])]
)
def test_a_port_without_addresses_is_open_to_everybody(ports: str, found: list[str], tmp_path: Path) -> None:
    assert severities(tmp_path, ports) == found


@pytest.mark.parametrize("more", ['cidrs = ["192.0.2.0/24"]', 'cidr_list_aliases = ["lightsail-connect"]'])
def test_addresses_or_an_alias_narrow_it(more: str, tmp_path: Path) -> None:
    assert severities(tmp_path, "22-22", more) == []


def test_every_address_of_ipv6_is_everybody_too(tmp_path: Path) -> None:
    assert severities(tmp_path, "22-22", 'cidrs = ["192.0.2.0/24"]\n    ipv6_cidrs = ["::/0"]') == ["critical"]


def test_web_servers_and_other_protocols_are_fine(tmp_path: Path) -> None:
    assert severities(tmp_path / "web", "443-443") == []
    assert severities(tmp_path / "udp", "22-22", protocol="udp") == []


@pytest.mark.parametrize(("port", "alias", "mail"), [(22, True, False), (25, False, True), (5432, False, False)])
def test_only_a_way_in_for_people_needs_the_alias(tmp_path: Path, port: int, alias: bool, mail: bool) -> None:
    source = (
        'resource "aws_lightsail_instance_public_ports" "blog" {\n  instance_name = "blog"\n  port_info {\n    protocol = "tcp"\n'
        f"    from_port = {port}\n    to_port = {port}\n  }}\n}}\n"
    )
    text = only_remedy(judge(tmp_path, source, "terraform", SLUG))
    assert ("lightsail-connect" in text) is alias
    assert ("receives mail from other servers" in text) is mail
