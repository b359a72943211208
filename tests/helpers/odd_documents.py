"""Documents with one member after the other replaced by what nobody expects there: of another type, or at the ends of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

_RAW: Final = (*("[" * levels + "]" * levels for levels in (110, 300, 900, 5000)), "9" * 5000, "1e400", "NaN", '"\\ud800"')
"""Texts that JSON's own writer would not write."""
_ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1.5, 10**40, "", "x", "a\0b", "../x", "https://[x]/y", "file://\0", "a" * 300, "/" * 300),
    *(
        [],
        {},
        [[]],
        [None],
        [{}],
        {"a": 1},
        {"Ref": []},
        {"Fn::If": "x"},
        {"Fn::Sub": [[]]},
        {"": {"": None}},
        ["a", {"b": [1]}],
    ),
)


def changed(document: Any) -> Iterator[tuple[str, str]]:
    """The JSON text of each document that differs from `document` in one place, with what was done."""
    for path in _paths(document):
        place = ".".join(map(str, path)) or "all of it"
        for odd in _ODD:
            yield f"{place} is {odd!r:.40}", json.dumps(_with(document, path, odd))
        for raw in _RAW:
            yield f"{place} is {raw:.40}", json.dumps(_with(document, path, "<odd>")).replace('"<odd>"', raw)


def _paths(document: Any) -> Iterator[tuple[str | int, ...]]:
    yield ()
    members = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for key, each in members:
        yield from ((key, *path) for path in _paths(each))


def _with(document: Any, path: tuple[str | int, ...], odd: Any) -> Any:
    if not path:
        return odd
    first, *rest = path
    if isinstance(document, dict):
        return {**document, first: _with(document[first], tuple(rest), odd)}
    return [_with(each, tuple(rest), odd) if index == first else each for index, each in enumerate(document)]
