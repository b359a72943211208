"""Edits of a template's text: values are replaced and added in the existing style, YAML or JSON. Nothing else changes.

It also edits Terraform's JSON, which consists of nested objects as well.
"""

from __future__ import annotations

from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.fix import CannotFixError, Content, Edit, FixPlace, Scalar, Wanted, anew, content_of, items_of, place
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .located import LOOP, Entry, ListNode, MapNode, Node, ScalarNode
from .rendering import Style, rendered, scalar

_REST_OF_LINE: Final = late(rb"[^\r\n]*(?=\r?\n|\Z)")
"""After the last value of a block there can only be a comment, or the rest of an alias."""
_KEPT_LINES: Final = late(rb"[|>]\d?\+\d?[ \t]*(?:#[^\r\n]*)?\r?\n")
_SEPARATOR: Final = late(r"\s*,(?P<space>\s*)")


class Editor:
    """Collects the edits of one fix. `at` is the first byte of the finding, which decides the element for `[]`."""

    def __init__(self, data: bytes, path: str, at: int, style: Style) -> None:
        self.edits: list[Edit] = []
        self._data = data
        self._path = path
        self._at = at
        self._style = style

    def fill(self, entry: Entry, wanted: Content) -> None:
        """Edit the object in the value of `entry` so that it contains `wanted`. Raises `CannotFixError`."""
        self._own(entry)
        match entry.value:
            case ScalarNode(value=None, text=""):
                indent = " " * (entry.key.start_column - 1)
                self._after_line(
                    entry.key.end_byte, rendered(self._style, dict(anew(wanted)), indent + self._style.step, block=True)
                )
            case ScalarNode(value=None):
                self._replace(entry.value.span, self._inline(wanted, self._line_indent(entry.key.start_byte)))
            case MapNode(call=""):
                self._object(entry.value, wanted)
            case ListNode(items=[MapNode(call="") as only]) if self._style.lists_stand_for_blocks:
                self._object(only, wanted)
            case _:
                raise CannotFixError("the value is computed")

    def _object(self, node: MapNode, wanted: Content) -> None:
        missing: dict[FixPlace, Wanted] = {}
        reached = not any(place(each).here for each in wanted)
        for written, value in wanted.items():
            where = place(written)
            entry = node.entries.get(where.name)
            if where.here:
                reached = (entry is not None and self._element(node, entry, value)) or reached
            elif entry is None:
                missing |= dict(anew({written: value}))
            elif not where.only_missing:
                self._within(node, entry)
                self._entry(entry, where, value)
        if not reached:
            raise CannotFixError("the finding is in none of the elements")
        if missing:
            if any(each.startswith(LOOP) for each in node.entries):
                raise CannotFixError("a loop beside it may write the value")
            self._add(node, missing)

    def _element(self, node: MapNode, entry: Entry, value: Wanted) -> bool:
        """Edit the element that contains the finding. Returns whether there is one."""
        wanted = content_of(value)
        if wanted is None:
            raise CannotFixError("an element is an object")
        if isinstance(entry.value, MapNode):
            if not entry.extent.start_byte <= self._at < entry.extent.end_byte:
                return False
            self._within(node, entry)
            self.fill(entry, wanted)
            return True
        if not isinstance(entry.value, ListNode):
            return False
        for item in entry.value.items:
            if item.span.start_byte <= self._at < item.span.end_byte:
                self._within(node, entry)
                self._own(entry)
                self._item(entry.value, item)
                if not isinstance(item, MapNode) or item.call:
                    raise CannotFixError("the element is computed")
                self._object(item, wanted)
                return True
        return False

    def _entry(self, entry: Entry, where: FixPlace, value: Wanted) -> None:
        within, items = content_of(value), items_of(value)
        if where.key and within is not None:
            self._own(entry)
            self._pair(entry.value, where, within)
        elif within is not None:
            self.fill(entry, within)
        elif items is not None:
            self._own(entry)
            self._list(entry.value, [each for each in items if isinstance(each, (bool, int, str))])
        elif isinstance(value, (bool, int, str)):
            self._own(entry)
            self._scalar(entry.value, value)

    def _pair(self, node: Node, where: FixPlace, wanted: Content) -> None:
        """Edit the element with the key, or add it. It is only certainly missing if every element is a literal."""
        if not isinstance(node, ListNode):
            raise CannotFixError("the list is computed")
        for item in node.items:
            self._item(node, item)
            key = item.entries.get(where.key) if isinstance(item, MapNode) and not item.call else None
            if key is None or not isinstance(key.value, ScalarNode):
                raise CannotFixError("an element of the list is computed")
            if key.value.text == where.equals and isinstance(item, MapNode):
                self._object(item, wanted)
                return
        self._append(node, {where.key: where.equals, **wanted})

    def _scalar(self, node: Node, value: Scalar) -> None:
        if not isinstance(node, ScalarNode):
            raise CannotFixError("the value is computed")
        text = text_of(value)
        if node.text == text or (not isinstance(value, str) and node.value == value):
            return
        quote = self._data[node.span.start_byte : node.span.start_byte + 1].decode("utf-8", "replace")
        if quote in ("|", ">", "!"):
            raise CannotFixError("the value is written in an unusual way")
        quoted = quote in ('"', "'")
        # A number or a boolean in quotes stays in quotes, since the author may need a string.
        self._replace(node.span, f"{quote}{text}{quote}" if quoted else scalar(self._style, value))

    def _list(self, node: Node, wanted: list[Scalar]) -> None:
        if not isinstance(node, ListNode) or not all(isinstance(each, ScalarNode) for each in node.items):
            raise CannotFixError("the list is computed")
        if [each.text for each in node.items if isinstance(each, ScalarNode)] == [str(each) for each in wanted]:
            return
        items = [scalar(self._style, each) for each in wanted]
        for item in node.items:
            self._item(node, item)
        if self._data[node.span.start_byte : node.span.start_byte + 1] == b"[":
            if "#" in self._text(node.span.start_byte, node.span.end_byte):
                raise CannotFixError("there are comments in the list")
            self._replace(node.span, f"[{f',{self._style.comma}'.join(items)}]")
            return
        if len(items) > len(node.items):
            raise CannotFixError("the list is shorter than the wanted one")
        for item, text in zip(node.items, items, strict=False):
            self._replace(item.span, text)
        for item in node.items[len(items) :]:
            # With the whole line, and the line feed before it.
            start = self._data.rfind(b"\n", 0, item.span.start_byte)
            start -= self._data[start - 1 : start] == b"\r"
            rest = _REST_OF_LINE.match(self._data, item.span.end_byte)
            if rest is None or b"#" in rest.group() or item.span.start_line == node.span.start_line:
                raise CannotFixError("the lines of the list hold something else")
            self.edits.append(Edit(self._path, start, rest.end(), ""))

    def _add(self, node: MapNode, missing: dict[FixPlace, Wanted]) -> None:
        """Add members after the last one, in the style of the others."""
        span = node.span
        own = sorted(
            (each for each in node.entries.values() if span.start_byte <= each.key.start_byte < span.end_byte),
            key=lambda each: each.key.start_byte,
        )
        if self._data[span.start_byte : span.start_byte + 1] == b"{":
            self._add_in_braces(node, own, missing)
        elif own and span.start_byte == own[0].key.start_byte:
            if _KEPT_LINES.search(self._data, own[-1].key.start_byte, own[-1].extent.end_byte):
                raise CannotFixError("the empty lines at the end belong to a text")
            indent = " " * (own[0].key.start_column - 1)
            self._after_line(own[-1].extent.end_byte, rendered(self._style, missing, indent, block=True))
        else:
            raise CannotFixError("the object is not written here")

    def _add_in_braces(self, node: MapNode, own: list[Entry], missing: dict[FixPlace, Wanted]) -> None:
        start, end = node.span.start_byte, node.span.end_byte
        if not own:
            if self._text(start + 1, end - 1).strip():
                raise CannotFixError("the braces hold more than can be seen")
            self._replace(node.span, self._inline(missing, self._line_indent(start)))
            return
        first, last = own[0], own[-1]
        if len(own) != len(node.entries) or last.value.span.start_byte < last.key.end_byte:
            raise CannotFixError("a part of the object is written elsewhere")
        space = self._text(start + 1, first.key.start_byte)
        if len(own) > 1:
            found = _SEPARATOR.fullmatch(self._text(own[-2].value.span.end_byte, last.key.start_byte))
            space = found["space"] if found else space
        elif "\n" not in space:
            space = self._style.comma
        if space.strip():
            raise CannotFixError("there is a comment between the members")
        colon = self._text(first.key.end_byte, first.value.span.start_byte)
        style = self._style.like(self._data[first.key.start_byte : first.key.end_byte].decode(), colon)
        indent = space.rpartition("\n")[2] if "\n" in space else None
        members = (rendered(style, {key: value}, indent, block=False) for key, value in missing.items())
        at = last.value.span.end_byte
        self.edits.append(Edit(self._path, at, at, "".join(f",{space}{member}" for member in members)))

    def _append(self, node: ListNode, wanted: Content) -> None:
        """Add an object to a list."""
        members = dict(anew(wanted))
        start = node.span.start_byte
        opening = self._data[start : start + 1]
        if opening == b"-":
            indent = " " * (node.span.start_column - 1)
            lines = rendered(self._style, members, f"{indent}  ", block=True)
            self._after_line(node.span.end_byte, f"{indent}- {lines.lstrip()}")
        elif opening == b"[" and node.items:
            space = self._text(start + 1, node.items[0].span.start_byte)
            if space.strip():
                raise CannotFixError("there is a comment between the elements")
            several = "\n" in space
            text = self._inline(members, space.rpartition("\n")[2] if several else None)
            at = node.items[-1].span.end_byte
            self.edits.append(Edit(self._path, at, at, f",{space if several else self._style.comma}{text}"))
        elif opening == b"[" and not self._text(start + 1, node.span.end_byte - 1).strip():
            self._replace(node.span, f"[{self._inline(members, None)}]")
        else:
            raise CannotFixError("the list is not written here")

    def _inline(self, wanted: Content | dict[FixPlace, Wanted], indent: str | None) -> str:
        """An object in braces: over several lines in a JSON file with several lines, else on one line."""
        members = {key if isinstance(key, FixPlace) else place(key): value for key, value in wanted.items()}
        if indent is None or not self._style.json_lines:
            return f"{{{self._style.pad}{rendered(self._style, members, None, block=False)}{self._style.pad}}}"
        inner = indent + self._style.step
        line = self._style.newline
        return f"{{{line}{inner}{rendered(self._style, members, inner, block=False)}{line}{indent}}}"

    def _own(self, entry: Entry) -> None:
        """Refuse an alias, which is written elsewhere, and an anchor, since the edit would also change its aliases."""
        start = entry.value.span.start_byte
        if self._data[start : start + 1] == b"!":
            raise CannotFixError("the value is computed")
        between = self._data[entry.key.end_byte : start] if start >= entry.key.end_byte else b"*"
        if b"&" in between or b"*" in between or self._data[start : start + 1] in (b"&", b"*", b"!"):
            raise CannotFixError("the value is shared, by an anchor or an alias")

    def _item(self, node: ListNode, item: Node) -> None:
        inside = node.span.start_byte <= item.span.start_byte < node.span.end_byte
        if not inside or self._data[item.span.start_byte : item.span.start_byte + 1] in (b"&", b"*", b"!"):
            raise CannotFixError("an element is shared, by an anchor or an alias")

    def _within(self, node: MapNode, entry: Entry) -> None:
        if not node.span.start_byte <= entry.key.start_byte < node.span.end_byte:
            raise CannotFixError("the member is merged in from elsewhere")

    def _after_line(self, end: int, lines: str) -> None:
        """Add `lines` below the line in which byte `end` is."""
        rest = _REST_OF_LINE.match(self._data, end)
        at = rest.end() if rest is not None else len(self._data)
        self.edits.append(Edit(self._path, at, at, self._style.newline + lines))

    def _line_indent(self, byte: int) -> str:
        line = self._data.rfind(b"\n", 0, byte) + 1
        written = self._text(line, byte)
        return written[: len(written) - len(written.lstrip())]

    def _replace(self, span: Span, text: str) -> None:
        self.edits.append(Edit(self._path, span.start_byte, span.end_byte, text))

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode("utf-8", "replace")


def edits(data: bytes, path: str, resource: Entry, wanted: Content, at: int, style: Style) -> list[Edit]:
    """The edits that make a resource's body contain `wanted`, and its attributes the members with `@`. Raises
    `CannotFixError`."""
    inside = {key: value for key, value in wanted.items() if not key.startswith("@")}
    whole: dict[str, Wanted] = {key.removeprefix("@"): value for key, value in wanted.items() if key.startswith("@")}
    if inside:
        whole["Properties"] = inside
    editor = Editor(data, path, at, style)
    editor.fill(resource, whole)
    return editor.edits
