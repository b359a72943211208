"""Rules in YAML: each becomes resource classes and a check, which run like those in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import new_class
from typing import Annotated, Any, TypeVar, cast

from wa_iac.aws._index import SERVICES
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.declared import Dialect
from wa_iac.core.lifecycle import Lifecycle
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.rule import Flag, Pillar, Remedy, Rule, flag, undecided
from wa_iac.core.value import Absent, Known, Step, Tree, Unknown, Value

from .condition import Question, absent, all_of, present, question
from .table import Condition, PerDialect, Places, PlaceTable, RuleTable, load, places_of, types_of

Bindings = list[Cfn | Tf]
C = TypeVar("C", Resource, Block)


def read(path: Path) -> Rule:
    """The rule in a file; the file's name is its slug, the folder's its pillar. Raises `UsageError` if it is not a rule."""
    table = load(path)
    return Rule(
        slug=path.stem.replace("_", "-"),
        pillar=cast("Pillar", path.parent.name),  # the caller, which lists the files, has checked that
        page=table.page.strip() + "\n",
        practices=tuple(table.practices),
        severity=table.severity,
        remedy=Remedy(cfn=table.remedy.cloudformation or "", tf=table.remedy.terraform or ""),
        confidence=table.confidence,
        profile=table.profile,
        convention=table.convention,
        life=Lifecycle(renamed_from=table.renamed_from, deprecated=table.deprecated, preview=table.preview),
        equivalents={tool: tuple(ids) for tool, ids in table.equivalents.items()},
        function=_check(table),
    )


def _check(table: RuleTable) -> Callable[..., Iterator[Flag]]:
    subject, of_subject = _classes(table)
    asked = _questions(table.condition)

    def check(resource: Resource) -> Iterator[Flag]:
        yield from of_subject(resource, asked)

    # Other code asks rules for the types they check.
    check.__annotations__ = {"resource": subject, "return": Iterator[Flag]}
    return check


def _questions(condition: Any) -> list[Question]:
    if isinstance(condition, Condition):
        return [question(name, wanted) for name, wanted in condition.asked().items()]
    return [present if condition == "present" else absent]


def _classes(table: RuleTable) -> tuple[type[Resource], Callable[[Resource, list[Question]], Iterator[Flag]]]:
    """The class of the rule's resources, and the rule's check of one."""
    value = _value_field(table)
    if table.related is None:
        return _class(table.resource, value), partial(_of_values, table)
    related = table.related
    if related.through is not None:
        target = _class(related.resource, value)
        way = {"related": _annotated(_LINK[target], _bindings(related.through))}
        return _class(table.resource, way), partial(_of_related, table)
    # The other end names this one. Links are matched by declarations, not by class, so the far end may have its own class.
    owner = _class(table.resource, {})
    target = _class(related.resource, {**value, "owner": _annotated(_LINK[owner], _bindings(related.by))})
    return _class(table.resource, {"related": _annotated(_LINK[target], [Back("owner")])}), partial(_of_related, table)


# Classes made here have no types that could be checked.
_LINK: Any = Link
_LIST: Any = list
_VALUE: Any = Value


def _annotated(hint: Any, marks: Sequence[object]) -> Any:
    annotated: Any = Annotated
    return annotated[(hint, *marks)]


def _class(resource: PerDialect[Any], fields: dict[str, Any]) -> type[Resource]:
    """A resource class; other resources may refer to it by the names in our own class of the type."""
    cfn, tf = types_of(resource, "cloudformation"), types_of(resource, "terraform")
    ours = _ours((*cfn, *tf))
    keys = {"cfn_key": ours.cfn_key, "tf_key": ours.tf_key} if ours is not None else {}
    return _made(Resource, fields, cfn=cfn, tf=tf, **keys)


def _made(base: type[C], fields: dict[str, Any], **options: Any) -> type[C]:
    body = {"__module__": __name__, "__annotations__": fields}
    return cast("type[C]", new_class("Own", (base,), options, lambda namespace: namespace.update(body)))


def _ours(types: Sequence[str]) -> type[Resource] | None:
    for name in types:
        if name in SERVICES:
            members = vars(import_module(f"wa_iac.aws.{SERVICES[name]}")).values()
            return next(
                each for each in members if isinstance(each, type) and issubclass(each, Resource) and name in each.types()
            )
    return None


def _value_field(table: RuleTable) -> dict[str, Any]:
    """The condition's field: `value`, or `values` if a path names every element of a list."""
    if table.value is None:
        return {}
    default = [Default(table.default)] if table.default is not None else []
    places = list(_every(table.value))
    if not any("[]" in place.path for _, place in places):
        return {"value": _annotated(_VALUE[Any], [*_bindings(table.value), *default])}
    inner = dict.fromkeys((dialect, _split(place.path)[1]) for dialect, place in places)
    item = _made(
        Block, {"value": _annotated(_VALUE[Any], [*(_binding(each, PlaceTable(path=path)) for each, path in inner), *default])}
    )
    outer = [_binding(dialect, place.model_copy(update={"path": _split(place.path)[0]})) for dialect, place in places]
    return {"values": _annotated(_LIST[item], outer)}


def _split(path: str) -> tuple[str, str]:
    """A path up to its last `[]`, and the rest; the whole path if it has none."""
    before, every, after = path.rpartition("[]")
    return (before + every, after.removeprefix(".")) if every else (path, "")


def _every(places: PerDialect[Places]) -> Iterator[tuple[Dialect, PlaceTable]]:
    for dialect in sorted(places.dialects):
        yield from ((dialect, each) for each in places_of(places, dialect))


def _bindings(places: PerDialect[Places] | None) -> Bindings:
    return [] if places is None else [_binding(dialect, place) for dialect, place in _every(places)]


def _binding(dialect: Dialect, place: PlaceTable) -> Cfn | Tf:
    return (Cfn if dialect == "cloudformation" else Tf)(place.path, of=place.of, by=place.by, many=True)


def _of_values(table: RuleTable, resource: Resource, asked: list[Question]) -> Iterator[Flag]:
    """The results for the values of one resource."""
    for value in _values(table, resource):
        match all_of(asked, value):
            case Unknown() as why:
                yield undecided(why, resource=resource)
            case False:
                yield flag(value, table.message, resource=resource)
            case _:
                pass


def _values(table: RuleTable, resource: Any) -> list[Tree]:
    """The values of a resource. If a path names every element and there are none, only presence can be checked."""
    if "values" not in resource.own_class.written_fields:
        return [resource.value]
    values: list[Tree] = [each.value for each in resource.values]
    return values or ([Absent(resource.declared.body.origin)] if table.condition in ("present", "absent") else [])


def _of_related(table: RuleTable, resource: Any, asked: list[Question]) -> Iterator[Flag]:
    """The results for the related resources, or for their presence."""
    related: Link[Resource] = resource.related
    if table.value is None:
        yield from _of_presence(table, resource, related)
        return
    here = Step(resource.span, f"the resource it belongs to: {resource.address}")
    for each in related.targets:
        for said in _of_values(table, each, asked):
            yield said._replace(related=(*said.related, here))
    if related.unknown is not None:
        yield undecided(related.unknown, resource=resource)
    for elsewhere in related.external:
        why = "the resource it names is not in this unit"
        yield undecided(Unknown(Said(why), ("elsewhere", elsewhere), elsewhere.origin), resource=resource)


def _of_presence(table: RuleTable, resource: Resource, related: Link[Resource]) -> Iterator[Flag]:
    match related.presence:
        case Unknown() as why:
            yield undecided(why, resource=resource)
        case Known() as found if table.condition == "absent":
            for each in related.targets:
                yield flag(each, table.message)
            if not related.targets:
                yield flag(found, table.message, resource=resource)
        case Absent() if table.condition == "present":
            yield flag(resource, table.message)
        case _:
            pass
