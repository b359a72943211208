"""Conditional expressions at fault whose other branch is right: a remedy names the setting that has them choose it."""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known

from .allowed import accepts
from .callers import argument_of, at, calling, constant_passed, variable
from .code_place import CodePlace
from .conditionals import Literal, choice_of, literal
from .deciders import flipped_by
from .instances import REPEATED
from .module_code import ModuleCode, constant, for_each
from .written import text_at

_NOTHING: Final[tuple[object, ...]] = (None, "", [], {})
_LONGEST: Final = 60
_ASKED: Final = late(r"(?<![\w.!])var\.([\w-]+)(?=\s*(?:&&|\?|\)|$))")
"""A variable that is a condition by itself, and not its opposite."""
_OTHERWISE: Final = late(r"\|\||\?\s*(?:0|\[\]|\{\}|toset\(\[\]\))")
"""In an expression that does not become nothing with each of its conditions."""


def switched_by(finding: Finding, subject: Subject, declared: Declared, place: CodePlace, expression: str) -> str:
    """A sentence on the setting that has the expression at a place choose its other branch, if that one is right; empty if it is not,
    or if something else computes the condition."""
    choice = choice_of(expression) if finding.dialect == "terraform" else None
    now = place.node
    if choice is None or now is None or not isinstance(now, (Known, Absent)):
        return ""
    current = None if isinstance(now, Absent) else now.value
    if literal(choice.then) == Literal(current):
        other, wanted = choice.otherwise, choice.negated
    elif literal(choice.otherwise) == Literal(current):
        other, wanted = choice.then, not choice.negated
    else:
        return ""
    setting = _setting(finding, subject, declared, choice.condition)
    if (not setting or choice.condition.startswith("each.")) and _is_right(finding, subject, declared, place, other, current):
        flip = flipped_by(declared, subject.sources, now.origin.span, place.path)
        if flip is not None and flip.value is wanted and not flip.place.inside and not flip.place.keys:
            setting = f"the {at(flip.place.what, flip.place.span)}"
    if not setting or not _is_right(finding, subject, declared, place, other, current):
        return ""
    result = f"gives {other}" if literal(other) is not None else f"sets `{place.name}`"
    span = now.origin.span
    return f"Set {setting} to {str(wanted).lower()}: the expression at {span.path}:{span.start_line} then {result}."


def _is_right(finding: Finding, subject: Subject, declared: Declared, place: CodePlace, branch: str, current: object) -> bool:
    """Whether a branch is right: the rule accepts it, or it is an expression where the other branch is nothing."""
    given = literal(branch)
    if given is None:
        return current in _NOTHING
    path = place.path or ()
    return (
        (given.value is None or isinstance(given.value, (str, bool, int)))
        and bool(path)
        and accepts(finding, subject, declared, path, given.value)
    )


def _setting(finding: Finding, subject: Subject, declared: Declared, condition: str) -> str:
    """What a condition refers to, where it is set: a variable, an argument of a call, or an attribute of the elements of `for_each`. Empty
    where something else computes it."""
    head, _, attribute = condition.partition(".")[2].partition(".")
    within = f'the attribute "{attribute}" of ' if attribute else ""
    if condition.startswith("each."):
        source = _for_each(subject, declared)
        return f"{within}the elements of its for_each, {source}," if head == "value" and within and source else ""
    call = calling(declared, 0)
    if call is None:
        named = f'variable "{head}"'
        defaults = (each.span for each in finding.related if each.default_of == named)
        where = next(defaults, None) or variable(declared, subject.sources, head)
        return within + at(named, where) if where is not None else ""
    written = argument_of(call, subject.sources, head)
    if not written or attribute:
        return f'{within}the argument "{head}" of {at(call.note, call.span)}'
    return f"the {written}" if constant_passed(call, subject.sources, head) in ((True,), (False,)) else ""


def turned_off(subject: Subject, declared: Declared) -> str:
    """A sentence on the setting without which a resource would not exist: a variable in its `count` or `for_each` that is true by its
    default, or by the call of the module. Empty if there is none."""
    text = text_at(declared.extent, subject.sources)
    repeat = REPEATED.search(text)
    if repeat is None or _OTHERWISE.search(repeat["value"]):
        return ""
    call = calling(declared, 0)
    for name in reversed(_ASKED.findall(repeat["value"])):
        where = ""
        if call is not None:
            if constant_passed(call, subject.sources, name) == (True,):
                where = f"the {argument_of(call, subject.sources, name)}"
        elif (block := ModuleCode(declared, subject.sources).variable(len(declared.calls), name)) is not None:
            default = block.body.attributes.get("default")
            is_on = default is not None and constant(default.value) == (True,)
            where = at(f'variable "{name}"', block.header) if is_on else ""
        if where:
            return f"{declared.address} ({declared.span.path}:{declared.span.start_line}) exists since {where} is true: set that to false, after the clients that come that way have another one."
    return ""


def _for_each(subject: Subject, declared: Declared) -> str:
    """The expression of the resource's `for_each`, if it is short."""
    block = ModuleCode(declared, subject.sources).resource()
    value = "" if block is None else for_each(block, subject.sources)
    return value if len(value) <= _LONGEST else ""
