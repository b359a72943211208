"""What a `dynamic` block that makes nothing yet would write: its arguments come from variables, which have to give the values of a remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wa_iac.core.declared import Declared
from wa_iac.core.span import Span

from .callers import setter_of
from .code_parts import Part
from .module_code import ModuleCode
from .written import text_at, variable_in

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, HclBlock


def by_variables(declared: Declared, sources: Mapping[str, bytes], part: Part, place: Span) -> str:
    """What the variables behind the block at a place have to give, as the end of a sentence; empty if no argument of it is just a variable."""
    resource = ModuleCode(declared, sources).resource() if part.parts else None
    block = None if resource is None else next((each for each in _dynamics(resource.body) if _is_at(each, part, place)), None)
    content = None if block is None else next((each for each in block.body.blocks if each.type == "content"), None)
    if content is None:
        return ""
    said: list[str] = []
    for leaf in part.leaves():
        written = content.body.attributes.get(leaf.name)
        name = "" if written is None else variable_in(text_at(written.value.span, sources).strip())
        if name and leaf.literal:
            said.append(f"its {leaf.name} comes from {setter_of(declared, sources, name)}, and has to give {leaf.literal}")
    return "; ".join(said) if len(said) == len(list(part.leaves())) else ""


def _dynamics(body: Body) -> Iterator[HclBlock]:
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            yield block
        yield from _dynamics(block.body)


def _is_at(block: HclBlock, part: Part, place: Span) -> bool:
    return block.labels[0] == part.name and (block.extent.holds(place) or block.header.start_line == place.start_line)
