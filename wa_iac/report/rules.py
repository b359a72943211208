"""Rules as a list and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from wa_iac.core.rule import PILLARS, Rule

from .encode import dumps
from .listing import count
from .practices import practice
from .snippets import of_page

ANALYZERS: Final[Mapping[str, str]] = {
    "checkov": "Checkov",
    "trivy": "Trivy",
    "cdk_nag": "cdk-nag",
    "guard": "AWS Guard Rules Registry",
    "cfn_nag": "cfn_nag",
    "config": "AWS Config",
    "security_hub": "Security Hub",
}
"""Whose checks rules name as their equivalents, and how a page calls them."""


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
        "walks_graph": rule.walks_graph,
        "equivalents": {name: list(rule.equivalents.get(name, ())) for name in ANALYZERS},
        "since": rule.life.since,
        "renamed_from": list(rule.life.renamed_from),
        "deprecated": rule.life.deprecated or None,
        "preview": rule.life.preview,
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
    of = ", ".join(f"{sum(each.pillar == pillar for each in rules)} {pillar}" for pillar in PILLARS)
    walking = sum(each.walks_graph for each in rules)
    total = (
        f"{count(len(rules), 'rule')} ({of}); {walking} of them judge several resources together; wa-iac rule SLUG shows one"
    )
    return "\n\n".join([*blocks, total]) + "\n"


def as_names(names: Sequence[tuple[str, str, str]], titles: Mapping[str, str]) -> str:
    """One line for each name: the name, the analyzer that has it (empty for ours), and the slug of our rule. A slug has its title beside it."""
    width = max((len(name) for name, _, _ in names), default=0)
    lines = [f"  {name:<{width}}  {f'{slug} ({tool})' if tool else titles[slug]}" for name, tool, slug in names]
    number = len({slug for _, _, slug in names})
    return "\n".join([*lines, "", f"{count(number, 'rule')}; wa-iac rule SLUG shows one"]) + "\n"


def _profile(rule: Rule) -> str:
    said = [
        *(["--profile all"] if rule.profile == "all" or rule.life.preview else []),
        *(["preview"] if rule.life.preview else []),
        *(["deprecated"] if rule.life.deprecated else []),
    ]
    return f" ({', '.join(said)})" if said else ""


def facts(rule: Rule) -> list[tuple[str, str]]:
    """The facts about a rule, in the framework and elsewhere: names and values."""
    return [
        ("slug", rule.slug),
        ("pillar", rule.pillar),
        ("severity", rule.severity.value),
        ("confidence", rule.confidence.value),
        ("profile", rule.profile),
        *((("convention", "its findings in one template or root module are one item of a report"),) if rule.convention else ()),
        ("since", rule.life.since),
        *(("preview", "its verdicts may still change") for _ in range(rule.life.preview)),
        *(("deprecated", rule.life.deprecated) for _ in range(bool(rule.life.deprecated))),
        *(("before", each) for each in rule.life.renamed_from),
        *(("practice", str(practice(each))) for each in rule.practices),
        *((name.replace("_", "-"), ", ".join(rule.equivalents[name])) for name in ANALYZERS if rule.equivalents.get(name)),
    ]


def page(rule: Rule) -> str:
    """Everything about a rule, as text ending in a line feed."""
    return "\n".join([markdown(rule), "## Facts", "", *(f"{name:<10}  {value}" for name, value in facts(rule)), ""])


def markdown(rule: Rule) -> str:
    """A rule's page, its remedy, its options and its sources."""
    return "\n".join(
        [
            rule.body,
            "",
            "## Remedy",
            "",
            *([rule.remedy.in_words, ""] if rule.remedy.in_words else []),
            *(
                line
                for each in of_page(rule.remedy)
                for line in (*_heading(each.types), *_fenced(each.language, each.text), "")
            ),
            *([rule.fix_note, ""] if rule.fix_note else []),
            *_options(rule),
            *([rule.sources, ""] if rule.sources else []),
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
