"""`docs/rules`: a page for each rule, and an index. Generated; a test says when they are stale."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wa_iac.core.rule import PILLARS, Rule
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES
from wa_iac.report.practices import practices
from wa_iac.report.rules import ANALYZERS
from wa_iac.report.snippets import of_page

from .index import rule_modules

TITLES = {
    "operations": "Operational excellence",
    "security": "Security",
    "reliability": "Reliability",
    "performance": "Performance efficiency",
    "cost": "Cost optimization",
    "sustainability": "Sustainability",
}


SCHEMA: Final = Path("docs/wa-iac.schema.json")
"""The file of the settings' schema."""


def page(rule: Rule) -> str:
    """A rule's page: its own text, the remedy, the sources, and its references to the framework and to other analyzers."""
    parts = [rule.body, "## Remedy", *filter(None, (rule.remedy.in_words,))]
    for each in of_page(rule.remedy):
        heading = f"In {each.types}:" if each.types else "CloudFormation:" if each.language == "yaml" else "Terraform:"
        parts += [heading, f"```{each.language}\n{each.text}\n```"]
    parts += [rule.fix_note] if rule.fix_note else []
    if notes := rule.option_notes:
        parts += ["## Options", f"In the settings, under `[options.{rule.slug}]`:", "\n".join(f"- {each}" for each in notes)]
    parts += rule.life.notes
    parts += [rule.sources] if rule.sources else []
    if rule.equivalents:
        named = "\n".join(f"- {ANALYZERS[tool]}: {', '.join(ids)}" for tool, ids in rule.equivalents.items())
        parts += ["## Equivalents", named]
    parts += ["## Reference"]
    facts = [
        f"- Slug: `{rule.slug}`",
        f"- Pillar: {TITLES[rule.pillar]}",
        f"- Severity: {rule.severity}; confidence: {rule.confidence}; profile: {rule.profile}",
        f"- Since: wa-iac {rule.life.since}",
        *(["- Convention: its findings in one template or root module are one item of a report"] if rule.convention else []),
        *(f"- [{id_}: {practices()[id_].title}]({practices()[id_].url})" for id_ in rule.practices),
    ]
    return "\n\n".join([*parts, "\n".join(facts)]) + "\n"


def index(rules: Iterable[Rule]) -> str:
    """The list of all rules, by pillar."""
    rules = list(rules)
    parts = ["# Rules", f"{len(rules)} rules. Generated from the rules' own pages by `python -m wa_iac.maintenance docs`."]
    for pillar in PILLARS:
        rows = [
            f"| [{rule.slug}]({rule.slug}.md) | {rule.title} | {rule.severity} | {', '.join(rule.practices)} |"
            for rule in rules
            if rule.pillar == pillar
        ]
        heading = "| Rule | What it finds | Severity | Best practices |\n| --- | --- | --- | --- |"
        parts += [f"## {TITLES[pillar]}", "\n".join([heading, *rows])]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Every generated file's name and content."""
    rules = sorted((*(rule for _, rule in rule_modules()), *SUPPRESSION_RULES.values()), key=lambda rule: rule.slug)
    return {"index.md": index(rules), **{f"{rule.slug}.md": page(rule) for rule in rules}}


def write(folder: Path) -> None:
    """Write the pages into `folder`, and delete those of removed rules."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def settings_schema() -> str:
    """The JSON Schema of the settings, as the text of its file."""
    from wa_iac.settings.file import schema

    return json.dumps(schema(), indent=2) + "\n"
