"""What workshops, demonstrations and examples can do without: nobody works on what is lost there."""

from __future__ import annotations

from collections.abc import Iterable

from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Flags, milder
from wa_iac.knowledge.workshops import FOR_SOME_HOURS, is_of_a_workshop


def where_it_lasts(resource: Resource, found: Iterable[Flag]) -> Flags:
    """The flags of a check; less sure for what exists for some hours, so that the milder ones are advice."""
    brief: bool | None = None
    for each in found:
        brief = is_of_a_workshop(resource) if brief is None else brief
        yield from milder([each], confidence=Confidence.LOW, more=FOR_SOME_HOURS) if brief else [each]
