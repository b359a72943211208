"""Patterns of slugs: `s3-*` names every rule for S3. `*` is any text, `?` one character."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TypeVar

from wa_iac.core.errors import UsageError

from .catalogue import Catalogue

T = TypeVar("T")


def is_pattern(name: str) -> bool:
    return "*" in name or "?" in name


@lru_cache(4096)
def _matches(slug: str, pattern: str) -> bool:
    # Only `*` and `?` are special: fnmatch would also read brackets.
    return fnmatchcase(slug, pattern.replace("[", "[[]"))


def names(slug: str, among: Collection[str]) -> bool:
    """Whether a rule is among some slugs and patterns."""
    return slug in among or any(_matches(slug, each) for each in among if is_pattern(each))


def value_for(slug: str, table: Mapping[str, T]) -> T | None:
    """The value of a rule in a table by slugs and patterns. A slug wins over a pattern, and a later pattern over an earlier
    one."""
    if slug in table:
        return table[slug]
    named = [each for each in table if is_pattern(each) and _matches(slug, each)]
    return table[named[-1]] if named else None


def matching(pattern: str, slugs: Iterable[str]) -> list[str]:
    """The slugs that a slug or a pattern names."""
    return [slug for slug in slugs if slug == pattern or (is_pattern(pattern) and _matches(slug, pattern))]


def check(name: str, catalogue: Catalogue) -> None:
    """Raises `UsageError` for a slug that no rule has, and for a pattern that matches none. Rules of cfn-lint are not listed
    anywhere, so any name with their prefix may be one."""
    if catalogue.knows(name):
        return
    if not is_pattern(name):
        catalogue.check(name)
    elif not matching(name, catalogue):
        raise UsageError(f"no rule matches {name!r}")
