"""What else a parameter of a template decides by its conditions: outputs and resources that exist by the same value.

A remedy that gives a parameter another value changes these too. An output that a condition turns on may be one that cannot be made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from wa_iac.core.finding import Finding
from wa_iac.core.late_pattern import late

from .allowed import declared_parameter

if TYPE_CHECKING:
    from wa_iac.parsers.cloudformation.text.located import Entry, Node

_CHANGED: Final = late(
    r'\b(?:[Ss]et|[Gg]ive|[Pp]ass|another value of|[Tt]he default of(?= parameter "\w+" leaves out))\b[^.:]*?\bparameter "(?P<name>\w+)"(?: \((?P<path>[^()\s]+):\d+\))?'
)
"""A sentence by which a parameter gets another value."""
_MOST: Final = 3


def also_decided(sentences: Sequence[str], finding: Finding) -> Iterator[str]:
    """Sentences on what the parameters decide to which other sentences give another value."""
    subject = finding.subject
    if subject is None or finding.dialect != "cloudformation":
        return
    declared = subject.declared
    own = "" if declared is None else declared.name
    told = set()
    for sentence in (each for each in sentences if 'parameter "' in each):
        for found in _CHANGED.finditer(sentence):
            path = found["path"] or finding.span.path
            if (found["name"], path) in told or declared_parameter(subject, path, found["name"]) is None:
                continue
            told.add((found["name"], path))
            others = [
                each
                for name, each in _decided_by(found["name"], path, subject.sources)
                if name != own and not any(re.search(rf"\b{re.escape(name)}\b", said) for said in sentences)
            ]
            if others:
                more = [f"{len(others) - _MOST} more"] if len(others) > _MOST else []
                *first, last = others[:_MOST] + more
                listed = f"{', '.join(first)} and {last}" if first else last
                exist = "exist: look at them" if first else "exists: look at that"
                yield f'A condition on parameter "{found["name"]}" also decides whether {listed} {exist} first.'


def _decided_by(parameter: str, path: str, sources: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The names of the outputs and resources that exist by conditions on a parameter of a template, and what to call them, with their places."""
    from wa_iac.parsers.cloudformation.text.documents import parsed

    document = parsed(sources.get(path, b""), path)
    root = None if document is None else document.root
    conditions = _members(root, "Conditions")
    asked = {name: set(_asked(each.value)) for name, each in conditions.items()}
    by = {name for name, each in asked.items() if ("Ref", parameter) in each}
    found = by
    while found:
        found = {
            name for name, each in asked.items() if name not in by and any(("Condition", other) in each for other in found)
        }
        by |= found
    for section, what in (("Outputs", 'output "{}"'), ("Resources", "{}")):
        for name, each in _members(root, section).items():
            condition = _members(each.value).get("Condition")
            if condition is not None and getattr(condition.value, "text", None) in by:
                yield name, f"{what.format(name)} ({path}:{each.key.start_line})"


def _asked(node: Node) -> Iterator[tuple[str, str]]:
    """The parameters and the conditions that a condition asks for."""
    from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, ScalarNode

    if isinstance(node, MapNode):
        for name, each in node.entries.items():
            if name in ("Ref", "Condition") and isinstance(each.value, ScalarNode):
                yield name, each.value.text
            else:
                yield from _asked(each.value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _asked(item)


def _members(node: Node | None, section: str = "") -> Mapping[str, Entry]:
    """The members of an object, or of one of its sections; empty for anything else."""
    from wa_iac.parsers.cloudformation.text.located import MapNode

    if not isinstance(node, MapNode):
        return {}
    if not section:
        return node.entries
    return _members(node.entries[section].value) if section in node.entries else {}
