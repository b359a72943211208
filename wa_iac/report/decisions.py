"""Sentences on the place that decides a value which several resources get from one block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Subject
from wa_iac.core.span import Span
from wa_iac.core.value import Step

from .callers import VARIABLES, at, calling, is_installed, passed
from .decider_parts import Change, as_text
from .module_code import ModuleCode
from .shared_lines import calls_of

_LONGEST: Final = 60


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


def in_shared_block(subject: Subject, declared: Declared, name: str, line: int, source: str, wanted: str) -> str:
    """A sentence on a `dynamic` block in a module, whose value each call decides by no argument that is known. `wanted` is what has to
    result, in words, or empty."""
    number = calls_of(subject, declared)
    shared = f"{number} calls of its module share" if number > 1 else "all calls of its module share"
    call = calling(declared, 0)
    by = f" from its for_each, {source}" if source and len(source) <= _LONGEST else ""
    block = f'A dynamic block, which {shared}, writes "{name}" ({declared.extent.path}:{line}){by}.'
    if call is None:
        return block
    lines = {each: passed(call, subject.sources, each) for each in dict.fromkeys(VARIABLES.findall(source))}
    arguments = [
        f'"{each}" ({call.span.path}:{written})' if written else f'"{each}", which it does not pass,'
        for each, written in lines.items()
    ]
    through = (
        f" by its argument{'s' if len(arguments) > 1 else ''} {' and '.join(arguments)}" if arguments else " by its arguments"
    )
    must = f" There, {wanted}." if wanted else ""
    return f"{block} {at(call.note, call.span)} decides it{through} for its own resources.{must}"


def constant_in_shared_block(subject: Subject, declared: Declared, place: Span, name: str, wanted: str) -> str:
    """A sentence on a constant at `place`, the value of `name`, in a `dynamic` block of a module. Empty if the module is called once."""
    number = calls_of(subject, declared)
    if number < 2:
        return ""
    same = f"A dynamic block, which {number} calls of its module share, writes this value for all of them ({place.path}:{place.start_line})."
    other = f"Set `{name}` there to {wanted}" if wanted else "Change it there"
    return f"{same} {other} if that is right for all; otherwise make it a variable, so that each call can choose."


def argument_around(declared: Declared, sources: Mapping[str, bytes], span: Span) -> str:
    """The argument of a module call that a place is in, in words; empty if it is in none."""
    code = ModuleCode(declared, sources)
    for level, step in enumerate(declared.calls):
        call = code.call(level) if step.span.path == span.path else None
        for name, each in call.body.attributes.items() if call is not None else ():
            if each.span.start_byte <= span.start_byte < each.span.end_byte:
                return f'argument "{name}" of {step.note}'
    return ""


def call_around(declared: Declared, sources: Mapping[str, bytes], span: Span) -> Step | None:
    """The module call that a place is in; None if it is in none."""
    code = ModuleCode(declared, sources)
    for level, step in enumerate(declared.calls):
        call = code.call(level) if step.span.path == span.path else None
        if call is not None and call.extent.start_byte <= span.start_byte < call.extent.end_byte:
            return step
    return None
