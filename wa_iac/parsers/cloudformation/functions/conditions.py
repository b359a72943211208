"""Conditions with three values: an undecided one is an unknown boolean, with the choice that it depends on."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from wa_iac.core import environments
from wa_iac.core.algebra import are_equal, chosen_by, lift, text_of, yes_or_no
from wa_iac.core.partial import may_be, unknown_in
from wa_iac.core.reasons import InParameterStore, Pseudo, Reason, Said, UnsetParameter
from wa_iac.core.same_text import IsText
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import Function, TemplateScope, broken, references_of, result, steps_of
from wa_iac.parsers.cloudformation.text.located import MapNode, Node, ScalarNode

from .choices import choose_within, paths

MAX_COMBINED: Final = 16
"""The outcomes that a combination of conditions may have before it counts as a separate undecided condition."""

_COMBINATION: Final = 200
"""Comparisons that one combination costs."""
_SHORT, _LONG = 1e-3, 1e7
"""Numbers that CloudFormation writes without an exponent."""


def decide_all(scope: TemplateScope) -> None:
    """Evaluates every condition.

    Conditions that are only a comparison come first, so that the same comparison inside another condition has this name.
    """
    comparisons = [name for name, entry in scope.conditions.items() if _is_comparison(entry.value)]
    for name in (*comparisons, *scope.conditions):
        named(scope, name, scope.conditions[name].key)


def named(scope: TemplateScope, name: str, at: Span) -> Tree:
    """The value of the condition `name`, used at `at`: Known(bool), or Unknown with alternatives."""
    if name in scope.decided:
        value = scope.decided[name]
        return scope.fail(f'the condition "{name}" depends on itself', at, at) if value is None else value
    entry = scope.conditions.get(name)
    if entry is None:
        if scope.may_declare(name):
            return _undecided(scope, name, Said(f'condition "{name}" is not in the template'), Origin(at))
        return scope.fail(f'there is no condition "{name}"', at, at)
    scope.decided[name] = None
    if isinstance(entry.value, MapNode) and _is_comparison(entry.value):
        value = _equals(scope, entry.value.entries["Fn::Equals"].value, entry.key, name)
    else:
        value = boolean(scope, entry.value, entry.key)
    if isinstance(value, Unknown) and not value.alternatives:
        value = _undecided(scope, name, value.reason, value.origin)
    scope.decided[name] = value
    return value


def boolean(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """The value of a condition's expression."""
    if isinstance(node, MapNode):
        if len(node.entries) == 1 and "Condition" in node.entries:
            return condition(scope, node.entries["Condition"].value, where)
        if node.call in CONDITION_FUNCTIONS:
            return CONDITION_FUNCTIONS[node.call](scope, node.entries[node.call].value, where)
        if node.call:
            made = _as_boolean(scope.evaluate(node, where))
            return scope.fail(f"{node.call} is not a function for conditions", where, node.span) if made is None else made
    elif isinstance(node, ScalarNode):
        written = _as_boolean(Known(node.value, Origin(where)))
        if written is not None:
            return written
    return scope.fail("a condition must be one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition", where, node.span)


def condition(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`{"Condition": name}`."""
    if not isinstance(node, ScalarNode):
        return scope.fail("Condition needs the name of a condition", where, node.span)
    return result(named(scope, node.text, node.span), where)


def equals(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Equals`: whether two values are the same text."""
    return _equals(scope, node, where, "")


def _equals(scope: TemplateScope, node: Node, where: Span, name: str) -> Tree:
    sides = scope.arguments("Fn::Equals", node, 2, 2)
    if sides is None:
        return broken(where, node.span)
    one, other = (scope.evaluate(side, side.span) for side in sides)
    for each in (one, other):
        if isinstance(each, Known) and isinstance(each.value, (list, str)):
            scope.over(each.value)
    origin = Origin(where, "computed", steps_of(one, other), references_of(one, other))
    equal = are_equal(one, other)
    if equal is not None and (isinstance(one, Unknown) or isinstance(other, Unknown)):
        return Known(equal, origin)
    for unknown, known in ((one, other), (other, one)):
        if (
            isinstance(unknown, Unknown)
            and unknown.parts
            and isinstance(known, Known)
            and not may_be(unknown, text_of(known.value))
        ):
            return Known(value=False, origin=origin)

    def compared(left: Tree, right: Tree) -> Tree:
        inside = unknown_in(left, right)
        if inside is not None and left != right:
            return Unknown(inside.reason, ("Fn::Equals", hash(left), hash(right)), origin)
        return Known(_text(left) == _text(right), origin)

    value = scope.lift("Fn::Equals", compared, one, other, origin=origin)
    if isinstance(value, Known):
        allowed = next((scope.allowed[each] for each in map(_referred, sides) if each in scope.allowed), ())
        return Known(value.value, environments.compared(origin, value, one, other, allowed=allowed))
    if not isinstance(value, Unknown) or value.alternatives:
        return value
    identity = ("Fn::Equals", frozenset(_side(each) for each in (one, other)))
    if identity not in scope.equalities:
        called: Hashable = ("condition", scope.prefix + name) if name else identity
        choice = _choice(one, other, called)
        if name:
            labels = _labels(scope.prefix + name)
        else:
            left, right = _described(one), _described(other)
            labels = f"{left} is {right}", f"{left} is not {right}"
        unknown = yes_or_no(value.reason, choice, labels, origin)
        scope.equalities[identity] = unknown
    return scope.equalities[identity].at(origin)


def _referred(side: Node) -> str:
    """The name of the parameter that a side of a comparison is; empty for anything else."""
    target = side.entries["Ref"].value if isinstance(side, MapNode) and side.call == "Ref" else None
    return target.text if isinstance(target, ScalarNode) else ""


def if_(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::If`: the branch that a known condition selects, or both branches with the condition that decides."""
    arguments = scope.arguments("Fn::If", node, 3, 3)
    if arguments is None:
        return broken(where, node.span)
    first, *branches = arguments
    name = first.text if isinstance(first, ScalarNode) else ""
    decision = named(scope, name, first.span) if name else boolean(scope, first, first.span)
    made: dict[bool, Tree] = {}

    def pick(outcome: Tree) -> Tree:
        match outcome:
            case Known(truth):
                # A branch that is not taken is not evaluated, as in CloudFormation.
                is_true = bool(truth)
                if is_true not in made:
                    branch = branches[0 if is_true else 1]
                    made[is_true] = scope.evaluate(branch, branch.span)
                return made[is_true]
            case Unknown(alternatives=alternatives, choice=choice) if alternatives:
                each = ((label, pick(value)) for label, value in alternatives)
                return choose_within(outcome.reason, choice, each, Origin(where, "computed"))
            case _:
                return Unknown(outcome.reason if isinstance(outcome, Unknown) else Said("its condition is missing"),
                               ("Fn::If", scope.prefix, node.span), Origin(where, "computed"))  # fmt: skip

    called = f'condition "{name}"' if name else "condition"
    at = scope.conditions[name].key if name in scope.conditions else first.span
    match decision:
        case Known(truth):
            step = Step(at, f"{called} is {text_of(truth)}", chooses=(name, bool(truth)))
            picked, switch = pick(decision), decision.origin.default_step
            if switch is not None and switch.by_environment:
                picked = chosen_by(decision, picked)
            return result(picked, where, step, *decision.origin.chain)
        case _:
            with scope.supposing():
                return result(pick(decision), where, Step(at, called))


def and_(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::And` of two to ten conditions."""
    return _combined(scope, "Fn::And", node, where, decisive=False)


def or_(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Or` of two to ten conditions."""
    return _combined(scope, "Fn::Or", node, where, decisive=True)


def not_(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Not` of one condition: the same choice, with the opposite outcomes."""
    arguments = scope.arguments("Fn::Not", node, 1, 1)
    if arguments is None:
        return broken(where, node.span)
    value = boolean(scope, arguments[0], arguments[0].span)
    origin = value.origin._replace(span=where, how="computed")
    return _negated(value, origin)


def _negated(value: Tree, origin: Origin) -> Tree:
    match value:
        case Unknown(alternatives=alternatives, choice=choice) if alternatives:
            opposite = [(label, _negated(each, each.origin)) for label, each in alternatives]
            return choose_within(value.reason, choice, opposite, origin)
        case Known(bool() as truth):
            return Known(not truth, origin)
        case _:
            return value


def _combined(scope: TemplateScope, name: str, node: Node, where: Span, *, decisive: bool) -> Tree:
    """One `decisive` member decides; opposite members drop out; the remaining undecided ones decide together."""
    arguments = scope.arguments(name, node, 2, 10)
    if arguments is None:
        return broken(where, node.span)
    values = [boolean(scope, argument, argument.span) for argument in arguments]
    scope.budget.compare(_COMBINATION)
    origin = Origin(where, "computed", steps_of(*values), references_of(*values))
    for value in values:
        if isinstance(value, Known) and value.value is decisive:
            return Known(decisive, origin)
    pending = list(dict.fromkeys(value for value in values if isinstance(value, Unknown)))
    if not pending:
        return Known(not decisive, origin)
    if len(pending) == 1:
        return pending[0].at(origin)
    outcomes = 1
    for choice in {value.choice for value in pending}:
        outcomes *= max(len(value.alternatives) for value in pending if value.choice == choice)
    # An outcome in which a condition is AWS::NoValue, or is an error, is neither true nor false.
    are_all = all(value.alternatives and all(isinstance(each.value, Known) for each in value.alternatives) for value in pending)
    if 0 < outcomes <= MAX_COMBINED and are_all:
        whole = all if name == "Fn::And" else any
        return lift(name, lambda *known: Known(whole(each.value for each in known), origin), *pending, origin=origin)
    first = pending[0]
    return Unknown(first.reason, (name, frozenset(value.identity for value in pending)), origin)


def both(existence: Tree, outer: Unknown | None) -> Unknown | None:
    """The undecided condition of a resource in a stack with a condition: both must be true."""
    if not isinstance(existence, Unknown):
        return outer
    if outer is None or outer == existence:
        return existence
    if not existence.alternatives or not outer.alternatives or paths(existence) * paths(outer) > MAX_COMBINED:
        return outer
    origin = existence.origin
    made = lift("both", lambda one, other: Known(bool(one.value and other.value), origin), outer, existence, origin=origin)
    return made if isinstance(made, Unknown) else outer


def _undecided(scope: TemplateScope, name: str, reason: Reason, origin: Origin) -> Unknown:
    """The condition `name` as a choice of its own."""
    called = scope.prefix + name
    return yes_or_no(reason, ("condition", called), _labels(called), origin)


def _labels(called: str) -> tuple[str, str]:
    return f"{called} is true", f"{called} is false"


def _choice(one: Tree, other: Tree, called: Hashable) -> Hashable:
    """The choice whether two values are equal."""
    for unknown, known in ((one, other), (other, one)):
        if isinstance(unknown, Unknown) and isinstance(known, Known) and not isinstance(known.value, (list, dict)):
            return IsText(of=unknown.identity, text=_text(known), called=called)
    return called


def _is_comparison(node: Node) -> bool:
    return isinstance(node, MapNode) and node.call == "Fn::Equals"


def _as_boolean(value: Tree) -> Tree | None:
    """A condition may be written as text: `"true"`."""
    match value:
        case Unknown() | Known(bool()):
            return value
        case Known("true" | "false" as text):
            return Known(text == "true", value.origin)
        case _:
            return None


def _text(value: Tree) -> Hashable:
    match value:
        case Known(list() as items):
            return (list, *map(_text, items))
        case Known(float() as number) if _SHORT <= abs(number) < _LONG:
            return repr(number)  # CloudFormation keeps the zero of 7.0.
        case Known(content):
            return text_of(content)
        case Unknown():
            return value.identity
        case _:
            return ""


def _side(value: Tree) -> Hashable:
    return value.identity if isinstance(value, Unknown) else ("text", _text(value))


def _described(value: Tree) -> str:
    match value:
        case Unknown(source=UnsetParameter() | InParameterStore() | Pseudo() as named):
            return named.address
        case Known(content) if not value.origin.sensitive and not isinstance(content, (list, dict)):
            return text_of(content)
        case _:
            return "its value" if isinstance(value, Unknown) else "that"


CONDITION_FUNCTIONS: Final[dict[str, Function]] = {
    "Fn::Equals": equals,
    "Fn::And": and_,
    "Fn::Or": or_,
    "Fn::Not": not_,
}
