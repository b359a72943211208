"""How much work the remedy of a finding is: a change in place, an interruption, a new resource, or another design.

Three sources answer, in this order: `effort.json` for rules whose remedy says more than its properties, and for types that nobody
minds to see replaced; `create_only.json` for the properties that the remedy writes; and else the change is made in place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from wa_iac.core.awscc import is_awscc_type, snake, type_name
from wa_iac.core.binding import member, segments
from wa_iac.core.finding import Finding
from wa_iac.core.fix import Content, Wanted, content_of, items_of, place
from wa_iac.core.reader import field_specs
from wa_iac.core.remedy import Remedy, Snippet
from wa_iac.core.resource import Block, Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree
from wa_iac.report.remedy import meant

CREATE_ONLY: Final = Path(__file__).parent / "create_only.json"
"""The properties that AWS cannot change: written by `python -m wa_iac.maintenance create-only`."""
BY_RULE: Final = Path(__file__).parent / "effort.json"
"""The efforts that the properties do not say, with their sources."""

_Path: TypeAlias = tuple[str, ...]
"""The names from a resource's body inwards, without the steps into lists."""


class Effort(StrEnum):
    """The work for a remedy. `rank` grows with it."""

    IN_PLACE = "in place"
    INTERRUPTION = "interruption"
    REPLACEMENT = "replacement"
    REDESIGN = "redesign"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def sentence(self) -> str:
        """What it means for those who run the workload."""
        return _SENTENCES[self]


_RANKS: Final = {each: rank for rank, each in enumerate(Effort)}
_SENTENCES: Final = {
    Effort.IN_PLACE: "AWS changes the resource while it is in use, or something is added.",
    Effort.INTERRUPTION: "Something restarts, fails over or moves to another address, or clients have to change first.",
    Effort.REPLACEMENT: "AWS makes a new resource in place of the old one, and its data and address do not come along.",
    Effort.REDESIGN: "The architecture, the program or the accounts change.",
}


class Work(NamedTuple):
    """The effort of a remedy, and a sentence that says why; `source` is the title of the document that says so."""

    effort: Effort
    reason: str
    source: str = ""


class _Entry(NamedTuple):
    """What `effort.json` says of a rule, of all its types or of some."""

    work: Work
    types: frozenset[str]


class _Known(NamedTuple):
    rules: Mapping[str, Sequence[_Entry]]
    types: Mapping[str, Work]


class _CreateOnly(NamedTuple):
    always: frozenset[_Path]
    sometimes: frozenset[_Path]


_NOTHING: Final = _CreateOnly(frozenset(), frozenset())
_IN_PLACE: Final = Work(Effort.IN_PLACE, "Nothing says that AWS interrupts or replaces the resource.")
_SCHEMA: Final = "CloudFormation's resource schemas: createOnlyProperties"


_REPLACING: Final = Work(Effort.REPLACEMENT, "The remedy replaces the resource.")


def effort_of(finding: Finding) -> Effort:
    """How much work the remedy of a finding is."""
    return work_of(finding).effort


def work_of(finding: Finding) -> Work:
    """How much work the remedy of a finding is, and why. An interruption that a rule causes does not hide a replacement."""
    cls = _class(finding)
    types = _cloudformation_types(finding, cls)
    by_rule = _by_rule(finding, types)
    if by_rule is not None and by_rule.effort is not Effort.INTERRUPTION:
        return by_rule
    if types and all(each in _known().types for each in types):
        return by_rule or _known().types[types[0]]
    changed = _changed(finding, cls, types)
    remedy = meant(finding)
    replacing = _REPLACING if isinstance(remedy, Remedy) and remedy.replaces else None
    return _replaced(changed, types) or replacing or by_rule or _perhaps_replaced(changed, types) or _IN_PLACE


def _by_rule(finding: Finding, types: Sequence[str]) -> Work | None:
    """What `effort.json` says of the rule. A type of the `awscc` provider is CloudFormation's there."""
    kinds = {finding.type, *(types if is_awscc_type(finding.type) else ())}
    entries = _known().rules.get(finding.rule.slug, ())
    return next((each.work for each in entries if not each.types or not kinds.isdisjoint(each.types)), None)


@cache
def _known() -> _Known:
    content = json.loads(BY_RULE.read_text(encoding="utf-8"))
    rules = {
        slug: tuple(_Entry(_work(each), frozenset(each.get("types", ()))) for each in entries)
        for slug, entries in content["rules"].items()
    }
    return _Known(rules, {name: _work(each) for name, each in content["types"].items()})


def _work(entry: Mapping[str, Any]) -> Work:
    return Work(Effort(entry["effort"]), entry["reason"], entry["source"])


@cache
def _create_only() -> Mapping[str, _CreateOnly]:
    content = json.loads(CREATE_ONLY.read_text(encoding="utf-8"))["types"]
    return {
        name: _CreateOnly(*(frozenset(tuple(path.split(".")) for path in each.get(kind, ())) for kind in _CreateOnly._fields))
        for name, each in content.items()
    }


# The class of the resource, and what the schemas call it


def _class(finding: Finding) -> type[Resource] | None:
    """The class that reads the finding's resource; None for a finding on a unit, on a suppression, or of another program."""
    resource = finding.subject.resource if finding.subject is not None else None
    return None if resource is None else resource.own_class


def _cloudformation_types(finding: Finding, cls: type[Resource] | None) -> tuple[str, ...]:
    """The type in CloudFormation, or those that may be meant; none for a Terraform type without a twin."""
    if finding.dialect == "cloudformation":
        return (finding.type,) if finding.type else ()
    if cls is None:
        return ()
    if is_awscc_type(finding.type):
        return tuple(each for each in cls.cfn if type_name(each) == finding.type)
    return cls.cfn


# The properties


_Changed: TypeAlias = list[tuple[_Path, Sequence[_Path]]]
"""Properties in the finding's dialect, each with its paths in CloudFormation."""


def _changed(finding: Finding, cls: type[Resource] | None, types: Sequence[str]) -> _Changed:
    """The properties that the remedy changes, if the type has some that AWS cannot change."""
    if not any(each in _create_only() for each in types):
        return []
    return [(path, twins) for path in _written(finding) if (twins := _twins(finding, cls, path))]


def _replaced(changed: _Changed, types: Sequence[str]) -> Work | None:
    """A replacement, if AWS cannot change one of the properties in any of the types that may be meant."""
    for path, twins in changed:
        if all(any(_within(each, _schema(name).always) for each in twins) for name in types):
            return Work(Effort.REPLACEMENT, f"AWS replaces the resource when {'.'.join(path)} changes.", _SCHEMA)
    return None


def _perhaps_replaced(changed: _Changed, types: Sequence[str]) -> Work | None:
    """A replacement, if AWS cannot make some changes of one of the properties. The schemas do not say which."""
    for path, twins in changed:
        if all(any(_within(each, _schema(name).always | _schema(name).sometimes) for each in twins) for name in types):
            reason = f"AWS replaces the resource for some changes of {'.'.join(path)}: this one may be among them."
            return Work(Effort.REPLACEMENT, reason, _SCHEMA)
    return None


def _schema(name: str) -> _CreateOnly:
    return _create_only().get(name, _NOTHING)


def _within(path: _Path, places: frozenset[_Path]) -> bool:
    """Whether a path is one of the places, or leads into one."""
    return any(path[:length] in places for length in range(1, len(path) + 1))


def _twins(finding: Finding, cls: type[Resource] | None, path: _Path) -> Sequence[_Path]:
    """The paths in CloudFormation of a property that is named in the finding's own dialect."""
    if finding.dialect == "cloudformation" or cls is None:
        return (path,)
    if is_awscc_type(finding.type):
        return [path, *(each for _, each in _pairs(cls, finding.type) if tuple(map(snake, each)) == path)]
    return [each for own, each in _pairs(cls, finding.type) if own == path[: len(own)]]


@cache
def _pairs(cls: type[Resource], kind: str) -> tuple[tuple[_Path, _Path], ...]:
    """The paths of the properties that a class reads, in Terraform and in CloudFormation: a field binds the same property in both.
    `kind` is the Terraform type of the resource itself."""
    return tuple(dict.fromkeys(_pairs_in(cls, kind, (), (), ())))


def _pairs_in(
    cls: type[Resource | Block], kind: str, tf: _Path, cfn: _Path, above: tuple[type[Block], ...]
) -> Iterator[tuple[_Path, _Path]]:
    for spec in field_specs(cls):
        for one in spec.tf:
            for other in spec.cfn:
                if one.of not in ("", kind) or other.of or "@" in one.path or "@" in other.path:
                    continue
                own, twin = (*tf, *_names(one.path)), (*cfn, *_names(other.path))
                yield own, twin
                if spec.shape == "blocks":
                    for block in spec.classes:
                        if block not in above:
                            yield from _pairs_in(block, kind, own, twin, (*above, block))


@cache
def _names(path: str) -> _Path:
    return tuple(each.name for each in segments(path)) if path else ()


# What the remedy writes


def _written(finding: Finding) -> Iterator[_Path]:
    """The paths of the properties that the remedy changes, in the finding's dialect; the flagged property for a remedy in words, or
    for one that is only a part of a value. None for a remedy that adds another resource."""
    remedy, flagged = meant(finding), _flagged(finding)
    if isinstance(remedy, str):
        yield from filter(None, (flagged,))
        return
    yield from ((each,) for each in remedy.removes if each in _body(finding))
    snippet = remedy.snippet(finding.dialect, finding.made_from or finding.type)
    if not snippet:
        yield from (flagged,) if flagged and not remedy.removes and not remedy.cause and remedy.beside is None else ()
        return
    values = _values(snippet, finding)
    if values is None:
        yield from filter(None, (flagged,))
        return
    found = list(_leaves(values, ()))
    above = _above({path[0] for path, _ in found}, flagged, finding)
    yield from ((*above, *path) for path, value in found if above or not _holds_already(finding, path, value))


def _values(snippet: Snippet, finding: Finding) -> Mapping[str, Any] | None:
    """The properties of a remedy with their values; none if it declares another resource. None if it is only a part of a value."""
    if not isinstance(snippet, str):
        return _plain(snippet)
    if finding.dialect == "terraform" and not is_awscc_type(finding.type):
        from wa_iac.report.snippets_hcl import hcl_as_data

        data = hcl_as_data(snippet)
    else:
        from wa_iac.report.snippets_yaml import yaml_as_data

        data = yaml_as_data(snippet)
    if not isinstance(data, dict) or _is_function(data):
        return None
    declares = "resource" in data or any(isinstance(each, dict) and "::" in str(each.get("Type", "")) for each in data.values())
    return {} if declares else data


def _plain(content: Content) -> dict[str, Any]:
    """Content by the names of its properties, without attributes beside them."""
    found = {}
    for written, value in content.items():
        name = place(written).name
        if not name.startswith("@"):
            found[name] = _plain_value(value)
    return found


def _plain_value(value: Wanted) -> Any:
    if (within := content_of(value)) is not None:
        return _plain(within)
    items = items_of(value)
    return value if items is None else [_plain_value(each) for each in items]


def _is_function(data: Mapping[str, Any]) -> bool:
    return any(name in ("Ref", "Condition") or name.startswith("Fn::") for name in data)


def _leaves(value: Any, path: _Path) -> Iterator[tuple[_Path, Any]]:
    """Each value with its path; a list without objects is one value."""
    if isinstance(value, Mapping) and not _is_function(value):
        for name, each in value.items():
            yield from _leaves(each, (*path, name))
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for each in value:
            yield from _leaves(each, path)
    elif path:
        yield path, value


def _above(names: set[str], flagged: _Path, finding: Finding) -> _Path:
    """The path to the object in which a remedy belongs: where one of its names is on the way to the flagged place, else the object
    with that place."""
    at = next((index for index, name in enumerate(flagged) if name in names), None)
    if at is not None:
        return flagged[:at]
    return flagged if _is_object(_body(finding), flagged) else flagged[:-1]


def _is_object(entries: Mapping[str, Tree], path: _Path) -> bool:
    """Whether an object, or a list of objects, is at a path."""
    tree: Any = Known(entries)
    for name in path:
        tree = member(tree, name)
    return isinstance(tree, Known) and (
        isinstance(tree.value, dict)
        or (
            isinstance(tree.value, list)
            and any(isinstance(each, Known) and isinstance(each.value, dict) for each in tree.value)
        )
    )


def _holds_already(finding: Finding, path: _Path, wanted: Any) -> bool:
    """Whether a property has its wanted value already, as written or by AWS's default."""
    resource = finding.subject.resource if finding.subject is not None else None
    if resource is None or not isinstance(wanted, bool | int | str):
        return False
    for spec in field_specs(resource.own_class):
        paths = (each.path for each in spec.bindings(resource.dialect) if not each.of)
        if spec.shape == "value" and any(_names(each) == path for each in paths):
            match getattr(resource, spec.name):
                case Known(value):
                    return bool(value == wanted)
                case _:
                    return False
    return False


# What the finding flags


def _body(finding: Finding) -> Mapping[str, Tree]:
    """The properties of the finding's resource as they are written."""
    subject = finding.subject
    return {} if subject is None or subject.resource is None else subject.resource.declared.body.value


def _flagged(finding: Finding) -> _Path:
    """The path of the flagged property; empty if the finding flags the resource or its name."""
    if finding.subject is None:
        return ()
    path: list[str] = []
    tree: Any = Known(_body(finding), finding.subject.origin)
    while (found := _child(tree, finding.subject.origin.span)) is not None:
        name, tree = found
        path += [name] if name else []
    return tuple(path)


def _child(tree: Any, span: Span) -> tuple[str, Tree] | None:
    """The entry or the element of a tree that contains a place; the name of an element is empty."""
    match tree:
        case Known(dict() as entries):
            return next(((name, each) for name, each in entries.items() if each.origin.span.holds(span)), None)
        case Known(list() as items):
            return next((("", each) for each in items if each.origin.span.holds(span)), None)
        case _:
            return None
