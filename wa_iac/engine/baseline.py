"""The findings that a team has taken over from before: they are known, and only new ones count.

A baseline is a file of keys that name the rule, the file and the resource, not the line: it stands when lines move.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Finding, Report, Suppression, fingerprint

SCHEMA: Final = "wa-iac/baseline/1"
NAME: Final = "wa-iac-baseline.json"
"""What a baseline is called where nobody says otherwise."""


class Known(NamedTuple):
    """One finding of a baseline. `path` is relative to the baseline's directory; `number` tells those of one rule on one
    resource apart."""

    rule: str
    path: str
    address: str
    number: int

    @property
    def fingerprint(self) -> str:
        """What other programs may know it by."""
        return fingerprint(*self)


def load(path: Path) -> list[Known]:
    """The findings of a baseline. Raises `UsageError` where the file is none."""
    try:
        content: Any = json.loads(files.read(path).decode("utf-8"))
    except OSError as error:
        raise UsageError(f"the baseline cannot be read: {error.strerror}", path=str(path)) from error
    except json.JSONDecodeError as error:
        raise UsageError(f"the baseline is not JSON: {error.msg}", path=str(path), line=error.lineno) from error
    match content:
        case {"schema": schema, "findings": list() as findings} if schema == SCHEMA:
            return [_known(each, path) for each in findings]
        case _:
            raise UsageError(f"this is no baseline: its schema is not {SCHEMA}", path=str(path))


def _known(entry: Any, path: Path) -> Known:
    match entry:
        case {"rule": str() as rule, "path": str() as name, "address": str() as address, "number": int() as number}:
            return Known(rule, name, address, number)
        case _:
            raise UsageError("an entry of the baseline has not the form rule, path, address, number", path=str(path))


def save(path: Path, findings: Iterable[Known]) -> None:
    """Write a baseline, sorted, an entry to a line: two people's changes merge. Raises `UsageError` where it cannot be written."""
    lines = [
        json.dumps(each._asdict() | {"fingerprint": each.fingerprint}, ensure_ascii=False) for each in sorted(set(findings))
    ]
    text = f'{{"schema": "{SCHEMA}", "findings": [\n' + ",\n".join(lines) + "\n]}\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the baseline cannot be written: {error.strerror}", path=str(path)) from error


def standing(report: Report, folder: Path) -> Iterator[tuple[Finding, Known]]:
    """The findings that stand, suppressed by nothing but a baseline, with what the baseline in `folder` knows them by."""
    seen: Counter[tuple[str, str, str]] = Counter()
    root = folder.resolve()
    for each in report.findings:
        if each.verdict != "fail" or (each.suppressed is not None and each.suppressed.source != "baseline"):
            continue
        path = Path(os.path.relpath(Path(each.span.path).resolve(), root)).as_posix()
        key = (each.rule.slug, path, each.address)
        seen[key] += 1
        yield each, Known(*key, seen[key])


def divided(known: Iterable[Known], folder: Path, paths: Iterable[Path]) -> tuple[set[Known], set[Known]]:
    """The findings of a baseline in `folder` in files at or below `paths`, or in the directory of a file among them, since that is
    judged as a whole; and all others."""
    judged = [(each if each.is_dir() else each.parent).resolve() for each in paths]
    root = folder.resolve()
    everything = set(known)
    within = {each for each in everything if any(map((root / each.path).is_relative_to, judged))}
    return within, everything - within


def apply(report: Report, path: Path) -> None:
    """Suppress what the baseline at `path` knows."""
    known = set(load(path))
    listed = {id(each): key for each, key in standing(report, path.parent)}
    report.findings = [
        replace(each, suppressed=Suppression("in the baseline", "baseline")) if listed.get(id(each)) in known else each
        for each in report.findings
    ]
