"""The `dynamic` blocks of Terraform: a remedy names what decides what they write, since their content holds for all callers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding
from wa_iac.core.late_pattern import LatePattern

from .callers import VARIABLES, at, calling, is_installed, passed, text_at, variable

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, HclBlock

_LONGEST: Final = 60
_DEFAULT: Final = LatePattern(r'variable "(?P<name>[^"]+)"')


def dynamics(body: Body) -> Iterator[HclBlock]:
    """The `dynamic` blocks of a body, the outer ones first."""
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            yield block
        yield from dynamics(block.body)


def source_of(finding: Finding, declared: Declared, sources: Mapping[str, bytes], for_each: str) -> str:
    """What decides what a `dynamic` block writes, and the change there, as the middle of a sentence. `for_each` is the block's expression,
    empty if it has none."""
    last = next((each for each in reversed(finding.chain) if each.span.path), None)
    if last is not None and last.argument:
        argument = f'the argument "{last.argument}"'
        return f", from {at(argument, last.span)}: change that"
    default = None if last is None else _DEFAULT.fullmatch(last.default_of)
    text = for_each if last is None else text_at(last.span, sources)
    names = [default["name"]] if default is not None else list(dict.fromkeys(VARIABLES.findall(text)))
    call = calling(declared, 0)
    if len(names) != 1 or (call is not None and is_installed(declared.span.path)):
        if last is not None:
            return f", from {at('the value', last.span)}: change that"
        elements = f"the elements of its for_each, {for_each}," if for_each and len(for_each) <= _LONGEST else "its for_each"
        return f": change {elements} or its content"
    line = None if call is None else passed(call, sources, names[0])
    if call is not None and line is not None:
        return f', from the argument "{names[0]}" of {call.note} ({call.span.path}:{line}): change that'
    declaration = at(f'variable "{names[0]}"', variable(declared, sources, names[0]))
    if call is not None:
        return f", from {declaration}: let the call of {at(call.note, call.span)} pass that"
    return f", from {declaration}: pass another value, or change its default"
