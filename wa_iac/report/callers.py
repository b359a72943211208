"""Who sets a variable of a Terraform module: the call of the module, or its default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Step

from .module_code import ModuleCode, call_at, constant
from .written import assigned, indentation

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Attribute

_MOST_INPUTS: Final = 3
_DEFAULT: Final = late(r'(?P<kind>variable|parameter) "(?P<name>[^"]+)"')
_KEY: Final = late(r"[ \t]*+[\"']?([\w.-]+)[\"']?[ \t]*:")
_CHOSEN: Final = late(r"FindInMap[^,]*,\s*[\"']?[\w-]+[\"']?\s*,")
"""An entry of a mapping with a key that is written."""
VARIABLES: Final = late(r"(?<![\w.])var\.([\w-]+)")


def calling(declared: Declared, inner: int) -> Step | None:
    """A module call through which the resource is reached: the innermost for 0, the one around it for 1. Within an installed
    module it is the one that calls it."""
    calls = declared.calls[: len(declared.calls) - inner]
    ours = [each for each in calls if not is_installed(each.span.path)]
    if not calls:
        return None
    return calls[-1] if not is_installed(calls[-1].span.path) else ours[-1] if ours else None


def passed(call: Step, sources: Mapping[str, bytes], name: str) -> int | None:
    """The line at which a call passes an argument; None if it does not."""
    written = _argument(call, sources, name)
    return None if written is None else written.span.start_line


def argument_of(call: Step, sources: Mapping[str, bytes], name: str) -> str:
    """An argument of a call, in words, with its place: `argument "public" of module "web" (main.tf:3)`. Empty if the call does not pass
    it."""
    line = passed(call, sources, name)
    return "" if line is None else f'argument "{name}" of {call.note} ({call.span.path}:{line})'


def arguments_at(call: Step, sources: Mapping[str, bytes], names: Iterable[str]) -> list[str]:
    """Arguments of a call with their places, or the call's place if it does not pass them: `"public" (main.tf:3)`."""
    return [f'"{each}" ({call.span.path}:{passed(call, sources, each) or call.span.start_line})' for each in names]


def constant_passed(call: Step, sources: Mapping[str, bytes], name: str) -> tuple[object] | None:
    """The literal that a call passes for an argument, in a tuple. None if it passes none, or an expression."""
    written = _argument(call, sources, name)
    return None if written is None else constant(written.value)


def _argument(call: Step, sources: Mapping[str, bytes], name: str) -> Attribute | None:
    block = call_at(call, sources)
    return None if block is None else block.body.attributes.get(name)


def default_named(step: Step) -> tuple[str, str]:
    """The kind, `variable` or `parameter`, and the name of that whose default a step is; both empty if it is none."""
    found = _DEFAULT.fullmatch(step.default_of)
    return ("", "") if found is None else (found["kind"], found["name"])


def texts_beside(declared: Declared, sources: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The files of the resource's module, and their texts."""
    here = declared.span.path.rpartition("/")[0]
    for path, data in sources.items():
        if path.endswith(".tf") and path.rpartition("/")[0] == here:
            yield path, data.decode("utf-8", "replace")


def variable(declared: Declared, sources: Mapping[str, bytes], name: str) -> Span | None:
    """The block of a variable of the resource's module."""
    block = ModuleCode(declared, sources).variable(len(declared.calls), name)
    return None if block is None else block.header


def setter_of(declared: Declared, sources: Mapping[str, bytes], name: str) -> str:
    """What gives a variable of the resource's module its value, with its place: the argument of the call, or else the variable."""
    call = calling(declared, 0)
    argument = argument_of(call, sources, name) if call is not None else ""
    return f"the {argument}" if argument else at(f'variable "{name}"', variable(declared, sources, name))


def inputs_of(expression: str, local: Step, declared: Declared, sources: Mapping[str, bytes]) -> str:
    """The variables, or the arguments of the call, from which a local of the resource's module computes a value, with their places. Empty
    if it is no such local, or has too many of them to name."""
    names = list(dict.fromkeys(VARIABLES.findall(expression)))
    here = declared.span.path.rpartition("/")[0]
    if not local.local or local.span.path.rpartition("/")[0] != here or not 0 < len(names) <= _MOST_INPUTS:
        return ""
    call = calling(declared, 0)
    if call is None:
        return " and ".join(at(f'variable "{each}"', variable(declared, sources, each)) for each in names)
    return f"the argument{'s' if len(names) > 1 else ''} {' and '.join(arguments_at(call, sources, names))} of {call.note}"


def through_resource(chain: Sequence[Step], graph: Graph) -> bool:
    """Whether a value comes from an attribute of a resource: a change there would be one of that resource."""
    extents = [each.extent for each in graph.declared if each.kind == "resource"] if chain else []
    return any(
        extent.holds(step.span)
        for step in chain
        if not step.argument  # A nested stack is a resource, and no attribute of it gives the value.
        for extent in extents
    )


def set_at(finding: Finding) -> str:
    """A sentence on the place that sets the value, for a remedy in words. Empty if that is the place of the finding."""
    chain = [each for each in finding.chain if each.span.path]
    last = chain[-1] if chain else None
    if last is None or last.default_of or finding.subject is None or through_resource(chain, finding.subject.graph):
        return ""
    entries = _entries(last, finding) if last.entry and len(chain) == 1 else ""
    return entries or f"The value is set at {last.span.path}:{last.span.start_line}."


def _entries(step: Step, finding: Finding) -> str:
    """A sentence on all entries of a mapping of a template of which any may be the value. Empty if its key is written."""
    subject = finding.subject
    if subject is None or not step.entry or _CHOSEN.search(assigned(finding.span, subject.sources, finding.dialect)[1]):
        return ""
    lines = subject.sources.get(step.span.path, b"").decode("utf-8", "replace").splitlines()
    begin = _around(lines, _around(lines, step.span.start_line - 1))
    mapping = None if begin is None else _KEY.match(lines[begin])
    if begin is None or mapping is None:
        return ""
    inside = takewhile(lambda each: not each.strip() or indentation(each) > indentation(lines[begin]), lines[begin + 1 :])
    key = re.compile(rf"(?<![\w.-]){re.escape(step.entry)}[\"']?[ \t]*:")
    found = [number for number, line in enumerate(inside, begin + 2) if key.search(line)]
    if len(found) < 2:
        return ""
    *most, last = map(str, found)
    return (
        f'The value is "{step.entry}" in an entry of mapping "{mapping[1]}", and any of them may be chosen: look at all '
        f"({step.span.path}:{', '.join(most)} and {last})."
    )


def _around(lines: Sequence[str], number: int | None) -> int | None:
    """The number of the line that begins what a line is in, by how far it is indented."""
    if number is None or number >= len(lines):
        return None
    inner = indentation(lines[number])
    return next((each for each in range(number - 1, -1, -1) if lines[each].strip() and indentation(lines[each]) < inner), None)


def is_installed(path: str) -> bool:
    """Whether a file belongs to a module that Terraform has installed."""
    return any(part.startswith(".") and part.strip(".") for part in PurePath(path).parts)


def at(what: str, span: Span | None) -> str:
    return what if span is None or not span.path else f"{what} ({span.path}:{span.start_line})"
