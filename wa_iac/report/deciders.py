"""What decides the value of an argument of Terraform, found in the code as written.

The history of a value (`Origin.chain`) leads to the place that sets it if the value is passed on unchanged. This module is for the
others: a value that an expression computes (`!var.private`, `var.tier == "public"`), or that stands in a module since the call does not
give another (`lookup(var.net, "public", true)`). It goes back through `dynamic` blocks, local values, conditionals with a known condition,
functions such as `merge`, attributes of objects and calls, to the outermost place that has to change. What it computes must be the value
that was found: if it is not, or anything cannot be followed, it says nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from wa_iac.core.declared import Declared
from wa_iac.core.span import Span

from .decider_parts import (
    DECODES,
    SAME,
    CannotFollowError,
    Change,
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
    from wa_iac.parsers.terraform.text.nodes import Call, Conditional, Expr, HclBlock, ObjectExpr, Traversal

_DEEP: Final = 40
"""References that are followed, one after the other."""


def decided_by(declared: Declared, sources: Mapping[str, bytes], span: Span, now: object, wanted: object) -> list[Change]:
    """The change that makes the argument at `span` have the value `wanted`, where it has the value `now`; or several, of which any does.
    Empty if that cannot be found out. Only for files of HCL, not of Terraform's JSON."""
    follower = _Follower(ModuleCode(declared, sources))
    inner = follower.innermost
    try:
        start = follower.argument(declared, span)
        if not alike(follower.value(start), now):
            return []
        return [each for each in follower.changes(start, wanted) if each.place.level < inner or not inner]
    except (CannotFollowError, MissingError, RecursionError):
        return []


def flipped_by(declared: Declared, sources: Mapping[str, bytes], span: Span) -> Change | None:
    """The change that makes the conditional at `span` choose its other branch, if one place in a call or in the root module decides that by
    itself; None if it cannot be found out."""
    follower = _Follower(ModuleCode(declared, sources))
    try:
        found = follower.flips(follower.argument(declared, span))
    except (CannotFollowError, MissingError, RecursionError):
        return None
    if len(found) != 1 or found[0].compared or (follower.innermost and found[0].place.level == follower.innermost):
        return None
    return found[0]


def decoded_at(declared: Declared, sources: Mapping[str, bytes], span: Span) -> Found | None:
    """The call that decodes the document with the value of the argument at `span`, and the keys in that; None if there is none."""
    follower = _Follower(ModuleCode(declared, sources))
    try:
        found = follower.reach(follower.argument(declared, span))
    except (CannotFollowError, MissingError, RecursionError):
        return None
    return found if found.inside else None


class _Follower:
    def __init__(self, code: ModuleCode) -> None:
        self._code = code
        self._left = _DEEP
        self.innermost = code.innermost

    def argument(self, declared: Declared, span: Span) -> Found:
        """The argument at a place of a resource. Raises CannotFollowError if there is none, or its file is not of HCL."""
        block = self._code.resource() if declared.extent.path.endswith(".tf") else None
        attribute, around = attribute_at(block, span) if block is not None else (None, ())
        if block is None or attribute is None:
            raise CannotFollowError
        return Found(attribute.value, self.innermost, self.iterators(block, around, self.innermost))

    def iterators(self, block: HclBlock, around: tuple[HclBlock, ...], level: int) -> dict[str, Found]:
        """The elements that `each` and the iterators of `dynamic` blocks stand for."""
        names: dict[str, Found] = {}
        for each in (block, *around):
            repeated = each.body.attributes.get("for_each")
            if repeated is None or (each is not block and each.type != "dynamic"):
                continue
            key = self._code.key(repeated.span) if each is block else 0
            name = "each" if each is block else each.labels[0]
            try:
                names[name] = self._element(Found(repeated.value, level, dict(names)), key)
            except (CannotFollowError, MissingError):
                continue
        return names

    def _element(self, collection: Found, key: str | int | None) -> Found:
        """The element of a collection with a key; of a list without keys, the only one."""
        from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr, TupleExpr

        found = self.reach(collection)
        kind = element_type(found.kind)
        if isinstance(found.expression, TupleExpr) and len(found.expression.items) == 1:
            item, place = found.expression.items[0], found.place
            if place is not None:
                place = place._replace(what=f"element of the {place.what}", span=item.span)
            return replace(found, expression=item, place=place, kind=kind)
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
                taken = choice.then if self._is_true(replace(at, expression=choice.condition)) else choice.otherwise
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
                return not self._is_true(replace(found, expression=operand))
            case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right):
                return self._are_alike(replace(found, expression=left), replace(found, expression=right)) == (operator == "==")
            case nodes.Binary(operator="&&", left=left, right=right):
                return all(self._is_true(replace(found, expression=each)) for each in (left, right))
            case nodes.Binary(operator="||", left=left, right=right):
                return any(self._is_true(replace(found, expression=each)) for each in (left, right))
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

    def _is_true(self, at: Found) -> bool:
        value = self.value(at)
        if value in (True, "true", False, "false"):
            return value in (True, "true")
        raise CannotFollowError

    def changes(self, at: Found, wanted: object) -> Iterator[Change]:
        """The changes of which each gives an expression a value. A literal is none in a module that several calls share, where there is a
        place in a call that takes its place."""
        from wa_iac.parsers.terraform.text import nodes

        choice = at.expression
        if isinstance(choice, nodes.Conditional) and (flipped := self._flipped(choice, at, wanted)) is not None:
            yield from flipped
            return
        found = self.reach(at)
        chosen = found.chosen
        if chosen is not None and isinstance(chosen.expression, nodes.Conditional):
            for change in self._flipped(chosen.expression, chosen, wanted) or ():
                yield change._replace(expression=chosen.expression.span)
            return
        if constant(found.expression) is not None:
            own = (found.place,) if found.place is not None else ()
            places = sorted((*own, *found.instead), key=lambda place: place.level)
            if places:
                yield Change(places[0], wanted, otherwise=None if places[0] in own else found.expression.span)
            return
        match found.expression:
            case nodes.Unary(operator="!", operand=operand) if isinstance(wanted, bool):
                yield from self.changes(replace(found, expression=operand), not wanted)
            case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right) if isinstance(wanted, bool):
                asked, literal = (left, right) if constant(right) is not None else (right, left)
                given = constant(literal)
                if given is not None and isinstance(given[0], bool):
                    yield from self.changes(replace(found, expression=asked), given[0] == (wanted == (operator == "==")))
                elif given is not None:
                    compared: Literal["equal", "other"] = "equal" if wanted == (operator == "==") else "other"
                    yield from self._compared(found, asked, given[0], compared)
            case nodes.Call(name="contains", arguments=[nodes.TupleExpr(items=[first, *_]), asked]) if wanted is True:
                if (given := constant(first)) is not None:
                    yield from self._compared(found, asked, given[0], "equal")
            case nodes.Binary(operator="&&" | "||" as operator, left=left, right=right) if wanted is (operator == "||"):
                # One side decides alone: rather one that a call passes, of these the last. The first says whether there is anything.
                made: list[Change] = []
                for side in (right, left):
                    with contextlib.suppress(CannotFollowError, MissingError):
                        made += self.changes(replace(found, expression=side), wanted)
                yield from sorted(made, key=lambda change: change.place.missing)
            case _:
                return

    def _compared(self, at: Found, asked: Expr, value: object, how: Literal["equal", "other"]) -> Iterator[Change]:
        """The changes of what is compared with a value."""
        for change in self.changes(replace(at, expression=asked), value):
            by = change.expression or at.expression.span
            yield change._replace(compared=how, expression=by) if change.value == value else change

    def flips(self, at: Found) -> list[Change]:
        """The changes of the condition of a conditional."""
        from wa_iac.parsers.terraform.text.nodes import Conditional

        if not isinstance(at.expression, Conditional):
            return []
        condition = replace(at, expression=at.expression.condition)
        return list(self.changes(condition, not self._is_true(condition)))

    def _flipped(self, choice: Conditional, at: Found, wanted: object) -> list[Change] | None:
        """The changes of a condition, if the branch that it does not choose gives what is wanted."""
        is_so = self._is_true(replace(at, expression=choice.condition))
        taken, other = (choice.then, choice.otherwise) if is_so else (choice.otherwise, choice.then)
        if constant(taken) is None:
            return None
        given = constant(other)
        if given is None or not alike(given[0], wanted):
            return None
        return list(self.changes(replace(at, expression=choice.condition), not is_so)) or None


def _way(follower: _Follower, at: Found, steps: tuple[str, ...]) -> Callable[[], Found]:
    return lambda: follower.reach(at, steps)  # It is only gone if those before it lead to none.
