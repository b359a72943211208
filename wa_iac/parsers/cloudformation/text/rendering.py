"""Writes new members of a template in the file's style."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from wa_iac.core.fix import FixPlace, Scalar, Wanted, anew, content_of, items_of
from wa_iac.core.late_pattern import late

from .located import Entry, MapNode, Node, typed

_PLAIN: Final = late(r"[A-Za-z][\w./-]*")
_INDENT: Final = late(rb"\n([ \t]+)\S")
_COLON: Final = late(rb'"(\s*:[ \t]*)["{\[\dtfn]')
_PAD: Final = late(rb"\{( ?)[^\s{}]")
_FLAT_LIST: Final = late(rb"(?m)^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- ")


class Style(NamedTuple):
    """The style of new text.

    Attributes:
        quoted: names are in quotes, as in JSON. `json_lines`: objects also extend over several lines.
        step: the indentation of each level. `flat_lists`: a block list is not indented below its key.
        lists_stand_for_blocks: a list of one object is that object, as in Terraform's JSON.
    """

    newline: str
    quoted: bool
    json_lines: bool
    colon: str
    comma: str
    pad: str
    step: str
    flat_lists: bool
    lists_stand_for_blocks: bool = False

    def like(self, key: str, colon: str) -> Style:
        """The style of the object with a key in this spelling, and this text before its value."""
        plain = colon.strip() == ":" and "\n" not in colon
        return self._replace(quoted=key[:1] == '"', colon=colon if plain else self.colon)

    def within(self, resource: Entry) -> Style:
        """The style of one resource of a YAML template, which may have its own indentation."""
        node = resource.value
        if self.quoted or not isinstance(node, MapNode) or not node.entries or node.span.start_line == resource.key.start_line:
            return self
        columns = min(each.key.start_column for each in node.entries.values()) - resource.key.start_column
        return self._replace(step=" " * columns) if 0 < columns < 9 else self


def style_of(data: bytes, root: Node, *, lists_stand_for_blocks: bool = False) -> Style:
    """The style of a file."""
    opening = data[root.span.start_byte : root.span.start_byte + 1] == b"{"
    quoted = opening and isinstance(root, MapNode) and any(data[e.key.start_byte] == ord('"') for e in root.entries.values())
    indented = _INDENT.search(data) if quoted else None
    step = indented[1].decode() if indented else "  "
    colon = _COLON.search(data)
    written = colon[1].decode() if quoted and colon else ": "
    pad = _PAD.search(data)
    return Style(
        newline="\r\n" if b"\r\n" in data else "\n",
        quoted=quoted,
        json_lines=quoted and b"\n" in data.strip(),
        colon=written if "\n" not in written else ": ",
        comma=" " if written.endswith(" ") else "",
        pad=pad[1].decode() if pad else ("" if quoted else " "),
        step=step,
        flat_lists=_FLAT_LIST.search(data) is not None,
        lists_stand_for_blocks=lists_stand_for_blocks,
    )


def scalar(style: Style, value: Scalar) -> str:
    """The text of a new value."""
    if isinstance(value, str) and not style.quoted and _PLAIN.fullmatch(value) and typed(value) == value:
        return value
    return json.dumps(value)


def rendered(style: Style, members: Mapping[FixPlace, Wanted], indent: str | None, *, block: bool) -> str:
    """Members of an object, without its braces.

    In block style each line begins with `indent`. In braces the first does not; if `indent` is None, all are on one line.
    """
    if block:
        return style.newline.join(line for key, value in members.items() for line in _lines(style, key, value, indent or ""))
    separator = f",{style.comma}" if indent is None else f",{style.newline}{indent}"
    return separator.join(
        f"{json.dumps(key.name) if style.quoted else key.name}{style.colon}{_braced(style, _value(key, value), indent)}"
        for key, value in members.items()
    )


def _value(key: FixPlace, value: Wanted) -> Wanted:
    """The value of a new member; for a key with a pair, a list with that one element."""
    within = content_of(value)
    return [within] if key.key and within is not None else value


def _lines(style: Style, key: FixPlace, value: Wanted, indent: str) -> list[str]:
    value = _value(key, value)
    within, items = content_of(value), items_of(value)
    if within is not None:
        below = [line for name, each in anew(within) for line in _lines(style, name, each, indent + style.step)]
        return [f"{indent}{key.name}:", *below]
    if items is not None:
        found = [f"{indent}{key.name}:"]
        dash = indent + ("" if style.flat_lists else style.step)
        for item in items:
            inside = content_of(item)
            if inside is None:
                found.append(f"{dash}- {scalar(style, item)}" if isinstance(item, (bool, int, str)) else "")
                continue
            below = [line for name, each in anew(inside) for line in _lines(style, name, each, f"{dash}  ")]
            found += [f"{dash}- {below[0].strip()}", *below[1:]]
        return found
    return [f"{indent}{key.name}: {scalar(style, value)}"] if isinstance(value, (bool, int, str)) else []


def _braced(style: Style, value: Wanted, indent: str | None) -> str:
    within, items = content_of(value), items_of(value)
    inner = None if indent is None else indent + style.step
    if within is not None:
        return _enclosed(style, "{}", rendered(style, dict(anew(within)), inner, block=False), indent)
    if items is not None:
        if any(content_of(each) is not None for each in items):
            separator = f",{style.comma}" if inner is None else f",{style.newline}{inner}"
            return _enclosed(style, "[]", separator.join(_braced(style, each, inner) for each in items), indent)
        return f"[{f',{style.comma}'.join(_braced(style, each, None) for each in items)}]"
    return scalar(style, value) if isinstance(value, (bool, int, str)) else ""


def _enclosed(style: Style, brackets: str, inside: str, indent: str | None) -> str:
    opening, closing = brackets[0], brackets[1]
    if indent is None:
        pad = style.pad if opening == "{" else ""
        return f"{opening}{pad}{inside}{pad}{closing}"
    return f"{opening}{style.newline}{indent}{style.step}{inside}{style.newline}{indent}{closing}"
