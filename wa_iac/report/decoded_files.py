"""Values in a document of its own, which `yamldecode(file(...))` or `jsondecode(file(...))` reads: the place of the key in that file."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .callers import at
from .deciders import decoded_at
from .fault import Fault, line_of
from .written import text_at

_DECODED: Final = late(r'(?:json|yaml)decode\(\s*file\(\s*"(?P<own>\$\{path\.module\}/)?(?P<file>[\w./-]+)"\s*\)\s*\)')
_LARGEST: Final = 1_000_000


def in_decoded_file(fault: Fault) -> list[str]:
    """A sentence on the key of a decoded file that has the value at fault; empty if there is none, or it is not found in the file."""
    wanted, node = fault.wanted(), fault.at.node
    if fault.finding.dialect != "terraform" or node is None or not wanted or not fault.written()[1]:
        return []
    places = (node.origin.span, *(step.span for step in node.origin.chain))
    if not any("decode(" in text_at(each, fault.sources) for each in places if each.path):
        return []
    found = decoded_at(fault.declared, fault.sources, node.origin.span, fault.at.path)
    call = None if found is None else found.expression.span
    document = None if call is None else _DECODED.fullmatch(text_at(call, fault.sources))
    if found is None or call is None or document is None:
        return []
    around = call.path if document["own"] or not fault.declared.calls else fault.declared.calls[0].span.path
    path = posixpath.normpath(posixpath.join(posixpath.dirname(around), document["file"]))
    line = _line(path, around, found.inside)
    if line is None:
        return []
    key = at(f'key "{".".join(found.inside)}"', Span(path, line, 1, line, 1))
    return fault.said(f"The {key}, which {line_of(call)} decodes, has the value. Set it to {wanted} there.")


def _line(path: str, around: str, keys: tuple[str, ...]) -> int | None:
    """The line of a key in a file of YAML or JSON; None if it cannot be read, or does not have the key."""
    import yaml

    try:
        content = files.read(Path(path), within=files.scan_root(Path(around)), most=_LARGEST)
        node = yaml.compose(content, Loader=yaml.CSafeLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            named = [(name, value) for name, value in node.value if name.value == key]
            if len(named) != 1:
                return None
            [(name, node)] = named
            line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and key.isdecimal() and int(key) < len(node.value):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
        else:
            return None
    return line
