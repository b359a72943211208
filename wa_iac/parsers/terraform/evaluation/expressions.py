"""Evaluates expressions: one function for each construct, found by the node's class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from wa_iac.core import environments
from wa_iac.core.algebra import chosen_by, moved, substitute
from wa_iac.core.budget import SpentError
from wa_iac.core.partial import (
    Entries,
    Rest,
    in_any_order,
)
from wa_iac.core.reasons import CannotEvaluate, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.functions.alike import like, unified
from wa_iac.parsers.terraform.evaluation.functions.call import call
from wa_iac.parsers.terraform.text.nodes import (
    Attr,
    Binary,
    Call,
    Conditional,
    Expr,
    ForExpr,
    IndexStep,
    Invalid,
    Literal,
    Name,
    ObjectExpr,
    PathStep,
    TemplateExpr,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Traversal,
    TupleExpr,
    Unary,
    is_constant,
)

from .lifting import (
    MAX_OUTCOMES,
    ListItems,
    SetItems,
    attempt,
    concatenated,
    decide,
    decision,
    each_outcome,
    inherited,
    kind_of,
    member,
    outcomes,
    placed,
    truth,
)
from .loops import for_over, name_of, rounds, some, with_rest
from .operators import binary, unary
from .scope import Scope
from .unit import MAX_CHAIN, MAX_DEPTH, Blocked, Exhausted, Failure, Lazy, reason_of

_VALUE: Final = (Attr("value"),)


def evaluate(expression: Expr, scope: Scope) -> Tree:
    """The value of an expression. Raises Failure for an error, Exhausted at a limit."""
    run = scope.run
    budget = run.budget
    budget.steps -= 1
    budget.at = expression.span
    run.depth += 1
    try:
        if budget.steps < budget.pause or run.depth > MAX_DEPTH:
            run.charge(0, expression.span)
        return _EVALUATORS[type(expression)](expression, scope)
    finally:
        run.depth -= 1


def settled(expression: Expr, scope: Scope, span: Span) -> Tree:
    """The value of a whole attribute at `span`; if it cannot be evaluated, it is unknown, with the reason."""
    if isinstance(expression, Literal):
        return placed(expression.value, span)
    run = scope.run
    trying, run.trying = run.trying, 0
    try:
        value = placed(evaluate(expression, scope), span)
        if isinstance(value, Unknown):
            value = run.short(value)
            if value.alternatives:
                run.check_size(value, span)
        elif isinstance(value, Known) and isinstance(value.value, (list, dict)):
            run.check_size(value, span)
    except (Failure, Blocked, Exhausted, SpentError) as failure:
        if isinstance(failure, SpentError):
            run.report(failure)
        return Unknown(CannotEvaluate("it", reason_of(failure)), ("failed", span, id(scope)), Origin(span, "computed"))
    finally:
        run.trying = trying
    return value


def _literal(node: Literal, scope: Scope) -> Tree:
    return node.value


def _invalid(node: Invalid, scope: Scope) -> Tree:
    return Unknown(Said(node.why), ("invalid", node.span), Origin(node.span))


def _name(node: Name, scope: Scope) -> Tree:
    return _root(node, (), scope, node.span)[0]


def _root(node: Name, steps: Sequence[PathStep], scope: Scope, span: Span) -> tuple[Tree, int]:
    """The value that a traversal begins with, and the number of its steps that belong to it."""
    bound = scope.names.get(node.name)
    if bound is not None:
        return bound, 0
    if scope.module is None:
        raise Failure(f'there is nothing called "{node.name}"')
    return scope.module.resolve(node.name, steps, span)


def _traversal(node: Traversal, scope: Scope) -> Tree:
    used = 0
    if isinstance(node.root, Name):
        value, used = _root(node.root, node.steps, scope, node.span)
    else:
        value = evaluate(node.root, scope)
    steps = node.steps[used:]
    if not steps:
        return _read(value, value, node.span, "")
    if len(steps) == 1 and isinstance(node.root, Name) and node.root.name == "each" and steps == _VALUE:
        # The element itself: no key "value" is written anywhere.
        return _read(value, member(scope.run, value, Known("value"), node.span), node.span, "")
    return _follow(value, steps, scope, node.span)


def _follow(start: Tree, steps: Sequence[PathStep], scope: Scope, span: Span) -> Tree:
    value = start
    note = ""
    for step in steps:
        if isinstance(step, Attr):
            note = step.name
            entry = value.value.get(note) if type(value) is Known and isinstance(value.value, dict) else None
            # An attribute that is there is nearly always what is read, and this is the hot path.
            value = inherited(value, entry) if entry is not None else member(scope.run, value, Known(note), span)
        elif isinstance(step, IndexStep):
            index = evaluate(step.key, scope)
            found = member(scope.run, value, index, span)
            if isinstance(value, Known):
                found = environments.entry_for(found, index, value.value)
            value, note = found, _index(index)
        else:
            value = _splat(value, step.steps, scope, span)
    return _read(start, value, span, note)


def _index(index: Tree) -> str:
    """The note of an index: the key of an object, or a number in square brackets."""
    if not isinstance(index, Known):
        return ""
    return index.value if isinstance(index.value, str) else f"[{index.value}]"


def _read(start: Tree, value: Tree, span: Span, note: str) -> Tree:
    """A value as read by a traversal at `span`: its steps lead to the traversal's start, then to the place of the member."""
    origin = value.origin
    if value is start:
        return value if origin.span == span else placed(value, span)
    chain = start.origin.chain
    at = origin.span
    if at != start.origin.span and at.path and at != span:
        chain = (*chain, Step(at, _noted(note), key=note))
    return moved(value, origin.at(span, (*chain, *origin.chain)[:MAX_CHAIN]))


def _noted(note: str) -> str:
    if note.startswith("["):
        return f"element {note}"
    return f'"{note}"' if note else "written here"


def _splat(value: Tree, steps: Sequence[PathStep], scope: Scope, span: Span) -> Tree:
    run = scope.run
    origin = Origin(span, "computed", references=value.origin.references, sensitive=value.origin.sensitive)
    match value:
        case Absent():
            return Known([], origin)
        case Known(list() as items):
            run.charge(len(items), span)
            kind: type[list[Tree]] = list if kind_of(value) is list else ListItems
            content = in_any_order(items) if isinstance(items, SetItems) else items
            return with_rest([_splat_one(item, steps, scope, span) for item in content], origin, kind)
        case Lazy(anyone=anyone) if anyone is not None:
            one = _follow(anyone(), steps, scope, span)
            return some(value, "splat", one, origin)
        case Unknown() if value.alternatives:
            return each_outcome(run, value, lambda each: _splat(each, steps, scope, span), ("splat", span), origin)
        case Lazy():
            return Known([_follow(value, steps, scope, span)], origin)
        case Unknown():
            return some(value, "splat", _follow(value.member("*"), steps, scope, span), origin)
        case _:
            return Known([_follow(value, steps, scope, span) if steps else value], origin)


def _splat_one(item: Tree, steps: Sequence[PathStep], scope: Scope, span: Span) -> Tree:
    if not steps:
        return item
    if not isinstance(item, Rest):
        return _follow(item, steps, scope, span)
    one = item.derived(("element",))
    return item.like(some(item, "splat", _follow(one, steps, scope, span), Origin(span, "computed")))


def _tuple(node: TupleExpr, scope: Scope) -> Tree:
    scope.run.charge(len(node.items), node.span)
    return Known([placed(evaluate(item, scope), item.span) for item in node.items], Origin(node.span))


def _object(node: ObjectExpr, scope: Scope) -> Tree:
    entries: dict[str, Tree] = {}
    in_part: Entries | None = None
    # A key has no mark of its own: if one is sensitive, the object is.
    hidden = False
    for item in node.items:
        key = item.key.value if isinstance(item.key, Literal) else evaluate(item.key, scope)
        hidden = hidden or key.origin.sensitive
        name = key.value if isinstance(key, Known) and isinstance(key.value, str) else name_of(key)
        value = placed(evaluate(item.value, scope), item.span)
        if in_part is None and isinstance(name, str):
            entries[name] = value
            continue
        if in_part is None:
            in_part = Entries()
            in_part.put_all(Known(entries))
        in_part.put(name, value)
    origin = Origin(node.span, sensitive=hidden)
    return Known(entries, origin) if in_part is None else in_part.result(origin)


def _conditional(node: Conditional, scope: Scope) -> Tree:
    return _branch(node, scope, truth(evaluate(node.condition, scope)), {})


def _branch(node: Conditional, scope: Scope, condition: Tree, done: dict[bool, Tree]) -> Tree:
    """The branch that a condition selects. `done` keeps evaluated branches, since an undecided condition needs each more than
    once."""
    if not isinstance(condition, Unknown):
        wanted = isinstance(condition, Known) and condition.value is True
        if wanted not in done:
            chosen, other = (node.then, node.otherwise) if wanted else (node.otherwise, node.then)
            value = evaluate(chosen, scope)
            # Both branches have one type. The other one is only used if it is a constant, since evaluating it may be an error.
            value = _of_one_type(value, other, scope)
            # Of conditionals in one another, the innermost one decides.
            done[wanted] = value if isinstance(chosen, Conditional) else chosen_by(condition, value)
        return done[wanted]
    run = scope.run
    if outcomes(condition) > MAX_OUTCOMES:
        condition = Unknown(condition.reason, condition.identity, condition.origin)
    choice = decision(run, condition, node.text)
    listed: list[tuple[str, Tree]] = []
    for index, (label, outcome) in enumerate(choice.alternatives):
        value = attempt(partial(_decided, node, scope, outcome, done), (node.span, index))
        listed.append((label, substitute(value, {choice.choice: index})))
    sensitive = condition.origin.sensitive
    return decide(run, choice, listed, Origin(node.span, "computed", sensitive=sensitive))


def _of_one_type(value: Tree, other: Expr, scope: Scope) -> Tree:
    """The selected branch, converted to the common type of both branches."""
    if value.origin.document is not None:
        return value
    if is_constant(other):
        return like(*unified([value, evaluate(other, scope)]))
    named = isinstance(other, Traversal) and isinstance(other.root, Name) and other.root.name in ("var", "local")
    called = isinstance(other, Call) and all(map(is_constant, other.arguments))
    if (named or called) and isinstance(value, Known) and type(value.value) in (list, dict):
        # An empty tuple is a list if the other branch is one.
        return like(value, attempt(partial(evaluate, other, scope), other.span))
    return value


def _decided(node: Conditional, scope: Scope, outcome: Tree, done: dict[bool, Tree]) -> Tree:
    return _branch(node, scope, truth(outcome), done)


def _binary(node: Binary, scope: Scope) -> Tree:
    return binary(scope.run, node, lambda expression: evaluate(expression, scope))


def _template(node: TemplateExpr, scope: Scope) -> Tree:
    pieces: list[str | Tree] = []
    for part in node.parts:
        pieces += _pieces(part, scope)
    return concatenated(scope.run, pieces, node.span)


def _pieces(part: TemplatePart, scope: Scope) -> list[str | Tree]:
    match part:
        case str():
            return [part]
        case TemplateIf():
            return [_template_if(part, scope)]
        case TemplateFor():
            return rounds(part, scope, evaluate(part.collection, scope), partial(_body, part.body))
        case _:
            return [evaluate(part, scope)]


def _body(body: TemplateExpr, scope: Scope) -> list[str | Tree]:
    return [piece for part in body.parts for piece in _pieces(part, scope)]


def _template_if(part: TemplateIf, scope: Scope) -> Tree:
    return _conditional(Conditional(part.then.span, part.condition, part.then, part.otherwise, part.text), scope)


def _call(node: Call, scope: Scope) -> Tree:
    return call(node, scope, evaluate)


_EVALUATORS: Final[dict[type, Callable[[Any, Scope], Tree]]] = {
    Literal: _literal,
    Name: _name,
    Traversal: _traversal,
    Call: _call,
    TupleExpr: _tuple,
    ObjectExpr: _object,
    ForExpr: lambda node, scope: for_over(node, scope, evaluate(node.collection, scope), evaluate),
    Conditional: _conditional,
    Unary: lambda node, scope: unary(scope.run, node.operator, evaluate(node.operand, scope), node.span, node.text),
    Binary: _binary,
    TemplateExpr: _template,
    Invalid: _invalid,
}
