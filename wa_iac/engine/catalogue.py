"""The rules and services there are, loaded one by one and only when wanted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from importlib import import_module
from typing import Final

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import Rule
from wa_iac.pillars._index import RULES

EVERY_UNIT: Final = "*"
"""In the index, instead of types: the rule looks at the whole unit, whatever is in it."""


def load_rule(slug: str) -> Rule:
    """The rule called `slug`. Raises `UsageError`, with the nearest name, where there is none."""
    if slug not in RULES:
        raise UsageError(f"there is no rule {slug!r}{nearest(slug, RULES)}")
    module = import_module(RULES[slug][0])
    loaded: Rule = module.check
    return loaded


def all_rules() -> list[Rule]:
    """Every rule, by slug."""
    return [load_rule(slug) for slug in sorted(RULES)]


def rules_for(types: Iterable[str], slugs: Iterable[str]) -> list[Rule]:
    """Of `slugs`, the rules that look at one of `types`, or at whole units."""
    present = {EVERY_UNIT, *types}
    return [load_rule(slug) for slug in slugs if not present.isdisjoint(RULES[slug][1])]


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean ...?` where one of `words` is close to `word`, else nothing."""
    close = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
