"""Baselines: the known findings of a team, so that only new ones count.

A baseline is a file of entries, one for each instance of a finding in each environment. An entry names the rule, the file, the root
module or template, the resource's address, the environment and the mark of the text at the place. It does not contain the line,
so it stays valid when lines move. A second caller of a module, a new key of `for_each` or another environment is not in it, and
is reported.

Files of the first version, `wa-iac/baseline/1`, have neither callers nor environments. They still apply to every instance at
the place. `baseline update` rewrites them.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from wa_iac.core import files
from wa_iac.core.errors import OldNameError, UsageError
from wa_iac.core.finding import Finding, Report, Suppression, fingerprint
from wa_iac.core.span import Span
from wa_iac.core.writing import write_whole

from .catalogue import OURS, Catalogue
from .discover import refuse_link_out

SCHEMA: Final = "wa-iac/baseline/2"
FIRST_SCHEMA: Final = "wa-iac/baseline/1"
LARGEST: Final = 50_000_000
"""Bytes of a baseline file: about 100,000 findings."""
NAME: Final = "wa-iac-baseline.json"
"""The default name of a baseline file."""
_KNOWN: Final = Suppression("in the baseline", "baseline")


class KnownFinding(NamedTuple):
    """One entry. `path` and `unit` are relative to the baseline's directory; `environment` is empty if there was only one.

    `number` distinguishes entries that are otherwise equal.
    """

    rule: str
    path: str
    unit: str
    address: str
    environment: str
    mark: str
    number: int

    @property
    def fingerprint(self) -> str:
        """Its identity for other programs."""
        return fingerprint(*self)

    @property
    def instance(self) -> _Instance:
        return self.rule, self.path, self.unit, self.address


class FirstKnown(NamedTuple):
    """One entry of the first version; `number` distinguishes entries of one rule on one resource."""

    rule: str
    path: str
    address: str
    number: int


_Instance: TypeAlias = tuple[str, str, str, str]


@dataclass(slots=True)
class Baseline:
    """The content of a file of either version."""

    entries: set[KnownFinding] = field(default_factory=set)
    first: set[FirstKnown] = field(default_factory=set)
    notes: list[OldNameError] = field(default_factory=list)
    """About old names of rules in it."""

    @property
    def is_first(self) -> bool:
        """Whether it is of the first version."""
        return bool(self.first)


class Standing(NamedTuple):
    """An unsuppressed finding in one environment, in a baseline's terms."""

    finding: Finding
    known: KnownFinding


def load(path: Path, catalogue: Catalogue = OURS) -> Baseline:
    """Read a baseline. Its entries have the current slugs of the rules in `catalogue`. Raises `UsageError` if the file is not one."""
    try:
        content: Any = json.loads(files.read(path, most=LARGEST).decode("utf-8"))
    except OSError as error:
        raise UsageError(f"the baseline cannot be read: {error.strerror}", path=str(path)) from error
    except json.JSONDecodeError as error:
        raise UsageError(f"the baseline is not JSON: {error.msg}", path=str(path), line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else "not UTF-8, or a number in it is too long"
        raise UsageError(f"the baseline cannot be read: it is {why}", path=str(path)) from error
    match content:
        case {"schema": str() as schema, "findings": list() as findings} if schema == SCHEMA:
            return _current(Baseline(entries={_entry(KnownFinding, each, path) for each in findings}), path, catalogue)
        case {"schema": str() as schema, "findings": list() as findings} if schema == FIRST_SCHEMA:
            return _current(Baseline(first={_entry(FirstKnown, each, path) for each in findings}), path, catalogue)
        case _:
            raise UsageError(f"this is not a baseline: its schema is neither {SCHEMA} nor {FIRST_SCHEMA}", path=str(path))


def _current(baseline: Baseline, path: Path, catalogue: Catalogue) -> Baseline:
    """The same baseline with the current slugs, and with notes on old ones."""
    slugs = {each.rule for each in baseline.entries} | {each.rule for each in baseline.first}
    notes = [OldNameError(note, path=str(path)) for slug in sorted(slugs) if (note := catalogue.note(slug))]
    if not notes:
        return baseline
    return Baseline(
        {each._replace(rule=catalogue.current(each.rule)) for each in baseline.entries},
        {each._replace(rule=catalogue.current(each.rule)) for each in baseline.first},
        notes,
    )


def _entry(kind: type[Any], entry: Any, path: Path) -> Any:
    """One entry; each field must have the type that its class declares."""
    fields = kind._fields
    if isinstance(entry, dict):
        values = [entry.get(name) for name in fields]
        if all(type(value) is (int if name == "number" else str) for name, value in zip(fields, values, strict=True)):
            return kind(*values)
    raise UsageError(f"an entry of the baseline does not have the form {', '.join(fields)}", path=str(path))


def save(path: Path, findings: Iterable[KnownFinding]) -> None:
    """Write a baseline, sorted, one entry per line, so that two people's changes merge. Raises `UsageError` if it cannot be
    written."""
    lines = [
        json.dumps(each._asdict() | {"fingerprint": each.fingerprint}, ensure_ascii=False) for each in sorted(set(findings))
    ]
    text = f'{{"schema": "{SCHEMA}", "findings": [\n' + ",\n".join(lines) + "\n]}\n"
    refuse_link_out(path)
    try:
        # A template's names may contain half a surrogate pair, which is not valid text.
        write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(f"the baseline cannot be written: {error.strerror}", path=str(path)) from error


def standing(report: Report, folder: Path) -> Iterator[Standing]:
    """The findings that nothing but a baseline suppresses, each with its entry for the baseline in `folder`."""
    seen: Counter[tuple[str, ...]] = Counter()
    paths = _Paths(folder)
    for each in _standing(report):
        for environment in each.environments or ("",):
            key = (each.rule.slug, paths.of(each.span.path), paths.of(each.unit), each.address, environment, each.mark)
            seen[key] += 1
            yield Standing(each, KnownFinding(*key, seen[key]))


def _standing(report: Report) -> Iterator[Finding]:
    for each in report.findings:
        if each.verdict == "fail" and (each.suppressed is None or each.suppressed.source == "baseline"):
            yield each


class _Paths:
    """Turns shown paths into paths relative to the baseline's directory."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self._found: dict[str, str] = {"": ""}

    def of(self, path: str) -> str:
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = Path(os.path.relpath(Path(path).resolve(), self._root)).as_posix()
        return found


def known(baseline: Baseline, found: Sequence[Standing]) -> dict[int, KnownFinding]:
    """The findings that a baseline knows, by their index, each with its entry.

    An entry matches one finding; exact matches come first. An edited line has another mark, so the remaining findings of an
    instance then take its remaining entries, in order. A baseline made without environments applies to each environment; one
    made with some also applies when there are none any more.
    """
    entries: defaultdict[_Instance, dict[str, list[KnownFinding]]] = defaultdict(dict)
    for entry in sorted(baseline.entries):
        entries[entry.instance].setdefault(entry.environment, []).append(entry)
    waiting: defaultdict[tuple[_Instance, str], list[int]] = defaultdict(list)
    for index, each in enumerate(found):
        waiting[each.known.instance, each.known.environment].append(index)
    result: dict[int, KnownFinding] = {}
    for (instance, environment), indices in waiting.items():
        of_instance = entries.get(instance, {})
        left = of_instance.get(environment) or of_instance.get("", [])
        if not left and not environment:
            left = max(of_instance.values(), key=len, default=[])
        marks = {(entry.mark, entry.number): entry for entry in left}
        others = []
        for index in indices:
            entry_of = marks.pop((found[index].known.mark, found[index].known.number), None)
            if entry_of is None:
                others.append(index)
            else:
                result[index] = entry_of
        result.update(zip(others, marks.values(), strict=False))
    return result


class Comparison(NamedTuple):
    """A baseline compared with a run: known findings, new findings, and entries without a finding."""

    known: set[KnownFinding]
    new: set[KnownFinding]
    gone: set[KnownFinding] | set[FirstKnown]


def compared(baseline: Baseline, report: Report, folder: Path) -> Comparison:
    """Compare a baseline in `folder` with a report."""
    found = list(standing(report, folder))
    now = {each.known for each in found}
    if baseline.is_first:
        first = list(known_at_first(baseline, report, folder))
        matched = {id(finding) for finding, _ in first}
        kept = {each.known for each in found if id(each.finding) in matched}
        return Comparison(kept, now - kept, baseline.first - {entry for _, entry in first})
    entries = known(baseline, found)
    kept = {found[index].known for index in entries}
    return Comparison(kept, now - kept, baseline.entries - set(entries.values()))


def known_at_first(baseline: Baseline, report: Report, folder: Path) -> Iterator[tuple[Finding, FirstKnown]]:
    """The findings that a baseline of the first version knows. It counted all at one line as one, under the first one's
    address."""
    places: dict[tuple[str, Span], list[Finding]] = {}
    for each in _standing(report):
        places.setdefault((each.rule.slug, each.span), []).append(each)
    seen: Counter[tuple[str, str, str]] = Counter()
    paths = _Paths(folder)
    for first, *others in places.values():
        key = (first.rule.slug, paths.of(first.span.path), first.address)
        seen[key] += 1
        entry = FirstKnown(*key, seen[key])
        if entry in baseline.first:
            yield from ((each, entry) for each in (first, *others))


def divided(baseline: Baseline, folder: Path, paths: Iterable[Path]) -> tuple[Baseline, Baseline]:
    """The entries of a baseline in `folder` for files at or below `paths`, or in the directory of a named file, since a
    directory is checked as a whole; and all other entries."""
    judged = [(each if each.is_dir() else each.parent).resolve() for each in paths]
    root = folder.resolve()

    def is_within(entry: KnownFinding | FirstKnown) -> bool:
        return any(map((root / entry.path).is_relative_to, judged))

    within = Baseline(
        {each for each in baseline.entries if is_within(each)}, {each for each in baseline.first if is_within(each)}
    )
    return within, Baseline(baseline.entries - within.entries, baseline.first - within.first)


def apply(report: Report, path: Path, catalogue: Catalogue = OURS) -> bool:
    """Suppress the findings that the baseline at `path` knows. Returns whether it is of the first version.

    A finding that is known only in some of its environments is reported in the others.
    """
    baseline = load(path, catalogue)
    report.errors += baseline.notes
    if baseline.is_first:
        listed = {id(each) for each, _ in known_at_first(baseline, report, path.parent)}
        report.findings = [replace(each, suppressed=_KNOWN) if id(each) in listed else each for each in report.findings]
        return True
    found = list(standing(report, path.parent))
    names: defaultdict[int, set[str]] = defaultdict(set)
    for index in known(baseline, found):
        names[id(found[index].finding)].add(found[index].known.environment)
    report.findings = [part for each in report.findings for part in _parts(each, names.get(id(each), set()))]
    return False


def _parts(finding: Finding, known_in: set[str]) -> Iterator[Finding]:
    """Split a finding into the environments where it is known, and the others."""
    if not known_in:
        yield finding
        return
    yield replace(finding, suppressed=_KNOWN, environments=tuple(each for each in finding.environments if each in known_in))
    if new := tuple(name for name in finding.environments if name not in known_in):
        yield replace(finding, environments=new)
