"""JSON with places, for the few sections of a plan that findings point into. The rest is read without places, many times
faster."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2.6, only the stubs leave it out
from math import isfinite
from typing import Any, Final, NamedTuple, NoReturn

from wa_iac.core.errors import BoundError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.text.located import byte_offsets

from .numbers import LONGEST

MAX_DEPTH: Final = 120
"""Maximum levels of nesting in a plan. Real ones stay below 40."""
MAX_VALUES: Final = 3_000_000
"""Maximum number of values with a place in one plan."""

_SPACE: Final = late(r"[ \t\r\n]*")
_COMMA: Final = late(r"[ \t\r\n]*,?[ \t\r\n]*")
_COLON: Final = late(r"[ \t\r\n]*:[ \t\r\n]*")


class JsonNode(NamedTuple):
    """A value and its place, as indices of the text. `content` of an object is `{name: Member}`, of an array a list of
    nodes."""

    start: int
    end: int
    content: object


class Member(NamedTuple):
    """One member of an object: the index where its key begins, and its value."""

    key: int
    node: JsonNode


class Members(dict[str, Member]):
    """The members of an object. `every` also has those that a later one of the same name hides."""

    def __init__(self) -> None:
        super().__init__()
        self.every: list[tuple[str, Member]] = []


class TooLarge:
    """A number larger than the largest we keep."""


TOO_LARGE: Final = TooLarge()


def whole(text: str) -> int | TooLarge:
    """A number without a fraction, as JSON writes it."""
    return int(text) if len(text) <= LONGEST else TOO_LARGE


def fraction(text: str) -> float | TooLarge:
    """Any other number."""
    number = float(text)
    return number if isfinite(number) else TOO_LARGE


def no_number(name: str) -> NoReturn:
    """Refuses `NaN` and the infinities, which Python accepts in JSON."""
    raise ValueError(f"{name} is not JSON")


_HALF: Final = late(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)


def whole_characters(text: str) -> str:
    """A text of JSON, of the same length, in which escapes for half a surrogate pair become the replacement character, as in
    Go."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _HALF.sub(lambda match: "\\ufffd" if match[1] else match[0], text)


def parsed(text: str) -> Any:
    """A text as plain data, its numbers bounded. Raises ValueError if it is not JSON, RecursionError if it is too deep."""
    return json.loads(text, parse_int=whole, parse_float=fraction, parse_constant=no_number)


class JsonText:
    """A text that is known to be JSON: a plan, or something else that `what` names. Repeated names are kept if `repeats` is
    set."""

    def __init__(
        self, text: str, path: str, skipped: int = 0, *, what: str = "plan", depth: int = MAX_DEPTH, repeats: bool = False
    ) -> None:
        self.path = path
        self._what = what
        self._depth = depth
        self._repeats = repeats
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._byte = byte_offsets(text, skipped)
        self._decode = json.JSONDecoder(parse_int=whole, parse_float=fraction).raw_decode
        self._count = 0

    def span(self, start: int, end: int) -> Span:
        """The span between two indices."""
        return Span(self.path, *self._place(start), *self._place(end), self._byte(start), self._byte(end))

    def _place(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def cut(self, node: JsonNode) -> str:
        """The text of a value."""
        return self._text[node.start : node.end]

    def end_of_text(self, start: int) -> int:
        """The end of the text that begins at an index, including quotes."""
        return int(scanstring(self._text, start + 1, True)[1])

    def start(self) -> int:
        """The start of the whole value."""
        return self._space(0)

    def members(self, at: int) -> Iterator[tuple[str, int, int]]:
        """The members of the object at an index: name, index of the key, index of the value. Other values have none."""
        if self._text[at] != "{":
            return
        at = self._space(at + 1)
        while self._text[at] == '"':
            key = at
            name, at = scanstring(self._text, at + 1, True)
            value = self._after(_COLON, at)
            yield name, key, value
            at = self._after(_COMMA, self._decode(self._text, value)[1])

    def node(self, at: int, depth: int = 1) -> JsonNode:
        """The value at an index, with the places of everything in it. Raises BoundError if a limit is exceeded."""
        self._count += 1
        if depth > self._depth or self._count > MAX_VALUES:
            what = f"{self._depth} levels of nesting" if depth > self._depth else f"{MAX_VALUES:,} values"
            line, column = self._place(at)
            raise BoundError(f"more than {what} in one {self._what}", path=self.path, line=line, column=column)
        text = self._text
        first = text[at]
        if first == '"':
            content, end = scanstring(text, at + 1, True)
            return JsonNode(at, end, content)
        if first == "{":
            members = Members() if self._repeats else dict[str, Member]()
            end = self._space(at + 1)
            while text[end] == '"':
                key = end
                name, end = scanstring(text, end + 1, True)
                value = self.node(self._after(_COLON, end), depth + 1)
                members[name] = Member(key, value)
                if isinstance(members, Members):
                    members.every.append((name, members[name]))
                end = self._after(_COMMA, value.end)
            return JsonNode(at, end + 1, members)
        if first == "[":
            items: list[JsonNode] = []
            end = self._space(at + 1)
            while text[end] != "]":
                items.append(self.node(end, depth + 1))
                end = self._after(_COMMA, items[-1].end)
            return JsonNode(at, end + 1, items)
        content, end = self._decode(text, at)
        return JsonNode(at, end, content)

    def _space(self, at: int) -> int:
        return self._after(_SPACE, at)

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        # A plan printed by Terraform has no spaces between tokens.
        if pattern is not _SPACE and self._text[at + 1 : at + 2] > " " and self._text[at] in ",:":
            return at + 1
        match = pattern.match(self._text, at)
        return match.end() if match else at


def members(node: JsonNode | None) -> dict[str, Member]:
    """The members of an object; none for any other value."""
    if node is not None and isinstance(node.content, dict):
        return node.content
    return {}


def items(node: JsonNode | None) -> list[JsonNode]:
    """The elements of an array; none for any other value."""
    if node is not None and isinstance(node.content, list):
        return node.content
    return []


def member(node: JsonNode | None, name: str) -> JsonNode | None:
    """A member's value."""
    found = members(node).get(name)
    return found.node if found is not None else None
