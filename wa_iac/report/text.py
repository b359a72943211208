"""The report for a person: one finding readable at a glance, then what could not be read, then one line that counts everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from wa_iac.core.awscc import PREFIX as AWSCC
from wa_iac.core.errors import InternalError, PartialError, WaIacError
from wa_iac.core.finding import Finding, Report

from .encode import COMMAND
from .listing import also, label, listed, remedy, subject
from .severity import SCALES
from .sources import Sources

NAMED: Final = 10
"""Instances of one finding that are named, after the first; JSON and SARIF name all."""
_UNSAFE: Final = dict.fromkeys(
    (*range(9), *range(11, 32), *range(127, 160), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),
    "\ufffd",
)
"""Control characters, and those that turn the direction of writing. We quote files that nobody vouches for, and a terminal
would execute such characters."""


def render(report: Report, *, show_unknown: bool) -> str:
    """The whole report as text ending in a line feed."""
    sources = Sources(report.sources, report.secrets)
    findings = listed(report, show_unknown=show_unknown)
    blocks = ["\n".join(_finding(each, before, sources)) for before, each in pairwise([None, *findings]) if each is not None]
    blocks += [_error(each, each.level) for each in report.notes()]
    blocks += [_error(each, "error") for each in report.mistakes()]
    return "\n\n".join([*blocks, safe_line(summary(report, show_unknown=show_unknown))]) + "\n"


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


def _finding(finding: Finding, before: Finding | None, sources: Sources) -> Iterator[str]:
    """One finding. Parts that the finding before has already shown for the same line are left out."""
    span = finding.span
    again = before is not None and (before.span, before.rule.slug) == (span, finding.rule.slug)
    head = [safe_line(f"{span.path}:{span.start_line}:{span.start_column}"), label(finding), finding.rule.slug]
    if finding.address:
        head.append(safe_line(subject(finding)))
    if finding.environments:
        head.append(safe_line(f"in {', '.join(finding.environments)}"))
    yield "  ".join(head)
    yield f"  {safe_line(finding.message.strip())}"
    if others := also(finding, NAMED):
        yield safe_line(f"  also: {others}")
    excerpt = None if again else sources.excerpt(finding.rule.slug, span.path, span.start_line)
    if excerpt is not None:
        yield f"  {span.start_line:>5} | {safe_line(excerpt)}"
    for step in finding.related:
        if step.span.path:
            yield safe_line(f"  via {step.span.path}:{step.span.start_line} ({step.note})")
    lines = remedy(finding).splitlines()
    if again and before is not None and remedy(before) == remedy(finding):
        return
    if len(lines) == 1:
        yield f"  fix: {safe_line(lines[0].strip())}"
    elif lines:
        yield "  fix:"
        yield from (f"      {safe_line(line)}".rstrip() for line in lines)


def _error(error: WaIacError, kind: str) -> str:
    return f"{_where(error)}  {kind}\n  {safe_line(error.message.strip())}"


def _where(error: WaIacError) -> str:
    return safe_line(error.where) or "wa-iac"


def summary(report: Report, *, show_unknown: bool = False) -> str:
    """All counts on one line. If something was not checked, it says so, and never that all is well."""
    failing = len(report.failing())
    nothing = report.by_settings is not None and report.by_settings.files and not report.sources
    parts = [count(failing, "finding") if failing else "Nothing was checked" if nothing else "No findings"]
    if failing:
        by_severity = report.by_severity()
        parts[0] += f" ({', '.join(f'{by_severity[each]} {each}' for each in SCALES if by_severity[each])})"
    if undecided := len(report.undecided()):
        parts.append(f"{undecided} undecided" + ("" if show_unknown else " (--show-unknown lists them)"))
    if suppressed := report.summary()["suppressed"]:
        parts.append(f"{suppressed} suppressed")
    parts += _left_out(report)
    parts.append(f"{count(report.resources, 'resource')} in {count(len(report.sources), 'file')}")
    parts += _fixable(report)
    parts += _not_judged(report)
    return ", ".join(parts)


def _left_out(report: Report) -> Iterator[str]:
    """Counts of findings that are not reported because only a part was requested."""
    if older := report.left_out["older"]:
        yield f"{count(older, 'older finding')} left out"
    if elsewhere := report.left_out["elsewhere"]:
        yield f"{count(elsewhere, 'finding')} in files that were not named left out (--whole-unit shows them)"
    if advice := report.left_out["advice"]:
        yield f"{advice:,} of advice left out (--profile all shows them)"
    if report.by_settings is not None:
        yield str(report.by_settings)


def _fixable(report: Report) -> Iterator[str]:
    """How many findings wa-iac can fix; an upper limit if the fixes were not computed, which needs reading the files again."""
    failing = report.failing()
    if report.has_fixes:
        unsafe = [bool(each.fix.unsafe_because) for each in failing if each.fix is not None]
    else:
        written = [each for each in failing if not each.made_from and not each.type.startswith(AWSCC)]
        unsafe = [bool(each.rule.fix.unsafe_because) for each in written if each.rule.fix is not None]
    most = "" if report.has_fixes else "up to "
    more = sum(unsafe)
    if number := len(unsafe) - more:
        yield f"{most}{number} fixable with --fix" + (f" and {more} more with --unsafe-fixes" if more else "")
    elif more:
        yield f"{most}{more} fixable with --fix --unsafe-fixes"


def fix_summary(fixed: Sequence[Finding], report: Report, *, unsafe: bool, written: bool) -> str:
    """The result of `--fix`, or of `--diff`, on one line; `report` has the current findings, with their fixes."""
    what = f"{count(len(fixed), 'finding')} in {count(len({each.span.path for each in fixed}), 'file')}"
    left = report.failing()
    more = 0 if unsafe else sum(each.fix is not None and not each.fix.safe for each in left)
    if written:
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


def count(number: int, noun: str, nouns: str = "") -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
