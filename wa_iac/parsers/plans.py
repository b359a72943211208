"""Tells Terraform's plans from other JSON by their content, quickly and without importing the Terraform parser."""

from __future__ import annotations

from typing import Final

from wa_iac.core.files import is_utf16, unmarked_utf16
from wa_iac.core.late_pattern import late

_VERSION: Final = late(rb'"format_version"\s*:')
_SECTION: Final = late(rb'"(?:planned_values|resource_changes)"\s*:')
_START: Final = late(rb"(?:\xef\xbb\xbf)?\s*\{")
_BEGUN: Final = late(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format_version"\s*:\s*"[\d.]+"\s*,\s*"terraform_version"')
_BINARY: Final = b"PK\x03\x04"


def in_utf8(data: bytes) -> bytes:
    """The text in UTF-8, if it is in UTF-16, as PowerShell writes a program's output."""
    codec = "utf-16" if is_utf16(data) else unmarked_utf16(data)
    return data if codec is None else data.decode(codec, "replace").encode()


def recognise(data: bytes) -> bool:
    """Whether a file may be a plan: an object with `format_version`, and `planned_values` or `resource_changes`.

    A test of the bytes, with false positives but no false negatives; the parser decides. The words are searched first, since
    most JSON has none of them.
    """
    return (
        b'"format_version"' in data
        and (b'"planned_values"' in data or b'"resource_changes"' in data)
        and _START.match(data) is not None
        and _VERSION.search(data) is not None
        and _SECTION.search(data) is not None
    )


def claims_to_be_plan(data: bytes) -> bool:
    """Whether a file that cannot be parsed is a broken plan: it begins as Terraform writes plans, or has all words of one."""
    return _BEGUN.match(data) is not None or (recognise(data) and b'"terraform_version"' in data)


def not_a_plan(data: bytes) -> str | None:
    """A message for a file that is a relative of a plan, and what to do; None if it is not Terraform's."""
    if data.startswith(_BINARY) and b"tfplan" in data[:4096]:
        return "this is a plan in Terraform's binary format: check the output of `terraform show -json PLAN`"
    if _START.match(data) is not None and b'"terraform_version"' in data:
        return "this is a Terraform state, not a plan: check the output of `terraform show -json PLAN`"
    return None
