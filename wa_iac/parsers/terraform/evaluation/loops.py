"""`for`, in expressions and in templates: over known, unknown and partly known collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from wa_iac.core.algebra import joined, references
from wa_iac.core.budget import current
from wa_iac.core.partial import (
    Entries,
    PartlyMap,
    Rest,
    identity_of,
    in_any_order,
    nothing_but,
    perhaps,
    rest_of,
    scattered,
    unknown_in,
)
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.terraform.text.nodes import Expr, ForExpr, TemplateFor

from .lifting import SetItems, attempt, each_outcome, inherited, truth
from .scope import Scope
from .unit import Failed, Failure, Lazy, Many

Evaluate: TypeAlias = Callable[[Expr, Scope], Tree]


def some(value: Unknown, name: str, one: Tree, origin: Origin) -> Many:
    """A list of unknown length. All of its elements look like `one`."""
    found: dict[Reference, None] = dict.fromkeys(references(one)) or dict.fromkeys(origin.references)
    current().make(8 * len(found))
    return Many(
        value.reason, (name, value.identity, identity_of(one)), origin._replace(references=tuple(found)),
        one=one if name == "for" and not isinstance(one, Failed) else None,
    )  # fmt: skip


def with_rest(items: list[Tree], origin: Origin, kind: type[list[Tree]] = list) -> Tree:
    """A tuple, or a list if `kind` says so; if nothing is known of it, the unknown itself."""
    rest = nothing_but(items)
    if rest is None:
        return Known(kind(items), origin)
    found = dict.fromkeys(reference for each in items for reference in each.origin.references)
    return Many(rest.reason, rest.identity, origin._replace(references=tuple(found)))


def name_of(key: Tree) -> str | Unknown:
    """A key as the name of an entry. Raises Failure for a value that is not text."""
    match key:
        case Known(str() as name):
            return name
        case Known(bool() | int() | float() as content):
            return str(content).lower() if isinstance(content, bool) else str(content)
        case Unknown():
            return key
        case _:
            raise Failure("an object's key is not a string")


def elements(value: Known[Any] | PartlyMap) -> Iterable[tuple[Tree, Tree]]:
    """Keys and values of the collection of a `for`. Raises Failure for a scalar."""
    match value:
        case Known(SetItems() as items):
            return [(each, each) for each in (inherited(value, item) for item in in_any_order(items))]
        case Known(list() as items):
            return [(key, inherited(value, item)) for key, item in indexed(items, value.origin)]
        case Known(dict() as entries):
            return [(Known(key, entries[key].origin), inherited(value, entries[key])) for key in sorted(entries)]
        case PartlyMap():
            named: list[tuple[Tree, Tree]] = [
                (Known(key, value.entries[key].origin), value.entries[key]) for key in sorted(value.entries)
            ]
            more: list[tuple[Tree, Tree]] = [] if value.rest is None else [(rest_of(value.rest), rest_of(value.rest))]
            return [(key, inherited(value, each)) for key, each in (*named, *value.others, *more)]
        case _:
            raise Failure("for needs a list, set, map or object")


def indexed(items: Sequence[Tree], origin: Origin) -> Iterator[tuple[Tree, Tree]]:
    """The elements of a list with their indices. Indices after a `Rest` are not known."""
    rest: Rest | None = None
    for index, item in enumerate(items):
        if isinstance(item, Rest):
            rest = item
            yield item, item
        elif rest is None:
            yield Known(index, origin), item
        else:
            yield rest.derived(("index", index)), item


def _bound(node: ForExpr | TemplateFor, scope: Scope, key: Tree, value: Tree) -> Scope:
    names = {node.value_name: value}
    if node.key_name:
        names[node.key_name] = key
    return scope.bind(names)


def _unknown_element(collection: Unknown) -> tuple[Tree, Tree]:
    if isinstance(collection, Lazy) and collection.anyone:
        one = collection.anyone()
    elif isinstance(collection, Many) and collection.one is not None:
        one = collection.one
    else:
        one = Unknown(collection.reason, ("element", collection.identity), collection.origin)
    key = Unknown(collection.reason, ("key", collection.identity), Origin(collection.origin.span))
    return key, one


def for_over(node: ForExpr, scope: Scope, collection: Tree, evaluate: Evaluate) -> Tree:
    """The list or the object that a `for` makes from a collection. Raises Failure for an error."""
    origin = Origin(node.span, "computed", sensitive=collection.origin.sensitive)
    match collection:
        case Unknown() if collection.alternatives:
            return each_outcome(
                scope.run, collection, lambda each: for_over(node, scope, each, evaluate), ("for", node.span), origin
            )
        case PartlyMap():
            return _for_known(node, scope, collection, origin, evaluate)
        case Unknown():
            inner = _bound(node, scope, *_unknown_element(collection))
            name = "groups" if node.grouped else "for"
            return some(collection, name, attempt(partial(evaluate, node.result, inner), node.span), origin)
        case Absent():
            raise Failure("for cannot iterate over null")
        case Known(value) if not value:
            # A default that is empty decides that there is nothing, as in a `dynamic` block over it.
            return _for_known(node, scope, collection, origin._replace(switch=collection.origin.default_step), evaluate)
        case Known():
            return _for_known(node, scope, collection, origin, evaluate)


def _for_known(node: ForExpr, scope: Scope, collection: Known[Any] | PartlyMap, origin: Origin, evaluate: Evaluate) -> Tree:
    if node.key is None:
        return _for_list(node, scope, collection, origin, evaluate)
    return _for_object(node, scope, collection, origin, evaluate)


def _one(node: ForExpr | TemplateFor, scope: Scope, key: Tree, value: Tree) -> tuple[Scope, Unknown | None]:
    """The scope of one iteration, and the reason if it is unknown whether, or how often, it exists."""
    if isinstance(value, Rest):
        return _bound(node, scope, key.derived(("key",)), value.derived(("element",))), value  # type: ignore[union-attr]
    return _bound(node, scope, key, value), None


def _wanted(node: ForExpr, scope: Scope, any_number: Unknown | None, evaluate: Evaluate) -> tuple[bool, Unknown | None]:
    """Whether an iteration is included, and the reason if that, or its number, is unknown."""
    if node.condition is None:
        return True, any_number
    condition = (
        evaluate(node.condition, scope) if any_number is None else attempt(partial(evaluate, node.condition, scope), node.span)
    )
    wanted = truth(condition)
    return wanted != Known(False), wanted if isinstance(wanted, Unknown) and any_number is None else any_number


def _for_list(node: ForExpr, scope: Scope, collection: Known[Any] | PartlyMap, origin: Origin, evaluate: Evaluate) -> Tree:
    items: list[Tree] = []
    for key, value in elements(collection):
        inner, doubt = _one(node, scope, key, value)
        wanted, doubt = _wanted(node, inner, doubt, evaluate)
        if not wanted:
            continue
        if doubt is None:
            items.append(evaluate(node.result, inner))
        elif isinstance(value, Rest):
            one = attempt(partial(evaluate, node.result, inner), node.span)
            items.append(value.like(some(doubt, "for", one, Origin(node.span, "computed"))))
        else:
            items.append(perhaps(attempt(partial(evaluate, node.result, inner), node.span), doubt))
    if isinstance(collection, PartlyMap):
        items = collection.in_order(items)
    return with_rest(items, origin)


def _for_object(node: ForExpr, scope: Scope, collection: Known[Any] | PartlyMap, origin: Origin, evaluate: Evaluate) -> Tree:
    assert node.key is not None  # noqa: S101 - asked by the caller
    entries = Entries()
    groups: dict[str, list[Tree]] = {}
    more: list[Rest] = []
    for key, value in elements(collection):
        inner, doubt = _one(node, scope, key, value)
        wanted, doubt = _wanted(node, inner, doubt, evaluate)
        if not wanted:
            continue
        if doubt is None:
            name = evaluate(node.key, inner)
            result = evaluate(node.result, inner)
        else:
            name = attempt(partial(evaluate, node.key, inner), node.span)
            result = attempt(partial(evaluate, node.result, inner), node.span)
        if name.origin.sensitive and not origin.sensitive:
            origin = origin._replace(sensitive=True)
        text = name_of(name)
        if node.grouped:
            unknown = doubt if doubt is not None else unknown_in(name)
            if unknown is not None:
                more.append(value.like(unknown) if isinstance(value, Rest) else perhaps(result, unknown))
            if doubt is None and isinstance(text, str):
                groups.setdefault(text, []).append(result)
        elif isinstance(value, Rest):
            assert doubt is not None  # noqa: S101 - there is any number of them
            entries.put_any(some(doubt, "for", result, Origin(node.span, "computed")), over=False)
        elif doubt is not None:
            entries.put_perhaps(text, result, doubt)
        else:
            if isinstance(text, str) and text in entries:
                raise Failure(f'two elements have the key "{text}"')
            entries.put(text, result, unique=True)
    for name_, values in groups.items():
        by = collection if isinstance(collection, PartlyMap) else more[0] if more else None
        entries.put(name_, Known(values if by is None else scattered([*values, *more], by=by), origin))
    for each in more:
        entries.put_any(each, over=False)
    return entries.result(origin)


def rounds(
    part: TemplateFor, scope: Scope, collection: Tree, pieces_of: Callable[[Scope], list[str | Tree]]
) -> list[str | Tree]:
    """The pieces that `%{ for }` writes: in each round, the pieces from `pieces_of`. Raises Failure if it is an error."""
    match collection:
        case PartlyMap():
            # The result of each iteration is known, but not the order.
            written = _each_round(part, scope, collection, pieces_of)
            all_of_it = Unknown(collection.reason, ("rounds", collection.identity), collection.origin)
            sensitive = any(not isinstance(each, str) and each.origin.sensitive for each in written)
            return [some(collection, "template", all_of_it, Origin(part.body.span, "computed", sensitive=sensitive))]
        case Unknown():
            inner = _bound(part, scope, *_unknown_element(collection))
            one = attempt(partial(_written, pieces_of, inner, part), part.body.span)
            return [some(collection, "template", one, Origin(part.body.span, "computed"))]
        case Known():
            return _each_round(part, scope, collection, pieces_of)
        case Absent():
            raise Failure("for cannot iterate over null")


def _each_round(
    part: TemplateFor, scope: Scope, collection: Known[Any] | PartlyMap, pieces_of: Callable[[Scope], list[str | Tree]]
) -> list[str | Tree]:
    pieces: list[str | Tree] = []
    for key, value in elements(collection):
        inner, doubt = _one(part, scope, key, value)
        if doubt is None:
            pieces += pieces_of(inner)
        else:
            one = attempt(partial(_written, pieces_of, inner, part), part.body.span)
            pieces.append(some(doubt, "template", one, Origin(part.body.span, "computed")))
    return pieces


def _written(pieces_of: Callable[[Scope], list[str | Tree]], scope: Scope, part: TemplateFor) -> Tree:
    return joined(pieces_of(scope), Origin(part.body.span, "computed"))


def each_of_unknown(collection: Unknown) -> Tree:
    """`each` for any element of an unknown collection."""
    origin = Origin(collection.origin.span, "computed")
    value: Tree | None = collection.one if isinstance(collection, Many) else None
    if value is None:
        referring = origin._replace(references=collection.origin.references)
        value = Unknown(collection.reason, ("each.value", collection.identity), referring)
    return Known({"key": Unknown(collection.reason, ("each.key", collection.identity), origin), "value": value}, origin)
