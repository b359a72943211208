"""The report for a person at a terminal: the plain text's layout, in color and wrapped to the width. Imported only there, since
importing rich is slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Final

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Report
from wa_iac.core.rule import Rule, Severity

from .group_by import GroupBy
from .layout import Block, Head, Part, laid_out
from .listing import label, subject
from .rules import facts, markdown
from .severity import SCALES
from .sources import Sources
from .text import aligned, closest, folded, gaps, passed_lines, safe, safe_line, summary, undecided, way_out
from .totals import notes_by_kind, summary_tables

_INDENT: Final = 4
"""The column of the text below a place."""


def render(
    report: Report,
    *,
    show_unknown: bool,
    colour: bool,
    width: int,
    group_by: GroupBy | None = None,
    only_summary: bool = False,
    verbose: bool = False,
    show_passed: bool = False,
) -> str:
    """The whole report as text of at most `width` columns, ending in a line feed; with SGR escape codes if `colour`. The other
    arguments are those of `text.render`."""
    sources = Sources(report.sources, report.secrets)
    blocks: list[RenderableType] = (
        [Text(safe_line(each), style="green") for each in passed_lines(report)] if show_passed else []
    )
    if not only_summary:
        for section in laid_out(report, show_unknown=show_unknown, group_by=group_by, verbose=verbose):
            blocks += [Text(safe_line(section.title), style="bold underline"), Text()] if section.title else []
            blocks += chain.from_iterable(_block(each, sources) for each in section.blocks)
    if show_unknown and not only_summary:
        blocks += chain.from_iterable(
            [*(Text(safe_line(line)) for line in each), Text()] for each in undecided(report, verbose)
        )
    blocks += _notes(report, verbose)
    blocks += [block for each in report.mistakes() for block in _error(each, "error", "red")]
    if hint := way_out(report):
        blocks += [Text(safe_line(hint), style="dim"), Text()]
    if lines := gaps(report, verbose):
        blocks += [*(Text(safe_line(each), style="dim") for each in lines), Text()]
    for table in summary_tables(report, group_by, only_summary=only_summary):
        blocks += _table(table)
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


def _block(block: Block, sources: Sources) -> Iterator[RenderableType]:
    """An item, or several findings with the same text."""
    if block.heading:
        yield Text(safe_line(block.heading), style="bold")
    indent = _INDENT // 2 if block.heading else 0
    for each in block.parts:
        for line in _part(each, sources, named=not block.shared):
            yield Padding(line, (0, 0, 0, indent))
    yield Text()


def _part(part: Part, sources: Sources, *, named: bool) -> Iterator[RenderableType]:
    first = part.heads[0].finding
    for each in part.heads:
        yield _head(each, named=named)
    line = first.span.start_line
    if part.excerpt and (excerpt := sources.excerpt(first.rule.slug, first.span.path, line)) is not None:
        yield _said(Text(safe_line(excerpt.strip()), style="dim", overflow="ellipsis", no_wrap=True))
    if part.about:
        yield _said(Text(safe_line(part.about)))
    yield _said(Text(safe_line(part.message)).append(f"  [{closest(first)}]", style="dim"))
    if part.also:
        yield _said(Text(safe_line(f"also: {part.also}"), style="dim"))
    for step in part.related:
        yield _said(Text(safe_line(f"via {step.span.path}:{step.span.start_line} ({step.note})"), style="dim"))
    for lines in part.remedies:
        if len(lines) == 1:
            yield _said(Text(f"fix: {safe_line(lines[0].strip())}", style="green"))
            continue
        yield _said(Text("fix:", style="green"))
        for code in lines:
            # A line that does not fit goes on below its own beginning.
            written = safe_line(code)
            inside = len(written) - len(written.lstrip(" "))
            yield Padding(_said(Text(written[inside:], style="green")), (0, 0, 0, 2 + inside))
    if part.fixable:
        yield _said(Text(safe_line(part.fixable), style="dim"))
    if part.practice:
        yield _said(Text(safe_line(f"see: {part.practice}"), style="dim"))


def _head(shown: Head, *, named: bool) -> Text:
    finding, more, source = shown
    span = finding.span
    style = SCALES[finding.severity].style if finding.verdict == "fail" else "dim"
    place = safe_line(f"{span.path}:{span.start_line}:{span.start_column}")
    head = Text.assemble((place, "underline"), "  ", (label(finding), style), "  ", (finding.rule.slug, "bold"))
    if named and finding.address:
        head.append(f"  {safe_line(subject(finding, more))}")
    if finding.environments:
        head.append(f"  in {safe_line(', '.join(finding.environments))}")
    if source:
        head.append(f"  {safe_line(source)}", style="dim")
    return head


def _notes(report: Report, verbose: bool) -> Iterator[RenderableType]:
    for kind, notes in notes_by_kind(report.notes()):
        if verbose or len(notes) == 1:
            yield from chain.from_iterable(_error(each, each.level, "dim") for each in notes)
        else:
            yield Text(safe_line(folded(kind, notes)), style="dim")
            yield Text()


def _table(table: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    """A table with a severity's color on its name, as a header or in a line."""
    text = Text(aligned(table), no_wrap=True, overflow="ellipsis")
    for each in Severity:
        text.highlight_regex(rf"\b{each}\b", style=SCALES[each].style)
    # Printed by itself, a text is wrapped whatever it says.
    yield Padding(text, 0)
    yield Text()


def _said(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, _INDENT))


def _error(error: WaIacError, kind: str, style: str) -> Iterator[RenderableType]:
    yield Text(safe_line(error.where) or "wa-iac", style="bold").append("  ").append(kind, style=style)
    yield _said(Text(safe_line(error.message.strip())))
    yield Text()
