"""From paths to a report: runs every selected rule on every resource that it checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from wa_iac.core.budget import Budget, SpentError, current
from wa_iac.core.contain import contained, described
from wa_iac.core.declared import Unit
from wa_iac.core.errors import RuleError, WaIacError, mistakes
from wa_iac.core.files import checkpoint, parsed_once
from wa_iac.core.finding import Finding, Judgement, Report, Subject, Verdict
from wa_iac.core.graph import Graph
from wa_iac.core.inputs import NOTHING_GIVEN, Inputs
from wa_iac.core.progress import tell
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Rule, undecided
from wa_iac.core.secrets import seen
from wa_iac.core.span import NOWHERE, Span
from wa_iac.core.value import Step, Unknown
from wa_iac.engine.suppressions.holding import Suppressions
from wa_iac.engine.suppressions.rules import PILLAR, SUPPRESSION_RULES

from .alternatives import Alternatives, Case
from .build import collector_paused, distinct_errors, graphs
from .catalogue import Catalogue
from .causes import cause_of
from .explained import said_of
from .identity import identified
from .left_to_others import left_to_others
from .parts import Parts
from .report_scope import ReportScope, Scopes, everything, marked, narrow, without_milder
from .secrecy import Secrecy, errors_without_secrets
from .selection import Selection
from .set_elsewhere import set_elsewhere
from .settings import NO_SETTINGS, Settings
from .surroundings import confidence_of, is_left_out_by_tests, severity_of
from .switches import Switches
from .tflint import is_ignored

if TYPE_CHECKING:
    from wa_iac.engine.suppressions.audit import Audited

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
        report = judge(built, slugs, selection, errors, settings, asked)
        if fixes:
            from wa_iac.engine.fixes.find import Fixes, with_fixes

            units = [unit for unit, _ in built]
            contained(
                "", lambda: with_fixes(report, Fixes(report, units, paths)), report.errors.append, doing="looking for fixes"
            )
        return report, built


def judge(
    built: Sequence[tuple[Unit, Graph]],
    slugs: Sequence[str],
    selection: Selection,
    errors: Sequence[WaIacError] = (),
    settings: Settings = NO_SETTINGS,
    scopes: Sequence[ReportScope] = (),
) -> Report:
    """The report on units that are already read."""
    parts = Parts(slugs, selection, settings)
    report = Report(errors=[*errors, *parts.without_rules([unit for unit, _ in built])], rules_considered=parts.rules)
    findings: list[Finding] = []
    runs: list[_Run] = []
    used: dict[str, Rule] = {}

    def judged(unit: Unit, graph: Graph) -> None:
        part = parts.of(unit.path)
        run = _Run(unit, graph, part.settings, selection.catalogue)
        runs.append(run)
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
        contained(unit.path, partial(judged, unit, graph), report.errors.append, doing="judging", budget=budget_of(unit))
        report.errors += graph.errors
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


class _Run:
    """Runs the rules on one unit."""

    def __init__(self, unit: Unit, graph: Graph, settings: Settings, catalogue: Catalogue) -> None:
        self.unit = unit
        self.graph = graph
        self.alternatives = Alternatives(graph)
        self.switches = Switches(unit, graph)
        self.suppressions = Suppressions(unit, settings.suppressions, catalogue=catalogue)
        self.secrecy = Secrecy()
        self.judgements: list[Judgement] = []
        self.errors: list[WaIacError] = []
        self.rules: set[str] = set()

    def audited(self, selection: Selection) -> Audited:
        """The results of the unit, for the audit of its suppressions."""
        from wa_iac.engine.suppressions.audit import Audited

        lints = selection.cfn_lint and self.unit.dialect == "cloudformation"
        theirs = {each.slug for each in self.suppressions if lints and each.slug.startswith("cfn-lint-")}
        return Audited(
            unit=self.unit,
            suppressions=self.suppressions,
            rules=frozenset(self.rules) | {each for each in theirs if selection.takes(each, PILLAR)},
            judgements=self.judgements,
            sound=not mistakes([*self.unit.errors, *self.errors, *self.graph.errors]),
        )

    def rule(self, rule: Rule) -> Iterator[Finding]:
        """A rule's findings in the unit. A crash, or a spent budget, costs the verdict on one resource and is an error."""
        for subject in self._subjects(rule):
            checkpoint()
            try:
                flags = rule.run(self.graph, subject)
                if not flags:  # as most rules say of most resources
                    self._note(rule, subject, "pass")
                    continue
                cases, why = self._cases(rule, subject, flags)
                found = list(self._findings(rule, subject, cases, why))
                self._judged(rule, subject, cases, found)
            except SpentError:
                raise
            except Exception as error:
                self.errors.append(self._crash(rule, subject, error))
                continue
            yield from found

    def _subjects(self, rule: Rule) -> Iterator[Resource | None]:
        if not rule.subjects:
            yield None
        for cls in rule.subjects:
            try:
                found = self.graph.of(cls)
            except SpentError:
                raise
            except Exception as error:
                self.errors.append(self._crash(rule, None, error))
            else:
                yield from found

    def _cases(self, rule: Rule, subject: Resource | None, flags: list[Flag]) -> tuple[list[Case], Unknown | None]:
        """The cases of a rule's answer, and the unknown behind them, if there is one."""
        why = next((each.why for each in flags if each.why is not None), None)
        return ([Case((), flags)] if why is None else self.alternatives.cases(flags, partial(_asked, rule, subject))), why

    def _findings(self, rule: Rule, subject: Resource | None, cases: list[Case], why: Unknown | None) -> Iterator[Finding]:
        """A rule that fails in every case is a finding; in some cases, it is undecided, and the message names them."""
        standing = [case for case in cases if case.flags is not None]
        failing = [case for case in standing if _verdict(case) == "fail"]
        if failing and len(failing) == len(standing):
            faults = _fails(failing[0])
            for each in faults:
                open_ = left_to_others(rule, each, each.resource if each.resource is not None else subject, self.graph)
                if open_ is not None:
                    yield self._undecided(rule, subject, undecided(open_, resource=each.resource))
                    continue
                asked = partial(_asked, rule, subject)
                switched = each._replace(switch=self.switches.of(each, rule.remedy, subject, len(faults), asked))
                if subject is not None and is_left_out_by_tests(switched, rule.remedy, subject):
                    switched = switched._replace(confidence=Confidence.LOW)
                open_ = set_elsewhere(switched, self.unit)
                if open_ is not None:
                    yield self._undecided(rule, subject, undecided(open_, resource=each.resource))
                    continue
                yield self._finding(rule, subject, switched, "fail", _with_switch(switched))
        elif failing:
            first = failing[0]
            when = " and ".join(first.labels)
            for each in _fails(first):
                yield self._finding(rule, subject, each, "unknown", f"Fails when {when}: {each.message}", when, why)
        else:
            unknown = next((case for case in standing if _verdict(case) == "unknown"), None)
            for each in unknown.flags or () if unknown is not None else ():
                if each.verdict == "unknown":
                    yield self._undecided(rule, subject, each)
                    return

    def _undecided(self, rule: Rule, subject: Resource | None, each: Flag) -> Finding:
        return self._finding(rule, subject, each, "unknown", f"Cannot be decided: {each.message}.", why=each.why)

    def _finding(
        self,
        rule: Rule,
        subject: Resource | None,
        each: Flag,
        verdict: Literal["fail", "unknown"],
        message: str,
        when: str = "",
        why: Unknown | None = None,
    ) -> Finding:
        resource = each.resource if each.resource is not None else subject
        origin = each.origin
        span = origin.span if origin.span != NOWHERE else resource.span if resource is not None else self._start()
        calls = resource.declared.calls if resource is not None else ()
        if resource is not None and resource.declared.source is not None:
            calls = (Step(span, "in the generated template"), *calls)
            span = resource.declared.source
        message = self.secrecy.message(message, each, rule, resource.declared if resource is not None else None)
        if resource is not None and resource.declared.emulated and verdict == "fail":
            message = f"{message} The provider's endpoints are those of an emulator, so this is not about AWS."
        said = said_of(each, rule, resource, self.unit.sources) if verdict == "fail" else ""
        places = (origin.span,) if resource is None else (origin.span, resource.span)
        known = verdict == "fail" and any(is_ignored(rule.slug, place, self.unit.sources) for place in places)
        if said:
            each = each._replace(severity=each.explained or each.severity)
            message = f"{message} {said}"
        if resource is not None and resource.declared.construct:
            message = f"{message} Construct: {resource.declared.construct}."
        return Finding(
            rule=rule,
            verdict=verdict,
            message=message,
            when=when,
            address=resource.address if resource is not None else "",
            type=resource.declared.type if resource is not None else "",
            dialect=self.unit.dialect,
            made_from=resource.declared.made_from if resource is not None else "",
            span=span,
            related=_places(each, calls),
            chain=origin.chain,
            unit=self.unit.path,
            environments=(self.unit.environment,) if self.unit.environment else (),
            instead=each.instead,
            subject=Subject(resource, self.graph, origin, self.unit.sources, self.unit.switched_off),
            waits_for=None if why is None else cause_of(why, self.unit, self.graph),
            graded=severity_of(rule, each, resource, span.path, self.unit.sources),
            sure=Confidence.LOW if said or known else confidence_of(each, resource, span.path, self.unit.sources),
            suppressed=self.suppressions.of(
                rule, span, resource.declared if resource is not None else None, chain=origin.chain, about=each.about
            ),
        )

    def _start(self) -> Span:
        """The place of a finding on the whole unit: the first line of the first file."""
        return Span(next(iter(sorted(self.unit.sources)), self.unit.path), 1, 1, 1, 1)

    def _judged(self, rule: Rule, subject: Resource | None, cases: list[Case], found: list[Finding]) -> None:
        verdict: Verdict = "pass"
        if found:
            verdict = "fail" if any(each.verdict == "fail" for each in found) else "unknown"
        elif all(case.flags and _verdict(case) == "not-applicable" for case in cases):
            verdict = "not-applicable"
        self._note(rule, subject, verdict)

    def _note(self, rule: Rule, subject: Resource | None, verdict: Verdict) -> None:
        path, line = (subject.span.path, subject.span.start_line) if subject is not None else (self.unit.path, 1)
        address = subject.address if subject is not None else ""
        self.judgements.append(Judgement(rule.slug, verdict, address, path, self.unit.path, line, self.unit.environment))

    def _crash(self, rule: Rule, subject: Resource | None, error: Exception) -> WaIacError:
        budget = current()
        budget.at = subject.span if subject is not None else self._start()
        on = f" on {subject.address}" if subject is not None else ""
        crash = described(error, self.unit.path, budget, f"rule {rule.slug}{on} of {self.unit.path}", RuleError)
        crash.__cause__ = error
        return crash


def _asked(rule: Rule, subject: Resource | None, graph: Graph) -> list[Flag] | None:
    """A rule's flags on the same subject in another graph; None if the subject does not exist there."""
    if subject is None:
        return rule.run(graph, None)
    again = [each for each in graph.at(subject.address) if each.address == subject.address]
    return rule.run(graph, graph.typed(again[0], type(subject))) if again else None


def _with_switch(flag: Flag) -> str:
    """The message of a fault. It names the switch that decides it."""
    if flag.switch is None:
        return flag.message
    so = ", and production differs" if flag.switch.by_environment else ""
    return f"{flag.message} The default of {flag.switch.default_of} decides this{so}."


def _places(flag: Flag, calls: tuple[Step, ...]) -> tuple[Step, ...]:
    """The places that belong to a finding. The switch is one of them, unless the value came through it."""
    chain = flag.origin.chain
    switch = () if flag.switch is None or flag.switch in chain else (flag.switch,)
    return (*flag.related, *chain, *switch, *calls)


def _fails(case: Case) -> list[Flag]:
    return [each for each in case.flags or () if each.verdict == "fail"]


def _verdict(case: Case) -> Verdict:
    if not case.flags:
        return "pass"
    verdicts = {each.verdict for each in case.flags}
    order: tuple[Verdict, ...] = ("fail", "unknown", "not-applicable")
    return next((each for each in order if each in verdicts), "pass")


def _together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A rule may report a resource twice, for two others that it belongs to; that is one finding."""
    groups: dict[tuple[str, Span, str, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.address, each.span, each.verdict, each.message), []).append(each)
    for first, *others in groups.values():
        related = dict.fromkeys((*first.related, *(step for each in others for step in each.related)))
        yield replace(first, related=tuple(related)) if others else first
