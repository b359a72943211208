"""A drill as JSON, in the public schema `wa-iac/drill/1`: other programs rely on its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wa_iac import __version__
from wa_iac.core.errors import WaIacError, mistakes
from wa_iac.drill.failures import UnknownNameError
from wa_iac.drill.model import Drill, Effect
from wa_iac.report.encode import dumps

from .answer import Answer, Singles
from .words import notes_of

SCHEMA: Final = "wa-iac/drill/1"
_OF_LOSS: Final = ("address", "window", "source", "settle", "unresolved")


def as_json(answers: Sequence[Answer], errors: Sequence[WaIacError]) -> str:
    """All answers as JSON text that ends in a line feed."""
    wrong = mistakes(errors)
    document = {
        "schema": SCHEMA,
        "tool": {"name": "wa-iac", "version": __version__},
        "answers": [_answer(each) for each in answers],
        "errors": [_error(each) for each in wrong],
        "notes": [_error(each) for each in errors if each not in wrong],
    }
    number = sum(len(drill.effects) for each in answers for drill in each.drills)
    return dumps(document, items=number + sum(len(each.singles.found) for each in answers if each.singles is not None))


def _answer(answer: Answer) -> dict[str, Any]:
    worst = answer.worst
    return {
        "unit": answer.unit,
        "environment": answer.environment,
        "asked": answer.asked,
        "worst": None if worst is None else str(worst.failure),
        "drills": [_drill(each) for each in answer.drills],
        "single_points": None if answer.singles is None else _singles(answer.singles),
    }


def _drill(drill: Drill) -> dict[str, Any]:
    return {
        "failure": {"kind": drill.failure.kind, "name": drill.failure.name},
        "dialect": drill.dialect,
        "worst": drill.worst,
        "entry_points": list(drill.entry_points),
        "effects": [_effect(drill, each) for each in drill.effects.values()],
        "lost": [{name: getattr(each, name) for name in _OF_LOSS} for each in drill.lost],
        "notes": notes_of(drill, full=True),
        "assumptions": list(drill.assumptions),
    }


def _effect(drill: Drill, effect: Effect) -> dict[str, Any]:
    span = drill.spans.get(effect.address)
    return {
        "address": effect.address,
        "path": None if span is None else span.path,
        "line": None if span is None else span.start_line,
        "outcome": effect.outcome,
        "best": effect.best,
        "share": None if effect.share is None else round(float(effect.share), 4),
        "time": effect.time,
        "how": effect.how,
        "chain": [each._asdict() for each in effect.chain],
        "control_plane": effect.control_plane,
        "source": effect.source,
        "settle": effect.settle,
        "unresolved": effect.unresolved,
        "inferred": effect.inferred,
    }


def _singles(singles: Singles) -> dict[str, Any]:
    return {"entry_points": list(singles.entry_points), "ranked": [each._asdict() for each in singles.ranked]}


def _error(error: WaIacError) -> dict[str, Any]:
    found = {"message": error.message, "path": error.path, "line": error.line, "column": error.column, "level": error.level}
    return {**found, "names": list(error.names)} if isinstance(error, UnknownNameError) else found
