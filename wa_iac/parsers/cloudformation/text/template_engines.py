"""Files from which another program generates a template: Jinja, cookiecutter, Go's templates, ERB, Terraform's
`templatefile`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from wa_iac.core.errors import UserError, WaIacError, mistakes

from .located import LocatedDocument

_MARKS: Final[dict[str, re.Pattern[bytes]]] = {
    "cookiecutter": re.compile(rb"\{\{-?\s*cookiecutter\."),
    "Jinja": re.compile(rb"\{%-?\s*[a-z]+\b[^\n]*%\}"),
    "Terraform's templatefile": re.compile(rb"%\{~?\s*(?:if|for|else|endif|endfor)\b[^\n]*\}"),
    "ERB": re.compile(rb"<%[-=]?[^\n]*%>"),
    "Go's templates": re.compile(rb"\{\{-?\s*(?:\.|\$|(?:if|range|with|end|define|template|include)\b)[^\n]*\}\}"),
    "a build that fills in names between percent signs": re.compile(rb"%{1,2}[A-Z][A-Z0-9_]+%{1,2}"),
    "Jinja or Mustache": re.compile(rb"\{\{-?\s*[A-Za-z_][\w.]*\s*(?:\|[^\n]*)?\}\}"),
}
_ANY: Final = re.compile(
    rb"\{\{(?!resolve:)[^\n]*?\}\}|\{[%#][^\n]*?[%#]\}|%\{[^\n]*?\}|<%[^\n]*?%>|%{1,2}[A-Z][A-Z0-9_]+%{1,2}"
)
_ALONE: Final = re.compile(rb"(?m)^[ \t]*(?:(?:%s)[ \t]*)+\r?$" % _ANY.pattern)


def made_by(data: bytes, errors: Iterable[WaIacError], read: Callable[[bytes], LocatedDocument | None]) -> str:
    """The program that generates a template from a file with `errors`; empty if the errors do not come from a program's marks.

    They come from marks if a mark is on the line of an error, or if the file can be read without the marks. A mark in a script
    of a template that is broken elsewhere does not count.
    """
    found = [each for each in mistakes(errors) if isinstance(each, UserError)]
    name = next((name for name, mark in _MARKS.items() if mark.search(data)), "")
    if not name or not found:
        return ""
    lines = data.split(b"\n")
    if any(_ANY.search(lines[each.line - 1]) for each in found if each.line is not None and each.line <= len(lines)):
        return name
    if all(each.line is None for each in found):
        return ""
    try:
        document = read(_ANY.sub(b"x", _ALONE.sub(b"", data)))
    except UserError:
        return ""
    return "" if document is None or document.errors else name
