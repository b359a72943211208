"""Files of values of a root module, beside or below it, that set a variable to what its default is, also as examples to be copied: to change the default
alone would change nothing for whoever uses them.

A file that gives another value than the default is the subject of `set_elsewhere`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.declared import Unit
from wa_iac.core.files import scan_root
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import shown
from wa_iac.core.rule import Flag
from wa_iac.core.span import Span
from wa_iac.core.value import Step

from .set_elsewhere import files_that_set, root_variable

_DEFAULT: Final = late(rb'\s*default\s*=\s*("[^"\n]*"|[\w.+-]+)\s*', re.DOTALL)
_SET: Final = late(rb'^([\w-]+)[ \t]*=[ \t]*("[^"\n]*"|[\w.+-]+)[ \t]*(?:(?:#|//)[^\n]*)?\r?$', re.MULTILINE)
"""A variable with a text, a number or a boolean: what else a file may hold is not compared."""
_FILE: Final = late(r"(?i).+\.tfvars(?:[._-](?:example|sample|template|tmpl|dist|tpl))?")
_LONGEST: Final = 1 << 16
_MOST: Final = 2
"""Files that are named."""


class _Set(NamedTuple):
    """A line of a file of values."""

    place: Span
    value: bytes


def values_beside(flag: Flag, unit: Unit) -> tuple[Step, ...]:
    """The places in files of values of a root module that set the variable whose default decides a fault to the same value; none for any other fault."""
    step = flag.switch or flag.origin.default_step
    name = root_variable(step, unit) if step is not None else ""
    if step is None or not name:
        return ()
    default = _DEFAULT.fullmatch(unit.sources.get(step.span.path, b"")[step.span.start_byte : step.span.end_byte])
    if default is None:
        return ()
    folder = Path(os.path.dirname(step.span.path) or ".")
    paths = dict.fromkeys(map(files.resolved, (*_beside(folder), *files_that_set(name, folder))))
    lines = (line for path in paths for line in _lines(path).get(name, ()))
    same = [each.place for each in lines if each.value.strip(b'"') == default[1].strip(b'"')]
    more = len(same) - _MOST
    others = f" The same is in {more} more of its files." if more > 0 else ""
    last = len(same[:_MOST]) - 1
    return tuple(
        Step(each, f"sets {name} to the same: change it too{'.' + others if others and number == last else ''}")
        for number, each in enumerate(same[:_MOST])
    )


def _beside(folder: Path) -> list[Path]:
    """The files of values in a directory."""
    try:
        return [folder / name for name in sorted(os.listdir(folder)) if _FILE.fullmatch(name)]
    except OSError:
        return []


@files.once_in_a_run
def _lines(path: Path) -> dict[str, tuple[_Set, ...]]:
    """What a file of values sets, by the variable."""
    found: dict[str, tuple[_Set, ...]] = {}
    try:
        text = files.beginning(path, _LONGEST, within=scan_root(path.parent))
    except OSError:
        return found
    for each in _SET.finditer(text):
        line = text.count(b"\n", 0, each.start()) + 1
        place = Span(shown(path), line, 1, line, 1, each.start(), each.end())
        variable = each[1].decode()
        found[variable] = (*found.get(variable, ()), _Set(place, each[2]))
    return found
