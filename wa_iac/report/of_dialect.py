"""The sentences of a rule's decision that concern the language of the file: a reader of a template has no use for what Terraform does."""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import Dialect
from wa_iac.core.late_pattern import late

_SENTENCE: Final = late(r"(?<=[.!?]) (?=[A-Z])")
_OF_TERRAFORM: Final = late(r"(?:In |Let |The AWS provider of |The provider of )?Terraform\b")


def of_dialect(decision: str, dialect: Dialect) -> str:
    """A decision without its sentences on Terraform, for a template; all of it if nothing else is said."""
    if dialect == "terraform" or "Terraform" not in decision:
        return decision
    kept = [each for each in _SENTENCE.split(decision) if _OF_TERRAFORM.match(each) is None]
    return " ".join(kept) if kept else decision
