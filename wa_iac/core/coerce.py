"""Coercions: from the values that parsers evaluate to the types that fields declare.

Both dialects sometimes write `"true"` for true and `"20"` for 20. AWS accepts it, and so do we. A value that AWS would refuse
is an error with its place, and the field is unknown.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, get_args, get_origin

from .algebra import joined, moved
from .errors import SourceError
from .late_pattern import late
from .partial import Entries, nothing_but, whole_of
from .reasons import Said
from .value import Absent, Alternative, Known, Origin, Tree, Unknown

MOST_BITS: Final = 128
"""Maximum number of bits of a whole number. AWS's own have at most 64; an account number without quotes has 40."""
LONGEST_NUMBER: Final = 100
"""Maximum number of characters of a number that is written as text."""
MAX_LEVELS: Final = 100
"""Maximum number of levels of a JSON document that is written as text."""
SHOWN: Final = 100
"""Maximum number of characters that an error quotes from a value of the wrong type."""

ErrorSink: TypeAlias = Callable[[SourceError], None]
Coerce: TypeAlias = Callable[[Tree, ErrorSink], Tree]


class EmbeddedDocument:
    """The type of a field that holds a JSON document, written as an object or as a string of JSON. It is read into the decoded
    tree."""


class Tags:
    """The type of a field of tags: `Known[dict[str, Value]]`. Tags may be written as a map or as a list of `Key` and
    `Value`."""


def coercion(wanted: Any) -> Coerce:
    """The coercion for a `Value[T]`, where `T` is `bool`, `int`, `float`, `str`, a `Literal` of strings, `list[Value[T]]`,
    `Document` or `Tags`.

    Values of any other type (`Any`, `dict`) stay as they are.
    """
    if wanted in _SCALARS:
        return _SCALARS[wanted]
    if wanted is EmbeddedDocument:
        return _document
    if wanted is Tags:
        return _tags
    if get_origin(wanted) is list:
        return _list_of(coercion(known_type(get_args(wanted)[0])))
    if all(isinstance(argument, str) for argument in get_args(wanted)) and get_args(wanted):
        return _string
    return _as_it_is


def known_type(annotation: Any) -> Any:
    """`T` of `Value[T]`; `Any` if the annotation is not a `Value`."""
    for part in get_args(annotation):
        if part is Known:
            return Any
        if get_origin(part) is Known:
            return get_args(part)[0]
    return Any


def _as_it_is(value: Tree, report: ErrorSink) -> Tree:
    return value


def _refused(value: Tree, wanted: str, report: ErrorSink) -> Unknown:
    content = value.value if isinstance(value, Known) else None
    match content:
        case list():
            shown = "a list"
        case dict():
            shown = "an object"
        case int() | float() if not _is_of_some_size(content):
            shown = "a number larger than any that AWS accepts"
        case _:
            shown = json.dumps(content)
            shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}..."
    span = value.origin.span
    default = value.origin.default_of
    if default:
        # A wrong default is not an error: the variable or parameter may always be given another value.
        settle = f"give {default} another value"
        return Unknown(
            Said(f"{wanted} is expected, and the default of {default} is not one", settle), ("wrong type", span), value.origin
        )
    message = f"expected {wanted}, found {shown if not value.origin.sensitive else 'something else'}"
    report(SourceError.at(span, message))
    return Unknown(Said(f"the value is not {wanted}"), ("wrong type", span), value.origin)


def _scalar(wanted: str, convert: Callable[[Any], Any]) -> Coerce:
    def read(value: Tree, report: ErrorSink) -> Tree:
        if not isinstance(value, Known):
            return _each(read, value) if isinstance(value, Unknown) and value.alternatives else value
        converted = convert(value.value)
        if converted is None:
            if value.value == []:
                return Absent(value.origin)  # a name that is an argument of one type, and a nested block, here none, of another
            return _refused(value, wanted, report)
        return value if converted is value.value else Known(converted, value.origin)

    return read


def _each(read: Coerce, value: Unknown) -> Unknown:
    """The same choice, with each alternative coerced. Errors in an alternative are not reported here, but where it is
    chosen."""
    contents = [read(each.value, _silent) for each in value.alternatives]
    if all(one is other.value for one, other in zip(contents, value.alternatives, strict=True)):
        return value
    return Unknown(
        value.reason,
        value.identity,
        value.origin,
        itself=value.itself,
        choice=value.choice,
        alternatives=tuple(Alternative(each.label, one) for each, one in zip(value.alternatives, contents, strict=True)),
        parts=value.parts,
        element=value.element,
    )


def _silent(error: SourceError) -> None:
    pass


def _is_of_some_size(number: float) -> bool:
    """Whether a service could accept the number: it is finite and not longer than any that AWS accepts."""
    return number.bit_length() <= MOST_BITS if isinstance(number, int) else math.isfinite(number)


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
            return content if _is_of_some_size(content) else None
        case float() if content.is_integer():
            return _integer(int(content))
        case str() if len(content) < LONGEST_NUMBER:
            try:
                return _integer(int(content.strip()))
            except ValueError:
                return None
        case _:
            return None


def _number(content: Any) -> float | int | None:
    match content:
        case bool():
            return None
        case int() | float():
            return content if _is_of_some_size(content) else None
        case str() if len(content) < LONGEST_NUMBER:
            try:
                return _number(float(content))
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
        case int() | float() if _is_of_some_size(content):
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
    def read(value: Tree, report: ErrorSink) -> Tree:
        match value:
            case Known(list() as items):
                read_ = [each(item, report) for item in items if not isinstance(item, Absent)]
                rest = nothing_but(read_)
                return Known(read_, value.origin) if rest is None else whole_of(rest, value.origin)
            case Known(dict()):
                return _refused(value, "a list", report)
            case Known():
                # AWS accepts a single value instead of a list of one.
                return Known([each(value, report)], value.origin)
            case _:
                return value

    return read


def _tags(value: Tree, report: ErrorSink) -> Tree:
    match value:
        case Known(list() as items):
            tags = Entries()
            for item in items:
                match item:
                    case Known({"Key": Known(str() as key)} as pair) | Known({"key": Known(str() as key)} as pair):
                        tags.put(key, pair.get("Value", pair.get("value", Absent(item.origin))))
                    case Known({"Key": Unknown() as name} as pair) | Known({"key": Unknown() as name} as pair):
                        tags.put(name, pair.get("Value", pair.get("value", Absent(item.origin))))
                    case Absent():
                        continue
                    case Unknown():
                        tags.put_any(item, over=True)
                    case _:
                        return Unknown(Said("a tag's key is not known"), ("tags", value.origin.span), value.origin)
            return tags.result(value.origin)
        case Known(dict()):
            return value
        case Known():
            # A macro may make tags of whatever stands here.
            return Unknown(Said("these are not tags"), ("tags", value.origin.span), value.origin)
        case _:
            return value


def _document(value: Tree, report: ErrorSink) -> Tree:
    if value.origin.document is not None:
        return moved(value.origin.document, value.origin._replace(document=None))
    match value:
        case Known(str() as text):
            read = parsed(text, [], value.origin)
            if isinstance(read, Unknown):
                _say_broken(text, value.origin, report)
            return read
        case Unknown(parts=parts) if parts:
            return parsed(marked(parts), [part for part in parts if isinstance(part, Unknown)], value.origin)
        case _:
            return value


def _say_broken(text: str, origin: Origin, report: ErrorSink) -> None:
    """An error for a text that begins as an object of JSON and is not JSON: no value that is missing can make it valid. The
    default of a variable or a parameter can be replaced, so it is none."""
    if origin.default_of or not text.lstrip().startswith("{") or text.lstrip().startswith("{{"):
        return
    try:
        json.loads(text, strict=False)
    except RecursionError:
        pass
    except json.JSONDecodeError as error:
        report(SourceError.at(origin.span, f"this text is not JSON: there is a mistake in its line {error.lineno}"))


def marked(parts: Sequence[str | Unknown]) -> str:
    """A text with a mark for each unknown piece. A piece that is JSON itself is a whole value there, unless it is inside a
    JSON string."""
    result: list[str] = []
    inside = False
    number = 0
    for part in parts:
        if isinstance(part, str):
            result.append(part)
            inside ^= _ESCAPED.sub("", part).count('"') % 2 == 1
            continue
        is_value = part.origin.document is not None and not inside
        result.append(f'"{_VALUE}{number}"' if is_value else f"{_OPENS}{number}{_CLOSES}")
        number += 1
    return "".join(result)


_OPENS, _CLOSES, _VALUE = "\ue000", "\ue001", "\ue002"
"""Private-use characters: no policy contains them."""
_ESCAPED: Final = late(r"\\.", re.DOTALL)


def _piece(pieces: list[Unknown], number: str) -> str | Unknown:
    """The unknown piece that a mark represents. If the text happens to contain such characters itself, the text."""
    return (
        pieces[int(number)]
        if len(number) < 9 and number.isascii() and number.isdigit() and int(number) < len(pieces)
        else number
    )


def parsed(text: str, pieces: list[Unknown], origin: Origin) -> Tree:
    """The tree of a JSON text in which marks represent unknown pieces. It is unknown if the text is not JSON."""
    reason = pieces[0].reason if pieces else Said("the text is not JSON")
    try:
        return _tree(json.loads(text), pieces, origin, MAX_LEVELS)
    except RecursionError:
        reason = Said(f"the text is JSON with more than {MAX_LEVELS} levels, the safety limit")
    except ValueError:
        pass
    return Unknown(reason, ("json", text, tuple(piece.identity for piece in pieces)), origin)


def with_pieces(content: Any, pieces: list[Unknown], origin: Origin) -> Tree:
    """Plain data as a tree, with its marks replaced by the unknown pieces. Raises `RecursionError` if it is nested too
    deeply."""
    return _tree(content, pieces, origin, MAX_LEVELS)


def _entries(content: dict[str, Any], pieces: list[Unknown], origin: Origin, levels: int) -> Tree:
    result = Entries()
    for key, item in content.items():
        result.put(_joined(key, pieces, origin) if _OPENS in key else key, _tree(item, pieces, origin, levels))
    return result.result(origin)


def _joined(content: str, pieces: list[Unknown], origin: Origin) -> Tree:
    """A string with marks, as a value: known if it has no marks."""
    split: list[str | Tree] = []
    for number, part in enumerate(content.replace(_CLOSES, _OPENS).split(_OPENS)):
        split.append(_piece(pieces, part) if number % 2 else part)
    return joined(split, origin._replace(references=()))


def _tree(content: Any, pieces: list[Unknown], origin: Origin, levels: int) -> Tree:
    """`content` as a tree. Raises `RecursionError` if it has more than `levels` levels."""
    if not levels:
        raise RecursionError
    match content:
        case dict() if pieces and any(_OPENS in key for key in content):
            return _entries(content, pieces, origin, levels - 1)
        case dict():
            return Known({key: _tree(item, pieces, origin, levels - 1) for key, item in content.items()}, origin)
        case list():
            return Known([_tree(item, pieces, origin, levels - 1) for item in content], origin)
        case str() if _OPENS in content and pieces:
            return _joined(content, pieces, origin)
        case str() if content.startswith(_VALUE) and isinstance(piece := _piece(pieces, content[1:]), Unknown):
            return moved(piece.origin.document, piece.origin._replace(document=None))
        case None:
            return Absent(origin)
        case _:
            return Known(content, origin)
