"""The code of the Terraform modules around a resource, as written: blocks, arguments, local values and calls, level by level.

Level 0 is the root module; each module call leads one level further in, to the resource's own module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step

from .written import text_at

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Attribute, Body, Expr, HclBlock

_HCL: Final = (".tf", ".tofu")
VALUES: Final = (".tfvars", ".tofuvars")
"""The ends of the names of files that give variables their values."""


class ModuleCode:
    """The modules through which a resource is reached."""

    def __init__(self, declared: Declared, sources: Mapping[str, bytes]) -> None:
        self._declared = declared
        self._sources = sources
        self.innermost = len(declared.calls)

    def variable(self, level: int, name: str) -> HclBlock | None:
        return next((each for each in self._blocks(level, "variable") if each.labels == (name,)), None)

    def local(self, level: int, name: str) -> Attribute | None:
        """The argument of a `locals` block."""
        return next(filter(None, (each.body.attributes.get(name) for each in self._blocks(level, "locals"))), None)

    def call(self, level: int) -> HclBlock | None:
        """The call that is written at a level, and leads to the next one."""
        return call_at(self._declared.calls[level], self._sources)

    def call_around(self, span: Span) -> tuple[Step, HclBlock] | None:
        """The call, of those that lead to the resource, in which a place is, and its block; None if it is in none."""
        for step in self._declared.calls:
            block = call_at(step, self._sources) if step.span.path == span.path else None
            if block is not None and block.extent.holds(span):
                return step, block
        return None

    def resource(self) -> HclBlock | None:
        """The resource's own block."""
        extent = self._declared.extent
        body = body_of(extent.path, self._sources)
        return next((each for each in (body.blocks if body is not None else ()) if each.extent.holds(extent)), None)

    def given(self, name: str) -> tuple[Attribute | None, bool]:
        """What a file of values gives a variable of the root module, if only one of the files that were read names it; and whether any may."""
        files = [path for path, data in self._sources.items() if ".tfvars" in path and name.encode() in data]
        found = [body.attributes.get(name) for path in files if (body := values_of(path, self._sources)) is not None]
        sure = [each for each in found if each is not None]
        if len(found) == len(files) and len(sure) <= 1:
            return (sure[0], True) if sure else (None, False)
        return None, True

    def key(self, argument: Span) -> str | int | None:
        """The key of the instance, of those that an argument `for_each` makes."""
        keys = (each for each in self._declared.keys if each.argument.path == argument.path)
        return next((each.key for each in keys if each.argument.start_line == argument.start_line), None)

    def _blocks(self, level: int, kind: str) -> Iterator[HclBlock]:
        here = self._path(level).rpartition("/")[0]
        for path, data in self._sources.items():
            if path.endswith(_HCL) and path.rpartition("/")[0] == here and kind.encode() in data:
                body = body_of(path, self._sources)
                yield from (each for each in (body.blocks if body is not None else ()) if each.type == kind)

    def _path(self, level: int) -> str:
        """The path of one file of the module."""
        return self._declared.calls[level].span.path if level < self.innermost else self._declared.extent.path


def call_at(step: Step, sources: Mapping[str, bytes]) -> HclBlock | None:
    """The block of a module call; None if its file is not HCL, or was not read."""
    body = body_of(step.span.path, sources)
    calls = (each for each in (body.blocks if body is not None else ()) if each.type == "module")
    return next((each for each in calls if each.header.start_line == step.span.start_line), None)


def for_each(block: HclBlock, sources: Mapping[str, bytes]) -> str:
    """The expression of a block's `for_each` as it is written; empty if it has none."""
    source = block.body.attributes.get("for_each")
    return "" if source is None else text_at(source.value.span, sources)


def attribute_at(block: HclBlock, span: Span) -> tuple[Attribute | None, tuple[HclBlock, ...]]:
    """The argument that is written at a place of a block, and the blocks inside it that the place is in, the outer ones first."""
    around: list[HclBlock] = []
    body = block.body
    while True:
        inner = next((each for each in body.blocks if each.extent.holds(span)), None)
        if inner is None:
            break
        around.append(inner)
        body = inner.body
    found = next((each for each in body.attributes.values() if each.span.start_byte == span.start_byte), None)
    return found, tuple(around)


def constant(expression: Expr) -> tuple[object] | None:
    """What a literal stands for, in a tuple; `null` is None. None for any other expression."""
    from wa_iac.parsers.terraform.text.nodes import Literal

    if not isinstance(expression, Literal):
        return None
    value = expression.value
    if isinstance(value, Known):
        return (value.value,)
    return (None,) if isinstance(value, Absent) else None


def body_of(path: str, sources: Mapping[str, bytes]) -> Body | None:
    """The content of a file of HCL; None if it is none, or was not read."""
    data = sources.get(path)
    return _read(path, data) if data is not None and path.endswith(_HCL) else None


def values_of(path: str, sources: Mapping[str, bytes]) -> Body | None:
    """The content of a file of values; None if it is none of HCL."""
    return _read(path, sources[path]) if path.endswith(VALUES) and path in sources else None


@lru_cache(maxsize=128)
def _read(path: str, data: bytes) -> Body:

    from wa_iac.parsers.terraform.text.syntax import read_body

    return read_body(path, data)[0]
