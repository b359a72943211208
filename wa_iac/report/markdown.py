"""The report as Markdown, for a comment on a pull request or the summary of a job.

Text from files is not Markdown: each character that could make a table, a link, a mention or HTML of it is written as a
character reference, which every reader of Markdown shows as text. The whole stays within GitHub's limit for comments.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final

from wa_iac.core.errors import DoubtfulError, OldNameError, WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.late_pattern import late

from .coverage import coverage_lines
from .group_by import GroupBy
from .items import Item, items, sections
from .listing import NAMED, advice, count, label, listed, names, one_line, whole_message
from .paths import Uris
from .remedy import Advice
from .text import safe, summary, way_out
from .totals import summary_tables

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
_ADDRESS: Final = late(r"://|\bwww\.", re.IGNORECASE)
"""Plain text that GitHub would turn into a link."""
_FENCE: Final = late(r"^ {0,3}(`{3,})", re.MULTILINE)
_HEADER: Final = "| Where | Rule | Resource | What is wrong |\n| --- | --- | --- | --- |"


def render(
    report: Report,
    *,
    show_unknown: bool,
    root: Path | None,
    group_by: GroupBy | None = None,
    only_summary: bool = False,
) -> str:
    """The report as Markdown text of at most `MAX_BYTES` bytes: counts, errors, then the items, the most severe first.

    Paths are relative to `root`. Items that do not fit are counted. `group_by` makes a table for each section instead of each
    severity, `only_summary` leaves the items out.
    """
    uris = Uris(root)
    failing = report.failing()
    page = _Page()
    page.add(f"### wa-iac: {count(len(failing), 'finding') if failing else 'no findings'}\n")
    page.add(f"{escaped(summary(report, show_unknown=show_unknown))}\n")
    for each in coverage_lines(report):
        page.add(f"{escaped(each)}.\n")
    for table in summary_tables(report, group_by, only_summary=only_summary):
        _counts(page, table)
    _errors(page, "Not checked", report.mistakes(), uris)
    if hint := way_out(report):
        page.add(f"{escaped(hint)}\n")
    if not only_summary:
        _listing(page, report, listed(report, show_unknown=show_unknown), group_by, uris)
    _errors(page, "Not available", report.unavailable(), uris)
    _errors(page, "Doubtful", [each for each in report.errors if isinstance(each, DoubtfulError)], uris)
    _errors(page, "Old names", [each for each in report.errors if isinstance(each, OldNameError)], uris)
    return page.text()


def _listing(page: _Page, report: Report, findings: list[Finding], group_by: GroupBy | None, uris: Uris) -> None:
    if group_by is None:
        groups = [(name, list(members)) for name, members in groupby(items(report, findings), key=_group)]
    else:
        found = sections(report, findings, group_by)
        groups = [(escaped(uris.path(each.name) if group_by is GroupBy.FILE else each.name), each.items) for each in found]
    everything = [each for _, members in groups for each in members]
    shown = _tables(page, groups, uris, rows=group_by is None)
    if shown < len(everything):
        left = sum(len(each.findings) for each in everything[shown:])
        page.closing(f"{count(left, 'more finding')} do not fit here: see the report in another format.\n")
    _remedies(page, [each for item in everything[:shown] for each in item.findings])


def _counts(page: _Page, table: list[list[str]]) -> None:
    """A table of counts, as much of it as fits into half of the page."""
    header, *lines = [f"| {' | '.join(map(escaped, each))} |" for each in table]
    page.add(f"{header}\n|{' --- |' * len(table[0])}")
    left = MAX_BYTES // 2
    for number, line in enumerate(lines):
        if not page.add(line, bound=left):
            page.closing(f"\nand {len(lines) - number:,} more")
            break
        left -= _size(line)
    page.closing("")


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
    return f"- {code(where)}: {escaped(error.message)}" if where else f"- wa-iac: {escaped(error.message)}"


def _tables(page: _Page, groups: list[tuple[str, list[Item]]], uris: Uris, *, rows: bool) -> int:
    """A table for each group of items, with the number of its rows or of its findings: the severity of an item is that of its most severe
    finding, and others in it may be milder. Returns how many items fit.
    """
    shown = 0
    for name, members in groups:
        number = len(members) if rows else sum(len(each.findings) for each in members)
        if not page.add("\n".join([f"#### {name} ({number:,})", "", _HEADER, _row(members[0], uris)])):
            break
        shown += 1
        for each in members[1:]:
            if not page.add(_row(each, uris)):
                page.closing("")
                return shown
            shown += 1
        page.closing("")
    return shown


def _group(item: Item) -> str:
    return "Undecided" if item.first.verdict == "unknown" else item.first.severity.capitalize()


def _row(item: Item, uris: Uris) -> str:
    """An item in one row: each of its rules, resources and messages once."""
    first = item.first
    rules = dict.fromkeys(_rule(each) for each in item.findings)
    called = list(dict.fromkeys(name for each in item.findings for name in names(each) if name))
    resources = [code(each) for each in called[:_NAMED]]
    resources += [f"and {len(called) - _NAMED:,} more"] if len(called) > _NAMED else []
    messages: dict[str, list[str]] = {}
    for each in item.findings:
        messages.setdefault(escaped(whole_message(each)), []).append(_place(each, first, uris))
    said = [f"{text}{_lines(places)}" if len(item.findings) > 1 else text for text, places in messages.items()]
    said = said if len(said) <= NAMED else [*said[:NAMED], f"and {len(said) - NAMED:,} more"]
    heading = [escaped(item.heading)] if item.heading and item.kind != "resource" else []
    cells = (code(_at(first, uris)), "<br>".join(rules), "<br>".join(resources), "<br>".join([*heading, *said]))
    return f"| {' | '.join(cells)} |"


def _rule(finding: Finding) -> str:
    return escaped(finding.rule.slug if finding.verdict == "fail" else f"{finding.rule.slug}, {label(finding)}")


def _at(finding: Finding, uris: Uris) -> str:
    return f"{uris.path(finding.span.path)}:{finding.span.start_line}"


def _place(finding: Finding, first: Finding, uris: Uris) -> str:
    return f"line {finding.span.start_line}" if finding.span.path == first.span.path else _at(finding, uris)


def _lines(places: list[str]) -> str:
    """The places of one message, as many as are read."""
    distinct = list(dict.fromkeys(places))
    more = f" and {len(distinct) - NAMED:,} more" if len(distinct) > NAMED else ""
    return f" ({escaped(', '.join(distinct[:NAMED]))}{more})"


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
    return "\n".join(
        [
            f"<details><summary>How to fix <code>{escaped(finding.rule.slug)}</code> in {dialect}</summary>",
            "",
            escaped(finding.rule.description),
            "",
            *(line for sentence in fix.sentences for line in (escaped(sentence), "")),
            *_fenced(fix.code, fix.language),
            *(line for said, own in fix.others for line in (escaped(said), "", *_fenced(own, fix.language))),
            *((escaped(fix.held), "") if fix.held else ()),
            "</details>",
            "",
        ]
    )


def _fenced(text: str, language: str) -> list[str]:
    """Lines with code in a fence that is longer than any in it; none if there is no code."""
    fence = max((each.group(1) for each in _FENCE.finditer(text)), key=len, default="``") + "`"
    return [f"{fence}{language}", safe(text), fence, ""] if text else []


def code(text: str) -> str:
    """`text` as code on one line, in HTML, since a table and a list read that alike."""
    return f"<code>{escaped(text)}</code>"


def escaped(text: str) -> str:
    """`text` on one line, as plain text."""
    line = one_line(safe(text))
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 1] + "…"
    return _ADDRESS.sub(lambda found: found.group()[:-1] + f"&#{ord(found.group()[-1])};", line.translate(_REFERENCES))
