"""The report for a person: items readable at a glance, the most severe first, then what could not be read, then the counts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.core.awscc import is_awscc_type
from wa_iac.core.errors import InternalError, PartialError, SourceError, WaIacError
from wa_iac.core.finding import Finding, Report

from .causes import by_cause, cause_lines, settled_by
from .coverage import SHOWN, coverage_lines, held
from .encode import COMMAND
from .group_by import GroupBy
from .items import items
from .layout import Block, Head, Part, laid_out
from .listing import count, label, subject
from .practices import pillar_of
from .severity import SCALES
from .sources import Sources
from .totals import notes_by_kind, summary_tables

_UNSAFE: Final = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),
    "\ufffd",
)
"""Control characters, and those that turn the direction of writing. We quote files that nobody vouches for, and a terminal
would execute such characters."""


def render(
    report: Report,
    *,
    show_unknown: bool,
    group_by: GroupBy | None = None,
    only_summary: bool = False,
    verbose: bool = False,
    show_passed: bool = False,
) -> str:
    """The whole report as text ending in a line feed: items, notes, errors, gaps, the counts by pillar, one line that counts
    everything.

    Args:
        group_by: the sections, instead of the order by gravity.
        only_summary: leave out the items, and count the findings of each rule.
        verbose: name every note, every place of a convention, and every type without a rule.
        show_passed: list the rules that hold, first.
    """
    sources = Sources(report.sources, report.secrets)
    parts = ["\n".join(map(safe_line, passed_lines(report)))] if show_passed else []
    if not only_summary:
        for section in laid_out(report, show_unknown=show_unknown, group_by=group_by, verbose=verbose):
            parts += [safe_line(f"{section.title}")] if section.title else []
            parts += [part for block in section.blocks for part in _block(block, sources)]
    if show_unknown and not only_summary:
        parts += ["\n".join(map(safe_line, each)) for each in undecided(report, verbose)]
    parts += _notes(report, verbose)
    parts += [_error(each, "error") for each in report.mistakes()]
    parts += [safe_line(hint) for hint in filter(None, [way_out(report)])]
    parts += filter(None, ["\n".join(map(safe_line, gaps(report, verbose)))])
    parts += map(aligned, summary_tables(report, group_by, only_summary=only_summary))
    return "\n\n".join([*parts, safe_line(summary(report, show_unknown=show_unknown))]) + "\n"


def passed_lines(report: Report) -> list[str]:
    """The rules that hold: one line for each rule and resource."""
    return [f"{each.path}  passed  {each.slug}" + (f"  {each.address}" if each.address else "") for each in held(report)]


def way_out(report: Report) -> str:
    """How to leave out the files that could not be read, since not all of them are meant to be checked; empty if there are
    none."""
    paths = [each.path for each in report.mistakes() if isinstance(each, SourceError)]
    first = next(filter(None, paths), None)
    if first is None:
        return ""
    # A module is read with all of its files or not at all.
    whole = posixpath.dirname(first) if first.endswith((".tf", ".tofu", ".tf.json", ".tofu.json")) else ""
    files = "this file" if len(set(paths)) == 1 else "a file like these"
    return f"To leave out {f'{files} with its module' if whole else files}: --exclude '{whole or first}', or `exclude` in the settings."


def undecided(report: Report, verbose: bool) -> list[list[str]]:
    """The lines of each cause that undecided results wait for."""
    return [list(cause_lines(each, verbose=verbose)) for each in by_cause(report.undecided())]


def gaps(report: Report, verbose: bool = False) -> list[str]:
    """The lines on types without a rule, and on resources of which nothing could be decided."""
    lines = list(coverage_lines(report, most=10**9 if verbose else SHOWN))
    return [f"note: {each}" for each in lines]


def aligned(table: Sequence[Sequence[str]]) -> str:
    """A table as text: numbers to the right, words to the left."""
    columns = list(zip(*table, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numeric = [all(cell == "-" or cell[:1].isdigit() for cell in column[1:]) for column in columns]

    def line(cells: Sequence[str]) -> str:
        placed = (
            cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(cells, widths, numeric, strict=True)
        )
        return safe_line("  ".join(placed).rstrip())

    return "\n".join(map(line, table))


def error_line(error: WaIacError) -> str:
    """One error on one line, for standard error: `wa-iac: path:line:column: message`."""
    return safe_line(f"wa-iac: {error}")


def safe(text: str) -> str:
    """`text` without characters that a terminal would execute."""
    return text.translate(_UNSAFE)


def safe_line(text: str) -> str:
    """The same on one line, which no build treats as a command. GitHub, Azure DevOps and TeamCity execute `##[`, `##vso[` and
    `##teamcity[` anywhere in a log, and GitHub `::` at the start of a line."""
    line = safe(text).replace("\n", " ")
    if "##" in line:
        line = COMMAND.sub("## ", line)
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line


def safe_difference(line: str, *, in_a_log: bool) -> str:
    """A line of a diff without anything that a terminal would execute, nor, in a build's log, the build. Its line end stays."""
    text = line.rstrip("\r\n")
    shown = safe_line(text) if in_a_log else safe(text)
    return shown + line[len(text) :]


def _block(block: Block, sources: Sources) -> Iterator[str]:
    """An item, or several findings with the same text: its heading, and each of its parts."""
    if block.heading:
        yield safe_line(block.heading)
    for each in block.parts:
        yield "\n".join(_part(each, sources))


def _part(part: Part, sources: Sources) -> Iterator[str]:
    first = part.heads[0].finding
    for each in part.heads:
        yield head(each)
    if part.about:
        yield f"  {safe_line(part.about)}"
    yield f"  {safe_line(part.message)}  [{closest(first)}]"
    if part.also:
        yield safe_line(f"  also: {part.also}")
    line = first.span.start_line
    if part.excerpt and (excerpt := sources.excerpt(first.rule.slug, first.span.path, line)) is not None:
        yield f"  {line:>5} | {safe_line(excerpt)}"
    for step in part.related:
        yield safe_line(f"  via {step.span.path}:{step.span.start_line} ({step.note})")
    for lines in part.remedies:
        if len(lines) == 1:
            yield f"  fix: {safe_line(lines[0].strip())}"
        else:
            yield "  fix:"
            yield from (f"      {safe_line(each)}".rstrip() for each in lines)
    if part.fixable:
        yield f"  {safe_line(part.fixable)}"
    if part.practice:
        yield f"  see: {part.practice}"


def head(shown: Head) -> str:
    """The line of a finding that other programs search for: `path:line:column  severity  slug  resource`."""
    finding, more, source = shown
    span = finding.span
    resource = subject(finding, more)
    where = f"in {', '.join(finding.environments)}" if finding.environments else ""
    place = f"{span.path}:{span.start_line}:{span.start_column}"
    return safe_line("  ".join(filter(None, (place, label(finding), finding.rule.slug, resource, where, source))))


def closest(finding: Finding) -> str:
    """The pillar and the closest best practice: `security SEC08-BP02`, or `reliability, asked by SEC08-BP04` if that is of another pillar."""
    rule = finding.rule
    if not rule.practices:
        return rule.pillar
    first = rule.practices[0]
    return f"{rule.pillar} {first}" if pillar_of(first) in (rule.pillar, None) else f"{rule.pillar}, asked by {first}"


def _notes(report: Report, verbose: bool) -> Iterator[str]:
    """The notes; those of one kind on one line, unless `verbose`."""
    for kind, notes in notes_by_kind(report.notes()):
        if verbose or len(notes) == 1:
            yield from (_error(each, each.level) for each in notes)
        else:
            yield safe_line(folded(kind, notes))


def folded(kind: str, notes: Sequence[WaIacError]) -> str:
    """Several notes of one kind, on one line."""
    return f"{notes[0].level}: {len(notes):,} {kind} (--verbose lists them)"


def _error(error: WaIacError, kind: str) -> str:
    return f"{_where(error)}  {kind}\n  {safe_line(error.message.strip())}"


def _where(error: WaIacError) -> str:
    return safe_line(error.where) or "wa-iac"


def summary(report: Report, *, show_unknown: bool = False) -> str:
    """All counts on one line. If something was not checked, it says so, and never that all is well."""
    failing = len(report.failing())
    parts = [count(failing, "finding") if failing else _none(report)]
    if failing:
        by_severity = report.by_severity()
        parts[0] += f" ({', '.join(f'{by_severity[each]} {each}' for each in SCALES if by_severity[each])})"
        if (together := len(items(report, report.failing()))) < failing:
            parts[0] += f" in {count(together, 'item')}"
    if waiting := report.undecided():
        said = filter(None, (settled_by(waiting), "" if show_unknown else "--show-unknown lists them"))
        parts.append(f"{len(waiting)} undecided" + (f" ({explained})" if (explained := "; ".join(said)) else ""))
    parts += _accepted(report)
    parts += _left_out(report)
    parts.append(f"{count(report.resources, 'resource')} in {count(len(report.sources), 'file')}")
    parts += _fixable(report)
    parts += _not_judged(report)
    return ", ".join(parts)


def _none(report: Report) -> str:
    """What is said if there is no finding: whether anything was looked at. Settings may leave out all files, and all resources may be in modules
    that are not there."""
    if report.by_settings is not None and report.by_settings.files and not report.sources:
        return "Nothing was checked"
    return "No resource was checked" if not report.resources and report.unavailable() else "No findings"


def _accepted(report: Report) -> Iterator[str]:
    """Counts of findings that a suppression accepts, and of those that the baseline has."""
    for is_known, words in ((False, "suppressed"), (True, "in the baseline")):
        found = report.grouped(each for each in report.findings if each.suppressed is not None and _is_known(each) == is_known)
        if found:
            yield f"{len(found)} {words}"


def _is_known(finding: Finding) -> bool:
    return finding.suppressed is not None and finding.suppressed.source == "baseline"


def _left_out(report: Report) -> Iterator[str]:
    """Counts of findings that are not reported because only a part was requested."""
    if older := report.left_out["older"]:
        yield f"{count(older, 'older finding')} left out"
    if elsewhere := report.left_out["elsewhere"]:
        yield f"{count(elsewhere, 'finding')} in files that were not named left out (--whole-unit shows them)"
    if advice := report.left_out["advice"]:
        yield f"{count(advice, 'finding')} of advice left out (--profile all shows them)"
    if milder := report.left_out["milder"]:
        yield f"{milder:,} milder left out (--min-severity)"
    if report.by_settings is not None:
        yield str(report.by_settings)


def _may_be_fixable(finding: Finding) -> bool:
    """Whether there may be a fix, as far as that is known without its text: not for generated resources, nor in a plan."""
    resource = finding.subject.resource if finding.subject is not None else None
    generated = (
        bool(finding.made_from) or is_awscc_type(finding.type) or (resource is not None and bool(resource.declared.construct))
    )
    planned = finding.dialect == "terraform" and not finding.span.path.endswith((".tf", ".tofu", ".tf.json", ".tofu.json"))
    return finding.rule.fix is not None and not finding.instead and not generated and not planned


def _fixable(report: Report) -> Iterator[str]:
    """How many findings `--fix` can fix. If the fixes were not looked up, which needs reading the files again, the option that
    looks them up."""
    failing = report.failing()
    if not report.has_fixes:
        notes = [each.rule.fix.unsafe_because for each in failing if _may_be_fixable(each) and each.rule.fix is not None]
        if not all(notes):
            yield "--diff shows what --fix can change"
        elif notes:
            yield "--diff --unsafe-fixes shows what can be fixed"
        return
    unsafe = [not each.fix.safe for each in failing if each.fix is not None]
    more = sum(unsafe)
    if number := len(unsafe) - more:
        yield f"{number} fixable with --fix" + (f" and {more} more with --unsafe-fixes" if more else "")
    elif more:
        yield f"{more} fixable with --fix --unsafe-fixes"


def fix_summary(fixed: Sequence[Finding], report: Report, *, unsafe: bool, written: bool, gone: int = 0) -> str:
    """The result of `--fix`, or of `--diff`, on one line; `report` has the current findings, with their fixes, and `gone` others went away with
    the fixed ones."""
    files = len({each.span.path for each in fixed})
    what = f"{count(len(fixed), 'finding')} in {count(files, 'file')}" if fixed else "nothing"
    left = report.failing()
    more = 0 if unsafe else sum(each.fix is not None and not each.fix.safe for each in left)
    if written:
        what += (
            f", and {gone} more {'is' if gone == 1 else 'are'} gone with {'it' if len(fixed) == 1 else 'them'}" if gone else ""
        )
        return f"fixed {what}; {len(left)} left" + (f", {more} of them fixable with --unsafe-fixes" if more else "")
    return f"would fix {what}" + (f"; --unsafe-fixes shows {more} more" if more else "")


def _not_judged(report: Report) -> Iterator[str]:
    """The parts that an empty list of findings does not cover."""
    if unavailable := sum(not isinstance(each, PartialError) for each in report.unavailable()):
        yield f"{count(unavailable, 'note')} on unchecked parts"
    unread = {each.path for each in report.mistakes() if not isinstance(each, InternalError) and each.path}
    bugs = sum(isinstance(each, InternalError) for each in report.errors)
    if unread:
        yield f"{count(len(unread), 'file')} not read in full"
    if bugs:
        yield f"{count(bugs, 'internal error')}"
    if report.mistakes():
        yield "not everything was checked"
