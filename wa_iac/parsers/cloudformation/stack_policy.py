"""Stack policies: which updates a stack refuses. CloudFormation takes one beside the template; it is found by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wa_iac.core import files
from wa_iac.core.budget import current
from wa_iac.core.declared import Declared
from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.value import Known, Origin, Span, Tree

from .read import MAX_BYTES


def stack_policies(
    template: Path, root: Path, shown: Callable[[Path], str], errors: list[WaIacError], sources: dict[str, bytes]
) -> list[Declared]:
    """The stack policies beside a template, as settings of the type `stack-policy`: `shop.stack-policy.json` for `shop.yaml`, or
    `stack-policy.json` for all templates of a directory."""
    budget = current()
    for name in (f"{template.stem}.stack-policy.json", "stack-policy.json"):
        path = template.with_name(name)
        try:
            data = files.read(path, within=root, most=MAX_BYTES)
            content = json.loads(data)
        except FileNotFoundError as error:
            if path.is_symlink():
                errors.append(files.unread(error, shown(path)))
            continue
        except OSError as error:
            errors.append(files.unread(error, shown(path)))
            continue
        except json.JSONDecodeError as error:
            errors.append(SourceError("this stack policy is not JSON", path=shown(path), line=error.lineno, column=error.colno))
            continue
        except (ValueError, RecursionError):
            # Not UTF-8, thousands of digits, nested too deeply.
            errors.append(SourceError("this stack policy is not JSON that can be read", path=shown(path), line=1))
            continue
        sources[shown(path)] = data
        if not isinstance(content, dict):
            errors.append(SourceError("this stack policy is no object", path=shown(path), line=1))
            continue
        span = Span(shown(path), 1, 1, 1, 1)
        origin = Origin(span)
        budget.at = span
        body = {key: _tree(value, origin) for key, value in content.items()}
        policy = Declared(
            kind="settings",
            dialect="cloudformation",
            type="stack-policy",
            address="stack-policy",
            name="stack-policy",
            body=Known(body, origin),
            span=span,
            extent=span,
        )
        return [policy]
    return []


def _tree(value: Any, origin: Origin) -> Tree:
    match value:
        case dict():
            return Known({key: _tree(each, origin) for key, each in value.items()}, origin)
        case list():
            return Known([_tree(each, origin) for each in value], origin)
        case _:
            return Known(value, origin)
