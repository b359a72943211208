"""Pictures as Mermaid and as DOT: every line is of the language, whatever names say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from helpers.paths import PROJECT
from helpers.pictures import drawn, pictures
from wa_iac.picture.dot import as_dot
from wa_iac.picture.draw import narrowed
from wa_iac.picture.mermaid import as_mermaid
from wa_iac.picture.model import Picture

HOSTILE: Final = 'a"]; end\n%% <b>`x`</b> #quot; \\N {c} | -->\u202e click n0 href "javascript:alert(1)"'
_QUOTED: Final = r'"[^"<>&`\\{}|;%\u202e]*"'
_ID: Final = r"[gn]_[A-Za-z0-9_]+"
MERMAID: Final = re.compile(
    rf" *(?:flowchart LR|subgraph {_ID}\[{_QUOTED}\]|end|{_ID}\[{_QUOTED}\]:::[a-z]+|{_ID} (?:-->|==>|-\.->)\|{_QUOTED}\| {_ID}"
    r"|classDef [a-z]+ [a-z#0-9:,-]+)"
)
"""The lines that we write, without line breaks and character codes."""
_STRING: Final = r'"(?:[^"\\]|\\[\\"n])*"'
_LIST: Final = rf"\[[a-z]+={_STRING}(?:, [a-z]+={_STRING})*\]"
DOT: Final = re.compile(
    rf" *(?:digraph {_STRING} {{|(?:graph|node|edge) {_LIST};|subgraph cluster_\w+ {{|label={_STRING};|\w+ {_LIST};|n_\w+ -> n_\w+ {_LIST};|}})"
)


def odd_lines(text: str, language: re.Pattern[str]) -> list[str]:
    return [line for line in text.splitlines() if not language.fullmatch(line)]


def mermaid_lines(text: str) -> str:
    """Without what `<br/>` and a character code stand for."""
    return re.sub(r"#\d+;|<br/>", "", text)


def hostile() -> Picture:
    """A picture in which every text tries to be something else."""
    (shop,) = pictures(PROJECT / "fixtures" / "twins" / "badly-built" / "terraform")
    return replace(
        shop,
        unit=HOSTILE,
        groups=tuple(each._replace(label=HOSTILE, note=HOSTILE) for each in shop.groups),
        nodes=tuple(replace(each, label=HOSTILE, type=HOSTILE, doubt=HOSTILE) for each in shop.nodes),
        edges=tuple(each._replace(label=HOSTILE) for each in shop.edges),
    )


@pytest.mark.parametrize("picture", [pictures(PROJECT / "fixtures" / "twins" / "well-built" / "terraform")[0], hostile()])
def test_every_line_is_of_the_language(picture: Picture) -> None:
    assert odd_lines(mermaid_lines(as_mermaid([picture])), MERMAID) == []
    assert odd_lines(as_dot([picture]), DOT) == []


def test_groups_open_and_close(tmp_path: Path) -> None:
    (shop,) = pictures(PROJECT / "fixtures" / "twins" / "well-built" / "terraform")
    chart, digraph = as_mermaid([shop]), as_dot([shop])

    assert chart.count("subgraph ") == len(re.findall(r"^ *end$", chart, re.M)) > 10
    assert digraph.count("{\n") == len(re.findall(r"^ *}$", digraph, re.M)) > 10


def test_ids_tell_names_apart_that_differ_in_signs_only(tmp_path: Path) -> None:
    found = drawn(tmp_path, 'resource "aws_s3_bucket" "a" {\n  for_each = toset(["x-y", "x_y"])\n}\n')

    assert re.findall(r"\b(n_\w+)\[", as_mermaid([found])) == ["n_aws_s3_bucket_a_x_y", "n_aws_s3_bucket_a_x_y__2"]


def test_several_pictures_are_a_document_of_charts(tmp_path: Path) -> None:
    found = drawn(tmp_path, 'resource "aws_s3_bucket" "a" {}\n')
    text = as_mermaid([found, found])

    assert text.count("```mermaid\nflowchart LR\n") == 2
    assert as_dot([found, found]).count("digraph") == 2


def test_a_part_of_a_picture_is_what_is_near(tmp_path: Path) -> None:
    (shop,) = pictures(PROJECT / "fixtures" / "twins" / "well-built" / "terraform")
    near = narrowed(shop, around="aws_lambda_alias.order_alias")
    network = narrowed(shop, around="aws_lb.entry", hops=2, only="network")

    assert {each.label for each in near.nodes} == {"order_function", "orders", "order_role", "order_log_group", "order_errors"}
    assert {each.kind for each in near.groups} == {"account", "region", "category"}
    assert {each.label for each in network.nodes} == {"entry", "firewall", "web_targets", "web_group"} | {
        "catalogue_targets",
        "catalogue_service",
    }
