"""Edits of a Terraform file: values are replaced, arguments and blocks added, in the style of `terraform fmt`.

Arguments on consecutive lines have their `=` in the same column. A new argument is aligned with them; if its name is longer,
they are aligned with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from wa_iac.core.fix import (
    CannotFixError,
    Content,
    Edit,
    FixPlace,
    Satellite,
    Scalar,
    Wanted,
    anew,
    content_of,
    items_of,
    place,
)
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Known

from .interpolations import refers_in_strings
from .nodes import Attribute, HclBlock, Literal, TupleExpr, is_constant

_REST_OF_LINE: Final = late(rb"[ \t]*(?:(?:#|//)[^\r\n]*|/\*(?:(?!\*/)[^\r\n])*\*/[ \t]*)?(?=\r?\n|\Z)")
_ASSIGNMENT: Final = late(rb"[ \t]*=[ \t]*")
_META: Final = frozenset({"count", "for_each", "provider", "depends_on"})
_STEP: Final = "  "
"""The indentation of `terraform fmt`. Another style in a file is kept."""
_INDENT: Final = late(rb"\n([ \t]+)[^\s}]")
_STEP_OF_BLOCK: Final = late(rb"\{[ \t]*(?:(?:#|//)[^\r\n]*)?\r?\n([ \t]+)[^\s}]")
"""The first line in a block: other lines may be those of a comment."""


class Style(NamedTuple):
    """A file's line ends and indentation."""

    newline: str
    step: str


def style_of(data: bytes) -> Style:
    """The style of a file."""
    indented = _STEP_OF_BLOCK.search(data)
    return Style("\r\n" if b"\r\n" in data else "\n", indented[1].decode() if indented else _STEP)


class Editor:
    """Collects the edits of one fix. `at` is the first byte of the finding, which decides the element for `[]`."""

    def __init__(self, data: bytes, path: str, at: int, style: Style) -> None:
        self.edits: list[Edit] = []
        self._data = data
        self._path = path
        self._at = at
        self._newline, self._step = style

    def fill(self, block: HclBlock, wanted: Content) -> None:
        """Edit a block until it contains `wanted`. Raises `CannotFixError`."""
        arguments: dict[str, str] = {}
        blocks: dict[FixPlace, Content] = {}
        reached = not any(place(each).here for each in wanted)
        dynamic = {each.labels[0] for each in block.body.named("dynamic") if each.labels}
        for written, value in wanted.items():
            where = place(written)
            if where.name in dynamic:
                raise CannotFixError("a dynamic block creates it")
            within = content_of(value)
            if within is not None:
                if where.name in block.body.attributes:
                    raise CannotFixError("the blocks are written as a value")
                found = self._nested(block, where)
                if found is not None:
                    self.fill(found, within)
                    reached = True
                elif not where.here:
                    blocks |= {key: each for key, new in anew({written: value}) if (each := content_of(new)) is not None}
            elif where.name in block.body.attributes:
                if not where.only_missing:
                    self._value(block.body.attributes[where.name], value)
            elif not where.only_written:
                arguments[where.name] = _text(value)
        if not reached:
            raise CannotFixError("the finding is in none of the blocks")
        if arguments or blocks:
            self._add(block, arguments, blocks)

    def beside(self, block: HclBlock, satellite: Satellite) -> None:
        """Add the satellite after a resource's block. Raises `CannotFixError` if the resource may have several instances."""
        if not _META.isdisjoint(block.body.attributes):
            raise CannotFixError("a person must decide which instances it is for")
        kind, name = block.labels
        owner = f'"${{{kind}.{name}.id}}"' if refers_in_strings(self._data) else f"{kind}.{name}.id"
        members: dict[FixPlace, Wanted] = {place(satellite.by): Expression(owner), **dict(anew(satellite.body))}
        lines = [f'resource "{satellite.type}" "{name}" {{', *body_lines(members, self._step, self._step), "}"]
        self._after_line(block.extent.end_byte, ["", *lines])

    def _nested(self, block: HclBlock, where: FixPlace) -> HclBlock | None:
        """The nested block that a name means; None if there is none."""
        found = block.body.named(where.name)
        if where.here:
            return next((each for each in found if each.extent.start_byte <= self._at < each.extent.end_byte), None)
        if where.key:
            keys = [each.body.attributes.get(where.key) for each in found]
            if not all(key is not None and isinstance(key.value, Literal) for key in keys):
                raise CannotFixError("a block is computed")
            return next((each for each in found if each.body.text(where.key) == where.equals), None)
        if len(found) > 1:
            raise CannotFixError("there are several such blocks")
        return found[0] if found else None

    def _value(self, attribute: Attribute, value: Wanted) -> None:
        old = attribute.value
        if isinstance(old, Literal):
            if isinstance(old.value, Known) and old.value == Known(value):
                return
            self._replace(old.span.start_byte, old.span.end_byte, _text(value))
        elif isinstance(old, TupleExpr) and is_constant(old) and items_of(value) is not None:
            written = self._cut(old.span)
            if "#" in written or "/" in written:
                raise CannotFixError("there are comments in the list")
            if written != _text(value):
                self._replace(old.span.start_byte, old.span.end_byte, _text(value))
        else:
            raise CannotFixError("the value is computed")

    def _add(self, block: HclBlock, arguments: Mapping[str, str], blocks: Mapping[FixPlace, Content]) -> None:
        body = block.body
        indent = self._indent(block.extent.start_byte)
        opening = self._data.index(b"{", block.header.end_byte)
        closing = block.extent.end_byte - 1
        first = _INDENT.match(self._data, self._data.find(b"\n", opening, closing))
        inner = first[1].decode() if first is not None and first.end() <= closing else indent + self._step
        lines = _nested_lines(blocks, inner, self._step)
        if b"\n" not in self._data[opening:closing]:
            self._unfold(block, opening, closing, arguments, lines, indent)
            return
        written = [each for each in body.attributes.values() if opening < each.span.start_byte < closing]
        if arguments:
            self._arguments(block, written, arguments, inner, opening)
        if blocks:
            ends = [each.span for each in written] + [each.extent for each in body.blocks if each.type != "lifecycle"]
            if not ends:
                following = bool(body.blocks) and not arguments
                self._after_line(opening + 1, [*([""] if arguments else []), *lines, *([""] if following else [])])
                return
            self._after_line(max(self._end(each) for each in ends), ["", *lines])

    def _unfold(
        self, block: HclBlock, opening: int, closing: int, arguments: Mapping[str, str], lines: list[str], indent: str
    ) -> None:
        """Rewrite a one-line block over several lines. It has at most one argument, since the language allows no more."""
        written = list(block.body.attributes.values())
        inside = self._data[opening + 1 : closing].decode().strip()
        if (
            len(written) > 1
            or block.body.blocks
            or (written and inside != self._cut(written[0].span))
            or (inside and not written)
        ):
            raise CannotFixError("the block is written in an unusual way")
        members: dict[FixPlace, Wanted] = {}
        if written:
            members[place(written[0].name)] = Expression(
                self._data[self._value_at(written[0]) : written[0].span.end_byte].decode()
            )
        members |= {place(name): Expression(text) for name, text in arguments.items()}
        new = body_lines(members, indent + self._step, self._step)
        new += ["", *lines] if new and lines else lines
        self._replace(opening + 1, closing, self._newline.join(["", *new, indent]))

    def _arguments(
        self, block: HclBlock, written: list[Attribute], arguments: Mapping[str, str], indent: str, opening: int
    ) -> None:
        """Add arguments after the last one that has its own line before the nested blocks."""
        first = min((each.extent.start_byte for each in block.body.blocks), default=len(self._data))
        plain = [each for each in written if each.span.start_line == each.span.end_line]
        own = [each for each in plain if each.name not in _META]
        choices = ([each for each in own if each.span.start_byte < first], own, plain)
        anchor = next((found[-1] for each in choices if (found := sorted(each, key=_start))), None)
        if anchor is None:
            width = max(map(len, arguments))
            lines = [f"{indent}{name:<{width}} = {text}" for name, text in arguments.items()]
            if written or block.body.blocks:
                lines.append("")
            self._after_line(opening + 1, lines)
            return
        chain = self._chain(anchor, plain)
        width = max(len(each.name) for each in chain)
        if any(self._cut_between(each) != f"{' ' * (width - len(each.name))} = " for each in chain):
            # The others are not aligned, so ours is not either.
            self._after_line(anchor.span.end_byte, [f"{indent}{name} = {text}" for name, text in arguments.items()])
            return
        wider = max(width, *map(len, arguments))
        for each in chain if wider > width else ():
            start = each.span.start_byte + len(each.name.encode())
            self._replace(start, start + len(self._cut_between(each)), f"{' ' * (wider - len(each.name))} = ")
        self._after_line(anchor.span.end_byte, [f"{indent}{name:<{wider}} = {text}" for name, text in arguments.items()])

    def _chain(self, anchor: Attribute, plain: list[Attribute]) -> list[Attribute]:
        """The arguments on the consecutive lines around one."""
        by_line = {each.span.start_line: each for each in plain}
        chain = [anchor]
        for step in (-1, 1):
            line = anchor.span.start_line + step
            while line in by_line:
                chain.append(by_line[line])
                line += step
        return chain

    def _cut_between(self, attribute: Attribute) -> str:
        """The text between the name and the value: ` = `, with alignment."""
        start = attribute.span.start_byte + len(attribute.name.encode())
        return self._data[start : self._value_at(attribute)].decode("utf-8", "replace")

    def _value_at(self, attribute: Attribute) -> int:
        start = attribute.span.start_byte + len(attribute.name.encode())
        found = _ASSIGNMENT.match(self._data, start)
        if found is None:
            raise CannotFixError("the argument is written in an unusual way")
        return found.end()

    def _end(self, span: Span) -> int:
        """The end of an argument or a block, without the line feed that is part of a heredoc."""
        return span.start_byte + len(self._data[span.start_byte : span.end_byte].rstrip())

    def _after_line(self, end: int, lines: list[str]) -> None:
        rest = _REST_OF_LINE.match(self._data, end)
        if rest is None:
            raise CannotFixError("something follows on the same line")
        text = "".join(f"{self._newline}{line}" for line in lines)
        self.edits.append(Edit(self._path, rest.end(), rest.end(), text))

    def _indent(self, byte: int) -> str:
        line = self._data.rfind(b"\n", 0, byte) + 1
        written = self._data[line:byte].decode("utf-8", "replace").removeprefix("\ufeff")
        if written.strip():
            raise CannotFixError("the block does not begin its line")
        return written

    def _replace(self, start: int, end: int, text: str) -> None:
        self.edits.append(Edit(self._path, start, end, text))

    def _cut(self, span: Span) -> str:
        return self._data[span.start_byte : span.end_byte].decode("utf-8", "replace")


class Expression(str):
    """An expression, which is written as it is."""

    __slots__ = ()


def _start(attribute: Attribute) -> int:
    return attribute.span.start_byte


def _text(value: Wanted) -> str:
    """A value as HCL."""
    items = items_of(value)
    if items is not None:
        return f"[{', '.join(_text(each) for each in items)}]"
    if isinstance(value, Expression):
        return value
    return json.dumps(value)


def body_lines(members: Mapping[FixPlace, Wanted], indent: str, step: str) -> list[str]:
    """The lines of a new block's body: its arguments aligned, then its blocks."""
    arguments: dict[str, Scalar | str] = {}
    blocks: dict[FixPlace, Content] = {}
    for key, value in members.items():
        within = content_of(value)
        if within is None:
            arguments[key.name] = _text(value)
        else:
            blocks[key] = within
    width = max(map(len, arguments), default=0)
    lines = [f"{indent}{name:<{width}} = {text}" for name, text in arguments.items()]
    nested = _nested_lines(blocks, indent, step)
    return [*lines, "", *nested] if lines and nested else [*lines, *nested]


def _nested_lines(blocks: Mapping[FixPlace, Content], indent: str, step: str) -> list[str]:
    lines: list[str] = []
    for key, content in blocks.items():
        lines += ["", f"{indent}{key.name} {{", *body_lines(dict(anew(content)), indent + step, step), f"{indent}}}"]
    return lines[1:]
