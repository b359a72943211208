"""Rules as a list and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from wa_iac.core.rule import PILLARS, Rule

from .encode import dumps
from .listing import count
from .practices import practice
from .snippets import of_page

_ANALYZERS: Final = ("checkov", "trivy", "cdk_nag", "guard", "config")


def as_json(rules: Sequence[Rule]) -> str:
    """The list as JSON text, in the public schema: other programs rely on its names."""
    return dumps([_entry(each) for each in rules], items=len(rules))


def _entry(rule: Rule) -> dict[str, object]:
    return {
        "slug": rule.slug,
        "pillar": rule.pillar,
        "title": rule.title,
        "best_practices": list(rule.practices),
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "profile": rule.profile,
        "convention": rule.convention,
        "equivalents": {name: list(rule.equivalents.get(name, ())) for name in _ANALYZERS},
        "fix": None if rule.fix is None else "unsafe" if rule.fix.unsafe_because else "safe",
    }


def as_text(rules: Sequence[Rule]) -> str:
    """One line for each rule, under its pillar."""
    width = max((len(each.slug) for each in rules), default=0)
    by_pillar = sorted(rules, key=lambda each: (PILLARS.index(each.pillar), each.slug))
    blocks: list[str] = []
    for pillar, members in groupby(by_pillar, key=lambda each: each.pillar):
        lines = [f"  {each.slug:<{width}}  {each.severity:<8}  {each.title}{_profile(each)}" for each in members]
        blocks.append("\n".join([pillar, *lines]))
    return "\n\n".join([*blocks, f"{count(len(rules), 'rule')}; wa-iac rule SLUG shows one"]) + "\n"


def _profile(rule: Rule) -> str:
    return "" if rule.profile == "default" else f" (--profile {rule.profile})"


def facts(rule: Rule) -> list[tuple[str, str]]:
    """The facts about a rule, in the framework and elsewhere: names and values."""
    return [
        ("slug", rule.slug),
        ("pillar", rule.pillar),
        ("severity", rule.severity.value),
        ("confidence", rule.confidence.value),
        ("profile", rule.profile),
        *((("convention", "its findings in one template or root module are one item of a report"),) if rule.convention else ()),
        *(("practice", str(practice(each))) for each in rule.practices),
        *((name.replace("_", "-"), ", ".join(rule.equivalents[name])) for name in _ANALYZERS if rule.equivalents.get(name)),
    ]


def page(rule: Rule) -> str:
    """Everything about a rule, as text ending in a line feed."""
    return "\n".join([markdown(rule), "## Facts", "", *(f"{name:<10}  {value}" for name, value in facts(rule)), ""])


def markdown(rule: Rule) -> str:
    """A rule's page, its remedy and its options."""
    return "\n".join(
        [
            rule.page.strip(),
            "",
            "## Remedy",
            "",
            *([rule.remedy.decision, ""] if rule.remedy.decision else []),
            *(
                line
                for each in of_page(rule.remedy)
                for line in (*_heading(each.types), *_fenced(each.language, each.text), "")
            ),
            *([rule.fix_note, ""] if rule.fix_note else []),
            *_options(rule),
        ]
    )


def _heading(types: str) -> list[str]:
    return [f"In {types}:", ""] if types else []


def _options(rule: Rule) -> list[str]:
    if not (notes := rule.option_notes):
        return []
    return ["## Options", "", f"In the settings, under `[options.{rule.slug}]`:", "", *(f"- {each}" for each in notes), ""]


def _fenced(language: str, code: str) -> list[str]:
    return [f"```{language}", code.strip("\n"), "```"]
