"""What an expression of Terraform stands for, followed in the code as written.

It goes back through `dynamic` blocks, local values, conditionals with a known condition, functions such as `merge`, attributes of objects
and calls, and notes the places whose value would count instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.span import Span

from .code_place import Path
from .decider_parts import (
    DECODES,
    SAME,
    CannotFollowError,
    Found,
    MissingError,
    Place,
    alike,
    default_in_type,
    element_type,
    key_of,
    names_of,
    within,
)
from .module_code import ModuleCode, attribute_at, constant

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, Call, HclBlock, ObjectExpr, Traversal

_DEEP: Final = 40
"""References that are followed, one after the other."""


class Follower:
    def __init__(self, code: ModuleCode) -> None:
        self._code = code
        self._left = _DEEP
        self.innermost = code.innermost

    def argument(self, declared: Declared, span: Span, path: Path | None = None) -> Found:
        """The argument at a place of a resource, in those of the blocks from one `dynamic` block that `path` leads through. Raises
        CannotFollowError if there is none, or its file is not of HCL."""
        block = self._code.resource() if declared.extent.path.endswith(".tf") else None
        attribute, around = attribute_at(block, span) if block is not None else (None, ())
        if block is None or attribute is None:
            raise CannotFollowError
        return Found(attribute.value, self.innermost, self.iterators(block, around, path or ()))

    def iterators(self, block: HclBlock, around: tuple[HclBlock, ...], path: Path) -> dict[str, Found]:
        """The elements that `each` and the iterators of `dynamic` blocks stand for, in the blocks that a path leads through."""
        names: dict[str, Found] = {}
        outer = block.body
        for each in (block, *around):
            repeated = each.body.attributes.get("for_each")
            index, path = _index(path, each, outer) if each is not block else (None, path)
            outer = each.body
            if repeated is None or (each is not block and not (each.type == "dynamic" and each.labels)):
                continue
            collection = Found(repeated.value, self.innermost, dict(names))
            try:
                names[_iterator(each) if each is not block else "each"] = (
                    self._element(collection, self._code.key(repeated.span)) if each is block else self._at(collection, index)
                )
            except (CannotFollowError, MissingError):
                continue
        return names

    def _at(self, collection: Found, index: int | None) -> Found:
        """The element from which a `dynamic` block makes its block with an index; without an index, the only one."""
        from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr, TupleExpr

        found = self.reach(collection)
        if isinstance(found.expression, ObjectExpr):
            keys = sorted(key for each in found.expression.items if (key := key_of(each.key)) is not None)
            if len(keys) != len(found.expression.items) or (index is None and len(keys) != 1) or not keys[index or 0 :]:
                raise CannotFollowError
            return self._element(found, keys[index or 0])
        is_set = isinstance(found.kind, Call) and found.kind.name == "set"  # Its elements have an order of their own.
        if isinstance(found.expression, TupleExpr) and index is not None and index < len(found.expression.items) and not is_set:
            return self._item(found, index)
        return self._element(found, 0)

    def _item(self, found: Found, index: int) -> Found:
        """An element of a list that is written."""
        from wa_iac.parsers.terraform.text.nodes import TupleExpr

        if not isinstance(found.expression, TupleExpr):
            raise CannotFollowError
        item, place = found.expression.items[index], found.place
        if place is not None:
            place = place._replace(what=f"element of the {place.what}", span=item.span)
        return replace(found, expression=item, place=place, kind=element_type(found.kind))

    def _element(self, collection: Found, key: str | int | None) -> Found:
        """The element of a collection with a key; of a list without keys, the only one."""
        from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr, TupleExpr

        found = self.reach(collection)
        kind = element_type(found.kind)
        if isinstance(found.expression, TupleExpr) and len(found.expression.items) == 1:
            return self._item(found, 0)
        if isinstance(found.expression, ObjectExpr) and isinstance(key, str):
            return replace(self.reach(found, (key,)), kind=kind)
        if isinstance(found.expression, Call) and found.expression.name in DECODES and key is not None:
            return replace(found, inside=(*found.inside, str(key)))
        raise CannotFollowError

    def reach(self, at: Found, steps: tuple[str, ...] = ()) -> Found:
        """What an expression, or an attribute of it, stands for. Raises MissingError for an attribute that is not there."""
        from wa_iac.parsers.terraform.text import nodes

        self._left -= 1
        if self._left < 0:
            raise CannotFollowError
        match at.expression:
            case nodes.Traversal(root=nodes.Name(name=root)) as reference:
                return self._referred(root, reference, at, steps)
            case nodes.Traversal(root=nodes.Call() as root) as reference:
                return self.reach(replace(at, expression=root, place=None), (*names_of(reference), *steps))
            case nodes.Name(name=name) if name in at.names:
                return self._typed(at.names[name], steps)
            case nodes.ObjectExpr() as held if steps:
                return self._entry(held, at, steps)
            case nodes.Call() as call:
                return self._called(call, at, steps)
            case nodes.Conditional() as choice:
                taken = choice.then if self.is_true(replace(at, expression=choice.condition)) else choice.otherwise
                found = self.reach(replace(at, expression=taken, place=None), steps)
                return found if steps or constant(taken) is None else replace(found, chosen=at)
            case nodes.Literal() as literal if steps and constant(literal) == (None,):
                own = (at.place._replace(keys=steps),) if at.place is not None else ()
                raise MissingError(*own, *at.instead)
            case _ if steps:
                raise CannotFollowError
            case _:
                return at

    def _referred(self, root: str, reference: Traversal, at: Found, steps: tuple[str, ...]) -> Found:
        """What a reference to a variable, a local value or an iterator stands for."""
        names = (*names_of(reference), *steps)
        if root in at.names and names[:1] == ("value",):
            return self._typed(at.names[root], names[1:])
        if not names or root not in ("var", "local"):
            raise CannotFollowError
        if root == "var":
            return self._variable(at, names[0], names[1:])
        local = self._code.local(at.level, names[0])
        if local is None:
            raise CannotFollowError
        place = Place(f'local value "{names[0]}"', local.span, names[0], at.level)
        return self.reach(Found(local.value, at.level, {}, place, at.instead), names[1:])

    def _variable(self, at: Found, name: str, steps: tuple[str, ...]) -> Found:
        from wa_iac.parsers.terraform.text.nodes import ObjectExpr

        declared = self._code.variable(at.level, name)
        default = declared.body.attributes.get("default") if declared is not None else None
        if at.level == 0:
            given, may_be_given = self._code.given(name)
            if declared is not None and given is not None:
                place = Place(f'value of variable "{name}"', given.span, name, 0)
                return self._optional(declared, Found(given.value, 0, {}, place, at.instead), steps)
            if declared is None or default is None or may_be_given:
                raise CannotFollowError
            place = Place(f'default of variable "{name}"', default.span, "default", 0)
            return self._optional(declared, Found(default.value, 0, {}, place, at.instead), steps)
        level = at.level - 1
        call = self._code.call(level)
        if call is None:
            raise CannotFollowError
        passed = call.body.attributes.get(name)
        what = f'argument "{name}" of module "{call.labels[0]}"'
        if passed is not None:
            place = Place(what, passed.span, name, level)
            found = Found(passed.value, level, self._each_of_call(call, level), place, at.instead)
            if constant(passed.value) != (None,) or declared is None or default is None:
                return self._optional(declared, found, steps)
        if declared is None or default is None:
            raise CannotFollowError
        rest = isinstance(default.value, ObjectExpr) and bool(default.value.items)
        where = call.header if passed is None else passed.span
        place = Place(what, where, name, level, missing=passed is None, keys=steps, rest=rest)
        inside = Place(f'default of variable "{name}"', default.span, "default", at.level)
        found = Found(default.value, at.level, {}, inside, (place, *at.instead))
        return self._optional(declared, found, steps)

    def _each_of_call(self, call: HclBlock, level: int) -> dict[str, Found]:
        repeated = call.body.attributes.get("for_each")
        if repeated is None:
            return {}
        try:
            return {"each": self._element(Found(repeated.value, level), self._code.key(repeated.span))}
        except (CannotFollowError, MissingError):
            return {}

    def _optional(self, declared: HclBlock | None, found: Found, steps: tuple[str, ...]) -> Found:
        """An attribute of the value of a variable, with the default that its type gives."""
        kind = None if declared is None else declared.body.attributes.get("type")
        return self._typed(found if kind is None else replace(found, kind=kind.value), steps)

    def _typed(self, at: Found, steps: tuple[str, ...]) -> Found:
        """An attribute of a value with a type, which may have a default for it."""
        default, kind = default_in_type(at.kind, steps)
        try:
            found = self.reach(at, steps)
        except MissingError as missing:
            if default is None:
                raise
            return Found(default, self.innermost, {}, None, missing.places, kind)
        return found if kind is None else replace(found, kind=kind)

    def _entry(self, held: ObjectExpr, at: Found, steps: tuple[str, ...]) -> Found:
        place = at.place
        for item in held.items:
            key = key_of(item.key)
            if key is None:
                raise CannotFollowError
            if key == steps[0]:
                inner = Place(within(place, key), item.span, key, at.level)
                return self.reach(replace(at, expression=item.value, place=inner), steps[1:])
        places = list(at.instead)
        if place is not None:
            places.insert(0, place._replace(name=steps[0], keys=steps[1:], inside=True))
        raise MissingError(*places)

    def _called(self, call: Call, at: Found, steps: tuple[str, ...]) -> Found:
        arguments = [replace(at, expression=each, place=None) for each in call.arguments]
        if call.spread:
            raise CannotFollowError
        if call.name in DECODES:
            return replace(at, place=None, inside=(*at.inside, *steps))
        match call.name:
            case "merge" if steps:
                return self._first([_way(self, each, steps) for each in reversed(arguments)], at)
            case "try":
                return self._first([_way(self, each, steps) for each in arguments], at)
            case "lookup" if len(arguments) in (2, 3) and (key := key_of(arguments[1].expression)) is not None:
                ways = [_way(self, arguments[0], (key, *steps))]
                return self._first([*ways, *(_way(self, each, steps) for each in arguments[2:])], at)
            case "coalesce":
                return self._coalesced(arguments, at, steps)
            case name if name in SAME and len(arguments) == 1:
                return self.reach(replace(arguments[0], place=at.place), steps)
            case _ if steps:
                raise CannotFollowError
            case _:
                return at

    def _first(self, ways: list[Callable[[], Found]], at: Found) -> Found:
        """The first of several ways that has a value. The places that could have it before are noted."""
        instead: tuple[Place, ...] = ()
        for each in ways:
            try:
                found = each()
            except MissingError as missing:
                instead += missing.places
            else:
                return replace(found, instead=(*instead, *found.instead))
        raise MissingError(*instead, *at.instead)

    def _coalesced(self, arguments: list[Found], at: Found, steps: tuple[str, ...]) -> Found:
        instead: tuple[Place, ...] = ()
        for each in arguments:
            found = self.reach(each, steps)
            if constant(found.expression) not in ((None,), ("",)):
                return replace(found, instead=(*instead, *found.instead))
            instead += (*((found.place,) if found.place is not None else ()), *found.instead)
        raise CannotFollowError

    def value(self, at: Found) -> object:
        """What an expression gives: a boolean, a number or a text, or None for `null`. Raises CannotFollowError."""
        from wa_iac.parsers.terraform.text import nodes

        found = self.reach(at)
        if (literal := constant(found.expression)) is not None:
            return literal[0]
        match found.expression:
            case nodes.Unary(operator="!", operand=operand):
                return not self.is_true(replace(found, expression=operand))
            case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right):
                return self._are_alike(replace(found, expression=left), replace(found, expression=right)) == (operator == "==")
            case nodes.Binary(operator="&&", left=left, right=right):
                return all(self.is_true(replace(found, expression=each)) for each in (left, right))
            case nodes.Binary(operator="||", left=left, right=right):
                return any(self.is_true(replace(found, expression=each)) for each in (left, right))
            case nodes.Call(name="contains", arguments=[nodes.TupleExpr(items=items), asked]):
                one = replace(found, expression=asked)
                return any(self._are_alike(replace(found, expression=each), one) for each in items)
            case _:
                raise CannotFollowError

    def _are_alike(self, one: Found, other: Found) -> bool:
        from wa_iac.parsers.terraform.text.nodes import ObjectExpr, TupleExpr

        sides = [self.reach(one), self.reach(other)]
        if any(constant(each.expression) == (None,) for each in sides) and any(
            isinstance(each.expression, (ObjectExpr, TupleExpr)) for each in sides
        ):
            return False  # An object or a list is not null.
        return alike(*map(self.value, sides))

    def is_true(self, at: Found) -> bool:
        value = self.value(at)
        if value in (True, "true", False, "false"):
            return value in (True, "true")
        raise CannotFollowError


def _iterator(block: HclBlock) -> str:
    """The name by which the content of a `dynamic` block refers to its element."""
    iterator = block.body.attributes.get("iterator")
    return block.labels[0] if iterator is None else key_of(iterator.value) or ""


def _index(path: Path, block: HclBlock, outer: Body) -> tuple[int | None, Path]:
    """The index, in a path, among the blocks that one `dynamic` block makes, and the rest of the path. None where other blocks have the same
    name, or the path does not lead through it."""
    if block.type == "content":
        return None, path
    name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
    if name not in path:
        return None, ()
    rest = path[path.index(name) + 1 :]
    others = sum(name in (each.type, *each.labels[:1]) for each in outer.blocks) > 1
    index = rest[0] if rest and isinstance(rest[0], int) and not others else None
    return index, rest


def _way(follower: Follower, at: Found, steps: tuple[str, ...]) -> Callable[[], Found]:
    return lambda: follower.reach(at, steps)  # It is only gone if those before it lead to none.
