"""Calls functions: arguments are evaluated, unknown ones handled, and errors left to `try`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias

from wa_iac.core import secrets
from wa_iac.core.algebra import choose, moved, references, substitute, yes_or_no
from wa_iac.core.partial import PartlyMap, first_rest, rest_of
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.doubts import tried
from wa_iac.parsers.terraform.evaluation.lifting import (
    MAX_OUTCOMES,
    attempt,
    blocked,
    decide,
    inherited,
    lifted,
    lifted_partly,
    outcomes,
)
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failed, Failure
from wa_iac.parsers.terraform.text.nodes import Call, Expr, written

from . import aws, collections, conversion, dates, encoding, files, lists, network, numbers, sets, strings  # noqa: F401 - they register their functions
from .base import EAGER, FUNCTIONS, PARTIAL, Context

Evaluate: TypeAlias = Callable[[Expr, Scope], Tree]

_RUNTIME: Final = frozenset({"timestamp", "plantimestamp", "uuid", "bcrypt"})
_FIRST_COUNTS: Final = frozenset({"coalesce"})
"""Functions whose first arguments can decide the result."""
_IN_PARTS: Final = frozenset({"merge", "concat", "setunion"})
"""Functions of any number of arguments, which treat an unknown number of arguments like one unknown argument."""
_NOT_EVALUATED: Final = frozenset({"rsadecrypt"})
"""Functions that are not evaluated. This one has a result, but we do not use private keys."""


def call(node: Call, scope: Scope, evaluate: Evaluate) -> Tree:
    """The value of a call. Raises Failure if the call is an error, Exhausted at a limit."""
    name = node.name.removeprefix("core::")
    match name:
        case "try":
            return _try(node.arguments, scope, evaluate)
        case "can":
            return _can(node, scope, evaluate)
        case "templatefile":
            return files.templatefile(node, scope, evaluate)
        case "templatestring":
            return files.templatestring(node, scope, evaluate)
        case "convert":
            return conversion.convert(node, scope, evaluate)
        case "nonsensitive" if len(node.arguments) == 1:
            value = evaluate(node.arguments[0], scope)
            return moved(value, value.origin._replace(sensitive=False))
        case "issensitive" if len(node.arguments) == 1:
            return Known(evaluate(node.arguments[0], scope).origin.sensitive, Origin(node.span, "computed"))
        case _:
            pass
    implementation = FUNCTIONS.get(name)
    if implementation is None and name not in _RUNTIME | _NOT_EVALUATED and "::" not in name:
        raise Failure(f'there is no function "{name}"')
    arguments = [evaluate(each, scope) for each in node.arguments]
    if node.spread and arguments:
        return _spread(node, name, arguments[:-1], arguments[-1], scope)
    return _called(node, name, arguments, scope)


def _spread(node: Call, name: str, arguments: Sequence[Tree], last: Tree, scope: Scope) -> Tree:
    """A call whose last argument, a list or a set, is spread over as many arguments as it has elements."""
    run = scope.run
    match last:
        case Known(list() as items):
            run.charge(len(items), node.span)
            rest = first_rest(items)
            if rest is not None and name not in _IN_PARTS:
                return _not_called(node, name, arguments, last, rest, scope)
            return _called(node, name, [*arguments, *(inherited(last, item) for item in items)], scope)
        case Unknown() if last.alternatives and outcomes(last) <= MAX_OUTCOMES:
            listed = [
                (label, attempt(partial(_spread, node, name, _where(arguments, last, index), each, scope), (node.span, index)))
                for index, (label, each) in enumerate(last.alternatives)
            ]
            return decide(run, last, listed, _origin(node, [*arguments, last]))
        case Unknown() if name in _FIRST_COUNTS:
            # The arguments before the elements may already decide the result.
            one = Unknown(last.reason, ("element", last.identity), Origin(last.origin.span))
            return _called(node, name, [*arguments, one], scope)
        case Unknown() if name in _IN_PARTS and not isinstance(last, PartlyMap):
            return _called(node, name, [*arguments, rest_of(last)], scope)
        case Unknown():
            return _not_called(node, name, arguments, last, last, scope)
        case _:
            raise Failure("only a list or a set can be spread over arguments, not null, a number, a string or a map")


def _not_called(node: Call, name: str, arguments: Sequence[Tree], last: Tree, by: Unknown, scope: Scope) -> Tree:
    """The unknown result of a call with an unknown number of arguments."""
    result = blocked(scope.run, by, name, [*arguments, last], _origin(node, [*arguments, last]))
    found = dict.fromkeys(reference for each in (*arguments, last) for reference in references(each))
    return moved(result, result.origin._replace(references=tuple(found)))


def _where(values: Sequence[Tree], by: Unknown, index: int) -> list[Tree]:
    """Values in one outcome of the choice that `by` depends on."""
    return [substitute(each, {by.choice: index}) for each in values]


_OF_ONE: Final = frozenset(
    {
        *("length", "toset", "tolist", "tomap", "tobool", "tonumber", "tostring", "keys", "values"),
        *("compact", "distinct", "flatten", "sort", "alltrue", "anytrue"),
    }
)
"""Functions whose one argument says all of their result. A default that decides it decides that also: `length(var.rules)`."""


def _origin(node: Call, arguments: Sequence[Tree]) -> Origin:
    switch = arguments[0].origin.default_step if node.name in _OF_ONE and len(arguments) == 1 else None
    return Origin(node.span, "computed", sensitive=any(each.origin.sensitive for each in arguments), switch=switch)


def _called(node: Call, name: str, arguments: Sequence[Tree], scope: Scope) -> Tree:
    origin = _origin(node, arguments)
    implementation = FUNCTIONS.get(name)
    if implementation is None:
        why = (
            f'the result of "{name}" changes with every run' if name in _RUNTIME else f'the function "{name}" is not evaluated'
        )
        unknown = Unknown(Said(why), (name, node.span), origin)
        return unknown if name in _RUNTIME else blocked(scope.run, unknown, name, arguments, origin)
    context = Context(scope.run, node.span, origin)
    return _finished(_apply(name, implementation, context, arguments), arguments, origin)


def _apply(name: str, implementation: Callable[..., Tree], context: Context, arguments: Sequence[Tree]) -> Tree:
    def run(*values: Tree) -> Tree:
        try:
            return implementation(context, *values)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                raise Failure(f'the function "{name}" has different parameters') from error
            raise
        except (ValueError, ArithmeticError) as error:
            raise Failure(f'the function "{name}" does not accept this: {error}') from error

    if name in PARTIAL:
        return lifted_partly(context.run, name, run, *arguments, origin=context.origin)
    if name not in EAGER:
        return lifted(context.run, name, run, *arguments, origin=context.origin)
    try:
        return run(*arguments)
    except Blocked as needed:
        return blocked(context.run, needed.unknown, name, arguments, context.origin)


def _finished(result: Tree, arguments: Sequence[Tree], origin: Origin) -> Tree:
    """A result with the properties of its arguments: their references if it is text, and their sensitivity."""
    where = result.origin
    is_text = where.span == origin.span and isinstance(result, Known) and isinstance(result.value, str)
    # In a text, it is no longer known which part was the secret of a list or an object.
    if not where.sensitive and (origin.sensitive or (is_text and any(map(secrets.within, arguments)))):
        where = where._replace(sensitive=True)
    if is_text:
        found: dict[Reference, None] = dict.fromkeys(where.references)
        for argument in arguments:
            found.update(dict.fromkeys(references(argument)))
        if found:
            where = where._replace(references=tuple(found))
    return result if where is result.origin else moved(result, where)


def _try(arguments: Sequence[Expr], scope: Scope, evaluate: Evaluate) -> Tree:
    """The first argument without an error. If one is an error in some outcomes of a choice, the next is used for those."""
    if not arguments:
        raise Failure("none of the alternatives of try works")
    run, first, others = scope.run, arguments[0], arguments[1:]
    value, doubts = tried(run, lambda: evaluate(first, scope))
    if value is None:
        return _try(others, scope, evaluate)
    if run.trying and not others:
        run.doubts += doubts
    refused = isinstance(value, Unknown) and any(isinstance(each.value, Failed) for each in value.alternatives)
    # An unknown may be anything anyway.
    open_ = doubts and (not isinstance(value, Unknown) or value.alternatives or isinstance(value, PartlyMap))
    if not refused and not open_:
        return value
    rest = attempt(lambda: _try(others, scope, evaluate), first.span)
    if isinstance(value, Unknown) and refused:
        listed = [(label, rest if isinstance(each, Failed) else each) for label, each in value.alternatives]
        value = run.named(choose(value.reason, value.choice, listed, value.origin))
    if not open_ or isinstance(rest, Failed):
        return value
    what = written(first) or "the first value of try"
    by = blocked(run, doubts[0], ("try", first.span), doubts, Origin(first.span, "computed"))
    works = yes_or_no(by.reason, by.identity, (f"{what} works", f"{what} is an error"), by.origin)
    return decide(run, works, list(zip((label for label, _ in works.alternatives), (value, rest), strict=True)), value.origin)


def _can(node: Call, scope: Scope, evaluate: Evaluate) -> Tree:
    run, origin = scope.run, Origin(node.span, "computed")
    value, doubts = tried(run, lambda: evaluate(node.arguments[0], scope) if node.arguments else Absent())
    if value is None:
        return Known(False, origin)
    if isinstance(value, Unknown) and not value.origin.references:
        return blocked(run, value, "can", (value,), origin)
    return blocked(run, doubts[0], "can", doubts, origin) if doubts else Known(True, origin)
