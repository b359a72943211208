"""Marks at nodes: what follows from a failure, by shape and word, and inert whatever they say."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from helpers.drawings import HOSTILE, shop
from wa_iac.picture.drawing.page import html
from wa_iac.picture.drawing.svg import svg
from wa_iac.picture.model import Mark, Picture


def _marked() -> Picture:
    picture = shop()
    first, second, *others = picture.nodes
    marks = (Mark("stops", "stops", HOSTILE), Mark("degrades", "degrades, 50 %"))
    nodes = (replace(first, mark=marks[0]), replace(second, mark=marks[1]), *others)
    return replace(picture, nodes=nodes, story="if zone a fails")


def test_a_mark_has_a_word_and_a_shape_and_the_legend_explains_it() -> None:
    drawing = svg(_marked())

    assert drawing.count('class="pic-outcome-shape"') == 4
    assert 'class="pic-node pic-network pic-marked pic-outcome-stops"' in drawing
    assert ">degrades, 50 %</text>" in drawing
    assert "if zone a fails, 1 stops, 1 degrades" in drawing


def test_marks_are_inert() -> None:
    drawing, page = svg(_marked()), html([_marked()])

    ET.fromstring(drawing)
    assert "<img" not in drawing + page
    assert "hacked = 1</script>" not in page


def test_a_picture_without_marks_shows_none() -> None:
    body = svg(shop()).partition("</style>")[2]

    assert "pic-outcome" not in body
