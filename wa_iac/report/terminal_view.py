"""The report for a person at a terminal: grouped by file, wrapped to its width. Imported only there, since importing rich is
slow.

It has the content of the plain text, without repetitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from typing import Final

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.rule import Rule

from .listing import also, label, listed, remedy, subject
from .rules import facts, markdown
from .severity import SCALES
from .sources import Sources
from .text import NAMED, safe, safe_line, summary

_INDENT: Final = 10
"""The column of the text after a place."""


def render(report: Report, *, show_unknown: bool, colour: bool, width: int) -> str:
    """The whole report as text of at most `width` columns, ending in a line feed; with SGR escape codes if `colour`."""
    view = _View(Sources(report.sources, report.secrets))
    blocks: list[RenderableType] = []
    for path, members in groupby(listed(report, show_unknown=show_unknown), key=lambda each: each.span.path):
        blocks.append(Text(safe_line(path), style="bold underline"))
        for _, same in groupby(members, key=lambda each: (each.rule.slug, each.verdict, each.message, each.related)):
            blocks += view.findings(list(same))
        blocks.append(Text())
    blocks += [block for each in report.notes() for block in _error(each, each.level, "dim")]
    blocks += [block for each in report.mistakes() for block in _error(each, "error", "red")]
    blocks.append(Text(safe_line(summary(report, show_unknown=show_unknown)), style="bold"))
    return _printed(blocks, colour=colour, width=width)


def page(rule: Rule, *, colour: bool, width: int) -> str:
    """A rule's page, laid out for reading."""
    known = Table.grid(padding=(0, 2))
    for name, value in facts(rule):
        known.add_row(Text(name, style="dim"), Text(safe_line(value)))
    # Use the terminal's own colours: a theme with a background suits half of all terminals.
    text = Markdown(safe(markdown(rule)), code_theme="ansi_dark", hyperlinks=colour)
    blocks: list[RenderableType] = [text, Text(), known]
    return _printed(blocks, colour=colour, width=min(width, 100))


def _printed(blocks: list[RenderableType], *, colour: bool, width: int) -> str:
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for each in blocks:
        console.print(each)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


class _View:
    """The output for one report; a remedy of several lines is written once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._written: dict[tuple[str, str], Finding] = {}

    def findings(self, same: list[Finding]) -> Iterator[RenderableType]:
        """Findings with the same text: their places, then the text."""
        first = same[0]
        yield from map(_head, same)
        if len(same) == 1:
            excerpt = self._sources.excerpt(first.rule.slug, first.span.path, first.span.start_line)
            if excerpt is not None:
                yield _said(Text(safe_line(excerpt.strip()), style="dim", overflow="ellipsis", no_wrap=True))
        yield _said(Text(safe_line(first.message.strip())))
        if len(same) == 1 and (others := also(first, NAMED)):
            yield _said(Text(safe_line(f"also: {others}"), style="dim"))
        for step in first.related:
            if step.span.path:
                yield _said(Text(safe_line(f"via {step.span.path}:{step.span.start_line} ({step.note})"), style="dim"))
        yield from self._remedy(first)

    def _remedy(self, finding: Finding) -> Iterator[RenderableType]:
        text = remedy(finding)
        lines = [safe_line(line) for line in text.splitlines()]
        if len(lines) == 1:
            yield _said(Text(f"fix: {lines[0].strip()}", style="green"))
        elif lines:
            before = self._written.setdefault((finding.rule.slug, text), finding)
            if before is finding:
                yield _said(Text("\n".join(["fix:", *(f"  {line}" for line in lines)]), style="green"))
            else:
                yield _said(Text(safe_line(f"fix: as at {before.span.path}:{before.span.start_line}"), style="green"))


def _head(finding: Finding) -> Text:
    span = finding.span
    place = f"{span.start_line}:{span.start_column}"
    head = Text().append(f"{place:>{_INDENT - 2}}  ", style="dim")
    head.append(label(finding), style=SCALES[finding.severity].style if finding.verdict == "fail" else "dim")
    head.append("  ").append(finding.rule.slug, style="bold")
    if finding.address:
        head.append(f"  {safe_line(subject(finding))}")
    if finding.environments:
        head.append(f"  in {safe_line(', '.join(finding.environments))}")
    return head


def _said(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, _INDENT))


def _error(error: WaIacError, kind: str, style: str) -> Iterator[RenderableType]:
    yield Text(safe_line(error.where) or "wa-iac", style="bold").append("  ").append(kind, style=style)
    yield _said(Text(safe_line(error.message.strip())))
    yield Text()
