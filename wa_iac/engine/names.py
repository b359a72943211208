"""Finds our rules by any name: a slug, an earlier slug, the beginning of one, or what another analyzer calls the same check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wa_iac.core.errors import OldNameError, UsageError, WaIacError

from .catalogue import Catalogue
from .slug_patterns import check, is_pattern, matching


class Named(NamedTuple):
    """A name of a rule, and the analyzer whose name it is; empty for ours."""

    name: str
    tool: str
    slug: str


def named(text: str, catalogue: Catalogue) -> list[Named]:
    """The rules with this name; for none, those with a name that begins like this, ours with these words. Letter case does not
    matter. A pattern names ours."""
    if is_pattern(text):
        return [Named(slug, "", slug) for slug in matching(text, catalogue)]
    if catalogue.current(text) in catalogue:
        return [Named(text, "", catalogue.current(text))]
    wanted = _key(text)
    if not wanted:
        return []
    names = [(_key(each.name), each) for each in _names(catalogue)]
    exact = [each for key, each in names if key == wanted]
    return exact or [each for key, each in names if key.startswith(wanted if each.tool else f"{wanted}_")]


def longer(text: str, catalogue: Catalogue) -> list[str]:
    """The other names that begin with another analyzer's name: `CKV_AWS_21` for `CKV_AWS_2`."""
    wanted = _key(text)
    if catalogue.current(text) in catalogue:
        return []
    return [
        each.name
        for each in _names(catalogue)
        if each.tool and _key(each.name).startswith(wanted) and _key(each.name) != wanted
    ]


def selected(names: Sequence[str], catalogue: Catalogue, notes: list[WaIacError]) -> tuple[str, ...]:
    """The slugs, or patterns of slugs, of rules that are named on the command line, where another analyzer's name is also
    accepted. Notes on old names are added. Raises `UsageError` for an unknown name."""
    found: list[str] = []
    for name in names:
        if note := catalogue.note(name):
            notes.append(OldNameError(note))
        if catalogue.knows(name) or is_pattern(name):
            found.append(catalogue.current(name))
            continue
        exact = [each for each in named(name, catalogue) if _key(each.name) == _key(name)]
        if not exact:
            catalogue.check(name)
        found += [each.slug for each in exact]
    return tuple(dict.fromkeys(found))


def check_found(text: str, catalogue: Catalogue) -> list[Named]:
    """As `named`. Raises `UsageError` with the nearest slug if there are none."""
    found = named(text, catalogue)
    if not found:
        check(text, catalogue)
        raise UsageError(f"there is no rule {text!r}")
    return found


def _names(catalogue: Catalogue) -> Iterator[Named]:
    from wa_iac.engine.suppressions.foreign_ids import TRIVY_NAMES
    from wa_iac.pillars._equivalents import EQUIVALENTS

    yield from (Named(slug, "", slug) for slug in catalogue)
    own = [
        (tool, name, rule.slug) for rule in catalogue.own.values() for tool, names in rule.equivalents.items() for name in names
    ]
    for tool, name, slug in (*EQUIVALENTS, *own):
        yield Named(name, tool, slug)
        service, short = TRIVY_NAMES.get(name, ("", ""))
        if tool == "trivy" and short:
            yield Named(f"aws-{service}-{short}", tool, slug)


def _key(name: str) -> str:
    """A name without its spelling: `s3-bucket-versioning-enabled` is `S3_BUCKET_VERSIONING_ENABLED`, `AWS-0090` is
    `AVD-AWS-0090`, and cdk-nag's may have their pack before them."""
    plain = name.strip().rpartition("::")[2].partition("[")[0]
    return plain.lower().replace("-", "_").removeprefix("avd_")
