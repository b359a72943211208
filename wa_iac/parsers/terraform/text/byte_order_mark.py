"""A byte-order mark at the start of a file. It is no character of the first line, but its bytes count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wa_iac.core.errors import WaIacError
from wa_iac.core.span import Span

from .nodes import Attribute, Body
from .reparse import Shift

_MARK: Final = b"\xef\xbb\xbf"
_INSTEAD: Final = b"   "
"""As many blanks as the mark has bytes: each of them is a column, until it is taken away again."""


def blanked(source: bytes) -> bytes:
    """The source with blanks for its mark; itself, if it has none."""
    return _INSTEAD + source[len(_MARK) :] if source.startswith(_MARK) else source


def without_blanks(body: Body, errors: Iterable[WaIacError]) -> tuple[Body, list[WaIacError]]:
    """What was read from a blanked source, with the columns of the first line as if nothing were before them."""
    moved = _ToTheLeft()
    attributes = {name: moved.attribute(each) for name, each in body.attributes.items()}
    blocks = [moved.block(each) if each.extent.start_line == 1 else each for each in body.blocks]
    return Body(attributes, blocks, body.whole), [_moved(each) for each in errors]


def _moved(error: WaIacError) -> WaIacError:
    if error.line == 1 and error.column is not None:
        error.column = _left(error.column)
    return error


def _left(column: int) -> int:
    return max(1, column - len(_INSTEAD))


class _ToTheLeft(Shift):
    """Copies nodes with the columns that the first line has without the blanks."""

    def __init__(self) -> None:
        super().__init__(0, 0)

    def attribute(self, attribute: Attribute) -> Attribute:
        return Attribute(attribute.name, self._span(attribute.span), self._moved(attribute.value))

    def _span(self, span: Span) -> Span:
        if span.start_line > 1:
            return span
        end = span.end_column if span.end_line > 1 else _left(span.end_column)
        return span._replace(start_column=_left(span.start_column), end_column=end)
