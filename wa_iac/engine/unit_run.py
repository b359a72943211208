"""Runs rules on one unit: each rule on each resource that it checks. What comes out are findings and judgements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from wa_iac.core.budget import SpentError, current
from wa_iac.core.contain import described
from wa_iac.core.declared import Unit
from wa_iac.core.errors import RuleError, WaIacError, mistakes
from wa_iac.core.files import checkpoint
from wa_iac.core.finding import Finding, Judgement, Subject, Verdict
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flag, Rule, undecided
from wa_iac.core.shared_blocks import SharedBlocks
from wa_iac.core.span import NOWHERE, Span
from wa_iac.core.value import Step, Unknown
from wa_iac.engine.suppressions.holding import Suppressions
from wa_iac.engine.suppressions.rules import PILLAR

from .alternatives import Alternatives, Case
from .catalogue import Catalogue
from .causes import cause_of
from .explained import said_of
from .left_to_others import left_to_others
from .of_others import OF_CDK, is_bootstrap
from .passing import Passing, passes
from .secrecy import Secrecy
from .selection import Selection
from .set_elsewhere import set_elsewhere, turned_off
from .settings import Settings
from .surroundings import confidence_of, emulation_of, is_left_out_by_tests, severity_of
from .switches import Switches
from .tflint import is_ignored
from .values_beside import values_beside

if TYPE_CHECKING:
    from wa_iac.engine.suppressions.audit import Audited


class UnitRun:
    """Runs the rules on one unit."""

    def __init__(self, unit: Unit, graph: Graph, settings: Settings, catalogue: Catalogue, blocks: SharedBlocks) -> None:
        self.unit = unit
        self.graph = graph
        self.blocks = blocks
        self.alternatives = Alternatives(graph)
        self.passing = Passing(graph, self.alternatives)
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
                # As most rules say of most resources.
                if not flags and (not self.passing.is_anywhere or not self.passing.is_possible(rule, subject)):
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
        ask = partial(_asked, rule, subject)
        cases = [Case((), flags)] if why is None else self.alternatives.cases(flags, ask)
        if all(map(passes, cases)) and self.passing.is_possible(rule, subject):
            return self.passing.cases(None if subject is None else subject.declared, ask) or (cases, why)
        return cases, why

    def _findings(self, rule: Rule, subject: Resource | None, cases: list[Case], why: Unknown | None) -> Iterator[Finding]:
        """A rule that fails in every case is a finding; in some cases, it is undecided, and the message names them."""
        standing = [case for case in cases if case.flags is not None]
        failing = [case for case in standing if _verdict(case) == "fail"]
        if failing and len(failing) == len(standing):
            faults = _fails(failing[0])
            for each in faults:
                where = each.resource if each.resource is not None else subject
                open_ = left_to_others(rule, each, where, self.graph)
                if open_ is not None:
                    yield self._undecided(rule, subject, undecided(open_, resource=each.resource))
                    continue
                asked = partial(_asked, rule, subject)
                switched = each._replace(switch=self.switches.of(each, rule.remedy, subject, len(faults), asked))
                if subject is not None and is_left_out_by_tests(switched, rule.remedy, subject):
                    switched = switched._replace(confidence=Confidence.LOW)
                given = set_elsewhere(switched, self.unit, switched.severity or rule.severity)
                open_ = first_unknown(given, turned_off(where, self.unit))
                if open_ is not None:
                    yield self._undecided(rule, subject, undecided(open_, resource=each.resource))
                    continue
                switched = switched._replace(related=(*switched.related, *values_beside(switched, self.unit)))
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
        if resource is not None and verdict == "fail":
            message = f"{message} {emulation_of(resource)}".rstrip()
            if is_bootstrap(self.unit.sources.get(span.path, b"")):
                message = f"{message} {OF_CDK}"
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
            subject=Subject(resource, self.graph, origin, self.unit.sources, self.blocks),
            waits_for=None if why is None else cause_of(why, self.unit, self.graph),
            graded=severity_of(rule, each, resource, span.path, self.unit.sources),
            sure=Confidence.LOW if said or known else confidence_of(rule, each, resource, span.path, self.unit.sources),
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
    return rule.run(graph, graph.typed(again[0], subject.own_class)) if again else None


def _with_switch(flag: Flag) -> str:
    """The message of a fault. It names the switch that decides it."""
    if flag.switch is None:
        return flag.message
    so = ", and production differs" if flag.switch.by_environment else ""
    return f"{flag.message} The {_called(flag.switch)} decides this{so}."


def _called(switch: Step) -> str:
    """What decides, in words: a default, or what names an environment: the argument of a module call, or a line of a variables file."""
    if switch.default_of:
        return f"default of {switch.default_of}"
    return f'argument "{switch.argument}"' if switch.argument else f"value in {switch.note}"


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
