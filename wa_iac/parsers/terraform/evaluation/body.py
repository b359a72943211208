"""The content of a block's braces: attributes, nested blocks, and blocks that `dynamic` writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wa_iac.core.partial import PartlyMap, Rest
from wa_iac.core.reasons import CannotEvaluate, Follows, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.text.nodes import Attribute, Body, HclBlock, written

from .expressions import settled
from .lifting import lifted, lifted_partly
from .loops import each_of_unknown, elements
from .scope import Scope
from .unit import MAX_INSTANCES, Blocked, Exhausted, Failure, reason_of


def contents(body: Body, scope: Scope, skip: Collection[str] = ()) -> dict[str, Tree]:
    """The content of a body by name, without the names in `skip`: attributes as values, nested blocks as lists of objects."""
    result: dict[str, Tree] = {}
    scope.run.budget.step(1 + len(body.attributes))
    for name, attribute in body.attributes.items():
        if name not in skip:
            result[name] = attribute_value(attribute, scope)
    for kind, blocks in blocks_by_kind(body).items():
        if kind not in skip:
            result[kind] = blocks_value(blocks, kind, scope)
    return result


def attribute_value(attribute: Attribute, scope: Scope) -> Tree:
    """The value of one attribute, with the attribute's span."""
    return settled(attribute.value, scope, attribute.span)


def blocks_by_kind(body: Body) -> dict[str, list[HclBlock]]:
    """The nested blocks by type, together with the `dynamic` blocks for that type, in the order of first appearance."""
    found: dict[str, list[HclBlock]] = {}
    for block in body.blocks:
        kind = _kind(block)
        if kind:
            found.setdefault(kind, []).append(block)
    return found


def _kind(block: HclBlock) -> str:
    if block.type == "dynamic":
        return block.labels[0] if block.labels else ""
    return block.type


def blocks_value(blocks: Sequence[HclBlock], kind: str, scope: Scope) -> Tree:
    """The nested blocks of one type: a list of objects, even for one block. If `dynamic` blocks write none, the value is absent, as if nothing
    were written; its place is still theirs."""
    segments: list[Tree] = []
    for block in blocks:
        if block.type == "dynamic":
            segments.append(_dynamic(block, kind, scope))
        else:
            segments.append(Known([_static(block, scope)], Origin(block.header)))
    origin = Origin(blocks[0].header)
    if len(segments) == 1:
        return segments[0]

    def concatenated(*lists: Tree) -> Tree:
        items = [item for each in lists if isinstance(each, Known) for item in each.value]
        if items:
            return Known(items, origin)
        return Absent(
            origin._replace(switch=next((each.origin.switch for each in lists if each.origin.switch is not None), None))
        )

    return lifted(scope.run, ("blocks", kind), concatenated, *segments, origin=origin)


def with_listed(listed_: Tree, blocks: Tree, kind: str, scope: Scope) -> Tree:
    """The nested blocks of one type behind those that an argument of the same name lists, as Terraform 0.11 reads them: a list in that list
    stands for its elements."""
    items: list[Tree] = []
    for each in listed_.value if isinstance(listed_, Known) and isinstance(listed_.value, list) else [listed_]:
        if isinstance(each, Known) and isinstance(each.value, list):
            items += each.value
        elif isinstance(each, Unknown) and not isinstance(each, Rest):
            reason = Follows(f'the number of "{kind}" blocks is not known', each.reason)
            items.append(Rest(reason, ("more", kind, each.identity), each.origin))
        elif not isinstance(each, Absent):
            items.append(each)

    def joined(written_: Tree) -> Tree:
        more = written_.value if isinstance(written_, Known) else []
        return Known([*items, *more], listed_.origin)

    return lifted(scope.run, ("blocks and argument", kind), joined, blocks, origin=listed_.origin)


def _static(block: HclBlock, scope: Scope) -> Tree:
    """One block as an object. If it has labels, the object is nested below them, as in HCL's JSON syntax."""
    origin = Origin(block.header)
    value: Tree = Known(contents(block.body, scope), origin)
    for label in reversed(block.labels):
        value = Known({label: value}, origin)
    return value


def _dynamic(block: HclBlock, kind: str, scope: Scope) -> Tree:
    """The result of a `dynamic` block: a list of objects, absent if there is none; for an unknown length, one that represents all and an
    unknown after it."""
    attribute = block.body.attributes.get("for_each")
    content = next((each for each in block.body.blocks if each.type == "content"), None)
    origin = Origin(block.header)
    if attribute is None or content is None:
        return Absent(origin)
    iterator = block.body.attributes.get("iterator")
    name = (written(iterator.value) if iterator else "") or kind
    collection = settled(attribute.value, scope, attribute.span)
    if isinstance(collection, Known) and isinstance(collection.value, (list, dict)) and not collection.value:
        return Absent(origin._replace(switch=collection.origin.default_step))

    def write(each: Tree) -> Tree:
        written_: list[Tree] = []
        for one in _iterations(each, scope, block.header):
            if isinstance(one, Rest):
                written_ += _more(one, kind, content, scope, name, origin)
            else:
                written_.append(Known(contents(content.body, scope.bind({name: one})), origin))
        return Known(written_, origin) if written_ else Absent(origin)

    try:
        return (
            lifted_partly(scope.run, ("dynamic", block.header), write, collection, origin=origin)
            if _listed(collection)
            else _any(collection, kind, content, scope, name, origin)
        )
    except (Failure, Blocked, Exhausted) as failure:
        unknown = Unknown(CannotEvaluate("its for_each", reason_of(failure)), ("dynamic", block.header), origin)
        return _any(unknown, kind, content, scope, name, origin)


def _listed(collection: Tree) -> bool:
    if isinstance(collection, PartlyMap):
        return True
    if isinstance(collection, Unknown):
        return bool(collection.alternatives) and all(_listed(each.value) for each in collection.alternatives)
    return True


def _any(collection: Tree, kind: str, content: HclBlock, scope: Scope, name: str, origin: Origin) -> Tree:
    unknown = (
        collection if isinstance(collection, Unknown) else Unknown(Said("it is not known"), ("dynamic", origin.span), origin)
    )
    return Known(_more(unknown, kind, content, scope, name, origin), origin)


def _more(unknown: Unknown, kind: str, content: HclBlock, scope: Scope, name: str, origin: Origin) -> list[Tree]:
    """One block that represents all blocks of an unknown collection, and a mark that there may be more."""
    one = Known(contents(content.body, scope.bind({name: each_of_unknown(unknown)})), origin)
    reason = Follows(f'the number of "{kind}" blocks is not known', unknown.reason)
    return [one, Rest(reason, ("more", kind, unknown.identity), origin)]


def _iterations(collection: Tree, scope: Scope, span: Span) -> Sequence[Tree]:
    """The iterator's value for every element of a `dynamic` block: an object of `key` and `value`."""
    match collection:
        case Known(list() | dict()) | PartlyMap():
            pairs = list(elements(collection))
        case Absent():
            raise Failure("it is null")
        case _:
            raise Failure("it is not a collection")
    if len(pairs) > MAX_INSTANCES:
        scope.run.raise_bound(f"a dynamic block is written more than {MAX_INSTANCES:,} times", span)
    return [value if isinstance(value, Rest) else Known({"key": key, "value": value}, value.origin) for key, value in pairs]
