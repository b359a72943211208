"""The `Rules` section: CloudFormation's assertions on the parameters before deployment. A value that breaks a rule is never
deployed."""

from __future__ import annotations

from collections.abc import Iterable

from wa_iac.core.algebra import choose
from wa_iac.core.value import Alternative, Known, Tree, Unknown
from wa_iac.parsers.cloudformation.functions.conditions import boolean
from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode


def narrow(scope: TemplateScope, rules: dict[str, Entry]) -> None:
    """Removes the allowed values of each parameter that an assertion forbids for all values of the other parameters."""
    for name, value in scope.parameters.items():
        if isinstance(value, Unknown) and value.alternatives and value.choice == ("parameter", scope.prefix + name):
            kept = [each for each in value.alternatives if not _forbidden(scope, rules.values(), name, each)]
            if 0 < len(kept) < len(value.alternatives):
                listed = [(each.label, each.value) for each in kept]
                scope.parameters[name] = choose(value.reason, value.choice, listed, value.origin)


def _forbidden(scope: TemplateScope, rules: Iterable[Entry], name: str, outcome: Alternative) -> bool:
    before, said = scope.parameters[name], len(scope.errors)
    scope.parameters[name] = outcome.value
    try:
        return any(_breaks(scope, rule) for rule in rules)
    finally:
        scope.parameters[name] = before
        # CloudFormation reports mistakes in a rule; they do not matter for the check.
        del scope.errors[said:]


def _breaks(scope: TemplateScope, rule: Entry) -> bool:
    """Whether a rule certainly applies and one of its assertions is certainly false."""
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


def _truth(scope: TemplateScope, entry: Entry) -> Tree:
    return boolean(scope, entry.value, entry.where)
