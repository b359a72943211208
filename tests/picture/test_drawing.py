"""Drawn pictures: complete, the same each time, and inert whatever resources are called."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import asdict
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from helpers.drawings import HOSTILE, large, shop
from wa_iac.core.errors import UsageError
from wa_iac.picture.drawing import texts
from wa_iac.picture.drawing.data import anchor, as_data
from wa_iac.picture.drawing.page import fragment, html, policy
from wa_iac.picture.drawing.svg import svg
from wa_iac.picture.model import Picture

_NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn() -> str:
    return svg(shop())


class Page(HTMLParser):
    """The elements of a page, with their attributes, and the texts of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._within = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag == "script"
        if self._within:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.scripts[-1] += data


def _shown(picture: Picture) -> set[str]:
    addresses = [each.address for each in picture.nodes] + [each.address for each in picture.groups if each.address]
    return {anchor(picture.unit, picture.environment, each) for each in addresses}


def test_every_node_and_every_group_has_an_element(drawn: str) -> None:
    root = ET.fromstring(drawn)  # XML, whatever the names are

    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert ids == _shown(shop())
    labels = {each.get("aria-label") for each in root.iter(f"{_NAMESPACE}g")}
    assert (
        "orders, DB instance, in main, also in app a, public a, 2 findings: 1 critical, 1 low, Its subnet group is not known."
        in labels
    )
    assert {"public a, public, 1 resource", "app a, private, 1 resource", "spare, public or private?, 0 resources"} <= labels
    assert len(root.findall(f".//{_NAMESPACE}g[@class='pic-badge pic-critical']")) == 1


def test_an_edge_says_why_it_is_there(drawn: str) -> None:
    (edge,) = ET.fromstring(drawn).findall(f".//{_NAMESPACE}g[@class='pic-edge pic-network pic-inferred']")[:1]

    assert edge.findtext(f"{_NAMESPACE}title") == "app connects to orders (because of aws_security_group_rule.db, inferred)"


def test_a_drawing_has_no_scripts_handlers_or_styles_of_elements(drawn: str) -> None:
    root = ET.fromstring(drawn)

    assert {each.tag.removeprefix(_NAMESPACE) for each in root.iter()} == {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "rect",
        "path",
        "text",
    }
    names = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on") or "href" in name]
    assert "\x1b" not in drawn
    assert "\u202e" not in drawn


@pytest.mark.parametrize("picture", [shop(), large()], ids=lambda each: each.unit)
def test_a_picture_is_drawn_the_same_each_time(picture: Picture) -> None:
    assert svg(picture) == svg(picture)
    assert html([picture]) == html([picture])


def test_nothing_lies_on_anything_else() -> None:
    cards = {}
    for each in ET.fromstring(svg(large())).iter(f"{_NAMESPACE}g"):
        if each.get("class", "").startswith("pic-node"):
            at = re.fullmatch(r"translate\((\S+) (\S+)\)", each.get("transform", ""))
            assert at
            cards[each.get("id")] = (float(at[1]), float(at[2]))

    assert len(cards) == 80
    places = sorted(cards.values())
    for number, (x, y) in enumerate(places):
        assert not [1 for left, top in places[number + 1 :] if abs(left - x) < 216 and abs(top - y) < 54]


def test_without_mini_racer_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)

    with pytest.raises(UsageError, match=r"pip install 'wa-iac\[picture\]'"):
        svg(shop())


def test_the_data_of_a_page_is_the_model() -> None:
    picture = shop()
    page = Page(html([picture, large()]))

    (data, _) = json.loads(page.scripts[0])["pictures"]
    assert data == json.loads(json.dumps(as_data(picture)))
    assert [each["address"] for each in data["nodes"]] == [each.address for each in picture.nodes]
    for group, model in zip(data["groups"], picture.groups, strict=True):
        assert {key: group[key] for key in model._fields if key not in {"parts", "badges"}} == {
            key: value for key, value in model._asdict().items() if key not in {"parts", "badges"}
        }
    assert [list(each.values()) for each in data["edges"]] == [list(each) for each in picture.edges]
    orders = asdict(picture.nodes[2])
    assert data["nodes"][2]["badges"] == [badge._asdict() for badge in orders["badges"]]
    assert data["nodes"][2]["parts"][0]["line"] == 22


def test_no_name_breaks_out_of_a_page() -> None:
    text = html([shop()])
    page = Page(text)

    assert [attributes.get("type") for tag, attributes in page.elements if tag == "script"] == ["application/json", None, None]
    assert "img" not in {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on") or name == "style"]
    assert HOSTILE not in text
    assert "\x1b" not in text


def test_readers_without_scripts_get_a_list() -> None:
    picture = shop()
    elements = Page(fragment([picture]).markup).elements

    assert {attributes["id"] for _, attributes in elements if str(attributes.get("id")).startswith("node-")} == _shown(picture)
    listed = [attributes["data-address"] for tag, attributes in elements if tag == "li" and "data-address" in attributes]
    assert len(listed) == len(_shown(picture))
    assert ("details", {"class": "picview-list", "open": None}) in elements


def test_a_page_runs_its_own_scripts_only() -> None:
    page = Page(html([shop()]))
    parts = fragment([shop()])

    said = next(attributes["content"] for tag, attributes in page.elements if attributes.get("http-equiv"))
    assert said == policy(parts.scripts, (parts.style,))
    assert str(said).startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in str(said)
    assert page.scripts[1:] == list(parts.scripts)
    assert not [
        value for tag, attributes in page.elements for key, value in attributes.items() if key in {"src", "href"} and tag != "a"
    ]


def test_elk_is_as_it_was_published() -> None:
    """The one file that others wrote."""
    script, notice = texts.text("vendor/elk.bundled.js"), texts.text("vendor/README.md")

    assert sha256(script.encode()).hexdigest() in notice
    assert "elkjs 0.12.1" in notice
    assert texts.text("vendor/LICENSE.md").startswith("# Eclipse Public License - v 2.0")
