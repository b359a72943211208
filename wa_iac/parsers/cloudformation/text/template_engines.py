"""Files from which something else makes a template: Jinja, cookiecutter, Go's templates, ERB, Terraform's `templatefile`, a call of
`Fn::Sub` that has the whole file as its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from wa_iac.core.errors import UserError, WaIacError, mistakes
from wa_iac.core.late_pattern import late

from .located import ListNode, LocatedDocument, MapNode, Node, ScalarNode

_MARKS: Final[dict[str, re.Pattern[bytes]]] = {
    "cookiecutter": re.compile(rb"\{\{-?\s*cookiecutter\."),
    "Jinja": re.compile(rb"\{%-?\s*[a-z]+\b[^\n]*%\}"),
    "Terraform's templatefile": re.compile(rb"%\{~?\s*(?:if|for|else|endif|endfor)\b[^\n]*\}"),
    "ERB": re.compile(rb"<%[-=]?[^\n]*%>"),
    "Go's templates": re.compile(rb"\{\{-?\s*(?:\.|\$|(?:if|range|with|end|define|template|include)\b)[^\n]*\}\}"),
    "a build that fills in names between percent signs": re.compile(rb"%{1,2}[A-Z][A-Z0-9_]+%{1,2}"),
    "Jinja or Mustache": re.compile(rb"\{\{-?\s*[A-Za-z_][\w.]*\s*(?:\|[^\n]*)?\}\}"),
}
_ANY: Final = late(rb"\{\{(?!resolve:)[^\n]*?\}\}|\{[%#][^\n]*?[%#]\}|%\{[^\n]*?\}|<%[^\n]*?%>|%{1,2}[A-Z][A-Z0-9_]+%{1,2}")
_ALONE: Final = late(rb"(?m)^[ \t]*(?:(?:%s)[ \t]*)+\r?$" % _ANY.pattern)


_SUB: Final = "Fn::Sub"
OUTER_SUB: Final = "an outer Fn::Sub"
_NAMES: Final = late(r"\$\{([A-Za-z][A-Za-z0-9]*|AWS::[A-Za-z]+)(?:\.[\w.]+)?\}")


def filled_by_sub(data: bytes, errors: Iterable[WaIacError], read: Callable[[bytes], LocatedDocument | None]) -> str:
    """The name of an outer `Fn::Sub`, if a file with `errors` is its text; empty if it is not.

    Such a file writes pseudo parameters in plain texts, and names that it does not declare both there and in a `Fn::Sub` of its own:
    the outer one replaces them all. Its only errors are those names.
    """
    found = mistakes(errors)
    document = read(data) if found and b"${AWS::" in data else None
    if document is None or not isinstance(document.root, MapNode):
        return ""
    root = document.root
    sections = (root.entries.get(name) for name in ("Parameters", "Resources"))
    declared = {
        name for each in sections if each is not None and isinstance(each.value, MapNode) for name in each.value.entries
    }
    plain: set[str] = set()
    inside: set[str] = set()
    places: set[tuple[int, int]] = set()
    for node, in_sub, given in _texts(root):
        names = set(_NAMES.findall(node.text)) - given
        if not in_sub:
            plain |= names
        elif missing := {name for name in names - declared if "::" not in name}:
            inside |= missing
            places.add((node.span.start_line, node.span.start_column))
    is_text = any("::" in name for name in plain) and not plain.isdisjoint(inside)
    return OUTER_SUB if is_text and all((each.line, each.column) in places for each in found) else ""


def _texts(root: Node) -> Iterator[tuple[ScalarNode, bool, set[str]]]:
    """All scalars of a template, whether they are the text of a `Fn::Sub`, and the names that this one defines itself. What aliases share
    comes once."""
    waiting: list[tuple[Node, bool]] = [(root, False)]
    seen: set[tuple[int, bool]] = set()
    while waiting:
        node, in_sub = waiting.pop()
        if (id(node), in_sub) in seen:
            continue
        seen.add((id(node), in_sub))
        match node:
            case ScalarNode():
                yield node, in_sub, set()
            case ListNode(items=[ScalarNode() as text, *others]) if in_sub:
                given = {name for each in others if isinstance(each, MapNode) for name in each.entries}
                yield text, True, given
                waiting += [(each, False) for each in others]
            case ListNode(items=items):
                waiting += [(each, False) for each in items]
            case MapNode(entries=entries):
                waiting += [(each.value, name == _SUB) for name, each in entries.items()]


def made_by(data: bytes, errors: Iterable[WaIacError], read: Callable[[bytes], LocatedDocument | None]) -> str:
    """The program that generates a template from a file with `errors`; empty if the errors do not come from a program's marks.

    They come from marks if a mark is on the line of an error, or if the file can be read without the marks. A mark in a script
    of a template that is broken elsewhere does not count.
    """
    found = [each for each in mistakes(errors) if isinstance(each, UserError)]
    name = next((name for name, mark in _MARKS.items() if mark.search(data)), "")
    if not name or not found:
        return ""
    lines = data.split(b"\n")
    if any(_ANY.search(lines[each.line - 1]) for each in found if each.line is not None and each.line <= len(lines)):
        return name
    if all(each.line is None for each in found):
        return ""
    try:
        document = read(_ANY.sub(b"x", _ALONE.sub(b"", data)))
    except UserError:
        return ""
    return "" if document is None or document.errors else name
