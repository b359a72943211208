"""Settings of a block that have to be literals."""

from __future__ import annotations

from wa_iac.core.value import Known
from wa_iac.parsers.terraform.text.nodes import HclBlock, Literal


def _literal(block: HclBlock, name: str) -> object:
    attribute = block.body.attributes.get(name)
    if attribute is not None and isinstance(attribute.value, Literal) and isinstance(attribute.value.value, Known):
        return attribute.value.value.value
    return None


def _is_true(block: HclBlock, name: str) -> bool:
    return _literal(block, name) is True


def is_secret(block: HclBlock) -> bool:
    """Whether the value of a variable or an output must not be shown. An ephemeral value is a token or a password."""
    written = block.body.attributes
    return ("sensitive" in written and _is_true(block, "sensitive")) or (
        "ephemeral" in written and _is_true(block, "ephemeral")
    )


def is_false(block: HclBlock, name: str) -> bool:
    return _literal(block, name) is False
