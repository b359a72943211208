"""An entry of a network ACL that denies what an earlier one allows has no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, lines

SLUG = "vpc-nacl-ineffective-deny"


def acl(*entries: str) -> str:
    return 'resource "aws_network_acl" "web" {\n  vpc_id = "vpc-0a1"\n' + "\n".join(entries) + "\n}\n"


def entry(number: int, action: str, addresses: str, ports: str = "0-65535", protocol: str = "tcp", way: str = "ingress") -> str:
    first, last = ports.split("-")
    return (
        f'{way} {{\nrule_no = {number}\naction = "{action}"\nprotocol = "{protocol}"\nfrom_port = {first}\nto_port = {last}\n'
        f'cidr_block = "{addresses}"\n}}'
    )


ALLOWED = entry(100, "allow", "10.0.0.0/8", "400-500")


@pytest.mark.parametrize(
    "denial",
    [
        entry(200, "deny", "10.1.0.0/16", "443-443"),
        entry(101, "DENY", "10.0.0.0/8", "400-500"),
        entry(200, "deny", "10.1.2.3/32", "443-443", protocol="6"),
    ],
)
def test_what_is_allowed_as_a_whole_before_is_not_denied(denial: str, tmp_path: Path) -> None:
    assert lines(judge(tmp_path, acl(ALLOWED, denial), "terraform", SLUG), SLUG) == [12]


@pytest.mark.parametrize(
    "denial",
    [
        entry(50, "deny", "10.1.0.0/16", "443-443"),
        entry(200, "deny", "0.0.0.0/0", "443-443"),
        entry(200, "deny", "10.1.0.0/16", "300-443"),
        entry(200, "deny", "10.1.0.0/16", "443-443", protocol="udp"),
        entry(200, "deny", "10.1.0.0/16", "443-443", way="egress"),
        entry(200, "allow", "10.1.0.0/16", "443-443"),
    ],
    ids=["earlier", "wider", "more ports", "another protocol", "another direction", "not denied"],
)
def test_a_denial_of_anything_else_has_an_effect(denial: str, tmp_path: Path) -> None:
    assert lines(judge(tmp_path, acl(ALLOWED, denial), "terraform", SLUG), SLUG) == []


def test_a_last_entry_that_denies_everything_repeats_what_the_acl_does_anyway(tmp_path: Path) -> None:
    allowed = entry(100, "allow", "0.0.0.0/0", "0-0", protocol="-1")
    last = entry(32000, "deny", "0.0.0.0/0", "0-0", protocol="-1")

    assert lines(judge(tmp_path, acl(allowed, last), "terraform", SLUG), SLUG) == []


def test_entries_of_another_acl_do_not_count(tmp_path: Path) -> None:
    other = acl(ALLOWED).replace('"web"', '"other"')

    assert lines(judge(tmp_path, other + acl(entry(200, "deny", "10.1.0.0/16", "443-443")), "terraform", SLUG), SLUG) == []
