"""Monitors of other services than CloudWatch, anywhere in a repository: Datadog, New Relic, Grafana and others also read AWS's metrics.

The files of a repository are read once in a run, and only if a resource without an alarm asks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Unknown

_MONITORS: Final = late(
    rb'^[ \t]*resource[ \t]+"(?:datadog_monitor|newrelic_\w*condition|signalfx_detector|grafana_rule_group|dynatrace_metric_events)"'
    rb'|^[ \t]*source[ \t]*=[ \t]*"[^"\n]*(?:datadog|new_?relic|signalfx|grafana|dynatrace)[^"\n]*(?:monitor|alert|detector)',
    re.MULTILINE,
)
"""A monitor, or the call of a module that makes some."""
_SKIPPED: Final = frozenset({"node_modules", "vendor"})
_LONGEST: Final = 1 << 17
_MOST: Final = 1000
"""Bytes of a file, and files, that are looked at."""


def of_other_services(resource: Resource) -> Unknown | None:
    """Why something else than CloudWatch may watch a resource: a file of its repository makes such monitors; None if none does."""
    here = Path(os.path.abspath(resource.span.path))
    found = _found(str(files.named_below(here))) if files.is_there(here) else ""
    if not found:
        return None
    why = f"{found} makes monitors of a service other than CloudWatch, which may watch it"
    return Unknown(Said(why), ("monitors", found), resource.absent.origin)


@files.once_in_a_run
def _found(root: str) -> str:
    """The first file below a directory that makes monitors, relative to it."""
    for number, path in enumerate(_terraform(root)):
        if number >= _MOST:
            break
        try:
            text = files.beginning(path, _LONGEST, within=Path(root))
        except OSError:
            continue
        if _MONITORS.search(text):
            return path.relative_to(root).as_posix()
    return ""


def _terraform(root: str) -> Iterator[Path]:
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(each for each in inner if not each.startswith(".") and each not in _SKIPPED)
        yield from (Path(folder, each) for each in sorted(names) if each.endswith(".tf"))
