"""Files of parameter values, in the shapes that AWS's tools accept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from wa_iac.core import files
from wa_iac.core.contain import contained
from wa_iac.core.errors import SourceError, UsageError, WaIacError
from wa_iac.core.inputs import Inputs
from wa_iac.core.paths import Scan, SourcePath
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

_SHAPES: Final = (
    "a list of objects with ParameterKey and ParameterValue, a list of strings Key=Value, an object of names and values, or such "
    "an object under Parameters"
)


def given_parameters(inputs: Inputs, scan: Scan) -> dict[str, Tree]:
    """The values given to parameters; the command line wins over files.

    Raises `UsageError` for an invalid file: a person names it, and without it the check would not match the deployment.
    """
    values: dict[str, Tree] = {}
    failures: list[WaIacError] = []
    for file in map(scan.at, inputs.parameter_files):
        values |= contained(file.shown, partial(_read, file), failures.append) or {}
    for error in failures:
        raise UsageError(error.message, path=error.path, line=error.line, column=error.column) from error
    return values | {name: Known(text, Origin(how="given")) for name, text in inputs.variables.items()}


def _read(file: SourcePath) -> dict[str, Tree]:
    try:
        data = files.read(file.path)
    except OSError as error:
        raise files.unread(error, file.shown) from error
    return read_parameter_file(data, file.shown)


def read_parameter_file(data: bytes, shown: str) -> dict[str, Tree]:
    """The values in a file, each with the place it is written at.

    The shapes are those of `aws cloudformation create-stack`, of `deploy --parameter-overrides`, of CodePipeline's template
    configuration and of the deployment files of Git sync; JSON or YAML. Raises `SourceError` and `BoundError` for a file of another shape.
    """
    document = parsed(data, shown)
    root = document.root if document is not None else None
    match root:
        case ListNode(items=items):
            return dict(_pair(item) for item in items)
        case MapNode(entries={"Parameters": Entry(value=MapNode(entries=entries))}):
            return dict(_members(entries))
        case MapNode(entries={"template-file-path": _} as whole):
            listed = whole.get("parameters")
            return dict(_members(listed.value.entries)) if listed is not None and isinstance(listed.value, MapNode) else {}
        case MapNode(entries={"Parameters": Entry(value=ListNode(items=items))}):
            return dict(_pair(item) for item in items)
        case MapNode(entries=entries):
            return dict(_members(entries))
        case _:
            raise SourceError(f"this is not a parameter file: it must be {_SHAPES}", path=shown, line=1)


def _pair(node: Node) -> tuple[str, Tree]:
    match node:
        case ScalarNode(text=text) if "=" in text:
            name, _, value = text.partition("=")
            return name, Known(value, _origin(name, node.span))
        case MapNode(entries={"ParameterKey": Entry(value=ScalarNode(text=name))} as entries):
            if "ParameterValue" in entries:
                return name, _value(name, entries["ParameterValue"].value)
            why = f'parameter "{name}" keeps the value that the stack has'
            return name, Unknown(Said(why, "write its ParameterValue"), ("previous", name), _origin(name, node.span))
        case _:
            raise _wrong(node.span)


def _members(entries: Mapping[str, Entry]) -> Iterable[tuple[str, Tree]]:
    for name, entry in entries.items():
        yield name, _value(name, entry.value)


def _value(name: str, node: Node) -> Tree:
    origin = _origin(name, node.span)
    match node:
        case ScalarNode(value=bool() as truth):
            return Known("true" if truth else "false", origin)
        case ScalarNode(text=text):
            return Known(text, origin)
        case ListNode(items=items) if all(isinstance(item, ScalarNode) for item in items):
            text = ",".join(item.text for item in items if isinstance(item, ScalarNode))
            return Known(text, origin)
        case _:
            raise _wrong(node.span)


def _origin(name: str, span: Span) -> Origin:
    return Origin(span, "given", (Step(span, f'value of parameter "{name}"'),))


def _wrong(span: Span) -> SourceError:
    return SourceError.at(span, f"this is not the value of a parameter: the file must be {_SHAPES}")
