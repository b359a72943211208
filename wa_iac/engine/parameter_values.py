"""Files of the repository that give the parameters of a template other values than their defaults: `params/prod.json` beside it.

A file is one of a template if all its names are parameters of that template, and if it is near: below the template's directory, in a
directory of values beside that, or with the template's name. If there are files of production, the others say nothing. Values of examples
and tests are not those of a deployment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.environments import is_of_production, names_one
from wa_iac.core.errors import WaIacError
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import OF_TESTS, shown
from wa_iac.core.value import Known

_SUFFIXES: Final = (".json", ".params", ".parameters")
_YAML: Final = (".yaml", ".yml")
_HOLDS_VALUES: Final = late(r"(?i)param|conf|values|^env")
_PARAMETERS: Final = late(r"(?i)param")
_IN_YAML: Final = late(rb"(?m)^[Pp]arameters:|^- +ParameterKey:|^\w+: *[^\s{\[]")
_WORDS: Final = late(r"[^a-z0-9]+")
_NO_DEPLOYMENT: Final = OF_TESTS | {"example", "examples", "sample", "samples", "taskcat", "ci"}
_OF_ANY: Final = frozenset(
    {"template", "templates", "main", "stack", "cloudformation", "cfn", "index", "root", "infrastructure"}
)
"""Names of templates and of their directories that say nothing of what they are for."""
_LONGEST: Final = 1 << 15
_MOST: Final = 5_000
_MOST_READ: Final = 500
"""Bytes of a file, directories, and files that are looked at."""


class _Values(NamedTuple):
    path: Path
    values: Mapping[str, str]


def file_that_gives(name: str, default: str, template: Path, takes: frozenset[str]) -> str:
    """A file that gives a parameter of a template another value than its default; empty if there is none. `takes` are all its parameters."""
    found = files.resolved(template)
    root = files.named_below(found)
    own = [each for each in _all_values(str(root)) if takes.issuperset(each.values) and _is_near(each.path, found, root)]
    of_production = [each for each in own if any(map(is_of_production, each.path.relative_to(root).parts))]
    given = (each for each in of_production or own if each.values.get(name, default) != default)
    return next((shown(each.path) for each in given), "")


def _is_near(path: Path, template: Path, root: Path) -> bool:
    folder = template.parent
    if path.is_relative_to(folder):
        return True
    names = {each.lower() for each in (template.name.partition(".")[0], folder.name)} - _OF_ANY
    inside = path.relative_to(root)
    parts = [each.lower() for each in (*inside.parts[:-1], inside.name.partition(".")[0])]
    if not names.isdisjoint(parts):
        return True
    above = folder.parent
    if folder == root or not path.is_relative_to(above):
        return False
    return _HOLDS_VALUES.search(path.relative_to(above).parts[0]) is not None


@files.once_in_a_run
def _all_values(root: str) -> tuple[_Values, ...]:
    """The files of parameter values in a repository."""
    return tuple(_read_all(Path(root)))


def _read_all(root: Path) -> Iterator[_Values]:
    from wa_iac.parsers.cloudformation.sections.parameter_files import read_parameter_file

    for number, path in enumerate(_candidates(root)):
        if number > _MOST_READ:
            return
        try:
            text = files.beginning(path, _LONGEST, within=root)
            found = read_parameter_file(text, shown(path)) if len(text) < _LONGEST and _may_hold_values(path, text) else {}
        except (OSError, WaIacError):
            continue
        values = {name: each.value for name, each in found.items() if isinstance(each, Known) and isinstance(each.value, str)}
        if values:
            yield _Values(path, values)


def _may_hold_values(path: Path, text: bytes) -> bool:
    """Whether a file has a shape of values, which is looked at before it is read with the place of each value."""
    if path.name.endswith(_YAML):
        return _IN_YAML.search(text) is not None and b"Resources:" not in text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if isinstance(found, dict):
        found = found.get("Parameters", found)
    if isinstance(found, dict):
        return not any(isinstance(each, dict) for each in found.values())
    return isinstance(found, list) and all(
        isinstance(each, str) or (isinstance(each, dict) and "ParameterKey" in each) for each in found
    )


def _candidates(root: Path) -> Iterator[Path]:
    """The files that may hold values of parameters, by their names and those of their directories."""
    for number, (folder, inner, names) in enumerate(os.walk(root)):
        if number > _MOST:
            return
        inner[:] = sorted(each for each in inner if not each.startswith(".") and not _is_left_out(each))
        parts = Path(folder).relative_to(root).parts
        for each in sorted(names):
            if not each.endswith((*_SUFFIXES, *_YAML)) or _is_left_out(each):
                continue
            searched = _PARAMETERS if each.endswith(_YAML) else _HOLDS_VALUES
            if any(map(searched.search, (*parts, each))) or (each.endswith(_SUFFIXES) and names_one(each)):
                yield Path(folder, each)


def _is_left_out(name: str) -> bool:
    return name == "node_modules" or not _NO_DEPLOYMENT.isdisjoint(_WORDS.split(name.lower()))
