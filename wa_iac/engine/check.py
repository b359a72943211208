"""From paths to a report: every unit is judged (`unit_run`), and what all units say together is made of the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.core.budget import Budget
from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import WaIacError
from wa_iac.core.files import parsed_once
from wa_iac.core.finding import Finding, Report
from wa_iac.core.graph import Graph
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs
from wa_iac.core.progress import tell
from wa_iac.core.rule import Rule
from wa_iac.core.secrets import seen
from wa_iac.core.shared_blocks import SharedBlocks
from wa_iac.core.span import Span
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

from .build import collector_paused, distinct_errors, graphs
from .catalogue import Catalogue
from .identity import identified
from .parts import Parts
from .report_scope import ReportScope, Scopes, everything, marked, narrow, without_milder
from .secrecy import Secrecy, errors_without_secrets
from .selection import Selection
from .settings import NO_SETTINGS, Settings
from .unit_run import UnitRun

_BYTES: Final = 200
"""The bytes that a resource takes in a configuration, at least."""


def check(
    paths: Sequence[Path],
    selection: Selection,
    *,
    skip_other_files: bool = False,
    inputs: Sequence[Inputs] = (NOTHING_GIVEN,),
    settings: Settings = NO_SETTINGS,
    fixes: bool = False,
    scopes: Scopes = everything,
) -> Report:
    """Check everything below `paths`, in each environment of `inputs`.

    `scopes` select the findings to report; the others are marked. `fixes` adds the fixes to the findings. `skip_other_files`
    ignores named files that are neither Terraform nor CloudFormation. Raises `UsageError` for a selection that names nothing
    and for inputs that nothing uses, `SourceError` for inputs that cannot be read; all other errors are in the report.
    """
    return check_and_keep(
        paths, selection, skip_other_files=skip_other_files, inputs=inputs, settings=settings, fixes=fixes, scopes=scopes
    )[0]


def check_and_keep(
    paths: Sequence[Path],
    selection: Selection,
    *,
    skip_other_files: bool = False,
    inputs: Sequence[Inputs] = (NOTHING_GIVEN,),
    settings: Settings = NO_SETTINGS,
    fixes: bool = False,
    scopes: Scopes = everything,
) -> tuple[Report, list[tuple[Unit, Graph]]]:
    """The same, with the units and their graphs, for a report that shows more than findings."""
    slugs = selection.slugs()
    asked = scopes()
    # Fixes use the same parsed text as the check.
    with collector_paused(), parsed_once() if fixes else nullcontext():
        built, errors = graphs(paths, skip_other_files=skip_other_files, inputs=inputs, settings=settings)
        if not fixes:
            return judge(built, slugs, selection, errors, settings, asked), built
        from wa_iac.engine.fixes.find import Fixes, release_unfixed, with_fixes

        report = judge(built, slugs, selection, errors, settings, asked, judged_unit=release_unfixed)
        units = [unit for unit, _ in built]
        contained("", lambda: with_fixes(report, Fixes(report, units, paths)), report.errors.append, doing="looking for fixes")
        return report, built


def judge(
    built: Sequence[tuple[Unit, Graph]],
    slugs: Sequence[str],
    selection: Selection,
    errors: Sequence[WaIacError] = (),
    settings: Settings = NO_SETTINGS,
    scopes: Sequence[ReportScope] = (),
    judged_unit: Callable[[Unit, Sequence[Finding]], None] = lambda _unit, _findings: None,
) -> Report:
    """The report on units that are already read. `judged_unit` is told of each unit and its findings."""
    parts = Parts(slugs, selection, settings)
    report = Report(errors=[*errors, *parts.without_rules([unit for unit, _ in built])], rules_considered=parts.rules)
    findings: list[Finding] = []
    runs: list[UnitRun] = []
    blocks = SharedBlocks(built)
    used: dict[str, Rule] = {}

    def judged(unit: Unit, graph: Graph) -> None:
        part = parts.of(unit.path)
        runs.append(run := UnitRun(unit, graph, part.settings, selection.catalogue, blocks))
        judged_by = [*scopes, *part.profile]
        for rule in selection.catalogue.for_types(graph.types, part.slugs):
            used[rule.slug] = part.settings.with_options(rule)
            run.rules.add(rule.slug)
            found = list(run.rule(used[rule.slug]))
            if found:
                findings.extend(marked(_together(found), unit, judged_by))

    def others(found: Iterable[tuple[Unit, Finding]]) -> None:
        """Findings that do not come from a rule on a unit, if their rules are selected."""
        for unit, finding in found:
            if parts.of(unit.path).selection.takes(finding.rule.slug, finding.rule.pillar):
                used[finding.rule.slug] = finding.rule
                findings.extend(marked([finding], unit, scopes))

    for done, (unit, graph) in enumerate(built):
        tell("judging", done, len(built))
        report.sources.update(unit.sources)
        before = len(findings)
        contained(unit.path, partial(judged, unit, graph), report.errors.append, doing="judging", budget=budget_of(unit))
        report.errors += graph.errors
        judged_unit(unit, findings[before:])
    for run in runs:
        report.judgements += run.judgements
        report.errors += [*run.errors, *run.suppressions.notes]
    if selection.cfn_lint:
        from .cfn_lint import lint

        others(lint([(each.unit, each.suppressions) for each in runs], report.errors))
    if not SUPPRESSION_RULES.keys().isdisjoint(parts.slugs()) and any(True for each in runs for _ in each.suppressions):
        from wa_iac.engine.suppressions.audit import audit

        audited = [each.audited(parts.of(each.unit.path).selection) for each in runs]
        look = partial(audit, audited, settings, selection.catalogue)
        contained("", lambda: others(look()), report.errors.append, doing="looking at suppressions")
    secrecy = Secrecy()
    errors_without_secrets(report.errors)
    report.secrets = seen()
    report.judgements = secrecy.judgements(report.judgements)
    report.rules = [used[slug] for slug in sorted(used)]
    report.errors = distinct_errors(report.errors)
    _count(report, [unit for unit, _ in built], selection.catalogue)
    findings = [adjusted for each in findings if (adjusted := parts.of(each.unit).settings.adjusted(each)) is not None]
    findings = without_milder(findings, selection.min_severity)
    report.environments = frozenset(unit.environment for unit, _ in built if unit.environment)
    report.findings = identified(secrecy.findings(findings), report.sources, report.secrets)
    narrow(report, ["advice"])
    report.by_settings = parts.by_settings()
    return report


def budget_of(unit: Unit) -> Budget:
    """The budget for judging a unit, by its size: that of its sources, or of its resources, since the text of a plan is not kept."""
    return Budget(max(sum(map(len, unit.sources.values())), _BYTES * len(unit.declared)))


def _count(report: Report, units: Iterable[Unit], catalogue: Catalogue) -> None:
    """Note the number of resources, and of those without a rule: of several environments, the most of each type."""
    resources: dict[str, Counter[str]] = {}
    for unit in units:
        types = Counter(each.type for each in unit.declared if each.kind == "resource")
        resources[unit.path] = types | resources.get(unit.path, Counter())
    for types in resources.values():
        report.resources += types.total()
        report.without_rule.update({name: number for name, number in types.items() if not catalogue.reads(name)})


def _together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A rule may report a resource twice, for two others that it belongs to; that is one finding."""
    groups: dict[tuple[str, Span, str, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.address, each.span, each.verdict, each.message), []).append(each)
    for first, *others in groups.values():
        related = dict.fromkeys((*first.related, *(step for each in others for step in each.related)))
        yield replace(first, related=tuple(related)) if others else first
