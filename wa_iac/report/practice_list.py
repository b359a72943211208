"""The framework's best practices with the rules that serve them: `wa-iac rules --by practice`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, cast

from wa_iac.core.rule import Pillar, Rule

from .encode import dumps
from .practices import FRAMEWORK, pillar_of

_EVIDENCE: Final = Path(__file__).parent.parent / "pillars" / "practice_evidence.json"


@dataclass(frozen=True, slots=True)
class Served:
    """A best practice, what templates can show of it, and the rules that serve it.

    Attributes:
        question: the framework's question, with its id.
        risk: the framework's risk if the practice is not followed: `High`, `Medium` or `Low`.
        templates: whether templates show it: `yes`, `partly` or `no`.
        evidence: the types and properties that show it, or why nothing does.
        rules: the slugs of the rules that serve it, the closest first.
    """

    id: str
    title: str
    url: str
    pillar: Pillar
    question: str
    risk: str
    templates: Literal["yes", "partly", "no"]
    evidence: str
    rules: tuple[str, ...] = field(repr=False)

    @property
    def by_person(self) -> str:
        """What a person has to judge, in words; empty if rules judge all that matters."""
        match self.templates:
            case "no":
                return f"a person judges it: {self.evidence}"
            case "partly" if self.rules:
                return "in part; a person judges the rest"
            case "yes" if self.rules:
                return ""
            case _:
                return f"no rule judges it; templates could show {self.evidence}"


def of_rules(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """The practices of each rule, by its slug: what `served` takes."""
    return {each.slug: each.practices for each in rules}


def served(rules: Mapping[str, Sequence[str]]) -> list[Served]:
    """All best practices in the framework's order, with the rules that serve them. `rules` has the practices of each rule by its slug, the
    closest first."""
    by_practice: dict[str, list[tuple[int, str]]] = {}
    for slug, identifiers in rules.items():
        for rank, identifier in enumerate(identifiers):
            by_practice.setdefault(identifier, []).append((rank, slug))
    framework = json.loads(FRAMEWORK.read_text(encoding="utf-8"))
    evidence = json.loads(_EVIDENCE.read_text(encoding="utf-8"))["practices"]
    return [
        Served(
            each["id"],
            each["title"],
            each["url"],
            cast("Pillar", pillar_of(each["id"])),
            f"{question['id']} {question['title']}",
            each["risk"],
            cast("Literal['yes', 'partly', 'no']", evidence[each["id"]]["templates"]),
            evidence[each["id"]]["evidence"],
            tuple(slug for _, slug in sorted(by_practice.get(each["id"], ()))),
        )
        for question in framework["questions"]
        for each in question["best_practices"]
    ]


def totals(practices: Sequence[Served]) -> str:
    """A sentence on how many practices rules serve."""
    yes = [each for each in practices if each.templates == "yes"]
    partly = [each for each in practices if each.templates == "partly"]
    return (
        f"Rules serve {_served(yes)} of the {len(yes)} best practices that templates show, and {_served(partly)} of the "
        f"{len(partly)} that they show in part. A person judges the other {len(practices) - len(yes) - len(partly)}."
    )


def _served(practices: Sequence[Served]) -> int:
    return sum(bool(each.rules) for each in practices)


def as_json(practices: Sequence[Served]) -> str:
    """The list as JSON text, in the public schema: other programs rely on its names."""
    entries = [
        {
            "id": each.id,
            "title": each.title,
            "url": each.url,
            "pillar": each.pillar,
            "question": each.question.partition(" ")[0],
            "risk": each.risk.lower(),
            "templates": each.templates,
            "evidence": each.evidence,
            "rules": list(each.rules),
        }
        for each in practices
    ]
    return dumps(entries, items=len(entries))


def as_text(practices: Sequence[Served], titles: Mapping[str, str]) -> str:
    """Each best practice under its pillar and question, with the rules that serve it. `titles` are those of the rules."""
    blocks: list[str] = []
    for pillar, of_pillar in groupby(practices, key=lambda each: each.pillar):
        lines = [pillar]
        for question, members in groupby(of_pillar, key=lambda each: each.question):
            lines.append(f"  {question}")
            for each in members:
                said = f": {each.by_person}" if each.by_person else ""
                lines.append(f"    {each.id} {each.title} ({each.risk.lower()} risk){said}")
                lines += [f"      {slug}  {titles[slug]}" for slug in each.rules]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, totals(practices)]) + "\n"
