"""The key behind an expression of a local value: `split(",", local.cluster.log_types)` is set where `log_types` is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Step

from .callers import at, setter_of
from .module_code import ModuleCode

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Expr

_LOCALS: Final = late(r"(?<![\w.])local\.([\w-]+)(?:\.([\w-]+)(?![\w.(\[]))?")
_VARIABLE: Final = late(r"var\.([\w-]+)")
_DEEPEST: Final = 4


def key_behind(expression: str, local: Step, declared: Declared, sources: Mapping[str, bytes]) -> str:
    """The one key, or the other local value, from which a local value of the resource's module is computed, with the place that sets it;
    and the variable that may have the key too. Empty if there is no such place, or more than one."""
    here = declared.span.path.rpartition("/")[0]
    found = {(each[1], each[2] or "") for each in _LOCALS.finditer(expression)}
    if not local.local or local.span.path.rpartition("/")[0] != here or len(found) != 1:
        return ""
    ((name, key),) = found
    code = ModuleCode(declared, sources)
    if not key:
        written = code.local(code.innermost, name)
        return at(f"local.{name}", written.span) if written is not None else ""
    places = list(_places(code, name, key))
    keys = [place for place, _ in places if place is not None]
    if not keys:
        return ""
    given = [setter_of(declared, sources, each) for place, each in places if place is None]
    also = f", or that key in {' or '.join(given)}" if given else ""
    return at(f'the key "{key}"', keys[0]) + also


def _places(code: ModuleCode, name: str, key: str) -> Iterator[tuple[Span | None, str]]:
    """Where a key of a local value is written, the last one first, and the variables that may have it instead: no place, and the name."""
    written = code.local(code.innermost, name)
    if written is not None:
        yield from _within(code, written.value, key, _DEEPEST)


def _within(code: ModuleCode, value: Expr, key: str, depth: int) -> Iterator[tuple[Span | None, str]]:
    from wa_iac.parsers.terraform.text import nodes

    if depth == 0:
        return
    if isinstance(value, nodes.ObjectExpr):
        yield from ((each.span, "") for each in value.items if nodes.written(each.key) == key)
    elif isinstance(value, nodes.Call) and value.name == "merge":
        for each in reversed(value.arguments):
            yield from _within(code, each, key, depth - 1)
    else:
        text = nodes.written(value)
        if (variable := _VARIABLE.fullmatch(text)) is not None:
            yield None, variable[1]
        elif (other := _LOCALS.fullmatch(text)) is not None and not other[2]:
            written = code.local(code.innermost, other[1])
            if written is not None:
                yield from _within(code, written.value, key, depth - 1)
