"""The keys that a module reads from the elements of an argument: `lookup(each.value, "retries", null)` in a resource for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .callers import argument_of, calling
from .code_parts import Part, parts_of
from .fault import Fault
from .module_code import ModuleCode, for_each
from .written import text_at, variable_in

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body

_KEY: Final = late(
    r'(?:lookup\(\s*each\.value\s*,\s*"(?P<looked>[\w-]+)"\s*,[^()]*\)|(?:try\(\s*)?each\.value(?:\.(?P<name>[\w-]+)|\["(?P<index>[\w-]+)"\])(?:\s*,[^()]*\))?)'
)
"""A value that is nothing but a part of the element."""


def keys_of_elements(fault: Fault, name: str, header: Span) -> str:
    """What the elements of the argument need, of which a module makes resources with the `dynamic` block `name`, as a sentence. Empty if an argument of the code comes from anywhere else."""
    resource = ModuleCode(fault.declared, fault.sources).resource()
    call = calling(fault.declared, 0)
    if resource is None or call is None:
        return ""
    argument = argument_of(call, fault.sources, variable_in(for_each(resource, fault.sources).strip()))
    found = list(_keys(fault, parts_of(fault.text), resource.body, name, header)) if argument else []
    if not found or not all(found):
        return ""
    return f"An element of the {argument} gets it by {' and '.join(found)}."


def _keys(fault: Fault, parts: tuple[Part, ...], body: Body, name: str, header: Span) -> Iterator[str]:
    """The key for each argument of the code, with its value where that is certain; empty for one that comes from elsewhere."""
    for part in parts:
        if not part.parts:
            written = body.attributes.get(part.name)
            found = None if written is None else _KEY.fullmatch(text_at(written.value.span, fault.sources).strip())
            key = "" if found is None else found["looked"] or found["name"] or found["index"]
            yield f"{key} = {part.literal}" if key and part.literal and "<" not in part.literal else key
            continue
        dynamic = next((each for each in body.blocks if each.header == header and each.labels == (part.name,)), None)
        inner = body.named(part.name) if dynamic is None else dynamic.body.named("content")
        if len(inner) == 1:
            yield from _keys(fault, part.parts, inner[0].body, name, header)
        else:
            yield ""
