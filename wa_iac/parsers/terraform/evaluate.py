"""Evaluates expressions: one function per construct, found by the node's class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final

from wa_iac.core.algebra import moved, references, substitute
from wa_iac.core.budget import SpentError, current
from wa_iac.core.value import Absent, Known, Origin, Reference, Span, Step, Tree, Unknown

from .functions.call import call
from .functions.collections import unified
from .nodes import (
    Attr,
    Binary,
    Call,
    Conditional,
    Expr,
    ForExpr,
    Index,
    Invalid,
    Literal,
    Name,
    ObjectExpr,
    PathStep,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Traversal,
    TupleExpr,
    Unary,
    is_constant,
)
from .operators import binary, unary
from .ops import (
    MAX_OUTCOMES,
    SetItems,
    attempt,
    blocked,
    concatenated,
    decide,
    decision,
    each_outcome,
    inherited,
    member,
    outcomes,
    placed,
    truth,
)
from .run import MAX_CHAIN, MAX_DEPTH, Blocked, Exhausted, Failure, Lazy
from .scope import Scope


def evaluate(expression: Expr, scope: Scope) -> Tree:
    """The value of an expression. Raises Failure where it is an error, Exhausted where a bound is reached."""
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
    """The value of a whole attribute that stands at `span`: what cannot be evaluated is unknown, and says why."""
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
        elif isinstance(value, Known) and isinstance(value.value, list | dict):
            run.check_size(value, span)
    except (Failure, Blocked, Exhausted, SpentError) as failure:
        if isinstance(failure, SpentError):
            run.say(failure)
        return Unknown(f"it cannot be evaluated: {_why(failure)}", ("failed", span, id(scope)), Origin(span, "computed"))
    finally:
        run.trying = trying
    return value


def _why(failure: Exception) -> str:
    return failure.message if isinstance(failure, SpentError) else str(failure)


def _literal(node: Literal, scope: Scope) -> Tree:
    return node.value


def _invalid(node: Invalid, scope: Scope) -> Tree:
    return Unknown(node.why, ("invalid", node.span), Origin(node.span))


def _name(node: Name, scope: Scope) -> Tree:
    return _root(node, (), scope, node.span)[0]


def _root(node: Name, steps: Sequence[PathStep], scope: Scope, span: Span) -> tuple[Tree, int]:
    """The value a traversal begins with, and how many of its steps belong to that."""
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
    return _follow(value, steps, scope, node.span)


def _follow(start: Tree, steps: Sequence[PathStep], scope: Scope, span: Span) -> Tree:
    value = start
    note = ""
    for step in steps:
        if isinstance(step, Attr):
            value, note = member(scope.run, value, Known(step.name), span), step.name
        elif isinstance(step, Index):
            index = evaluate(step.key, scope)
            value, note = member(scope.run, value, index, span), str(index.value) if isinstance(index, Known) else ""
        else:
            value = _splat(value, step.steps, scope, span)
    return _read(start, value, span, note)


def _read(start: Tree, value: Tree, span: Span, note: str) -> Tree:
    """A value as a traversal at `span` reads it: the way to where the traversal began, then to where the member is written."""
    origin = value.origin
    if value is start:
        return value if origin.span == span else placed(value, span)
    chain = start.origin.chain
    at = origin.span
    if at != start.origin.span and at.path and at != span:
        chain = (*chain, Step(at, f'"{note}"' if note else "written here"))
    return moved(value, origin.at(span, (*chain, *origin.chain)[:MAX_CHAIN]))


def _splat(value: Tree, steps: Sequence[PathStep], scope: Scope, span: Span) -> Tree:
    run = scope.run
    origin = Origin(span, "computed", references=value.origin.references, sensitive=value.origin.sensitive)
    match value:
        case Absent():
            return Known([], origin)
        case Known(list() as items):
            run.charge(len(items), span)
            return Known([_follow(item, steps, scope, span) if steps else item for item in items], origin)
        case Lazy(anyone=anyone) if anyone is not None:
            one = _follow(anyone(), steps, scope, span)
            return _some(value, "splat", one, origin)
        case Unknown() if value.alternatives:
            return each_outcome(run, value, lambda each: _splat(each, steps, scope, span), ("splat", span), origin)
        case Lazy():
            return Known([_follow(value, steps, scope, span)], origin)
        case Unknown():
            return _some(value, "splat", _follow(value.member("*"), steps, scope, span), origin)
        case _:
            return Known([_follow(value, steps, scope, span) if steps else value], origin)


def _some(value: Unknown, name: str, one: Tree, origin: Origin) -> Unknown:
    """A list of unknown length, all of whose elements look like `one`."""
    found: dict[Reference, None] = dict.fromkeys(references(one)) or dict.fromkeys(origin.references)
    current().make(8 * len(found))
    identity = one.identity if isinstance(one, Unknown) else hash(one)
    return Unknown(
        value.why, (name, value.identity, identity), origin._replace(references=tuple(found)), settle=value.settle
    )  # fmt: skip


def _tuple(node: TupleExpr, scope: Scope) -> Tree:
    scope.run.charge(len(node.items), node.span)
    return Known([placed(evaluate(item, scope), item.span) for item in node.items], Origin(node.span))


def _object(node: ObjectExpr, scope: Scope) -> Tree:
    entries: dict[str, Tree] = {}
    # A key carries no mark of its own: where one is sensitive, the object is.
    hidden = False
    for item in node.items:
        key = evaluate(item.key, scope)
        hidden = hidden or key.origin.sensitive
        match key:
            case Known(str() as name):
                pass
            case Known(bool() | int() | float() as content):
                name = str(content).lower() if isinstance(content, bool) else str(content)
            case Unknown():
                values = [evaluate(each.value, scope) for each in node.items]
                return blocked(scope.run, key, ("object", node.span), [key, *values], Origin(node.span, "computed"))
            case _:
                raise Failure("an object's key is not a string")
        entries[name] = placed(evaluate(item.value, scope), item.span)
    return Known(entries, Origin(node.span, sensitive=hidden))


def _elements(value: Known[Any]) -> Iterable[tuple[Tree, Tree]]:
    """Keys and values of what a `for` goes over. Raises Failure for a scalar."""
    match value:
        case Known(SetItems() as items):
            return [(inherited(value, item), inherited(value, item)) for item in items]
        case Known(list() as items):
            return [(Known(index, value.origin), inherited(value, item)) for index, item in enumerate(items)]
        case Known(dict() as entries):
            return [(Known(key, entries[key].origin), inherited(value, entries[key])) for key in sorted(entries)]
        case _:
            raise Failure("only a collection can be gone over")


def _bound(node: ForExpr | TemplateFor, scope: Scope, key: Tree, value: Tree) -> Scope:
    names = {node.value_name: value}
    if node.key_name:
        names[node.key_name] = key
    return scope.bind(names)


def _unknown_element(collection: Unknown) -> tuple[Tree, Tree]:
    if isinstance(collection, Lazy) and collection.anyone:
        one = collection.anyone()
    else:
        one = Unknown(collection.why, ("element", collection.identity), collection.origin, settle=collection.settle)
    key = Unknown(collection.why, ("key", collection.identity), Origin(collection.origin.span), settle=collection.settle)
    return key, one


def _for(node: ForExpr, scope: Scope) -> Tree:
    return _for_over(node, scope, evaluate(node.collection, scope))


def _for_over(node: ForExpr, scope: Scope, collection: Tree) -> Tree:
    origin = Origin(node.span, "computed", sensitive=collection.origin.sensitive)
    match collection:
        case Unknown() if collection.alternatives:
            return each_outcome(scope.run, collection, lambda each: _for_over(node, scope, each), ("for", node.span), origin)
        case Unknown():
            inner = _bound(node, scope, *_unknown_element(collection))
            return _some(collection, "for", attempt(partial(evaluate, node.result, inner), node.span), origin)
        case Absent():
            raise Failure("null cannot be gone over")
        case Known():
            return _for_known(node, scope, collection, origin)


def _for_known(node: ForExpr, scope: Scope, collection: Known[Any], origin: Origin) -> Tree:
    run = scope.run
    items: list[Tree] = []
    entries: dict[str, Tree] = {}
    groups: dict[str, list[Tree]] = {}
    for key, value in _elements(collection):
        inner = _bound(node, scope, key, value)
        if node.condition is not None:
            wanted = truth(evaluate(node.condition, inner))
            if isinstance(wanted, Unknown):
                one = attempt(partial(evaluate, node.result, inner), node.span)
                return _some(blocked(run, wanted, ("for", node.span), (collection, wanted), origin), "for", one, origin)
            if wanted == Known(False):
                continue
        if node.key is None:
            items.append(evaluate(node.result, inner))
            continue
        name = evaluate(node.key, inner)
        if name.origin.sensitive and not origin.sensitive:
            origin = origin._replace(sensitive=True)
        if isinstance(name, Unknown):
            one = attempt(partial(evaluate, node.result, inner), node.span)
            return _some(blocked(run, name, ("for", node.span), (collection, name), origin), "for", one, origin)
        if not isinstance(name, Known) or isinstance(name.value, list | dict):
            raise Failure("an object's key is not a string")
        text = str(name.value).lower() if isinstance(name.value, bool) else str(name.value)
        result = evaluate(node.result, inner)
        if node.grouped:
            groups.setdefault(text, []).append(result)
        else:
            if text in entries:
                raise Failure(f'two elements have the key "{text}"')
            entries[text] = result
    if node.key is None:
        return Known(items, origin)
    return Known({**entries, **{key: Known(values, origin) for key, values in groups.items()}}, origin)


def _conditional(node: Conditional, scope: Scope) -> Tree:
    return _branch(node, scope, truth(evaluate(node.condition, scope)), {})


def _branch(node: Conditional, scope: Scope, condition: Tree, done: dict[bool, Tree]) -> Tree:
    """The branch a condition selects; `done` keeps what was evaluated, as an undecided condition asks for both more than once."""
    if not isinstance(condition, Unknown):
        wanted = isinstance(condition, Known) and condition.value is True
        if wanted not in done:
            chosen, other = (node.then, node.otherwise) if wanted else (node.otherwise, node.then)
            value = evaluate(chosen, scope)
            # Both branches have one type. The other is only looked at where it is written out: evaluating it may be an error.
            done[wanted] = (
                unified([value, evaluate(other, scope)])[0] if is_constant(other) and value.origin.document is None else value
            )
        return done[wanted]
    run = scope.run
    if outcomes(condition) > MAX_OUTCOMES:
        condition = Unknown(condition.why, condition.identity, condition.origin, settle=condition.settle)
    choice = decision(run, condition, node.text)
    listed: list[tuple[str, Tree]] = []
    for index, (label, outcome) in enumerate(choice.alternatives):
        value = attempt(partial(_decided, node, scope, outcome, done), (node.span, index))
        listed.append((label, substitute(value, {choice.choice: index})))
    sensitive = condition.origin.sensitive
    return decide(run, choice, listed, Origin(node.span, "computed", sensitive=sensitive))


def _decided(node: Conditional, scope: Scope, outcome: Tree, done: dict[bool, Tree]) -> Tree:
    return _branch(node, scope, truth(outcome), done)


def _binary(node: Binary, scope: Scope) -> Tree:
    return binary(scope.run, node, lambda expression: evaluate(expression, scope))


def _template(node: Template, scope: Scope) -> Tree:
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
            return _template_for(part, scope)
        case _:
            return [evaluate(part, scope)]


def _template_if(part: TemplateIf, scope: Scope) -> Tree:
    return _conditional(Conditional(part.then.span, part.condition, part.then, part.otherwise, part.text), scope)


def _template_for(part: TemplateFor, scope: Scope) -> list[str | Tree]:
    collection = evaluate(part.collection, scope)
    match collection:
        case Unknown():
            inner = _bound(part, scope, *_unknown_element(collection))
            one = attempt(partial(_template, part.body, inner), part.body.span)
            return [_some(collection, "template", one, Origin(part.body.span, "computed"))]
        case Known():
            pieces: list[str | Tree] = []
            for key, value in _elements(collection):
                inner = _bound(part, scope, key, value)
                for each in part.body.parts:
                    pieces += _pieces(each, inner)
            return pieces
        case Absent():
            raise Failure("null cannot be gone over")


def _call(node: Call, scope: Scope) -> Tree:
    return call(node, scope, evaluate)


_EVALUATORS: Final[dict[type, Callable[[Any, Scope], Tree]]] = {
    Literal: _literal,
    Name: _name,
    Traversal: _traversal,
    Call: _call,
    TupleExpr: _tuple,
    ObjectExpr: _object,
    ForExpr: _for,
    Conditional: _conditional,
    Unary: lambda node, scope: unary(scope.run, node.operator, evaluate(node.operand, scope), node.span, node.text),
    Binary: _binary,
    Template: _template,
    Invalid: _invalid,
}
