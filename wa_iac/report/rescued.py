"""Writes a report in spite of a crash: a finding that cannot be written is left out, and is an error of the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from wa_iac.core.budget import Budget
from wa_iac.core.contain import described
from wa_iac.core.errors import InternalError, WaIacError
from wa_iac.core.finding import Finding, Report

T = TypeVar("T")


def written(report: Report, write: Callable[[Report], str], format_: str) -> str:
    """The text that `write` makes of a report. If it fails, the rest is written, and the failure joins the report's errors, so
    that the exit code shows it. Raises `InternalError` if nothing can be written in this format."""
    try:
        return write(report)
    except Exception as error:
        return _rest(report, write, format_, error)


def _rest(report: Report, write: Callable[[Report], str], format_: str, error: Exception) -> str:
    empty = replace(report, findings=[], errors=[])
    if (failure := _failure(lambda: write(empty))) is not None:
        raise InternalError(
            f"this is a bug in wa-iac: no report can be written as {format_}: {type(failure).__name__}"
        ) from error
    findings, broken = _sound(report.findings, lambda some: write(replace(empty, findings=some)))
    errors, others = _sound(report.errors, lambda some: write(replace(empty, errors=some)))
    told = [_told(raised, format_, finding) for finding, raised in broken]
    told += [_told(raised, format_) for _, raised in others]
    if not told:
        # It fails only for several together: write the errors rather than nothing.
        told = [_told(error, format_)]
        findings = []
    report.errors += told
    return write(replace(report, findings=findings, errors=[*errors, *told]))


def _sound(things: Sequence[T], write: Callable[[list[T]], object]) -> tuple[list[T], list[tuple[T, Exception]]]:
    """The findings that can be written, in order, and those that cannot, with their exceptions. Bisects the list."""
    failure = _failure(lambda: write(list(things)))
    if failure is None:
        return list(things), []
    if len(things) == 1:
        return [], [(things[0], failure)]
    half = len(things) // 2
    (first, broken), (second, others) = _sound(things[:half], write), _sound(things[half:], write)
    return [*first, *second], [*broken, *others]


def _failure(write: Callable[[], object]) -> Exception | None:
    try:
        write()
    except Exception as error:
        return error
    return None


def _told(error: Exception, format_: str, finding: Finding | None = None) -> WaIacError:
    budget = Budget()
    if finding is None:
        return described(error, "", budget, f"writing an error as {format_}")
    budget.at = finding.span
    return described(
        error, finding.span.path, budget, f"writing {finding.rule.slug} on {finding.address or 'the unit'} as {format_}"
    )
