"""A syntax error in words. Tree-sitter gives the place; python-hcl2, loaded only now, gives the cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tree_sitter import Node

from wa_iac.core.errors import SourceError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import within

_LONGEST: Final = 256 * 1024
"""Maximum number of bytes of a file that is explained. python-hcl2 reads less than a megabyte a second."""
_NO_ESCAPE: Final = late(
    rb"(?:[^\"\\\n]|\\(?:[nrt\"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))*+(?P<wrong>\\[^\n])",
)
"""The rest of a quoted text up to a backslash that begins no escape sequence: "Quoted Templates" in the HCL Native Syntax Specification."""
_TO_LINE_END: Final = late(rb"#|//|<<")
"""The beginning of something that needs the end of its line: a comment, a heredoc."""
_SPACES: Final = bytes.maketrans(b"\r\n", b"  ")
_QUOTED_NAME: Final = late(r'"[\w-]+"[ \t]*[={]')
_SHOWN: Final = 40
_TOO_EARLY: Final = "the file ends too early"
_WORDS: Final = {
    "RBRACE": "'}'",
    "RSQB": "']'",
    "RPAR": "')'",
    "DBLQUOTE": "a closing '\"'",
    "EQ": "'='",
    "COLON": "':'",
    "LBRACE": "'{'",
    "$END": "the end of the file",
    "NL_OR_COMMENT": "a line break",
    "COMMA": "','",
}


class MisreadError(SourceError):
    """A syntax error. `what` says what is wrong, without the words "syntax error"; empty if that is not known."""

    def __init__(self, what: str, *, path: str, line: int, column: int) -> None:
        super().__init__(f"syntax error: {what}" if what else "syntax error", path=path, line=line, column=column)
        self.what = what or self.message


def explained(path: str, source: bytes, node: Node, position: Callable[[int], tuple[int, int]]) -> MisreadError | None:
    """The error in a file that tree-sitter rejects at `node`; None if python-hcl2 accepts the file, and no escape sequence in it is wrong."""
    line, column = position(node.start_byte)
    if len(source) <= _LONGEST:
        import hcl2

        read = _on_one_line(source, node)
        try:
            hcl2.loads(read.decode("utf-8", "replace") + "\n")
        except Exception as error:
            line, column = _place(error, line, column)
            if read != source:
                line, column = position(_offset(read, line, column))
            words = _words(error)
            if words == _TOO_EARLY and _opens_a_string(source, line, column):
                words, column = "this string is not closed on its line", column - 1
            if _is_quoted_name(source, line, column):
                words = "the name of an argument or a block is written without quotes"
            if words:
                line, column = within(source.decode("utf-8", "replace"), line, column)
                return MisreadError(words, path=path, line=line, column=column)
        else:
            # python-hcl2 takes any letter after a backslash.
            return _of_escape(path, source, node, position)
    line, column = within(source.decode("utf-8", "replace"), line, column)
    if node.is_missing:
        return MisreadError(f"{node.type!r} is missing", path=path, line=line, column=column)
    text = source[node.start_byte : node.end_byte].decode("utf-8", "replace").split("\n", 1)[0][:_SHOWN].strip()
    return MisreadError(f"unexpected {text!r}" if text else "", path=path, line=line, column=column)


def _on_one_line(source: bytes, wrong: Node) -> bytes:
    """The file with spaces for the line breaks in interpolations of quoted texts: Terraform accepts them, and python-hcl2 does not."""
    while wrong.parent is not None:
        wrong = wrong.parent
    made = bytearray(source)
    waiting = [wrong]
    while waiting:
        node = waiting.pop()
        if node.type == "quoted_template" and node.start_point.row < node.end_point.row:
            for part in node.children:
                text = source[part.start_byte : part.end_byte]
                if part.type == "template_interpolation" and not part.has_error and not _TO_LINE_END.search(text):
                    made[part.start_byte : part.end_byte] = text.translate(_SPACES)
        elif node.start_point.row < node.end_point.row:
            waiting += node.children
    return bytes(made)


def _offset(source: bytes, line: int, column: int) -> int:
    """The byte at a line and column, which count characters."""
    lines = source.split(b"\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    text = lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
    return min(len(source), before + len(text[: column - 1].encode()))


def _of_escape(path: str, source: bytes, node: Node, position: Callable[[int], tuple[int, int]]) -> MisreadError | None:
    """The error of a backslash that begins no escape sequence of HCL, in the quoted text that a node is in."""
    found = _NO_ESCAPE.match(source, node.start_byte)
    if found is None:
        return None
    line, column = position(found.start("wrong"))
    written = found["wrong"].decode("utf-8", "replace")
    return MisreadError(
        f"{written} is not an escape sequence; a backslash itself is written \\\\", path=path, line=line, column=column
    )


def _place(error: Exception, line: int, column: int) -> tuple[int, int]:
    found, place = getattr(error, "line", None), getattr(error, "column", None)
    if isinstance(found, int) and isinstance(place, int) and found > 0 and place > 0:
        return found, place
    return line, column


def _opens_a_string(source: bytes, line: int, column: int) -> bool:
    """Whether the last quote of a line is before a place. python-hcl2 reads on from it to the end of the file."""
    lines = source.split(b"\n")
    text = lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
    return column > 1 and text[column - 2 : column - 1] == '"' and '"' not in text[column - 1 :]


def _is_quoted_name(source: bytes, line: int, column: int) -> bool:
    """Whether a line begins at a place with a name in quotes, as Terraform before 0.12 allowed it."""
    lines = source.split(b"\n")
    text = lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
    return not text[: column - 1].strip() and _QUOTED_NAME.match(text, column - 1) is not None


def _words(error: Exception) -> str:
    token = getattr(error, "token", None)
    if token is None:
        return ""
    text = str(token).split("\n", 1)[0].strip()[:_SHOWN]
    kind = getattr(token, "type", "")
    what = _TOO_EARLY if kind == "$END" else f"unexpected {text!r}" if text else "unexpected end of the line"
    expected = getattr(error, "expected", None) or getattr(error, "accepts", None) or ()
    wanted = [_WORDS[name] for name in sorted(expected) if name in _WORDS]
    if 0 < len(expected) <= len(_WORDS) and len(wanted) == len(expected) and len(wanted) <= 2:
        what += ", " + " or ".join(wanted) + " is expected here"
    return what
