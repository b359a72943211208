"""Rules: what one is, what it says of a resource, and its page.

A rule is one file. Its slug is the file's name with dashes, its pillar the folder's, its page the docstring:

    # Title, which names the fault

    What is wrong, and what happens if it stays.

    ## Non-compliant
    (a `yaml` and a `hcl` block; the line to be reported ends in `# finding`)

    ## Compliant
    (the same, unmarked)

Its one function is annotated with what it looks at: a resource class, a union of them, or `Graph` for a rule on the unit as a
whole; a further parameter `graph: Graph` gives the rest of the unit, one of a class of `Options` what a team has set. It yields
nothing where all is well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import UnionType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from .awscc import PREFIX as AWSCC
from .awscc import snake
from .declared import Dialect
from .fix import Recipe
from .graph import Graph
from .resource import Resource
from .strict_model import STRICT, kebab
from .verdicts import (
    Confidence,
    Flag,
    Flags,
    Severity,
    accept,
    all_known,
    each_of,
    exempt,
    exempt_for,
    expect,
    flag,
    flags_of,
    not_applicable,
    refuse,
    require,
    settled,
    undecided,
    unless,
    written,
)

Pillar: TypeAlias = Literal["operations", "security", "reliability", "performance", "cost", "sustainability"]
PILLARS: Final[tuple[Pillar, ...]] = ("operations", "security", "reliability", "performance", "cost", "sustainability")


class OtherRemedy(NamedTuple):
    """A remedy for other types: `types` are their names in a sentence, `language` is what it is written in."""

    types: str
    language: Literal["yaml", "hcl"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What to write instead, in each dialect: an argument or a short block, indented as it would stand.

    `of` is for types that have another property for it, by their names as written: those of SAM (`AWS::Serverless::Function`),
    or one of several that a rule judges.
    """

    cfn: str
    tf: str
    of: Mapping[str, str] = field(default_factory=dict)

    def text_for(self, dialect: Dialect, written: str) -> str:
        """What to write instead in a resource of the type `written`."""
        if written.startswith(AWSCC) and written not in self.of:
            return self._awscc()
        return self.of.get(written) or (self.cfn if dialect == "cloudformation" else self.tf)

    def _awscc(self) -> str:
        """In Terraform's `awscc` provider, which has CloudFormation's properties in snake case; only a plain one is written out."""
        plain = re.fullmatch(r"(\w+): (?:(true|false|\d+)|([\w.-]+))", self.cfn.strip())
        if plain is None:
            return f"# in snake case, as the awscc provider has CloudFormation's properties:\n{self.cfn}"
        name, literal, text = plain.groups()
        return f"{snake(name)} = {literal}" if literal else f'{snake(name)} = "{text}"'

    def others(self) -> Iterator[OtherRemedy]:
        """What to write in those types that have another property."""
        types: dict[str, list[str]] = {}
        for name, text in self.of.items():
            types.setdefault(text, []).append(name)
        for text, names in types.items():
            language: Literal["yaml", "hcl"] = "hcl" if names[0].startswith("aws_") else "yaml"
            yield OtherRemedy(" and ".join(f"`{name}`" for name in names), language, text)


class Options(BaseModel):
    """What a team may set of a rule. A rule writes a subclass: each field has a default and a description.

    Settings spell the names with dashes: `minimum-days`.
    """

    model_config = STRICT


EVERY_UNIT: Final = "*"
"""Among the types that a rule looks at, instead of them: it looks at the whole unit, whatever is in it."""

Check: TypeAlias = Callable[..., Iterator[Flag]]


@dataclass(frozen=True, slots=False)
class Rule:
    """One rule. See `rule` for the fields one writes; the others are read off its module."""

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
    fix: Recipe | None = None
    options: Options | None = None
    """What a team has set, or what holds where it has not; None where nothing can be set."""
    written: Rule | None = field(default=None, repr=False)
    """The rule before anything was set of it: reports that describe rules to others than the team describe that one."""
    remedies: Callable[[Any], Remedy] | None = field(default=None, repr=False)
    fixes: Callable[[Any], Recipe] | None = field(default=None, repr=False)
    """What to write instead, and how the tool does, where those follow from the options."""

    @cached_property
    def title(self) -> str:
        """The page's first line: names the fault."""
        return self.page.lstrip().splitlines()[0].removeprefix("# ").strip()

    @cached_property
    def description(self) -> str:
        """The page's first paragraph."""
        paragraphs = re.split(r"\n\s*\n", self.page.strip())
        return " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else self.title

    def with_options(self, options: Options) -> Rule:
        """The rule with what a team has set of it."""
        return replace(
            self,
            options=options,
            remedy=self.remedy if self.remedies is None else self.remedies(options),
            fix=self.fix if self.fixes is None else self.fixes(options),
            written=self if self.written is None else self.written,
        )

    @property
    def option_notes(self) -> list[str]:
        """What may be set of it, a line for each option: its name, what it means, what holds where nobody sets it."""
        fields = {} if self.options_class is None else self.options_class.model_fields
        return [f"`{kebab(name)}`: {each.description} Default: {_shown(each.default)}." for name, each in fields.items()]

    @property
    def fix_note(self) -> str:
        """Whether the tool mends it, in a sentence for its page; empty where that takes a person."""
        if self.fix is None:
            return ""
        where = self.fix.only_in
        what = f"writes it in {where}" if where else "writes it"
        if not self.fix.unsafe_because:
            return f"`--fix` {what}."
        return f"`--fix --unsafe-fixes` {what}. Look first: {self.fix.unsafe_because}."

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        hints = get_type_hints(self.function, vars(sys.modules[self.function.__module__]))
        return {name: hint for name, hint in hints.items() if name != "return"}

    @cached_property
    def subjects(self) -> tuple[type[Resource], ...]:
        """The resource classes it looks at, one resource at a time; empty for a rule on the whole unit."""
        first = next(iter(self._parameters.values()))
        if first is Graph:
            return ()
        return get_args(first) if get_origin(first) in (Union, UnionType) else (first,)

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types that it looks at, of both dialects; `EVERY_UNIT` for a rule on the whole unit."""
        return tuple(sorted({name for cls in self.subjects for name in cls.types()})) or (EVERY_UNIT,)

    @cached_property
    def options_class(self) -> type[Options] | None:
        """What may be set of it; None where nothing may."""
        hints = (each for each in self._parameters.values() if isinstance(each, type))
        return next((each for each in hints if issubclass(each, Options)), None)

    def run(self, graph: Graph, subject: Resource | None) -> list[Flag]:
        """All it says of `subject`, or of the unit where `subject` is None. What the rule raises, this raises."""
        arguments = (self._argument(hint, graph, subject) for hint in self._parameters.values())
        return list(flags_of(self.function(*arguments)))

    def _argument(self, hint: Any, graph: Graph, subject: Resource | None) -> object:
        if hint is Graph:
            return graph
        return self.options if hint is self.options_class else subject


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
    remedy: Remedy | Callable[[Any], Remedy],
    equivalents: Mapping[str, Sequence[str]] | None = None,
    confidence: Confidence = Confidence.HIGH,
    profile: Literal["default", "all"] = "default",
    fix: Recipe | Callable[[Any], Recipe] | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    Args:
        practices: ids of the Well-Architected Framework, the nearest first.
        severity: of the fault where it stays.
        remedy: what to write instead; where that follows from the rule's options, a function of them.
        equivalents: other analyzers' ids of the same check, by analyzer: `checkov`, `trivy`, `cdk_nag`, `guard`, `config`.
        profile: `all` for a rule that only some teams want; `default` for the rest.
        fix: how the tool itself writes the remedy, where that needs nobody's decision; or a function, as above.
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
            remedy=remedy if isinstance(remedy, Remedy) else Remedy(cfn="", tf=""),
            confidence=confidence,
            profile=profile,
            equivalents={tool: tuple(ids) for tool, ids in (equivalents or {}).items()},
            function=function,
            fix=None if callable(fix) else fix,
            remedies=None if isinstance(remedy, Remedy) else remedy,
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
    "not_applicable",
    "refuse",
    "require",
    "rule",
    "settled",
    "undecided",
    "unless",
    "written",
]
