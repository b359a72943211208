"""The spelling of references before Terraform 0.12: only inside of strings, as `"${aws_elb.main.id}"`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from wa_iac.core.late_pattern import late

_BARE: Final = late(rb'"\$\{[a-z]\w*(?:\.[\w*-]+|\[\w+\])+\}"')
"""A string that is nothing but a reference."""


def _quoted(levels: int) -> bytes:
    """A string, with strings in its interpolations, and in theirs."""
    if not levels:
        return rb'"(?:[^"\\\n]|\\.)*+"'
    return (
        rb'"(?:[^"\\\n$]|\\.|\$\$\{|\$(?!\{)|\$\{(?:[^"{}]|\{[^"{}]*+\}|'
        + _quoted(levels - 1)
        + rb')*+\})*+"|"(?:[^"\\\n]|\\.)*+"'
    )


_NO_CODE: Final = late(
    rb"<<-?(?P<end>\w+)\r?\n.*?(?:^[ \t]*(?P=end)$|\Z)|" + _quoted(3) + rb"|(?:#|//)[^\n]*|/\*.*?(?:\*/|\Z)",
    re.DOTALL | re.MULTILINE,
)
"""Texts and comments. One without an end goes on to that of the file: then the search stays linear."""
_REFERENCE: Final = late(rb"(?<![\w.-])(?:var|local|data|module|each|count|path|terraform|[a-z][a-z0-9]*_\w+)\.[a-z_]")
_REQUIRED: Final = late(rb'^[ \t]*(?:terraform[ \t]*\{[ \t]*)?required_version[ \t]*=[ \t]*"([^"\n]*)"', re.MULTILINE)
_OLD: Final = late(r"(?:=|<=)?\s*v?0\.(?:\d|1[01])(?:\.\d+)?|<\s*v?0\.(?:\d|1[0-2])(?:\.0)?|~>\s*v?0\.(?:\d|1[01])\.\d+")
"""A constraint that only versions before 0.12 meet."""


@lru_cache(256)
def refers_in_strings(data: bytes) -> bool:
    """Whether a file refers only within strings, and to at least one thing as a whole string: Terraform 0.11 reads no other
    reference, and later versions read these too."""
    return _BARE.search(data) is not None and _REFERENCE.search(_NO_CODE.sub(b'""', data)) is None


@lru_cache(256)
def requires_strings(data: bytes) -> bool:
    """Whether a file requires a version of Terraform before 0.12 for its module."""
    found = _REQUIRED.search(data) if b"required_version" in data else None
    return found is not None and any(_OLD.fullmatch(each.strip()) for each in found[1].decode(errors="replace").split(","))
