"""What is written at a place: its text, the name and the value of an argument, and what kind of value it is, by its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

_REFERENCE: Final = late(
    r'(?:"\$\{)?(?:var|local|module|each)\.[\w.-]+(?:\}")?|!Ref\s+["\x27]?[\w:]+["\x27]?|\{\s*"?Ref"?\s*:\s*"?[\w:]+"?\s*\}|Ref:\s*["\x27]?[\w:]+["\x27]?'
    r'|!Sub\s+["\x27]?\$\{\s*\w+\s*\}["\x27]?|\{\s*"?Fn::Sub"?\s*:\s*"\$\{\s*\w+\s*\}"\s*\}'
)
_VARIABLE: Final = late(r'(?:"\$\{)?var\.([\w-]+)(?:\}")?')
_COMPUTED: Final = late(
    r"(?<![\w.])(?:var|local|each|count|module)\.\w|\s\?\s|(?<![\w.])(?!jsonencode\b|file\b)[a-z_0-9]+\(|^\[?\s*for\b"
)
"""An expression in HCL other than a literal or a reference to a resource."""
_FUNCTION: Final = late(r'!(?!GetAtt\b)\w+|\{\s*"(?:Ref|Fn::(?!GetAtt)\w+)"')
"""A call of an intrinsic function in a template."""
_NO_VALUE: Final = late(
    r"!Ref\s+[\"\x27]?AWS::NoValue[\"\x27]?|\{\s*[\"\x27]?Ref[\"\x27]?\s*:\s*[\"\x27]?AWS::NoValue[\"\x27]?\s*\}"
)
"""An argument that is written, and taken away at once."""
_CALCULATES: Final = late(r"(?<![\w.])(?:min|max|distinct|compact|slice|reverse|sort|keys|values|split|replace)\(")
"""A function that may choose another value, if this one changes, or gives another."""
_OF_RESOURCE: Final = late(
    r"![A-Z]|\"?(?:Ref|Fn::\w+)\"?:|(?<![\w.])(?:data\.)?aws_\w+\.|(?<![\"\w/-])<[^<>\n]+>\.\w"
    r"|<[^<>\n]*\b(?:ARN|bucket|certificate|control|group|key|policy|queue|role|secret|subnets?|table|topic|VPC)\b[^<>\n]*>"
)
"""A value that stands for a resource: a reference, or a placeholder for one."""
_ASSIGNED: Final = late(r'"?(?P<name>[\w-]+)"?[ \t]*[=:]\s*(?P<value>\S.*)', re.DOTALL)
_MARK: Final = late(r"[=:]\s")
_CALLED: Final = late(r'\s*:\s*(?:\{\s*"Ref"\s*:\s*"[^"]*"\s*\}|\{\s*"Fn::\w+"|Ref:\s*\S+|Fn::\w+|!\w+[ \t]+\S+)')
CHOSEN_NULL: Final = late(r"\?\s*null\s*:|:\s*null\s*\)*\s*$|\bAWS::NoValue\b")
"""A conditional that gives null on one side, or no value."""
_FOLLOWING: Final = 300
"""Bytes after a key in which the function that is called below it is looked for."""


def text_at(span: Span, sources: Mapping[str, bytes]) -> str:
    """The text of a place; bytes that are not UTF-8 become U+FFFD. Empty if its file was not read."""
    return sources.get(span.path, b"")[max(0, span.start_byte) : span.end_byte].decode("utf-8", "replace")


def assigned(span: Span, sources: Mapping[str, bytes], dialect: str) -> tuple[str, str]:
    """The name and the value of the argument at a place; empty if the place is no argument."""
    text = text_at(span, sources)
    if dialect == "cloudformation" and not _MARK.search(text):
        # Only the key of a call over several lines is marked.
        following = span._replace(start_byte=span.end_byte, end_byte=span.end_byte + _FOLLOWING)
        call = _CALLED.match(text_at(following, sources))
        text += call[0] if call is not None else ""
    found = _ASSIGNED.fullmatch(text)
    return (found["name"], found["value"].strip()) if found is not None else ("", "")


def indentation(line: str) -> int:
    """The number of characters before the text of a line."""
    return len(line) - len(line.lstrip())


def is_computed(value: str, dialect: str) -> bool:
    """Whether a value is an expression or a call, and not a literal or a reference to a resource."""
    if dialect == "cloudformation":
        return _FUNCTION.match(value) is not None and _NO_VALUE.fullmatch(value) is None
    return not value.startswith(("{", "<<", "jsonencode(")) and _COMPUTED.search(value) is not None


def is_reference(value: str) -> bool:
    """Whether a value is nothing but a reference to a variable, a parameter, a local value or an output."""
    return _REFERENCE.fullmatch(value) is not None


def variable_in(value: str) -> str:
    """The variable that a value is nothing but a reference to; empty if it is something else."""
    found = _VARIABLE.fullmatch(value)
    return "" if found is None else found[1]


def calculates(value: str) -> bool:
    """Whether a value has a function that may choose or give another value, if the one at fault changes."""
    return _CALCULATES.search(value) is not None


def is_of_resource(value: str) -> bool:
    """Whether a value stands for a resource: it is a reference, or a placeholder for one."""
    return _OF_RESOURCE.search(value) is not None
