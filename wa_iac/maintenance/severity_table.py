"""The table of severities and confidences in `docs/severity.md`. Generated from the rules; a test says when it is stale."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wa_iac.core.rule import PILLARS, Rule
from wa_iac.core.scales import is_advice

from .generated_parts import GeneratedPart
from .index import rule_modules

PLACE: Final = GeneratedPart(
    Path("docs/severity.md"),
    "<!-- The severities of all rules: written by `python -m wa_iac.maintenance docs` -->",
    "<!-- The end of the severities -->",
)


def severity_table() -> str:
    """The table in Markdown: by pillar, the gravest first."""
    rules = sorted((rule for _, rule in rule_modules()), key=_order)
    rows = [
        f"| [{each.slug}](rules/{each.slug}.md) | {each.pillar} | {each.severity} | {each.confidence} | {_reported(each)} |"
        for each in rules
    ]
    return "\n".join(["| Rule | Pillar | Severity | Confidence | Reported |", "| --- | --- | --- | --- | --- |", *rows]) + "\n"


def _order(rule: Rule) -> tuple[int, int, int, str]:
    return PILLARS.index(rule.pillar), -rule.severity.rank, -rule.confidence.rank, rule.slug


def _reported(rule: Rule) -> str:
    if rule.profile == "all":
        return "with `--profile all`"
    return "as advice, with `--profile all`" if is_advice(rule.severity, rule.confidence) else "by default"
