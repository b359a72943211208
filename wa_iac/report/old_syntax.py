"""Code that is written as Terraform 0.11 and older read it, where each expression is part of a text: `"${aws_sqs_queue.dead.arn}"`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late

from .written import text_at

_WRAPPED: Final = late(r'=[ \t]*\[?[ \t]*"\$\{')
_BARE: Final = late(r"=[ \t]*\[?[ \t]*(?:(?:var|local|module|data|each|aws_\w+)\.|[a-z_]+\()")
_EXPRESSION: Final = late(r"(?m)^[ \t]*\w+[ \t]*=[ \t]*\[?[ \t]*(?:<[^<>\n]+>|[A-Za-z_]\w*[.(\[])")
_LEAST: Final = 2


def in_old_syntax(declared: Declared, sources: Mapping[str, bytes], code: str) -> str:
    """A sentence on how to write the code of a remedy in a file of Terraform 0.11 or older; empty for any other file, and for code without
    an expression. Source: "Upgrading to Terraform v0.12" of Terraform's documentation."""
    path = declared.span.path
    if not path.endswith(".tf") or _EXPRESSION.search(code) is None:
        return ""
    text = sources.get(path, b"").decode("utf-8", "replace")
    if len(_WRAPPED.findall(text)) < _LEAST or _BARE.search(text) is not None:
        return ""
    if "${" not in text_at(declared.extent, sources):
        return ""
    document = ", and a JSON document as a text instead of jsonencode" if "jsonencode(" in code else ""
    return f'The file is written for Terraform 0.11: if that still reads it, write each expression in "${{ }}"{document}.'
