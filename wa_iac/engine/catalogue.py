"""The rules and services there are, loaded one by one and only when wanted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from importlib import import_module
from typing import Final

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import Rule
from wa_iac.pillars._index import RULES

from .suppression_rules import SUPPRESSION_RULES

EVERY_UNIT: Final = "*"
"""In the index, instead of types: the rule looks at the whole unit, whatever is in it."""


def is_rule(slug: str) -> bool:
    """Whether a rule has this name. Those of cfn-lint are not listed here: whatever begins like one may be one."""
    return slug in RULES or slug in SUPPRESSION_RULES or slug.startswith("cfn-lint-")


def nearest_rule(slug: str) -> str:
    """The nearest rule's name, as a question; nothing where none is near."""
    return nearest(slug, (*RULES, *SUPPRESSION_RULES))


def load_rule(slug: str) -> Rule:
    """The rule called `slug`. Raises `UsageError`, with the nearest name, where there is none."""
    if slug in SUPPRESSION_RULES:
        return SUPPRESSION_RULES[slug]
    if slug not in RULES:
        raise UsageError(f"there is no rule {slug!r}{nearest_rule(slug)}")
    module = import_module(RULES[slug][0])
    loaded: Rule = module.check
    return loaded


def all_rules() -> list[Rule]:
    """Every rule, by slug."""
    return [load_rule(slug) for slug in sorted((*RULES, *SUPPRESSION_RULES))]


def rules_for(types: Iterable[str], slugs: Iterable[str]) -> list[Rule]:
    """Of `slugs`, the rules that look at one of `types`, or at whole units."""
    present = {EVERY_UNIT, *types}
    return [load_rule(slug) for slug in slugs if not present.isdisjoint(RULES[slug][1])]


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean ...?` where one of `words` is close to `word`, else nothing."""
    close = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
