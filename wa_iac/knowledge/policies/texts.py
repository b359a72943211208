"""Texts of policies as patterns: unknown pieces and policy variables in one form, so that patterns can be compared.

An unknown piece becomes a mark made of its identity: it is the same text everywhere, and no other. "Policy variables" (IAM User
Guide): `${aws:username}` stands for a value of the request, `${*}`, `${?}` and `${$}` for the character. They are plain text in
documents of the version 2008-10-17, which is the default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.coerce import coercion
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import Rest
from wa_iac.core.presence import is_made_here, is_pseudo
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .condition_keys import BY_THE_RESOURCE

_VARIABLE: Final = late(r"\$\{([^}]*)\}")
_PLAIN: Final = {"*": "\ue001", "?": "\ue002", "$": "$"}
"""Characters that are meant literally."""
_FIXED: Final = late("\ue100[^\ue101]*\ue101")
_AS_TEXT: Final = coercion(str)


def mark(value: Unknown) -> str:
    """The text for an unknown piece."""
    return f"\ue100{hash(value.identity):x}\ue101"


def has_mark(text: str) -> bool:
    """Whether a text has a piece that is fixed, but not known."""
    return "\ue100" in text


def without_marks(text: str, instead: str) -> str:
    return _FIXED.sub(instead, text)


def pattern_of(value: Value[str]) -> str | Unknown:
    """The text of a value with marks for its unknown pieces; the unknown itself if it may be anything, also a star."""
    match value:
        case Known(text):
            return str(text)
        case Unknown(alternatives=()) if value.parts:
            return "".join(part if isinstance(part, str) else mark(part) for part in value.parts)
        case Unknown(alternatives=(), origin=origin) if origin.references or is_pseudo(value) or is_made_here(value):
            return mark(value)
        case Unknown():
            return value
        case Absent():
            return ""


def texts(tree: Tree) -> Iterator[Value[str]]:
    """The texts in a place that has one or a list of them. A part of a list that is not known is one unknown text."""
    match tree:
        case Absent():
            return
        case Known(list() as items):
            for item in items:
                yield from texts(item)
        case Rest():
            yield tree
        case _:
            yield _AS_TEXT(tree, lambda _: None)


def literal(text: str) -> str:
    """A text whose stars and question marks are meant literally."""
    return text.replace("*", _PLAIN["*"]).replace("?", _PLAIN["?"])


def expanded(text: str, version: Value[str]) -> str:
    """A text with its policy variables as wildcards, or as marks if the resource fixes them."""
    if "${" not in text or (isinstance(version, Known) and version.value != "2012-10-17") or isinstance(version, Absent):
        return text
    return _VARIABLE.sub(lambda found: _variable(found[1]), text)


def _variable(name: str) -> str:
    if name in _PLAIN:
        return _PLAIN[name]
    key = name.partition(",")[0].strip().lower()
    return f"\ue100{key}\ue101" if key in BY_THE_RESOURCE else "*"
