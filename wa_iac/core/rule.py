"""Rules: their parts, their flags, and their pages.

A rule is one file. Its slug is the file's name with dashes, its pillar the folder's, its page the docstring:

    # Title, which names the fault

    ## Why
    (what is wrong, and what can happen)

    ## What it checks
    (the resources, what of them it reads, and from where on it reports)

    ## What is left out
    (what looks like the fault and is not reported, and why)

    ## Non-compliant
    (a `yaml` and a `hcl` block; the line to be reported ends in `# finding`)

    ## Compliant
    (the same, unmarked)

    ## Undecided
    (the same with a value that is not known; the line of the result ends in `# undecided: ` and the value's name)

    ## Sources
    (the documents that the rule rests on, one a line: `- [Title](address), read on 2026-11-29`)

The annotation of its one function says what it checks: a resource class, a union of them, or `Graph` for a rule on the unit as
a whole. Two more parameters are possible: `graph: Graph` for the rest of the unit, and one of a subclass of `Options` for
settings. The function yields nothing if all is well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import UnionType
from typing import Any, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from .fix import Recipe
from .graph import Graph
from .lifecycle import FIRST, Lifecycle
from .remedy import Remedy
from .resource import Resource
from .scales import PILLARS, Confidence, Pillar, Severity
from .strict_model import STRICT, kebab
from .verdicts import (
    Flag,
    Flags,
    accept,
    all_known,
    each_of,
    exempt,
    exempt_for,
    expect,
    flag,
    flags_of,
    milder,
    not_applicable,
    refuse,
    require,
    settled,
    undecided,
    unless,
    written,
)


class Options(BaseModel):
    """The options of a rule. A rule writes a subclass, in which each field has a default and a description.

    Settings spell the names with dashes: `minimum-days`.
    """

    model_config = STRICT


_SOURCES: Final = "\n## Sources\n"

EVERY_UNIT: Final = "*"
"""Takes the place of the types for a rule that checks the whole unit, whatever is in it."""

_GRAPH: Final = "g"
_OPTIONS: Final = "o"
_SUBJECT: Final = "s"

Check: TypeAlias = Callable[..., Iterator[Flag]]


@dataclass(frozen=True, slots=False)
class Rule:
    """One rule. The function `rule` documents the fields that authors write; the others come from the rule's module."""

    slug: str
    pillar: Pillar
    page: str
    practices: tuple[str, ...]
    severity: Severity
    remedy: Remedy
    confidence: Confidence
    profile: Literal["default", "all"]
    equivalents: Mapping[str, tuple[str, ...]]
    function: Check = field(repr=False)
    convention: bool = False
    life: Lifecycle = field(default_factory=Lifecycle)
    fix: Recipe | None = None
    options: Options | None = None
    """The options from the settings, or their defaults; None if the rule has no options."""
    written: Rule | None = field(default=None, repr=False)
    """The rule without the team's options. Reports that describe rules to other readers describe this one."""
    remedies: Callable[[Any], Remedy] | None = field(default=None, repr=False)
    fixes: Callable[[Any], Recipe] | None = field(default=None, repr=False)
    """Makes the remedy and the fix from the options, if they depend on them."""
    follows_fix: bool = field(default=False, repr=False)
    """Whether the remedy is what the fix writes."""

    @cached_property
    def title(self) -> str:
        """The page's first line, which names the fault."""
        return self.page.lstrip().splitlines()[0].removeprefix("# ").strip()

    @cached_property
    def description(self) -> str:
        """The page's first paragraph below a heading: what is wrong, and what can happen."""
        paragraphs = re.split(r"\n\s*\n", self.page.strip())
        return next((" ".join(each.split()) for each in paragraphs[1:] if not each.startswith("#")), self.title)

    @property
    def body(self) -> str:
        """The page without its sources: what it checks, why, what is left out, and the examples."""
        return self.page.partition(_SOURCES)[0].strip()

    @property
    def sources(self) -> str:
        """The page's section of sources, with its heading: the documents that the rule rests on, with the day on which somebody read
        each. Empty if the page has none."""
        _, heading, text = self.page.partition(_SOURCES)
        return (heading + text).strip()

    def with_options(self, options: Options) -> Rule:
        """The same rule with options from the settings."""
        fix = self.fix if self.fixes is None else self.fixes(options)
        remedy = self.remedy if self.remedies is None else self.remedies(options)
        if self.follows_fix:
            remedy = _remedy(None, fix)
        return replace(
            self,
            options=options,
            remedy=remedy,
            fix=fix,
            written=self if self.written is None else self.written,
        )

    @property
    def option_notes(self) -> list[str]:
        """The options, one line each: name, description and default."""
        fields = {} if self.options_class is None else self.options_class.model_fields
        return [f"`{kebab(name)}`: {each.description} Default: {_shown(each.default)}." for name, each in fields.items()]

    @property
    def fix_note(self) -> str:
        """A sentence for the page that says whether the tool fixes it; empty if only a person can."""
        if self.fix is None:
            return ""
        where = self.fix.only_in
        what = f"applies this fix in {where}" if where else "applies this fix"
        if not self.fix.unsafe_because:
            return f"`--fix` {what}."
        # A remedy that the fix writes says it already.
        note = "" if self.follows_fix else f" Note: {self.fix.unsafe_because}."
        return f"`--fix --unsafe-fixes` {what}.{note}"

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        hints = get_type_hints(self.function, vars(sys.modules[self.function.__module__]))
        return {name: hint for name, hint in hints.items() if name != "return"}

    @cached_property
    def subjects(self) -> tuple[type[Resource], ...]:
        """The resource classes that it checks, one resource at a time; empty for a rule on the whole unit."""
        first = next(iter(self._parameters.values()))
        if first is Graph:
            return ()
        return get_args(first) if get_origin(first) in (Union, UnionType) else (first,)

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types that it checks, of both dialects; `EVERY_UNIT` for a rule on the whole unit."""
        return tuple(sorted({name for cls in self.subjects for name in cls.types()})) or (EVERY_UNIT,)

    @property
    def walks_graph(self) -> bool:
        """Whether it asks about the rest of the unit, not about one resource alone."""
        return Graph in self._parameters.values()

    @cached_property
    def options_class(self) -> type[Options] | None:
        """The class of its options; None if it has none."""
        hints = (each for each in self._parameters.values() if isinstance(each, type))
        return next((each for each in hints if issubclass(each, Options)), None)

    def run(self, graph: Graph, subject: Resource | None) -> list[Flag]:
        """All it says of `subject`, or of the unit where `subject` is None. What the rule raises, this raises."""
        # Nearly all rules are one of these two.
        if self._takes == _SUBJECT + _GRAPH:
            return list(flags_of(self.function(subject, graph)))
        if self._takes == _SUBJECT:
            return list(flags_of(self.function(subject)))
        given = {_GRAPH: graph, _OPTIONS: self.options, _SUBJECT: subject}
        return list(flags_of(self.function(*(given[each] for each in self._takes))))

    @cached_property
    def _takes(self) -> str:
        """What its function takes, a letter for each parameter."""
        hints = self._parameters.values()
        return "".join(_GRAPH if hint is Graph else _OPTIONS if hint is self.options_class else _SUBJECT for hint in hints)


def _remedy(written: Remedy | None, fix: Recipe | None) -> Remedy:
    """The remedy of a rule: what its author wrote, or what its fix writes."""
    if written is not None:
        return written
    return Remedy() if fix is None else Remedy.of_recipe(fix)


def _shown(default: object) -> str:
    match default:
        case None:
            return "none"
        case [] | ():
            return "none"
        case list() | tuple():
            return ", ".join(map(str, default))
        case _:
            return str(default)


def rule(
    *,
    practices: Sequence[str],
    severity: Severity,
    remedy: Remedy | Callable[[Any], Remedy] | None = None,
    equivalents: Mapping[str, Sequence[str]] | None = None,
    confidence: Confidence = Confidence.HIGH,
    profile: Literal["default", "all"] = "default",
    fix: Recipe | Callable[[Any], Recipe] | None = None,
    convention: bool = False,
    since: str = FIRST,
    renamed_from: Sequence[str] = (),
    deprecated: str = "",
    preview: bool = False,
) -> Callable[[Check], Rule]:
    """Make a function a rule.

    Args:
        practices: ids of the Well-Architected Framework's best practices, the closest first.
        severity: of the fault.
        remedy: what to write instead, or a function of the rule's options that returns it. By default, it is what `fix` writes.
        equivalents: other analyzers' ids of the same check, by analyzer: `checkov`, `trivy`, `cdk_nag`, `guard`, `cfn_nag`,
            `config`, `security_hub`.
        profile: `all` for a rule that only some teams want; `default` for the rest.
        fix: how the tool itself writes the remedy, if that needs nobody's decision; or a function, as above.
        convention: whether a team decides once about the practice, for all resources of a kind: tracing, tags, access logs. All
            findings of one template or root module are then one item of the report.
        since: the version of wa-iac that has the rule first.
        renamed_from: its earlier slugs, which keep working.
        deprecated: why the rule will be removed, and what to use instead, in a sentence.
        preview: whether its verdicts may still change. It then runs only in the profile `all`.
    """

    def decorate(function: Check) -> Rule:
        module = sys.modules[function.__module__]
        *_, pillar, name = module.__name__.split(".")
        made = Rule(
            slug=name.replace("_", "-"),
            pillar=pillar,  # type: ignore[arg-type]  # the folder's name; a test holds every rule to PILLARS
            page=(module.__doc__ or "").strip() + "\n",
            practices=tuple(practices),
            severity=severity,
            remedy=_remedy(None if callable(remedy) else remedy, None if callable(fix) else fix),
            confidence=confidence,
            profile=profile,
            equivalents={tool: tuple(ids) for tool, ids in (equivalents or {}).items()},
            function=function,
            convention=convention,
            life=Lifecycle(since, tuple(renamed_from), deprecated, preview),
            fix=None if callable(fix) else fix,
            remedies=remedy if callable(remedy) else None,
            follows_fix=remedy is None,
            fixes=fix if callable(fix) else None,
        )
        if made.options_class is None:
            return made
        # Not validated: our own defaults are right, and building a validator takes as long as running the rule.
        return replace(made.with_options(made.options_class.model_construct()), written=None)

    return decorate


__all__ = [
    "EVERY_UNIT",
    "PILLARS",
    "Confidence",
    "Flag",
    "Flags",
    "Options",
    "Pillar",
    "Remedy",
    "Rule",
    "Severity",
    "accept",
    "all_known",
    "each_of",
    "exempt",
    "exempt_for",
    "expect",
    "flag",
    "flags_of",
    "milder",
    "not_applicable",
    "refuse",
    "require",
    "rule",
    "settled",
    "undecided",
    "unless",
    "written",
]
