"""All rules: ours, loaded one by one when needed, and a team's own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from typing import Final

from wa_iac.core.budget import current
from wa_iac.core.errors import UsageError
from wa_iac.core.rule import EVERY_UNIT, Rule
from wa_iac.engine.suppressions.rules import PILLAR, SUPPRESSION_RULES
from wa_iac.pillars._index import DEPRECATED, ON_REQUEST, READ, RENAMED, RULES


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by slug. `own` are a team's, already loaded; ours are always included, and so are those on suppressions."""

    own: Mapping[str, Rule] = field(default_factory=dict)

    def __contains__(self, slug: str) -> bool:
        return slug in RULES or slug in SUPPRESSION_RULES or slug in self.own

    def __iter__(self) -> Iterator[str]:
        """Every slug, in order."""
        yield from sorted((*RULES, *SUPPRESSION_RULES, *self.own))

    def current(self, slug: str) -> str:
        """The slug of the rule that has, or had, this name; the name itself if there is none."""
        if slug in self or slug in RENAMED:
            return RENAMED.get(slug, slug)
        return next((name for name, rule in self.own.items() if slug in rule.life.renamed_from), slug)

    def note(self, slug: str) -> str:
        """A sentence about a slug that will not work indefinitely: that of a renamed or a deprecated rule; empty for others."""
        now = self.current(slug)
        if now != slug:
            return f"the rule {slug!r} is now called {now!r}: write the new name"
        why = self.own[slug].life.deprecated if slug in self.own else DEPRECATED.get(slug, "")
        return f"the rule {slug!r} is deprecated: {why}" if why else ""

    def knows(self, slug: str) -> bool:
        """Whether a rule has, or had, this name. Rules of cfn-lint are not listed anywhere, so any name with their prefix may be one."""
        return self.current(slug) in self or slug.startswith("cfn-lint-")

    def pillar(self, slug: str) -> str:
        """The pillar of a rule, without loading it."""
        if slug in RULES:
            return RULES[slug][0].split(".")[-2]
        return PILLAR if slug in SUPPRESSION_RULES else self.own[slug].pillar

    def practices(self) -> dict[str, tuple[str, ...]]:
        """The best practices of each rule, without loading ours."""
        from wa_iac.pillars._practices import PRACTICES

        others = (*SUPPRESSION_RULES.values(), *self.own.values())
        return {**PRACTICES, **{each.slug: each.practices for each in others}}

    def on_request(self, slug: str) -> bool:
        """Whether a rule is in the profile `all`, without loading it, since it may need services that no other rule needs."""
        own = self.own.get(slug)
        return slug in ON_REQUEST or (own is not None and (own.profile == "all" or own.life.preview))

    def reads(self, type_: str) -> bool:
        """Whether a rule checks a type, or reads it on the way to a verdict. Rules on whole units do not count: they look for
        one thing in any resource."""
        return type_ in READ or any(type_ in each.types for each in self.own.values())

    def load(self, slug: str) -> Rule:
        """The rule called `slug`. Raises `UsageError` with the nearest name if there is none."""
        if slug not in RULES:
            self.check(slug)
            slug = self.current(slug)
        if slug in RULES:
            return _loaded(slug)
        return SUPPRESSION_RULES[slug] if slug in SUPPRESSION_RULES else self.own[slug]

    def check(self, slug: str) -> None:
        """Raises `UsageError` with the nearest name if no rule has this name."""
        if self.current(slug) not in self:
            raise UsageError(f"there is no rule {slug!r}{nearest(slug, self)}")

    def all(self) -> list[Rule]:
        """Every rule, by slug."""
        return [self.load(slug) for slug in self]

    def for_types(self, types: Iterable[str], slugs: Iterable[str]) -> list[Rule]:
        """The rules among `slugs` that check one of `types`, or whole units, but not those on suppressions."""
        present = {EVERY_UNIT, *types}
        by_type = _by_type()
        ours = {slug for type_ in present for slug in by_type.get(type_, ())}
        wanted = ours | {slug for slug, each in self.own.items() if slug not in RULES and not present.isdisjoint(each.types)}
        return [self.load(slug) for slug in slugs if slug in wanted]


@cache
def _by_type() -> Mapping[str, Sequence[str]]:
    """The slugs of our rules by the types that they check. Each unit has a few types, and there are many rules."""
    found: dict[str, list[str]] = {}
    for slug, (_, types) in RULES.items():
        for each in types:
            found.setdefault(each, []).append(slug)
    return found


@cache
def _loaded(slug: str) -> Rule:
    """One of our rules. Cached because every unit needs it: Python's look-up of an imported module takes longer than most
    rules."""
    rule: Rule = import_module(RULES[slug][0]).check
    return rule


OURS: Final = Catalogue()
"""The catalogue without a team's own rules."""


_LONGEST: Final = 100
"""The longest name, in characters, that is compared with ours."""
_EACH: Final = 20
"""The comparisons that two names cost."""


@lru_cache(256)
def _closest(word: str, words: tuple[str, ...]) -> list[str]:
    current().compare(_EACH * len(words))
    return difflib.get_close_matches(word, words, n=1)


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean ...?` if one of `words` is close to `word`, else an empty string."""
    if len(word) > _LONGEST:
        return ""
    close = _closest(word, tuple(words))
    return f"; did you mean {close[0]!r}?" if close else ""
