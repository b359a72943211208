"""The words in which every format of the report says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.errors import some
from wa_iac.report.listing import count

from .states import found_in
from .states import unread_line as of_states
from .sums import SEVERITIES, Sums
from .trend import Trend

_FILES: Final = 5
"""Files that were not read, by name; JSON has all."""
NO_TEAM: Final = "no team"
"""For findings in files that neither the list nor CODEOWNERS gives to anybody."""

KIND_NAMES: Final = {
    "new": "new",
    "fixed": "fixed",
    "accepted": "suppressed now",
    "undecided": "undecided now",
    "unchanged": "unchanged",
}


def headline(sums: Sums) -> str:
    """The whole in one sentence."""
    severities = ", ".join(f"{sums.whole.severities[each]:,} {each}" for each in SEVERITIES if sums.whole.severities[each])
    found = count(sums.whole.findings, "finding") + (f" ({severities})" if severities else "")
    read = sum(each["state"] == "done" for each in sums.entries)
    counted = f"{found}, {sums.whole.undecided:,} undecided and {sums.accepted:,} suppressed"
    return (
        f"{found_in(counted, read, len(sums.record.parts))}: {count(sums.total('resources'), 'resource')} in "
        f"{count(sums.total('files'), 'file')}"
    )


def unread_line(sums: Sums) -> str:
    """What was not read, in one sentence; empty if everything was."""
    return of_states(each.state for each in sums.unread)


def shared_line(sums: Sums) -> str:
    """A sentence on findings that stand in several entries; empty if there are none."""
    if not sums.shared:
        return ""
    return (
        f"{count(sums.shared, 'finding')} of these are in a file that several entries of one repository use, and another entry "
        "reports them as well: list the repository as one entry to count them once."
    )


def trend_line(trend: Trend) -> str:
    """The difference in one sentence."""
    said = ", ".join(f"{trend.number(kind):,} {name}" for kind, name in KIND_NAMES.items() if kind in trend.counts)
    part = f", {len(trend.in_part):,} of them in part" if trend.in_part else ""
    return f"Since {trend.before.started}: {said or 'nothing to compare'}, in {count(trend.compared, 'entry', 'entries')} that both runs read{part}."


def trend_notes(trend: Trend) -> list[str]:
    """What the comparison leaves out, in sentences."""
    notes = list(trend.notes)
    if trend.apart:
        notes.append(
            f"not compared, since one of the runs has no result of them or does not say what it did not read: "
            f"{count(len(trend.apart), 'entry', 'entries')} with {count(trend.apart_findings, 'finding')} now"
        )
    if trend.in_part:
        files = some([f"{each}, {path}" for each, path in trend.unread], _FILES, "; ")
        notes.append(
            f"not compared, since one of the runs did not read them in full: {count(len(trend.unread), 'file')} with "
            f"{count(trend.unread_findings, 'finding')} now ({files}). Findings in the other files of their modules may be new or gone because "
            "of that"
        )
    if trend.added:
        notes.append(f"only in this run: {count(len(trend.added), 'entry', 'entries')}")
    if trend.removed:
        notes.append(f"only in the earlier run: {count(len(trend.removed), 'entry', 'entries')}")
    return notes


def by_team(counts: Mapping[str, int]) -> list[str]:
    """The numbers of a team, in the order of `KIND_NAMES`."""
    return [f"{counts.get(kind, 0):,}" for kind in KIND_NAMES]
