"""Settings, as the engine takes them. `wa_iac.config` reads them from files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path

from wa_iac.core.finding import Finding
from wa_iac.core.inputs import Inputs
from wa_iac.core.rule import Options, Rule, Severity

from .globs import matches
from .inputs import on_top


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What is different below some paths."""

    paths: tuple[str, ...]
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputsFor:
    """The values that the root modules and templates below some paths are given."""

    paths: tuple[str, ...]
    inputs: Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionPolicy:
    """What a suppression beside the code may do.

    Attributes:
        inline: whether any counts; an organisation may keep them all out.
        allowed: the slugs that may be suppressed; None for all.
    """

    inline: bool = True
    allowed: frozenset[str] | None = None

    def allows(self, slug: str) -> bool:
        """Whether a rule may be suppressed beside the code."""
        return self.inline and (self.allowed is None or slug in self.allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for a run besides what is asked for on the command line. Paths are patterns relative to `root`."""

    root: Path = field(default_factory=Path.cwd)
    exclude: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    inputs: tuple[InputsFor, ...] = ()
    suppressions: SuppressionPolicy = SuppressionPolicy()
    options: Mapping[str, Options] = field(default_factory=dict)
    """What is set of rules, by slug."""

    def set(self, rule: Rule) -> Rule:
        """A rule with the options that are set of it."""
        return rule.set(self.options[rule.slug]) if rule.slug in self.options else rule

    def excludes(self, path: Path) -> bool:
        """Whether a file is left out."""
        return matches(self.exclude, path, self.root)

    def inputs_for(self, path: Path, given: Sequence[Inputs]) -> Sequence[Inputs]:
        """The inputs of the unit at `path`: what is given to all, and what the settings give this one, which yields to it."""
        found = [each.inputs for each in self.inputs if matches(each.paths, path, self.root)]
        if not found:
            return given
        own = reduce(lambda first, second: on_top(first, second, ""), found)
        return [on_top(own, each, each.environment) for each in given]

    def without_inline(self) -> Settings:
        """The same, where no suppression beside the code holds."""
        return replace(self, suppressions=replace(self.suppressions, inline=False))

    def leaves_out(self, slug: str, path: str) -> bool:
        """Whether a rule is left out for a file."""
        return any(slug in each.ignore and matches(each.paths, Path(path), self.root) for each in self.overrides)

    def adjusted(self, finding: Finding) -> Finding | None:
        """A finding as the settings want it; None where they leave it out. Later overrides win."""
        slug = finding.rule.slug
        severity = self.severity.get(slug)
        for each in self.overrides:
            if matches(each.paths, Path(finding.span.path), self.root):
                if slug in each.ignore:
                    return None
                severity = each.severity.get(slug, severity)
        return finding if severity is None or severity is finding.rule.severity else replace(finding, graded=severity)


NO_SETTINGS = Settings()
