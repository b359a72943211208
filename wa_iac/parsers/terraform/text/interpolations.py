"""The spelling of references before Terraform 0.12: only inside of strings, as `"${aws_elb.main.id}"`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_BARE: Final = re.compile(rb'"\$\{[a-z]\w*(?:\.[\w*-]+|\[\w+\])+\}"')
"""A string that is nothing but a reference."""
_NO_CODE: Final = re.compile(
    rb'<<-?(?P<end>\w+)\r?\n.*?^[ \t]*(?P=end)$|"(?:[^"\\\n]|\\.)*"|(?:#|//)[^\n]*|/\*.*?\*/', re.DOTALL | re.MULTILINE
)
"""Texts and comments. A string within an interpolation ends the one around it here: what is in it counts as code."""
_REFERENCE: Final = re.compile(rb"(?<![\w.-])(?:var|local|data|module|each|count|path|terraform|[a-z][a-z0-9]*_\w+)\.[a-z_]")


@lru_cache(256)
def refers_in_strings(data: bytes) -> bool:
    """Whether a file refers only within strings, and to at least one thing as a whole string: Terraform 0.11 reads no other
    reference, and later versions read these too."""
    return _BARE.search(data) is not None and _REFERENCE.search(_NO_CODE.sub(b'""', data)) is None
