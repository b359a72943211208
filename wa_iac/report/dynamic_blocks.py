"""The `dynamic` blocks of Terraform: a remedy names what decides what they write, since their content holds for all callers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from wa_iac.core.span import Span

from .callers import VARIABLES, argument_of, at, calling, default_named, is_installed, passed, variable
from .code_parts import Part, parts_of
from .conditionals import literal
from .element_keys import keys_of_elements
from .fault import Fault, line_of
from .module_code import ModuleCode, for_each
from .object_arguments import object_arguments
from .shared_lines import calls_of
from .written import text_at

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, HclBlock

_LONGEST: Final = 60
"""The length of an expression that is quoted."""


def dynamic(fault: Fault) -> list[str]:
    """For a `dynamic` block that would write the missing block or argument, or that writes it from its elements. Empty if there is none."""
    declared, sources = fault.declared, fault.sources
    if fault.language != "hcl" or "dynamic" not in text_at(declared.extent, sources):
        return []
    resource = ModuleCode(declared, sources).resource()
    parts = parts_of(fault.code.text)
    names = {each.name for each in parts}
    _, own = fault.written()
    for block in _dynamics(resource.body) if resource is not None else ():
        inside = block.extent.holds(fault.finding.span)
        name = block.labels[0]
        constant = inside and bool(own) and f"{name}.value" not in own
        if constant and (not declared.calls or fault.is_computed(own)):
            return []
        if inside and not own and _is_constant(fault, name):
            return fault.with_code(_in_content(fault, name, block.header))
        if inside or (name in names and not own and _can_write(block, parts)):
            if not constant and (found := object_arguments(fault, block)):
                return found
            source = for_each(block, sources)
            decides = _source(fault, source)
            if declared.calls and (constant or "argument" not in decides):
                said = _shared_constant(fault) if constant else _shared(fault, name, block.header, source)
                return fault.said(said) if said else []
            return fault.with_code(f'A dynamic block writes "{name}" ({line_of(block.header)}){decides}, so that this results:')
    return []


def _is_constant(fault: Fault, name: str) -> bool:
    """Whether the argument at the finding's own place is a literal, which no element of the `dynamic` block decides."""
    span = fault.finding.span
    value = fault.assigned(span)[1] or text_at(span, fault.sources)
    return bool(value) and f"{name}." not in value and literal(value) is not None


def _in_content(fault: Fault, name: str, header: Span) -> str:
    number = calls_of(fault.subject, fault.declared)
    shared = f", which {number} calls of its module share," if number > 1 else ""
    return f'A dynamic block{shared} writes "{name}" ({line_of(header)}): change its content, so that this results:'


def _can_write(block: HclBlock, parts: Iterable[Part]) -> bool:
    """Whether the content of a `dynamic` block has the blocks that are inside of the one of its name among some parts: one that writes a rule
    of another kind is none for the missing rule, which stands beside it."""
    wanted = {name for part in parts if part.name == block.labels[0] for each in part.parts for name in _blocks_of(each)}
    return wanted.issubset({name for each in block.body.blocks for name in _written(each.body)})


def _blocks_of(part: Part) -> Iterator[str]:
    """The names of a block and of those inside of it; none for an argument."""
    if part.parts:
        yield part.name
        for each in part.parts:
            yield from _blocks_of(each)


def _written(body: Body) -> Iterator[str]:
    """The names of the blocks that a body writes, at any depth."""
    for block in body.blocks:
        yield block.labels[0] if block.type == "dynamic" and block.labels else block.type
        yield from _written(block.body)


def _dynamics(body: Body) -> Iterator[HclBlock]:
    """The `dynamic` blocks of a body, the outer ones first."""
    yield from (block for block in body.blocks if block.type == "dynamic" and block.labels)
    for block in body.blocks:
        yield from _dynamics(block.body)


def _source(fault: Fault, source: str) -> str:
    """What decides what a `dynamic` block writes, and the change there, as the middle of a sentence. `source` is the block's `for_each`,
    empty if it has none."""
    declared, sources = fault.declared, fault.sources
    last = next((each for each in reversed(fault.finding.chain) if each.span.path), None)
    if last is not None and last.argument:
        argument = f'the argument "{last.argument}"'
        return f", from {at(argument, last.span)}: change that"
    kind, default = ("", "") if last is None else default_named(last)
    text = source if last is None else text_at(last.span, sources)
    names = [default] if kind == "variable" else list(dict.fromkeys(VARIABLES.findall(text)))
    call = calling(declared, 0)
    if len(names) != 1 or (call is not None and is_installed(declared.span.path)):
        if last is not None:
            return f", from {at('the value', last.span)}: change that"
        elements = f"the elements of its for_each, {source}," if source and len(source) <= _LONGEST else "its for_each"
        return f": change {elements} or its content"
    if call is not None and (argument := argument_of(call, sources, names[0])):
        return f", from the {argument}: change that"
    declaration = at(f'variable "{names[0]}"', variable(declared, sources, names[0]))
    if call is not None:
        return f", from {declaration}: let the call of {at(call.note, call.span)} pass that"
    return f", from {declaration}: pass another value, or change its default"


def _shared(fault: Fault, name: str, header: Span, source: str) -> str:
    """A sentence on a `dynamic` block in a module, whose value each call decides by no argument that is known."""
    number = calls_of(fault.subject, fault.declared)
    shared = f"{number} calls of its module share" if number > 1 else "all calls of its module share"
    call = calling(fault.declared, 0)
    by = f" from its for_each, {source}" if source and len(source) <= _LONGEST else ""
    block = f'A dynamic block, which {shared}, writes "{name}" ({line_of(header)}){by}.'
    if call is None:
        return block
    if by_keys := keys_of_elements(fault, name, header):
        return f"{block} {by_keys}"
    lines = {each: passed(call, fault.sources, each) for each in dict.fromkeys(VARIABLES.findall(source))}
    arguments = [
        f'"{each}" ({call.span.path}:{written})' if written else f'"{each}", which it does not pass,'
        for each, written in lines.items()
    ]
    through = (
        f" by its argument{'s' if len(arguments) > 1 else ''} {' and '.join(arguments)}" if arguments else " by its arguments"
    )
    parts = parts_of(fault.text)
    of_block = [each for each in parts if each.parts] or parts
    leaves = [leaf for each in of_block for leaf in each.leaves()]
    must = f" There, `{leaves[0].name}` has to be {leaves[0].literal}." if len(leaves) == 1 and leaves[0].literal else ""
    if not must and leaves:
        must = f" The block that it makes has to have {' and '.join(f'`{each.name}`' for each in leaves)}."
    if beside := [each for each in parts if each not in of_block]:
        must += f" The resource needs {' and '.join(f'`{each.name}`' for each in beside)} beside it."
    return f"{block} The call of {at(call.note, call.span)} decides it{through.removesuffix(',')}.{must}"


def _shared_constant(fault: Fault) -> str:
    """A sentence on a constant in a `dynamic` block of a module. Empty if the module is called once."""
    number = calls_of(fault.subject, fault.declared)
    if number < 2:
        return ""
    part = fault.at.part
    wanted = part.value.rstrip(",") if part is not None and fault.at.element and not part.parts else fault.wanted()
    place, _ = fault.written()
    same = f"A dynamic block, which {number} calls of its module share, writes this value for all of them ({line_of(place)})."
    other = f"Set `{fault.at.name}` there to {wanted}" if wanted else "Change it there"
    return f"{same} {other} if that is right for all; otherwise make it a variable, so that each call can choose."
