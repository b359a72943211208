"""Sentences on a change at the place that decides a value (`deciders` finds it), and the code for it."""

from __future__ import annotations

from collections.abc import Sequence

from wa_iac.core.span import Span

from .callers import at, is_installed
from .decider_parts import Change, Place, as_text
from .module_code import ModuleCode
from .validated import refuses, to_allow


def to_make(change: Change, value: str, expression: Span, code: ModuleCode, others: Sequence[Place] = ()) -> list[str]:
    """Sentences on a change, and the code for it; empty code if the change is no single value. `value` is the wanted value of the argument at
    fault as the language writes it, `expression` its place, and `code` that of its modules. `others` are the places that lack the same."""
    place = change.place
    wanted = as_text(change.value) if not isinstance(change.value, str) else f'"{change.value}"'
    where = at(place.what, place.span)
    if change.compared:
        so = wanted if change.compared == "equal" else f"not {wanted}"
        by = change.expression or expression
        computes = f"An expression computes the value ({by.path}:{by.start_line}) from the {where}"
        refused = "" if change.compared == "other" else _refused(change, wanted, code)
        only = f" {refused} for that." if refused else ""
        return [f"{computes}: it gives {value} if that is {so}.{only} Change one of them.", ""]
    if refused := _refused(change, wanted, code):
        return [f"{refused}. Then set the {where} to it:", f"{place.name} = {wanted}"]
    made = _nested(place.keys, wanted)
    instead = change.otherwise
    more = ""
    if instead is not None and _is_own(instead):
        uses = (
            "what the module uses otherwise"
            if "of module " in place.what
            else "what the expression uses otherwise"
            if (resource := code.resource()) is not None and resource.extent.holds(instead)
            else "the default in its type, which holds for others, too"
        )
        more = f", or change {uses} ({instead.path}:{instead.start_line})"
    if place.inside:
        also = "".join(f" and to the {at(each.what, each.span)}" for each in others)
        return [f'Add "{place.name}" to the {where}{also}{more}:', f"{place.name} = {made}"]
    if place.missing and place.keys:
        rest = ", and to what else its default has" if place.rest else ""
        return [f"Set the {where} to this{rest}{more}:", f"{place.name} = {made}"]
    passes = ", or pass that value" if place.name == "default" else more
    return [f"Set the {where} to {made}{passes}:", f"{place.name} = {made}"]


def _refused(change: Change, wanted: str, code: ModuleCode) -> str:
    """What has to change before the variable that a change sets accepts the value; empty if it does."""
    place = change.place
    if place.keys or place.inside or not place.what.startswith(("argument ", "default of ", "value of ")):
        return ""
    variable = code.variable(place.level + place.what.startswith("argument "), place.what.split('"')[1])
    return to_allow(wanted, [variable]) if variable is not None and refuses(variable, change.value) else ""


def _is_own(span: Span | None) -> bool:
    """Whether a place is in a module that the reader can change."""
    return span is not None and not is_installed(span.path)


def _nested(keys: tuple[str, ...], value: str) -> str:
    """A value as the content of objects in one another."""
    for each in reversed(keys):
        value = f"{{ {each} = {value} }}"
    return value
