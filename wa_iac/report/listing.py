"""Which findings a report lists, and what they all say the same way."""

from __future__ import annotations

from wa_iac.core.finding import Finding, Report


def listed(report: Report, *, show_unknown: bool, show_suppressed: bool = False) -> list[Finding]:
    """What stands, in the report's order; undecided and suppressed ones only on request."""
    return [
        each
        for each in report.findings
        if (show_suppressed or each.suppressed is None) and (show_unknown or each.verdict == "fail")
    ]


def gravest_first(findings: list[Finding]) -> list[Finding]:
    """The gravest first, then what is undecided, then what is suppressed; within one severity the order stays."""
    return sorted(findings, key=lambda each: (each.suppressed is not None, each.verdict == "unknown", -each.severity.rank))


def remedy(finding: Finding) -> str:
    """What to write instead, in the words of what is written; empty where nobody can say that anything is wrong."""
    if finding.verdict == "unknown" and not finding.when:
        return ""
    return finding.remedy.strip("\n")


def label(finding: Finding) -> str:
    """How bad it is, in words: `high`, `undecided (high)`."""
    return finding.severity.value if finding.verdict == "fail" else f"undecided ({finding.severity})"


def whole_message(finding: Finding) -> str:
    """The message, and the environments it holds in where it does not hold in all."""
    message = finding.message.strip()
    return f"{message} In {', '.join(finding.environments)}." if finding.environments else message


def subject(finding: Finding) -> str:
    """The resource, and how many more like it; empty for a finding on a unit as a whole."""
    more = f" and {finding.instances - 1} more" if finding.instances > 1 else ""
    return f"{finding.address}{more}" if finding.address else ""


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())
