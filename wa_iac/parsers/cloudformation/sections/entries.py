"""What there is of the entries that a template writes: macros and loops stand for others, and a `Condition` may leave one out."""

from __future__ import annotations

from wa_iac.core.value import Absent, Tree
from wa_iac.parsers.cloudformation.functions.conditions import named as condition
from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import LOOP, MACRO, Entry, MapNode, ScalarNode

from .transforms import LANGUAGE_EXTENSIONS


def expandable(scope: TemplateScope, entries: dict[str, Entry], consequence: str) -> dict[str, Entry]:
    """The entries in their final form. Additions of a macro or a loop are not read, and a message reports that."""
    for key, entry in entries.items():
        if key == MACRO:
            scope.macro(consequence, entry.key)
        elif key.startswith(LOOP):
            scope.error(f"Fn::ForEach needs the transform {LANGUAGE_EXTENSIONS}: without it {consequence}", entry.key)
        else:
            continue
        scope.is_open = True
    return {key: entry for key, entry in entries.items() if key != MACRO and not key.startswith(LOOP)}


def existence(scope: TemplateScope, entry: Entry | None) -> Tree:
    """Whether something exists, by its `Condition`: absent if it has none."""
    if entry is None or (isinstance(entry.value, ScalarNode) and entry.value.value is None):
        return Absent()
    if not isinstance(entry.value, ScalarNode):
        return scope.fail("Condition needs the name of a condition", entry.key, entry.value.span)
    return condition(scope, entry.value.text, entry.value.span)


def type_of(entry: Entry) -> str:
    """A resource's type as written; empty if missing."""
    kind = entry.value.entries.get("Type") if isinstance(entry.value, MapNode) else None
    return kind.value.text if kind is not None and isinstance(kind.value, ScalarNode) else ""
