"""cfn-lint's own findings on the same templates, on request. This is the only place that imports cfn-lint."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.finding import Finding
from wa_iac.core.rule import Confidence, Remedy, Rule, Severity
from wa_iac.core.span import Span
from wa_iac.engine.suppressions.holding import Suppressions
from wa_iac.parsers.cloudformation.text.recognise import recognise

PREFIX: Final = "cfn-lint-"
"""The prefix of the slugs of cfn-lint's rules: `cfn-lint-E3012`."""

_SEVERITIES: Final = {"E": Severity.HIGH, "W": Severity.MEDIUM, "I": Severity.LOW}
_UNREADABLE: Final = "E0000"
"""cfn-lint's rule for a template that it cannot parse; our own reader has already reported it."""


def lint(units: Sequence[tuple[Unit, Suppressions]], errors: list[WaIacError]) -> Iterator[tuple[Unit, Finding]]:
    """cfn-lint's findings in the templates of `units`, including nested ones, each with the first unit that reads it.

    A template on which cfn-lint crashes is among the `errors`.

    cfn-lint's settings files are not read: one in the scanned tree could name rules to import.
    """
    from cfnlint.config import ConfigMixIn
    from cfnlint.decode.decode import decode_str
    from cfnlint.runner import Runner
    from cfnlint.runner.template import run_template_by_data

    config = ConfigMixIn([], config_file=os.devnull, regions=["us-east-1"])
    rules = Runner(config).rules

    # A template has the same text in every environment.
    environments = tuple(dict.fromkeys(unit.environment for unit, _ in units if unit.environment))
    done: set[str] = set()
    for unit, suppressions in units:
        for path, source in unit.sources.items():
            if unit.dialect != "cloudformation" or path in done or not recognise(source):
                continue
            done.add(path)
            try:
                template, matches = decode_str(source.decode("utf-8", "replace").removeprefix("\ufeff"))
                if template is not None and not matches:
                    matches = run_template_by_data(template, config, rules)
                matches = list(matches)
            except (Exception, SystemExit) as error:
                message = f"cfn-lint failed on this template: it raised {type(error).__name__}"
                errors.append(SourceError(message, path=path))
                continue
            for match in matches:
                if match.rule.id != _UNREADABLE:
                    yield unit, _finding(match, unit, path, suppressions, environments)


def _finding(match: Any, unit: Unit, path: str, suppressions: Suppressions, environments: tuple[str, ...]) -> Finding:
    rule = _rule(match.rule)
    span = Span(path, match.linenumber, match.columnnumber, match.linenumberend, match.columnnumberend)
    declared = _declared(getattr(match, "path", None) or (), unit, path)
    return Finding(
        rule=rule,
        verdict="fail",
        message=re.sub(r"\s+", " ", match.message).strip().rstrip(".") + ".",
        address=declared.address if declared is not None else "",
        type=declared.type if declared is not None else "",
        dialect="cloudformation",
        span=span,
        environments=environments,
        suppressed=suppressions.of(rule, span, declared),
    )


def _declared(path: Sequence[Any], unit: Unit, source: str) -> Declared | None:
    match list(path):
        case ["Resources", str() as name, *_]:
            return next((each for each in unit.declared if each.name == name and each.span.path == source), None)
        case _:
            return None


def _rule(theirs: Any) -> Rule:
    page = f"# {theirs.shortdesc}\n\n{theirs.description}\n\nThis is rule {theirs.id} of cfn-lint. See <{theirs.source_url}>.\n"
    return Rule(
        slug=f"{PREFIX}{theirs.id}",
        pillar="operations",
        page=page,
        practices=("OPS05-BP02",),
        severity=_SEVERITIES.get(theirs.id[:1], Severity.LOW),
        remedy=Remedy(cfn="", tf=""),
        confidence=Confidence.HIGH,
        profile="default",
        equivalents={"cfn_lint": (theirs.id,)},
        function=_nothing,
    )


def _nothing() -> Iterator[Any]:
    """We do not run rules of cfn-lint."""
    yield from ()
