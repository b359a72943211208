"""The functions that only the `Rules` section may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.reasons import LOOK_AT_THE_STACK, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Tree
from wa_iac.parsers.cloudformation.scope import Function, TemplateScope, deployed
from wa_iac.parsers.cloudformation.text.located import Node


def _over(name: str, decide: Callable[[list[str], list[str]], bool]) -> Function:
    """A function of two lists of strings; unknown if one of them is."""

    def function(scope: TemplateScope, node: Node, where: Span) -> Tree:
        arguments = scope.arguments(name, node, 2, 2)
        texts = [_texts(scope.evaluate(each, each.span)) for each in arguments or ()]
        scope.budget.compare(len(texts[0] or ()) * len(texts[1] or ()) if len(texts) > 1 else 0)
        if len(texts) < 2 or texts[0] is None or texts[1] is None:
            return deployed(Said(f"{name} is not known before deployment", LOOK_AT_THE_STACK), (name, node.span), where)
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
