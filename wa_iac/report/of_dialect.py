"""The parts of a rule's decision that concern the language of the file: a reader of a template has no use for what Terraform does, nor one of
a module for what CloudFormation does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wa_iac.core.declared import Dialect
from wa_iac.core.late_pattern import late

_SENTENCE: Final = late(r"(?<=[.!?]) (?=[A-Z]|[a-z0-9]+_[a-z0-9_]+\b)")
_OF_OTHERS: Final[Mapping[Dialect, str]] = {"cloudformation": "Terraform", "terraform": "CloudFormation"}
"""What somebody who writes one language does not use."""
_ON_OTHERS: Final = late(r"(?:In |Let |The AWS provider of |The provider of )?(?P<tool>Terraform|CloudFormation)\b")
"""The beginning of a sentence on one tool alone."""
_NAMES: Final = late(
    r"(?<=\()(?P<cloudformation>AWS(?:::\w+)+|[A-Z][A-Za-z0-9.]+), (?P<terraform>[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?: = \w+)?)(?=[ )])"
)
"""What both languages call the same thing."""
_NAME_AFTER_NAME: Final = late(
    r"\b(?P<cloudformation>[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+) \((?P<terraform>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?: in Terraform)?\)"
)
"""The same, with Terraform's name in parentheses after the other."""


def of_dialect(decision: str, dialect: Dialect) -> str:
    """A decision without its sentences and names for the other language; all of its sentences if nothing else is said."""
    decision = _NAMES.sub(lambda found: found[dialect], decision)
    decision = _NAME_AFTER_NAME.sub(lambda found: found[dialect] if _are_alike(found) else found[0], decision)
    other = _OF_OTHERS[dialect]
    if other not in decision:
        return decision
    kept = [each for each in _SENTENCE.split(decision) if not _is_on(each, other)]
    return " ".join(kept) if kept else decision


def _are_alike(names: re.Match[str]) -> bool:
    """Whether two names are of one thing: the name of a service before that of a resource is not."""
    return names["terraform"].replace("_", "").startswith(names["cloudformation"].lower())


def _is_on(sentence: str, tool: str) -> bool:
    """Whether a sentence is on one tool alone, by its beginning."""
    found = _ON_OTHERS.match(sentence)
    return found is not None and found["tool"] == tool
