"""The interactive picture: what a page needs to hold it, and a page of its own."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from wa_iac.core.late_pattern import late
from wa_iac.core.scales import Severity
from wa_iac.picture.drawing.data import as_data, name, unit_name
from wa_iac.picture.drawing.texts import DRAWING, text, themed
from wa_iac.picture.model import Picture

if TYPE_CHECKING:
    from jinja2 import Environment

SOURCE: Final = "picture-data"
"""The id of the element that holds the pictures' data."""

_KINDS: Final = {"network": "Network", "data": "Data", "identity": "Identity", "uses": "Other references"}
_EXPOSURE: Final = {True: "public", False: "private", None: "public or private?"}


class Fragment(NamedTuple):
    """What a page puts in to show pictures. All of it is markup, script or style as it is: nothing needs escaping.

    Attributes:
        markup: a `<section class="picview">`; it holds a list of all resources, for readers without scripts.
        data: a `<script type="application/json">`, anywhere in the page. A policy need not allow it: nothing runs it.
        scripts: the texts of the scripts, in their order, each for a `<script>` after the markup.
        style: the text of the style sheet, for a `<style>`.
    """

    markup: str
    data: str
    scripts: tuple[str, ...]
    style: str


def fragment(pictures: Sequence[Picture], *, whole_page: bool = False) -> Fragment:
    """What a page needs to show pictures.

    `whole_page` says that the page shows nothing else, so that the wheel may zoom. Elsewhere in the page, a link with `data-node` (an
    address), `data-unit` and `data-environment`, or one to `#` and `data.anchor(...)`, shows a resource. The picture links findings to
    `#finding-` and their fingerprint if the page has such an element.
    """
    described = [as_data(each) for each in pictures]
    template = _templates().get_template("fragment.html")
    markup = template.render(
        pictures=[_listed(each, picture) for each, picture in zip(described, pictures, strict=True)],
        source=SOURCE,
        kinds=list(_KINDS.items()),
        whole_page=whole_page,
    )
    return Fragment(markup, _block(described), _scripts(), themed(text("picture.css")) + text("view.css"))


def html(pictures: Sequence[Picture]) -> str:
    """A page that shows pictures, in one file that loads nothing. Its policy allows its own scripts and style only."""
    parts = fragment(pictures, whole_page=True)
    title = name(pictures[0]) if len(pictures) == 1 else "Architecture"
    rendered: str = (
        _templates()
        .get_template("page.html")
        .render(
            policy=policy(parts.scripts, (parts.style,)),
            title=title,
            style=parts.style,
            markup=parts.markup,
            data=parts.data,
            scripts=parts.scripts,
        )
    )
    return f"{rendered}\n"


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content Security Policy under which these scripts and styles run, by their hashes, and nothing is loaded."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in texts)


@cache
def _scripts() -> tuple[str, ...]:
    ours = (*DRAWING, "viewport.js", "details.js", "search.js", "view.js")
    return text("vendor/elk.bundled.js"), "\n".join(text(each) for each in ours)


_ESCAPES: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def _block(described: list[dict[str, Any]]) -> str:
    """The data as a script element. No text in it can end the element, or begin a comment."""
    return f'<script type="application/json" id="{SOURCE}">{json.dumps({"pictures": described}).translate(_ESCAPES)}</script>'


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FunctionLoader

    return Environment(autoescape=True, finalize=_printable, loader=FunctionLoader(lambda wanted: text(f"templates/{wanted}")))


_ODD: Final = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What a page may not hold, and what changes the direction of the text around it."""


def _printable(value: object) -> object:
    """A name with a sign in the place of each odd character. Markup is as it is: what is in it went through here."""
    return _ODD.sub("\ufffd", value) if type(value) is str else value


def _listed(data: dict[str, Any], picture: Picture) -> dict[str, Any]:
    """A picture as nested lists: each group with its `groups` and its `nodes`, each node with what was `found`."""
    tree: dict[str, Any] = {"groups": [], "nodes": []}
    boxes: dict[str, dict[str, Any]] = {}
    for each in data["groups"]:
        exposure = _EXPOSURE[each["public"]] if each["kind"] == "subnet" else ""
        boxes[each["id"]] = {**each, "groups": [], "nodes": [], "exposure": exposure, "found": _found(each)}
    for box in boxes.values():
        boxes.get(box["parent"], tree)["groups"].append(box)
    for node in data["nodes"]:
        boxes.get(node["group"], tree)["nodes"].append({**node, "found": _found(node)})
    return {"name": unit_name(picture), "notes": data["notes"], "tree": tree}


def _found(holder: dict[str, Any]) -> list[tuple[str, int]]:
    """The number of findings by severity, the worst first."""
    counts = Counter(each["severity"] for each in holder["badges"])
    return [(severity.value, counts[severity.value]) for severity in reversed(list(Severity))]
