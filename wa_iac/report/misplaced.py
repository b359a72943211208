"""Properties of CloudFormation that are written beside `Properties`, where they have no effect."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
_KEY: Final = late(rb"""(?m)(?:^(?P<depth>[ \t]*)|[{,][ \t]*)["']?(?P<name>\w+)["']?[ \t]*:""")
"""A key, with its indentation if it begins its line."""


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


def _beside(block: bytes, names: Collection[str]) -> bool:
    """Whether one of the names may be written beside `Properties`, which the layout tells before the file is read again: it is within
    braces on a line, or begins one as deep as `Type` or `Properties`."""
    keys = [(found["depth"], found["name"].decode()) for found in _KEY.finditer(block)]
    deep = {depth for depth, name in keys if name in ("Type", "Properties")}
    return any(name in names and (depth is None or depth in deep) for depth, name in keys)
