"""Values that a parameter of a template allows: a remedy proposes only one of these as a default."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple

from wa_iac.core.algebra import text_of
from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Tree

from .callers import at
from .code_place import CodePlace, Path
from .written import text_at

_INNER: Final = late(r'!Ref\s+"?(\w+)|"?Ref"?\s*:\s*"?(\w+)')
_SIZE: Final = late(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
"""The type of an instance, or the class of a database."""
_FAMILY: Final = late(r"(?:^|^db\.|^cache\.)([a-z])[a-z0-9-]*\.[a-z0-9]+$")
_GENERATION: Final = late(r"(?:^|^db\.|^cache\.)[a-z]+(?P<number>\d)(?P<kind>[a-z]*)\.[a-z0-9]+$")
_LISTED: Final = "AllowedValues"
_MOST: Final = 12
"""Values that are tried."""


class Limits(NamedTuple):
    """A `parameter` or `variable` (its `kind`) that may limit a value, and the place of its declaration."""

    kind: Literal["parameter", "variable"]
    name: str
    place: Span


class Allowed(NamedTuple):
    """A `value` for a variable or a parameter. If it is not allowed, `refused` says what to change first; `own` is whether that is only the
    declaration of that variable or parameter, and `never` whether it cannot be changed."""

    value: str
    refused: str = ""
    own: bool = True
    never: bool = False


def allow(
    finding: Finding,
    subject: Subject,
    declared: Declared,
    at_fault: CodePlace,
    limits: Limits,
    value: str,
    *,
    exactly: bool = False,
) -> Allowed:
    """The value that a parameter allows and the rule accepts, only this one if it has to be `exactly` this; or what has to be allowed first."""
    plain = value.strip('"')
    places = list(dict.fromkeys(((limits.name, limits.place), *_on_the_way(at_fault.node, limits.place, declared, subject))))
    # What the reader fills in has to be in a list, and may fit a pattern or a limit.
    judged = [each for each in places if "<" not in plain or allowed_by(*each, subject)]
    refusing = {each: words for each in judged if (words := _refusal(*each, subject, plain))}
    if not refusing:
        return Allowed(value)
    lists = [listed for each in places if (listed := allowed_by(*each, subject))]
    shared = [each for each in (lists[0] if lists else ()) if all(each in listed for listed in lists)]
    path = at_fault.path or ()
    alike: list[str] = []
    if "<" in plain:
        begun = _begun(text_of(at_fault.node.value)) if isinstance(at_fault.node, Known) else ""
        alike = [each for each in shared if begun and _begun(each) == begun]
    elif not exactly:
        alike = sorted((each for each in shared if near(each, plain)), key=lambda each: _age(each, plain))
    found = acceptable(finding, subject, declared, path, alike) if path and _LISTED in refusing.values() else ""
    if found and not any(_refusal(*each, subject, found) for each in places):
        return Allowed(spelled(found, value))
    said = []
    for words in dict.fromkeys(refusing.values()):
        named = _and_of([at(f'parameter "{name}"', place) for (name, place), other in refusing.items() if other == words])
        said.append(
            f"Add {value} to the {words} of {named}" if words == _LISTED else f"The {words} of {named} has to allow {value}"
        )
    return Allowed(value, ". ".join(said), own=list(refusing) == places[:1])


def _refusal(name: str, place: Span, subject: Subject, value: str) -> str:
    """The property by which a parameter refuses a value; empty if it takes it."""
    listed = allowed_by(name, place, subject)
    if listed:
        return "" if value in listed else _LISTED
    return beyond_limit(name, place, subject, value) or ("" if fits_pattern(name, place, subject, value) else "AllowedPattern")


def _and_of(names: Sequence[str]) -> str:
    """Names of which each has a part of its own: `A, of B and of C`."""
    *first, last = names
    return f"{', of '.join(first)} and of {last}" if first else last


def _on_the_way(node: Tree | None, place: Span, declared: Declared, subject: Subject) -> Iterator[tuple[str, Span]]:
    """The parameters of nested templates that pass a value on, from the one of the outermost template to the resource's own."""
    found = list(_passing(node, declared, subject))
    inner = inner_parameter(node, place, declared, subject)
    yield from (each for each in reversed(found) if each[1] != place)
    if inner is not None and inner not in found:
        yield inner


def _passing(node: Tree | None, declared: Declared, subject: Subject) -> Iterator[tuple[str, Span]]:
    """The same, the innermost first."""
    receiving = declared.span.path
    for step in node.origin.chain if node is not None else ():
        inside = declared_parameter(subject, receiving, step.argument) if step.argument else None
        if inside is not None:
            yield step.argument, inside
        if step.argument:
            receiving = step.span.path


def extended(subject: Subject, parameter: Declared, part: str, value: str) -> str:
    """A sentence for a parameter without a default whose allowed values all are at fault: which lists need another value for the property
    `part`, of the parameter and of the ones of nested templates that get it."""
    lists = [at(f'parameter "{parameter.name}"', parameter.extent)]
    resource = subject.resource
    node = resource.declared.body.value.get(part) if resource is not None else None
    if resource is not None and node is not None:
        for name, inside in reversed(list(_passing(node, resource.declared, subject))):
            if inside.path != parameter.span.path and value not in (allowed_by(name, inside, subject) or [value]):
                lists.append(at(f'parameter "{name}"', inside))
    also = f", also to that of {_and_of(lists[1:])}," if lists[1:] else ""
    return f"None of the values that {lists[0]} allows will do. Add others, such as {value}, to its AllowedValues{also} and pass one of them."


def allowed_by(name: str, place: Span, subject: Subject) -> list[str]:
    """The values that a parameter allows, as text; empty if it does not list them."""
    listed = _parameter(name, place, subject).get("AllowedValues")
    return [text_of(each.value) for each in listed.value if isinstance(each, Known)] if isinstance(listed, Known) else []


def inner_parameter(node: Tree | None, place: Span, declared: Declared, subject: Subject) -> tuple[str, Span] | None:
    """The parameter of a nested template that has the value of a parameter at a place elsewhere, if the property refers to one: its
    name and its place."""
    if node is None or place.path == declared.span.path:
        return None
    found = _INNER.search(text_at(node.origin.span, subject.sources))
    name = "" if found is None else found[1] or found[2]
    inside = declared_parameter(subject, declared.span.path, name)
    return (name, inside) if inside is not None else None


def declared_parameter(subject: Subject, path: str, name: str) -> Span | None:
    """The place of a template's parameter; None if the template has none of this name."""
    inside = (each for each in subject.graph.declared if each.type == "parameter" and each.extent.path == path)
    return next((each.extent for each in inside if each.name == name), None)


def fits_pattern(name: str, place: Span, subject: Subject, value: str) -> bool:
    """Whether a value matches a parameter's AllowedPattern, if it has one that can be read."""
    pattern = _parameter(name, place, subject).get("AllowedPattern")
    if not (isinstance(pattern, Known) and isinstance(pattern.value, str)):
        return True
    try:
        import re2
    except ModuleNotFoundError:
        return True
    try:
        return re2.fullmatch(pattern.value, value) is not None
    except re2.error:
        return True


def beyond_limit(name: str, place: Span, subject: Subject, value: str) -> str:
    """`MinValue` or `MaxValue`, if a number is beyond this limit of a parameter; else empty."""
    body = _parameter(name, place, subject)
    for limit, sign in (("MinValue", 1), ("MaxValue", -1)):
        found = body.get(limit)
        if not isinstance(found, Known) or not isinstance(found.value, (str, int, float)):
            continue
        try:
            if sign * float(value) < sign * float(found.value):
                return limit
        except ValueError:
            continue
    return ""


def _parameter(name: str, place: Span, subject: Subject) -> Mapping[str, Tree]:
    """The body of a parameter; empty if it is not in the template."""
    for each in subject.graph.declared:
        if each.type == "parameter" and each.name == name and each.extent.path == place.path:
            return each.body.value
    return {}


def acceptable(finding: Finding, subject: Subject, declared: Declared, path: Path, alike: Sequence[str]) -> str:
    """The first of some values that the finding's rule accepts at a path of a resource. They have to be like the wanted one, since a rule
    accepts any value that is none of its subject. Empty if there is none."""
    return next((each for each in alike[:_MOST] if accepts(finding, subject, declared, path, each)), "")


def _begun(value: str) -> str:
    """The letters with which a value begins: `python` of `python3.8`."""
    return value[: len(value) - len(value.lstrip("abcdefghijklmnopqrstuvwxyz"))]


def _age(size: str, like: str) -> tuple[bool, int]:
    """A key by which newer generations come first, after them those of another processor than the wanted size has: an image may not run
    there. The same for all values that are no sizes."""
    found, wanted = _GENERATION.search(size), _GENERATION.search(like)
    if found is None or wanted is None:
        return False, 0
    return ("g" in found["kind"]) != ("g" in wanted["kind"]), -int(found["number"])


def _purpose(size: str) -> list[str]:
    """The letter of a family. `t` and `m` are both for general purposes."""
    return [letter.replace("t", "m") for letter in _FAMILY.findall(size)]


def near(value: str, like: str) -> bool:
    """Whether two values are of one size for one purpose (`m5.large`, `m7g.large`), or begin alike. Another size is another price."""
    if _SIZE.fullmatch(value) is not None and _SIZE.fullmatch(like) is not None:
        return _purpose(value) == _purpose(like) and value.rpartition(".")[2] == like.rpartition(".")[2]
    half = len(like) // 2 + 1
    return value[:half] == like[:half]


def accepts(finding: Finding, subject: Subject, declared: Declared, path: Path, value: str | bool | int | None) -> bool:
    """Whether the finding's rule accepts a value at a path of a resource; for None, that there is none."""
    resource = subject.resource
    if resource is None:
        return False
    changed = replace(declared, body=_with(declared.body, path, value))
    graph = Graph(declared.dialect, [changed if each is declared else each for each in subject.graph.declared])
    again = next((each for each in graph.at(resource.address) if each.address == resource.address), None)
    if again is None:
        return False
    flags = finding.rule.run(graph, graph.typed(again, resource.own_class))
    return not any(each.origin.span == finding.span for each in flags)


def _with(node: Any, path: Path, value: str | bool | int | None) -> Any:
    """A body with another value at a path."""
    if not path:
        return Absent(node.origin) if value is None else Known(value, node.origin)
    first, rest = path[0], path[1:]
    members: Any = dict(node.value) if isinstance(node.value, dict) else list(node.value)
    members[first] = _with(members[first], rest, value)
    return Known(members, node.origin)


def spelled(value: str, like: str) -> str:
    """A value with quotes, if another is written with them."""
    return json.dumps(value) if like.startswith('"') else value
