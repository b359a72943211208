"""The located tree, which both readers (YAML and JSON) produce, and the places for reports.

Short forms are normalised: `!Sub x` is read as `{"Fn::Sub": x}`, `!Ref x` as `{"Ref": x}`, so that later code knows only one
spelling.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import accumulate
from operator import is_
from typing import Final, NamedTuple, TypeAlias

from wa_iac.core.errors import DoubtfulError, UserError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

MAX_DEPTH: Final = 120
"""Levels of nested collections in a file. Real templates stay below 40."""
MAX_NODES: Final = 500_000
"""Nodes of a file. CloudFormation's own limit of 1 MB leaves room for about half of them."""

_STRETCH: Final = 256

MACRO: Final = "Fn::Transform"
"""The key of a macro or an include that adds to its object."""
LOOP: Final = "Fn::ForEach::"
"""The prefix of a loop's key."""

Plain: TypeAlias = str | int | float | bool | None


class ScalarNode:
    """A scalar: its typed `value`, and the `text` it was written as (without quotes)."""

    __slots__ = ("span", "text", "value")

    def __init__(self, value: Plain, text: str, span: Span) -> None:
        self.value = value
        self.text = text
        self.span = span


class ListNode:
    """A sequence."""

    __slots__ = ("items", "span")

    def __init__(self, items: list[Node], span: Span) -> None:
        self.items = items
        self.span = span


class MapNode:
    """A mapping by its keys' text. `call` is the name of the called intrinsic function, or empty."""

    __slots__ = ("call", "entries", "span")

    def __init__(self, entries: dict[str, Entry], span: Span) -> None:
        self.entries = entries
        self.span = span
        self.call = ""
        if len(entries) == 1:
            (name,) = entries
            if is_function(name):
                self.call = name


Node: TypeAlias = ScalarNode | ListNode | MapNode


class Entry(NamedTuple):
    """One member of a mapping: the place of its key, and its value."""

    key: Span
    value: Node

    @property
    def where(self) -> Span:
        """The span that a report on this property marks.

        A scalar is marked from its key to its end (`StorageEncrypted: false`), and so is a call of an intrinsic function that
        stays on its key's line. An object, a list and a call over several lines are marked by their key.
        """
        key, value = self
        scalar = type(value) is ScalarNode
        call = type(value) is MapNode and value.call and value.span.end_line == key.start_line
        return between(key, value.span) if scalar or call else key

    @property
    def extent(self) -> Span:
        """From the key to the end of the value."""
        return between(self.key, self.value.span)


def renewed(node: MapNode | ListNode, members: dict[str, Entry] | list[Node]) -> Node:
    """The same collection with other members, at the same place; the same object if no member changed."""
    if isinstance(members, list):
        same = isinstance(node, ListNode) and all(map(is_, members, node.items)) and len(members) == len(node.items)
        return node if same else ListNode(members, node.span)
    if isinstance(node, MapNode):
        before = node.entries
        if len(members) == len(before) and all(
            key in before and before[key].value is each.value for key, each in members.items()
        ):
            return node
    made = MapNode(members, node.span)
    made.call = node.call if isinstance(node, MapNode) else ""
    return made


class LocatedDocument(NamedTuple):
    """A readable file, and its errors."""

    root: Node
    errors: list[UserError]


def is_function(name: str) -> bool:
    """Whether a mapping with this only key is a call of an intrinsic function."""
    return name == "Ref" or (name[:4] == "Fn::" and not name.startswith(LOOP)) or name[:6] == "Rain::"


def between(start: Span, end: Span) -> Span:
    """From the start of one span to the end of another; only the first if the other is before it, as for an alias's value."""
    path, line, column, _, _, first, _ = start
    _, _, _, end_line, end_column, inside, last = end
    # As in the readers, without the constructor: it is called for every value.
    return start if inside < first else tuple.__new__(Span, (path, line, column, end_line, end_column, first, last))


def entries_of(pairs: Iterable[tuple[str, Entry]], errors: list[UserError]) -> dict[str, Entry]:
    """The members of a mapping. If a key appears twice, the last one counts, as in CloudFormation, and a warning reports it."""
    entries: dict[str, Entry] = {}
    for key, entry in pairs:
        first = entries.get(key)
        if first is not None:
            errors.append(repeated(key, entry.key, first.key))
        entries[key] = entry
    return entries


def repeated(key: str, where: Span, first: Span) -> DoubtfulError:
    """The warning about a key that is there for the second time."""
    return DoubtfulError.at(
        where,
        f'the key "{key}" appears twice in one object, first on line {first.start_line}: only the last one counts',
        "keys appear twice in one object, and only the last one counts",
    )


def byte_offsets(text: str, skipped: int) -> Callable[[int], int]:
    """Maps the index of a character to its byte in a UTF-8 file with `skipped` bytes before the text."""
    if text.isascii():
        return skipped.__add__
    # A list of all wide characters would need many times the memory of the text.
    stretches = (text[at : at + _STRETCH] for at in range(0, len(text), _STRETCH))
    before = list(accumulate((len(each.encode("utf-8", "surrogatepass")) for each in stretches), initial=skipped))

    def byte(index: int) -> int:
        stretch, more = divmod(index, _STRETCH)
        return before[stretch] + len(text[index - more : index].encode("utf-8", "surrogatepass"))

    return byte


# CloudFormation reads YAML 1.1 without its types of binary data, sets and times ("Template formats" in the CloudFormation User
# Guide): a leading 0 makes a number octal, digits may be grouped with _, and a colon separates digits of base 60
# (https://yaml.org/type/int.html, float.html). AWS's own validator, cloudformation-validate, does the same.
_WORDS: Final[dict[str, Plain]] = {
    **{word: True for name in ("true", "yes", "on") for word in (name, name.title(), name.upper())},
    **{word: False for name in ("false", "no", "off") for word in (name, name.title(), name.upper())},
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER: Final = late(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = late(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_OTHER_BASE: Final = late(r"([-+]?)(?:0b([01_]+)|0([0-7_]+)|0x([0-9a-fA-F_]+)|([1-9][0-9_]*))")
_BASE_60: Final = late(r"([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)(\.[0-9_]*)?")
_BASES: Final = (2, 8, 16, 10)
_TOO_MANY: Final = 10**18
_NUMERIC: Final = frozenset("-+.0123456789")
_LONGEST: Final = 40
"""The characters of a number in any of these spellings except plain decimals."""


def typed(text: str) -> Plain:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and math.isfinite(number := float(text.replace("_", ""))):
            return number
        if len(text) <= _LONGEST:
            return _unusual(text)
    return text


def _unusual(text: str) -> Plain:
    """A number in another base, or in groups of digits; otherwise the text itself."""
    if found := _OTHER_BASE.fullmatch(text):
        base, digits = next((base, part) for base, part in zip(_BASES, found.groups()[1:], strict=True) if part is not None)
        number = int(digits.replace("_", "") or "0", base)
        # Anything longer than AWS's numbers is meant as a string.
        return text if number >= _TOO_MANY else -number if found[1] == "-" else number
    if found := _BASE_60.fullmatch(text):
        whole = 0
        for part in found[2].replace("_", "").split(":"):
            whole = whole * 60 + int(part)
        made = whole if found[3] is None else whole + float(found[3].replace("_", "") + "0")
        return -made if found[1] == "-" else made
    return text
