"""What workshops, demonstrations and environments for development can do without: nobody works on what is lost there."""

from __future__ import annotations

from collections.abc import Iterable

from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Flags, Severity, milder
from wa_iac.core.value import Value
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.knowledge.workshops import (
    FOR_READERS,
    FOR_SOME_HOURS,
    described_for_development,
    is_an_example,
    is_of_a_workshop,
    without_need,
)


def where_it_lasts(resource: Resource, found: Iterable[Flag]) -> Flags:
    """The flags of a check; less sure for what exists for some hours, so that the milder ones are advice."""
    brief: bool | None = None
    for each in found:
        brief = is_of_a_workshop(resource) if brief is None else brief
        yield from milder([each], confidence=Confidence.LOW, more=FOR_SOME_HOURS) if brief else [each]


def where_needed(
    resource: Resource, found: Iterable[Flag], tags: Value[Tags] | None = None, graph: Graph | None = None
) -> Flags:
    """The flags of a check; advice for what exists for some hours, for development, or by its `tags` or names not for production. With the `graph`,
    the description of its template counts too."""
    why: str | None = None
    for each in found:
        if why is None:  # Most resources have no fault, and nobody has to know why one would be mild.
            why = without_need(resource) or ("" if tags is None else why_not_production(resource, tags))
            why = why or ("" if graph is None else described_for_development(resource, graph))
        yield from milder([each], more=why, severity=Severity.MEDIUM, confidence=Confidence.LOW) if why else [each]


def where_operated(resource: Resource, found: Iterable[Flag]) -> Flags:
    """The flags of a check; less sure for an example, which people copy, and hardly anybody operates."""
    for each in found:
        yield from milder([each], more=FOR_READERS, confidence=Confidence.LOW) if is_an_example(resource) else [each]
