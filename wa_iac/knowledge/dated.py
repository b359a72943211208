"""Facts about AWS that age: versions, instance classes, policies, prices as ratios. One JSON file in `facts` for each subject, with
its sources and the day on which someone last compared it with them (`as_of`).

`python -m wa_iac.maintenance ageing` lists the files whose day is more than a year ago.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "facts"


@dataclass(frozen=True, slots=True)
class Subject:
    """The facts about one subject. `sources` are the pages of AWS that say so."""

    name: str
    about: str
    as_of: date
    sources: tuple[str, ...]
    facts: Mapping[str, Any]


def facts(name: str) -> Mapping[str, Any]:
    """The facts about a subject, by the name of its file. Raises `FileNotFoundError` if there is no such file."""
    return subject(name).facts


@cache
def subject(name: str) -> Subject:
    """A subject with its sources. Raises `FileNotFoundError` if there is no such file, `KeyError` if it lacks a source or a
    date."""
    content = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Subject(name, content["about"], date.fromisoformat(content["as_of"]), tuple(content["sources"]), content["facts"])


def subjects() -> Iterator[Subject]:
    """Every subject, by name."""
    for path in sorted(FOLDER.glob("*.json")):
        yield subject(path.stem)
