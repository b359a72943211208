"""The findings that a report lists, and wording that all formats share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wa_iac.core.finding import Finding, Report

from . import remedy as remedies
from .of_group import of_group
from .remedy import Advice

NAMED: Final = 10
"""Instances of one finding, or places of one item, that are named after the first; JSON and SARIF name all."""


def listed(report: Report, *, show_unknown: bool, show_suppressed: bool = False) -> list[Finding]:
    """The findings in the report's order, grouped; undecided and suppressed ones only on request."""
    return report.grouped(
        each
        for each in report.findings
        if (show_suppressed or each.suppressed is None) and (show_unknown or each.verdict == "fail")
    )


def gravity(finding: Finding) -> tuple[bool, bool, int]:
    """Sorts the most severe first, then undecided, then suppressed findings."""
    return finding.suppressed is not None, finding.verdict == "unknown", -finding.severity.rank


def gravest_first(findings: list[Finding]) -> list[Finding]:
    """The most severe first, then undecided, then suppressed findings; within one severity the order stays."""
    return sorted(findings, key=gravity)


def remedy(finding: Finding) -> str:
    """The remedy in the language of the file; empty if it is not certain that anything is wrong."""
    found = advice(finding)
    return "" if found is None else found.text


def advice(finding: Finding) -> Advice | None:
    """The same, in its parts."""
    if finding.verdict == "unknown" and not finding.when:
        return None
    found = remedies.remedy(finding)
    if len(finding.group) < 2 or not found.sentences:
        return found
    named = list(zip(names(finding), finding.instances, strict=True))[1:NAMED]
    # A sentence that counts what shares a block counts all that the finding stands for, whichever instance says it.
    return of_group(found, ((name, remedies.remedy(replace(each, group=finding.group))) for name, each in named))


def fixable(finding: Finding) -> str:
    """Which option applies the fix of a finding, or why none does; empty if the rule has no fix, or nobody looked it up."""
    if finding.fix is not None:
        return "fixable: with --fix" if finding.fix.safe else "fixable: with --fix --unsafe-fixes"
    return f"not fixed by --fix: {finding.no_fix}" if finding.no_fix else ""


def label(finding: Finding) -> str:
    """The severity in words: `high`, `undecided (high)`."""
    return finding.severity.value if finding.verdict == "fail" else f"undecided ({finding.severity})"


def whole_message(finding: Finding) -> str:
    """The message, with the environments if it does not apply to all."""
    message = finding.message.strip()
    return f"{message} In {', '.join(finding.environments)}." if finding.environments else message


def subject(finding: Finding, more: int = 0) -> str:
    """The resource, with its root module if instances are in several, and the number of other instances and of `more` resources; empty for a
    finding on a whole unit."""
    others = len(finding.instances) - 1 + more
    of = f" of {finding.unit}" if len({each.unit for each in finding.instances}) > 1 and finding.unit else ""
    return f"{finding.address}{of}{f' and {others:,} more' if others else ''}" if finding.address else ""


def names(finding: Finding) -> list[str]:
    """The name of each instance, the finding's own first: the address, the root module if there are several, and the
    environments if they differ between instances."""
    instances = finding.instances
    of_several = len({each.unit for each in instances}) > 1
    differ = len({each.environments for each in instances}) > 1
    return [
        " ".join(
            filter(
                None,
                (
                    each.address or each.unit,
                    f"of {each.unit}" if of_several and each.address else "",
                    f"in {', '.join(each.environments)}" if differ else "",
                ),
            )
        )
        for each in instances
    ]


def also(finding: Finding, most: int) -> str:
    """The other instances of the finding, up to `most` of them by name; empty if there are none."""
    if not finding.group:
        return ""
    _, *others = names(finding)
    more = f" and {len(others) - most:,} more" if len(others) > most else ""
    return f"{', '.join(others[:most])}{more}"


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def count(number: int, noun: str, nouns: str = "") -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def some(names: Sequence[str], most: int) -> str:
    """The first `most` names, and the number of the others."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
