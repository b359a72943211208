"""`convert`, and OpenTofu's functions that assume something about a value.

https://opentofu.org/docs/language/functions/convert/, https://opentofu.org/docs/language/functions/assume_family/
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any, TypeAlias

from wa_iac.core.algebra import moved, references
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.parsers.terraform.evaluation.equality import equal
from wa_iac.parsers.terraform.evaluation.lifting import SetItems
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Failure
from wa_iac.parsers.terraform.text.nodes import Call, Expr, Name, ObjectExpr, TupleExpr, written

from .base import Context, function

Evaluate: TypeAlias = Callable[[Expr, Scope], Tree]


def convert(node: Call, scope: Scope, evaluate: Evaluate) -> Tree:
    """`convert(value, type)`: the second argument is a type expression, not a value. Raises Failure if the value cannot be
    converted."""
    from wa_iac.parsers.terraform.evaluation.type_constraints import converted  # it needs functions itself

    if len(node.arguments) != 2 or node.spread:
        raise Failure('the function "convert" needs a value and a type')
    given, constraint = node.arguments
    if not _is_type(constraint):
        raise Failure('the second argument of "convert" is not a type')
    constants = Scope(scope.run, None, {})
    before = evaluate(given, scope)
    value = converted(before, constraint, lambda default: evaluate(default, constants))
    if not (_is_whole(before, constraint) and _is_of(value, constraint)):
        raise Failure("a value cannot be converted to the requested type")
    return moved(value, value.origin.at(node.span, value.origin.chain))


def _is_type(constraint: Expr, *, in_object: bool = False) -> bool:
    match constraint:
        case Name(name="string" | "number" | "bool" | "any"):
            return True
        case Call(name="list" | "set" | "map", arguments=(inner,)):
            return _is_type(inner)
        case Call(name="tuple", arguments=(TupleExpr(items=types),)):
            return all(map(_is_type, types))
        case Call(name="object", arguments=(ObjectExpr(items=items),)):
            return all(_is_type(item.value, in_object=True) for item in items)
        case Call(name="optional", arguments=(inner, *defaults)) if in_object:
            return len(defaults) < 2 and _is_type(inner)
        case _:
            return False


def _is_of(value: Tree, constraint: Expr) -> bool:
    """Whether a converted value has the type. An unknown or null value may have any."""
    if not isinstance(value, Known):
        return True
    content: Any = value.value
    match constraint:
        case Name(name="string"):
            return isinstance(content, str)
        case Name(name="number"):
            return isinstance(content, (int, float)) and not isinstance(content, bool)
        case Name(name="bool"):
            return isinstance(content, bool)
        case Call(name="list", arguments=(inner,)):
            return isinstance(content, list) and all(_is_of(each, inner) for each in content)
        case Call(name="set", arguments=(inner,)):
            return isinstance(content, SetItems) and all(_is_of(each, inner) for each in content)
        case Call(name="map", arguments=(inner,)):
            return isinstance(content, dict) and all(_is_of(each, inner) for each in content.values())
        case Call(name="tuple", arguments=(TupleExpr(items=types),)):
            return isinstance(content, list) and all(
                each is not None and kind is not None and _is_of(each, kind) for each, kind in zip_longest(content, types)
            )
        case Call(name="object", arguments=(ObjectExpr(items=items),)):
            return isinstance(content, dict) and all(
                _is_of(content.get(written(item.key), Absent()), _required(item.value)) for item in items
            )
        case _:
            return True


def _is_whole(value: Tree, constraint: Expr) -> bool:
    """Whether the objects in a value have all required attributes. The value is not converted yet."""
    content = value.value if isinstance(value, Known) else None
    match constraint:
        case Call(name="list" | "set" | "map", arguments=(inner,)) if isinstance(content, (list, dict)):
            return all(_is_whole(each, inner) for each in (content.values() if isinstance(content, dict) else content))
        case Call(name="tuple", arguments=(TupleExpr(items=types),)) if isinstance(content, list):
            return all(_is_whole(each, kind) for each, kind in zip(content, types, strict=False))
        case Call(name="object", arguments=(ObjectExpr(items=items),)) if isinstance(content, dict):
            return all(
                _is_whole(content[name], _required(item.value)) if name in content else _required(item.value) is not item.value
                for item in items
                for name in (written(item.key),)
            )
        case _:
            return True


def _required(constraint: Expr) -> Expr:
    """The type of an attribute, without `optional`."""
    return constraint.arguments[0] if isinstance(constraint, Call) and constraint.name == "optional" else constraint


@function("assumenotnull", eager=True)
def _assume_not_null(context: Context, value: Tree) -> Tree:
    if isinstance(value, Absent):
        raise Failure("a value that is assumed not to be null is null")
    return value


@function("assumeequal", eager=True)
def _assume_equal(context: Context, value: Tree, expected: Tree) -> Tree:
    """The second argument, with the references of the first."""
    of_one_type = isinstance(value, Known) and isinstance(expected, Known) and type(value.value) is type(expected.value)
    if of_one_type and equal(value, expected) is False:
        raise Failure("a value differs from the assumed one")
    found = dict.fromkeys((*expected.origin.references, *references(value)))
    return moved(expected, expected.origin._replace(references=tuple(found)))


@function("assumestringprefix", eager=True)
def _assume_prefix(context: Context, value: Tree, prefix: Tree) -> Tree:
    match value, prefix:
        case Known(str() as text), Known(str() as beginning) if not text.startswith(beginning):
            raise Failure("a string does not begin as assumed")
        case _:
            return value


def _assume_length(least: int | None, most: int | None) -> Callable[..., Tree]:
    """A function of a collection, with bounds at these places among its arguments."""

    def check(context: Context, value: Tree, *bounds: Tree) -> Tree:
        if len(bounds) != (least is not None) + (most is not None):
            raise Failure("a function has different parameters")
        if isinstance(value, Known) and isinstance(value.value, (list, dict)):
            for at, is_within in ((least, int.__ge__), (most, int.__le__)):
                bound = bounds[at] if at is not None else None
                if isinstance(bound, Known) and isinstance(bound.value, int) and not is_within(len(value.value), bound.value):
                    raise Failure("a collection is longer or shorter than assumed")
        return value

    return check


for _kind in ("list", "set", "map"):
    function(f"assume{_kind}length", eager=True)(_assume_length(0, 1))
    function(f"assume{_kind}lengthmin", eager=True)(_assume_length(0, None))
    function(f"assume{_kind}lengthmax", eager=True)(_assume_length(None, 0))
