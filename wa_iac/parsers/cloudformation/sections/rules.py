"""The `Rules` section: what CloudFormation asserts of the parameters before it deploys. A value that breaks a rule is never deployed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from wa_iac.core.algebra import choose, text_of
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Alternative, Known, Origin, Tree, Unknown
from wa_iac.parsers.cloudformation.functions.conditions import boolean
from wa_iac.parsers.cloudformation.scope import Function, Scope, deployed
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node


def narrow(scope: Scope, rules: dict[str, Entry]) -> None:
    """Leaves out the allowed values of each parameter that an assertion forbids, whatever the other parameters are."""
    for name, value in scope.parameters.items():
        if isinstance(value, Unknown) and value.alternatives and value.choice == ("parameter", scope.prefix + name):
            kept = [each for each in value.alternatives if not _forbidden(scope, rules.values(), name, each)]
            if 0 < len(kept) < len(value.alternatives):
                listed = [(each.label, each.value) for each in kept]
                scope.parameters[name] = choose(value.reason, value.choice, listed, value.origin)


def _forbidden(scope: Scope, rules: Iterable[Entry], name: str, outcome: Alternative) -> bool:
    before, said = scope.parameters[name], len(scope.errors)
    scope.parameters[name] = outcome.value
    try:
        return any(_breaks(scope, rule) for rule in rules)
    finally:
        scope.parameters[name] = before
        # What is wrong with a rule is CloudFormation's to say: it takes no part in what is judged.
        del scope.errors[said:]


def _breaks(scope: Scope, rule: Entry) -> bool:
    """Whether a rule applies and one of its assertions is false, for certain."""
    if not isinstance(rule.value, MapNode):
        return False
    members = rule.value.entries
    condition = members.get("RuleCondition")
    if condition is not None and _truth(scope, condition) != Known(True):
        return False
    assertions = members.get("Assertions")
    items = assertions.value.items if assertions is not None and isinstance(assertions.value, ListNode) else []
    asserted = (item.entries["Assert"] for item in items if isinstance(item, MapNode) and "Assert" in item.entries)
    return any(_truth(scope, each) == Known(False) for each in asserted)


def _truth(scope: Scope, entry: Entry) -> Tree:
    return boolean(scope, entry.value, entry.where)


def _over(name: str, decide: Callable[[list[str], list[str]], bool]) -> Function:
    """A function of two lists of texts; unknown where one of them is."""

    def function(scope: Scope, node: Node, where: Span) -> Tree:
        arguments = scope.arguments(name, node, 2, 2)
        texts = [_texts(scope.evaluate(each, each.span)) for each in arguments or ()]
        scope.budget.compare(len(texts[0] or ()) * len(texts[1] or ()) if len(texts) > 1 else 0)
        if len(texts) < 2 or texts[0] is None or texts[1] is None:
            return deployed(Said(f"{name} is not known before deployment"), (name, node.span), where)
        return Known(decide(texts[0], texts[1]), Origin(where, "computed"))

    return function


def _texts(value: Tree) -> list[str] | None:
    match value:
        case Known(list() as items):
            texts = [text_of(item.value) for item in items if isinstance(item, Known)]
            return texts if len(texts) == len(items) else None
        case Known(content):
            return [text_of(content)]
        case _:
            return None


RULE_FUNCTIONS: Final[dict[str, Function]] = {
    "Fn::Contains": _over("Fn::Contains", lambda values, wanted: wanted[0] in values if wanted else False),
    "Fn::EachMemberIn": _over("Fn::EachMemberIn", lambda members, values: all(each in values for each in members)),
    "Fn::EachMemberEquals": _over("Fn::EachMemberEquals", lambda members, wanted: all([each] == wanted for each in members)),
}
"""Functions that only rules may use. Those that ask AWS about a parameter's value (`Fn::ValueOf`, `Fn::RefAll`) are never known here."""
