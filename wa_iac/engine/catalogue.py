"""The rules there are: ours, loaded one by one and only when wanted, and those that a team brings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from typing import Final

from wa_iac.core.budget import current
from wa_iac.core.errors import UsageError
from wa_iac.core.rule import EVERY_UNIT, Rule
from wa_iac.engine.suppressions.rules import PILLAR, SUPPRESSION_RULES
from wa_iac.pillars._index import ON_REQUEST, RULES


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by slug. `own` are a team's, loaded already; ours are always there, those on suppressions among them."""

    own: Mapping[str, Rule] = field(default_factory=dict)

    def __contains__(self, slug: str) -> bool:
        return slug in RULES or slug in SUPPRESSION_RULES or slug in self.own

    def __iter__(self) -> Iterator[str]:
        """Every slug, in order."""
        yield from sorted((*RULES, *SUPPRESSION_RULES, *self.own))

    def knows(self, slug: str) -> bool:
        """Whether a rule has this name. Those of cfn-lint are listed nowhere: whatever begins like one may be one."""
        return slug in self or slug.startswith("cfn-lint-")

    def pillar(self, slug: str) -> str:
        """The pillar of a rule, without loading it."""
        if slug in RULES:
            return RULES[slug][0].split(".")[-2]
        return PILLAR if slug in SUPPRESSION_RULES else self.own[slug].pillar

    def on_request(self, slug: str) -> bool:
        """Whether a rule is of the profile `all`, without loading it: it may need services that nothing else does."""
        return slug in ON_REQUEST or (slug in self.own and self.own[slug].profile == "all")

    def load(self, slug: str) -> Rule:
        """The rule called `slug`. Raises `UsageError`, with the nearest name, where there is none."""
        self.check(slug)
        if slug in RULES:
            return _loaded(slug)
        return SUPPRESSION_RULES[slug] if slug in SUPPRESSION_RULES else self.own[slug]

    def check(self, slug: str) -> None:
        """Raises `UsageError`, with the nearest name, where no rule is called that."""
        if slug not in self:
            raise UsageError(f"there is no rule {slug!r}{nearest(slug, self)}")

    def all(self) -> list[Rule]:
        """Every rule, by slug."""
        return [self.load(slug) for slug in self]

    def for_types(self, types: Iterable[str], slugs: Iterable[str]) -> list[Rule]:
        """Of `slugs`, the rules that look at one of `types`, or at whole units; none that looks at suppressions."""
        present = {EVERY_UNIT, *types}
        return [self.load(slug) for slug in slugs if not present.isdisjoint(self._types(slug))]

    def _types(self, slug: str) -> tuple[str, ...]:
        if slug in RULES:
            return RULES[slug][1]
        return self.own[slug].types if slug in self.own else ()


@cache
def _loaded(slug: str) -> Rule:
    """One of our rules. Asked for in every unit: Python's own look-up of a module that is there takes longer than most rules."""
    rule: Rule = import_module(RULES[slug][0]).check
    return rule


OURS: Final = Catalogue()
"""What is there where nobody brings rules."""


_LONGEST: Final = 100
"""Characters of a name that may be one of ours, misspelt."""
_EACH: Final = 20
"""Comparisons that two names come to."""


@lru_cache(256)
def _closest(word: str, words: tuple[str, ...]) -> list[str]:
    current().compare(_EACH * len(words))
    return difflib.get_close_matches(word, words, n=1)


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean ...?` where one of `words` is close to `word`, else nothing."""
    if len(word) > _LONGEST:
        return ""
    close = _closest(word, tuple(words))
    return f"; did you mean {close[0]!r}?" if close else ""
