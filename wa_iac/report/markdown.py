"""The report as Markdown, for a comment on a pull request or the summary of a job.

Text from files is not Markdown: each character that could make a table, a link, a mention or HTML of it is written as a
character reference, which every reader of Markdown shows as text. The whole stays within GitHub's limit for comments.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final

from wa_iac.core.errors import DoubtfulError, WaIacError
from wa_iac.core.finding import Finding, Report

from .listing import advice, gravest_first, label, listed, names, one_line, whole_message
from .paths import Uris
from .remedy import Advice
from .text import count, safe, summary

MAX_BYTES: Final = 65_000
"""GitHub accepts 65,536 characters in a comment. There are at least as many bytes as characters, however those are counted."""
_ERRORS: Final = MAX_BYTES // 4
"""Bytes for errors, so that many broken files leave room for the findings."""
_REMEDIES: Final = MAX_BYTES // 4
"""Bytes for all remedies."""
_LONGEST: Final = 500
"""Characters shown of one message, path or name."""
_NAMED: Final = 25
"""Instances of one finding that are named."""
_REFERENCES: Final = {
    **{ord(each): f"&#{ord(each)};" for each in "\\`*_[]<>&|~$"},
    # A zero-width space behind them, so that nobody is notified and no issue is linked.
    ord("@"): "@&#8203;",
    ord("#"): "#&#8203;",
}
_ADDRESS: Final = re.compile(r"://|\bwww\.", re.IGNORECASE)
"""Plain text that GitHub would turn into a link."""
_FENCE: Final = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)
_TABLE: Final = "| Where | Rule | Resource | What is wrong |\n| --- | --- | --- | --- |"


def render(report: Report, *, show_unknown: bool, root: Path | None) -> str:
    """The report as Markdown text of at most `MAX_BYTES` bytes: errors, then the findings, the most severe first.

    Paths are relative to `root`. Findings that do not fit are counted.
    """
    uris = Uris(root)
    failing = len(report.failing())
    page = _Page()
    page.add(f"### wa-iac: {count(failing, 'finding') if failing else 'no findings'}\n")
    page.add(f"{_escaped(summary(report, show_unknown=show_unknown))}\n")
    _errors(page, "Not checked", report.mistakes(), uris)
    findings = gravest_first(listed(report, show_unknown=show_unknown))
    shown = _tables(page, findings, uris)
    if shown < len(findings):
        page.closing(f"{count(len(findings) - shown, 'more finding')} do not fit here: see the report in another format.\n")
    _remedies(page, findings[:shown])
    _errors(page, "Not available", report.unavailable(), uris)
    _errors(page, "Doubtful", [each for each in report.errors if isinstance(each, DoubtfulError)], uris)
    return page.text()


class _Page:
    """The parts of a page that fit. Some room is kept for the lines that count the others."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = MAX_BYTES - 1_000

    def add(self, part: str, *, bound: int = MAX_BYTES) -> bool:
        """Add a part and a line feed, if it fits and is not larger than `bound` bytes."""
        size = _size(part)
        if size > min(self._room, bound):
            return False
        self._room -= size
        self._parts.append(part)
        return True

    def closing(self, part: str) -> None:
        """Add a part for which room was kept."""
        self._parts.append(part)

    def text(self) -> str:
        return "\n".join(self._parts).rstrip("\n") + "\n"


def _size(part: str) -> int:
    return len(part.encode("utf-8", "surrogatepass")) + 1


def _errors(page: _Page, heading: str, errors: list[WaIacError], uris: Uris) -> None:
    if not errors or not page.add(f"#### {heading} ({len(errors):,})\n"):
        return
    left = _ERRORS
    for number, error in enumerate(errors):
        line = _error(error, uris)
        if not page.add(line, bound=left):
            page.closing(f"- and {len(errors) - number:,} more")
            break
        left -= _size(line)
    page.closing("")


def _error(error: WaIacError, uris: Uris) -> str:
    where = ":".join(str(part) for part in (uris.path(error.path) if error.path else None, error.line, error.column) if part)
    return f"- {_code(where)}: {_escaped(error.message)}" if where else f"- wa-iac: {_escaped(error.message)}"


def _tables(page: _Page, findings: list[Finding], uris: Uris) -> int:
    """A table for each severity. Returns how many findings fit."""
    shown = 0
    for name, group in groupby(findings, key=_group):
        members = list(group)
        rows = [_row(each, uris) for each in members[:1]]
        if not page.add("\n".join([f"#### {name} ({len(members):,})", "", _TABLE, *rows])):
            break
        shown += 1
        for each in members[1:]:
            if not page.add(_row(each, uris)):
                page.closing("")
                return shown
            shown += 1
        page.closing("")
    return shown


def _group(finding: Finding) -> str:
    return "Undecided" if finding.verdict == "unknown" else finding.severity.capitalize()


def _row(finding: Finding, uris: Uris) -> str:
    where = f"{uris.path(finding.span.path)}:{finding.span.start_line}"
    rule = finding.rule.slug if finding.verdict == "fail" else f"{finding.rule.slug}, {label(finding)}"
    resource = "<br>".join(map(_code, _named(finding)))
    return f"| {_code(where)} | {_escaped(rule)} | {resource} | {_escaped(whole_message(finding))} |"


def _named(finding: Finding) -> list[str]:
    """The names of the instances, as many as fit."""
    called = [name for name in names(finding) if name]
    return called if len(called) <= _NAMED else [*called[:_NAMED], f"and {len(called) - _NAMED:,} more"]


def _remedies(page: _Page, findings: list[Finding]) -> None:
    """The remedies, each once for a rule, folded."""
    blocks: dict[tuple[str, Advice], str] = {}
    for each in findings:
        fix = advice(each)
        if fix is not None and fix.text and (each.rule.slug, fix) not in blocks:
            blocks[each.rule.slug, fix] = _remedy(each, fix)
    left = _REMEDIES
    for block in blocks.values():
        if page.add(block, bound=left):
            left -= _size(block)


def _remedy(finding: Finding, fix: Advice) -> str:
    dialect = "CloudFormation" if finding.dialect == "cloudformation" else "Terraform"
    fence = max((each.group(1) for each in _FENCE.finditer(fix.code)), key=len, default="``") + "`"
    return "\n".join(
        [
            f"<details><summary>How to fix <code>{_escaped(finding.rule.slug)}</code> in {dialect}</summary>",
            "",
            _escaped(finding.rule.description),
            "",
            *(line for sentence in fix.sentences for line in (_escaped(sentence), "")),
            *([f"{fence}{fix.language}", safe(fix.code), fence, ""] if fix.code else []),
            "</details>",
            "",
        ]
    )


def _code(text: str) -> str:
    return f"<code>{_escaped(text)}</code>"


def _escaped(text: str) -> str:
    """`text` on one line, as plain text."""
    line = one_line(safe(text))
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 1] + "…"
    return _ADDRESS.sub(lambda found: found.group()[:-1] + f"&#{ord(found.group()[-1])};", line.translate(_REFERENCES))
