"""The names for `--fail service:NAME` in `docs/drill.md`. Generated from the types that the drill knows; a test says when it is stale."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wa_iac.aws._index import SERVICES
from wa_iac.drill.kinds import ALIASES, shape_of
from wa_iac.drill.kinds import SERVICES as OF_SHAPES
from wa_iac.knowledge.architecture.kinds import kind_of, service_of_kind

from .generated_parts import GeneratedPart

PLACE: Final = GeneratedPart(
    Path("docs/drill.md"),
    "<!-- The names of services: written by `python -m wa_iac.maintenance docs` -->",
    "<!-- The end of the names of services -->",
)


def drill_services() -> str:
    """The table in Markdown: each name, and the services that it means as CloudFormation calls them."""
    known = {service_of_kind(kind) for kind in map(kind_of, SERVICES) if shape_of(kind)} | OF_SHAPES
    plain = ", ".join(f"`{each}`" for each in sorted(known - ALIASES.keys()))
    others = [f"| `{name}` | {', '.join(f'`{each}`' for each in meant)} |" for name, meant in sorted(ALIASES.items())]
    return "\n".join([plain, "", "| Name | Means |", "| --- | --- |", *others]) + "\n"
