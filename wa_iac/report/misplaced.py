"""Properties of CloudFormation that are written beside `Properties`, where they have no effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late

from .callers import at
from .code_parts import parts_of
from .template_code import resource_at

_BESIDE: Final = frozenset(
    {"Type", "Properties", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "DependsOn", "Metadata"}
)
"""Names that belong beside `Properties`."""
_LEVEL: Final = late(rb"(?m)^([ \t]*)[\"']?(?:Type|Properties)[\"']?[ \t]*:")


def misplaced(declared: Declared, sources: Mapping[str, bytes], text: str) -> str:
    """A sentence on a property of the code that is written beside `Properties`. Empty if none is."""
    if declared.dialect != "cloudformation":
        return ""
    extent = declared.extent
    block = sources.get(extent.path, b"")[extent.start_byte : extent.end_byte]
    names = {each.name for each in parts_of(text) if each.name.encode() in block}.difference(_BESIDE, declared.body.value)
    if not names or not _beside(block, names):
        return ""
    written = resource_at(extent.path, declared.span.start_byte, sources)
    for name in sorted(names):
        if name in written:
            return f"{at(f'`{name}`', written[name].key)} is not below Properties, where it belongs: move it there."
    return ""


def _beside(block: bytes, names: Iterable[str]) -> bool:
    """Whether one of the names may be written beside `Properties`, which the layout tells before the file is read again: it is within
    braces on a line, or begins one as deep as `Type` or `Properties`."""
    deep = {found[1] for found in _LEVEL.finditer(block)}
    for name in names:
        key = rb"[\"']?" + re.escape(name.encode()) + rb"[\"']?[ \t]*:"
        begun = [found[1] for found in re.finditer(rb"(?m)^([ \t]*)" + key, block)]
        if not deep.isdisjoint(begun) or re.search(rb"[{,][ \t]*" + key, block) is not None:
            return True
    return False
