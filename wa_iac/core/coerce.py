"""Values of the types that fields ask for, read from what the parsers evaluated.

Both dialects write `"true"` for true and `"20"` for 20 now and then, and AWS takes it; so do we. What AWS would refuse is an
error with its place, and the field is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, get_args, get_origin

from .algebra import joined, moved
from .errors import SourceError
from .value import Absent, Known, Origin, Tree, Unknown

Report: TypeAlias = Callable[[SourceError], None]
Coerce: TypeAlias = Callable[[Tree, Report], Tree]


class Document:
    """The type of a field that holds a JSON document: an object, or a string of JSON; read into the tree it encodes."""


class Tags:
    """The type of a field of tags: `Known[dict[str, Value]]`, whether written as a map or as a list of `Key` and `Value`."""


def coercion(wanted: Any) -> Coerce:
    """The coercion to `T` of a `Value[T]`: `bool`, `int`, `float`, `str`, a `Literal` of strings, `list[Value[T]]`, `Document`, `Tags`.

    Any other type (`Any`, `dict`) is passed as it is.
    """
    if wanted in _SCALARS:
        return _SCALARS[wanted]
    if wanted is Document:
        return _document
    if wanted is Tags:
        return _tags
    if get_origin(wanted) is list:
        return _list_of(coercion(known_type(get_args(wanted)[0])))
    if all(isinstance(argument, str) for argument in get_args(wanted)) and get_args(wanted):
        return _string
    return _as_it_is


def known_type(annotation: Any) -> Any:
    """`T` of `Value[T]`; `Any` for an annotation that is not a `Value`."""
    for part in get_args(annotation):
        if part is Known:
            return Any
        if get_origin(part) is Known:
            return get_args(part)[0]
    return Any


def _as_it_is(value: Tree, report: Report) -> Tree:
    return value


def _refused(value: Tree, wanted: str, report: Report) -> Unknown:
    content = value.value if isinstance(value, Known) else None
    shown = "a list" if isinstance(content, list) else "an object" if isinstance(content, dict) else json.dumps(content)
    span = value.origin.span
    message = f"{wanted} is expected here, this is {shown if not value.origin.sensitive else 'something else'}"
    report(SourceError(message, path=span.path or None, line=span.start_line, column=span.start_column))
    return Unknown(f"{wanted} is expected", ("wrong type", span), value.origin)


def _scalar(wanted: str, convert: Callable[[Any], Any]) -> Coerce:
    def read(value: Tree, report: Report) -> Tree:
        if not isinstance(value, Known):
            return value
        converted = convert(value.value)
        if converted is None:
            return _refused(value, wanted, report)
        return value if converted is value.value else Known(converted, value.origin)

    return read


def _boolean(content: Any) -> bool | None:
    match content:
        case bool():
            return content
        case str():
            return {"true": True, "false": False, "1": True, "0": False}.get(content.lower())
        case 0 | 1:
            return bool(content)
        case _:
            return None


def _integer(content: Any) -> int | None:
    match content:
        case bool():
            return None
        case int():
            return content
        case float() if content.is_integer():
            return int(content)
        case str():
            try:
                return int(content.strip())
            except ValueError:
                return None
        case _:
            return None


def _number(content: Any) -> float | int | None:
    match content:
        case bool():
            return None
        case int() | float():
            return content
        case str():
            try:
                return float(content)
            except ValueError:
                return None
        case _:
            return None


def _text(content: Any) -> str | None:
    match content:
        case str():
            return content
        case bool():
            return "true" if content else "false"
        case int() | float():
            return str(content)
        case _:
            return None


_string: Final = _scalar("a string", _text)
_SCALARS: Final[Mapping[Any, Coerce]] = {
    bool: _scalar("true or false", _boolean),
    int: _scalar("a whole number", _integer),
    float: _scalar("a number", _number),
    str: _string,
}


def _list_of(each: Coerce) -> Coerce:
    def read(value: Tree, report: Report) -> Tree:
        match value:
            case Known(list() as items):
                return Known([each(item, report) for item in items if not isinstance(item, Absent)], value.origin)
            case Known(dict()):
                return _refused(value, "a list", report)
            case Known():
                # AWS takes a single value where a list of them is expected.
                return Known([each(value, report)], value.origin)
            case _:
                return value

    return read


def _tags(value: Tree, report: Report) -> Tree:
    match value:
        case Known(list() as items):
            tags: dict[str, Tree] = {}
            for item in items:
                match item:
                    case Known({"Key": Known(str() as key)} as pair) | Known({"key": Known(str() as key)} as pair):
                        tags[key] = pair.get("Value", pair.get("value", Absent(item.origin)))
                    case Absent():
                        continue
                    case _:
                        return Unknown("a tag's key is not known", ("tags", value.origin.span), value.origin)
            return Known(tags, value.origin)
        case _:
            return value


def _document(value: Tree, report: Report) -> Tree:
    if value.origin.document is not None:
        return moved(value.origin.document, value.origin._replace(document=None))
    match value:
        case Known(str() as text):
            return parsed(text, [], value.origin)
        case Unknown(parts=parts) if parts:
            pieces = [part for part in parts if isinstance(part, Unknown)]
            numbers = iter(range(len(pieces)))
            text = "".join(part if isinstance(part, str) else _mark(next(numbers)) for part in parts)
            return parsed(text, pieces, value.origin)
        case _:
            return value


def _mark(index: int) -> str:
    return f"\ue000{index}\ue001"  # private-use characters: no policy contains them


def parsed(text: str, pieces: list[Unknown], origin: Origin) -> Tree:
    """The tree of a JSON text in which marks stand for unknown pieces; unknown where it is not JSON."""
    try:
        return _tree(json.loads(text), pieces, origin)
    except (ValueError, RecursionError):
        why = pieces[0].why if pieces else "the text is not JSON"
        return Unknown(why, ("json", text, tuple(piece.identity for piece in pieces)), origin)


def _tree(content: Any, pieces: list[Unknown], origin: Origin) -> Tree:
    match content:
        case dict():
            return Known({key: _tree(item, pieces, origin) for key, item in content.items()}, origin)
        case list():
            return Known([_tree(item, pieces, origin) for item in content], origin)
        case str() if "\ue000" in content:
            split: list[str | Tree] = []
            for number, part in enumerate(content.replace("\ue001", "\ue000").split("\ue000")):
                split.append(pieces[int(part)] if number % 2 else part)
            return joined(split, origin._replace(references=()))
        case None:
            return Absent(origin)
        case _:
            return Known(content, origin)
