"""The values a root module's variables are given in files beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.value import Origin, Span, Tree

from .configuration import read_source
from .evaluate import settled
from .functions.base import tree
from .run import Run
from .scope import Scope
from .syntax import read_body


def variable_files(directory: Path) -> list[Path]:
    """The files Terraform reads by itself, in its order: later ones win."""
    named = [directory / name for name in ("terraform.tfvars", "terraform.tfvars.json")]
    automatic = sorted(
        path for path in directory.iterdir() if path.name.endswith((".auto.tfvars", ".auto.tfvars.json")) and path.is_file()
    )
    return [*(path for path in named if path.is_file()), *automatic]


def given_values(
    run: Run, directory: Path, shown: Callable[[Path], str], sources: dict[str, bytes]
) -> dict[str, tuple[Tree, str]]:
    """The given value of each variable, and the file it is from."""
    result: dict[str, tuple[Tree, str]] = {}
    for path in variable_files(directory):
        label = shown(path)
        errors: list[WaIacError] = []
        source = read_source(path, label, run.root, errors)
        if source is not None:
            sources[label] = source
            values = _from_json(label, source, errors) if path.suffix == ".json" else _from_hcl(run, label, source, errors)
            result.update({name: (value, path.name) for name, value in values.items()})
        run.errors += errors
    return result


def _from_hcl(run: Run, label: str, source: bytes, errors: list[WaIacError]) -> dict[str, Tree]:
    body, found = read_body(label, source)
    errors += found
    scope = Scope(run, None, {})
    return {name: settled(attribute.value, scope, attribute.span) for name, attribute in body.attributes.items()}


def _from_json(label: str, source: bytes, errors: list[WaIacError]) -> dict[str, Tree]:
    try:
        content = json.loads(source)
    except json.JSONDecodeError as error:
        errors.append(SourceError(f"it is not JSON: {error.msg}", path=label, line=error.lineno, column=error.colno))
        return {}
    except RecursionError:
        errors.append(SourceError("it is nested too deeply", path=label))
        return {}
    if not isinstance(content, dict):
        return {}
    origin = Origin(Span(label, 1, 1, 1, 1))
    return {name: tree(value, origin) for name, value in content.items()}
