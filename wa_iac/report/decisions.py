"""Sentences on a change at the place that decides a value (`deciders` finds it), and the code for it."""

from __future__ import annotations

from wa_iac.core.span import Span

from .callers import at, is_installed
from .decider_parts import Change, as_text


def to_make(change: Change, value: str, expression: Span) -> list[str]:
    """Sentences on a change, and the code for it; empty code if the change is no single value. `value` is the wanted value of the argument at
    fault as the language writes it, and `expression` its place."""
    place = change.place
    wanted = as_text(change.value) if not isinstance(change.value, str) else f'"{change.value}"'
    where = at(place.what, place.span)
    if change.compared:
        so = wanted if change.compared == "equal" else f"not {wanted}"
        computes = f"An expression computes the value ({expression.path}:{expression.start_line}) from the {where}"
        return [f"{computes}: it gives {value} if that is {so}. Change one of them.", ""]
    made = _nested(place.keys, wanted)
    instead = change.otherwise
    more = (
        f", or change what the module uses otherwise ({instead.path}:{instead.start_line})"
        if _is_own(instead) and instead
        else ""
    )
    if place.inside:
        return [f'Add "{place.name}" to the {where}{more}:', f"{place.name} = {made}"]
    if place.missing and place.keys:
        rest = ", and to what else its default has" if place.rest else ""
        return [f"Set the {where} to this{rest}{more}:", f"{place.name} = {made}"]
    passes = ", or pass that value" if place.name == "default" else more
    return [f"Set the {where} to {made}{passes}:", f"{place.name} = {made}"]


def _is_own(span: Span | None) -> bool:
    """Whether a place is in a module that the reader can change."""
    return span is not None and not is_installed(span.path)


def _nested(keys: tuple[str, ...], value: str) -> str:
    """A value as the content of objects in one another."""
    for each in reversed(keys):
        value = f"{{ {each} = {value} }}"
    return value
