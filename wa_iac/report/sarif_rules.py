"""Rules as SARIF describes them. Their text depends on the rule alone, never on a result."""

from __future__ import annotations

from typing import Any, Final

import sarif_om as om

from wa_iac.core.rule import Remedy, Rule

from . import not_judged
from .practices import Practice, practice
from .severity import SCALES
from .snippets import Fenced, of_page

_LONGEST: Final = 1024
"""The characters that GitHub keeps of a short and a full description."""
_MOST_TAGS: Final = 10
"""Tags of a rule that GitHub keeps."""


def descriptor(rule: Rule) -> Any:
    """The `reportingDescriptor` of a rule."""
    practices = [practice(each) for each in rule.practices]
    return om.ReportingDescriptor(
        rule.slug,
        name="".join(word.capitalize() for word in rule.slug.split("-")),
        short_description=om.MultiformatMessageString(_cut(rule.title)),
        full_description=om.MultiformatMessageString(_cut(rule.description)),
        # A viewer opens the framework's page of the closest practice. Our page is in `help`, in full.
        help_uri=next((each.url for each in practices if each.url), None),
        help=om.MultiformatMessageString(_plain(rule), markdown=_markdown(rule, practices)),
        default_configuration=om.ReportingConfiguration(level=SCALES[rule.severity].level),
        deprecated_names=list(rule.life.renamed_from) or None,
        properties=_properties(rule),
    )


def _properties(rule: Rule) -> dict[str, object]:
    """The rule properties that GitHub reads: a security severity only for security rules, where it replaces the level."""
    scale = SCALES[rule.severity]
    grave = {"security-severity": scale.security} if rule.pillar == "security" else {"problem.severity": scale.problem}
    tags = [*(["preview"] if rule.life.preview else []), *(["deprecated"] if rule.life.deprecated else [])]
    return {"precision": rule.confidence.value, **grave, "tags": [rule.pillar, *tags, *rule.practices][:_MOST_TAGS]}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(rule: Rule) -> str:
    parts = [f"{_dialect(each)}:\n\n{_indented(each.text)}" for each in of_page(rule.remedy) if not each.types]
    return "\n\n".join([rule.description, *filter(None, (rule.remedy.in_words,)), *parts]) + "\n"


def _dialect(each: Fenced) -> str:
    return "CloudFormation" if each.language == "yaml" else "Terraform"


def _indented(code: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in code.strip("\n").splitlines())


def _markdown(rule: Rule, practices: list[Practice]) -> str:
    parts = [rule.body, *_remedy(rule.remedy), *filter(None, (rule.sources,))]
    if practices:
        parts.append("\n".join(["## Best practices", "", *(f"- {_linked(each)}" for each in practices)]))
    return "\n\n".join(parts) + "\n"


def _remedy(remedy: Remedy) -> list[str]:
    found = of_page(remedy)
    parts = [
        f"{f'In {each.types}' if each.types else _dialect(each)}:\n\n```{each.language}\n{each.text}\n```" for each in found
    ]
    parts = [*filter(None, (remedy.in_words,)), *parts]
    return ["## Remedy", *parts] if parts else []


def _linked(each: Practice) -> str:
    return f"[{each}]({each.url})" if each.url else str(each)


NOT_JUDGED: Final = om.ReportingDescriptor(
    not_judged.SLUG,
    name="NotJudged",
    short_description=om.MultiformatMessageString(not_judged.TITLE),
    full_description=om.MultiformatMessageString(not_judged.SUMMARY),
    help=om.MultiformatMessageString(not_judged.PAGE, markdown=not_judged.PAGE),
    default_configuration=om.ReportingConfiguration(level="error"),
    properties={"precision": "very-high", "problem.severity": "error", "tags": ["configuration"]},
)
"""The rule for everything that could not be read or checked. It is not a real rule: it cannot be selected or suppressed."""
