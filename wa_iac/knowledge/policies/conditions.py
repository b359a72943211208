"""Conditions of statements, evaluated for one value of their key.

"IAM JSON policy elements: Condition operators" and "Set operators for multi-valued context keys" (IAM User Guide):

- A key that is missing from a request meets a negated operator (`StringNotEquals`, `ArnNotLike`, `NotIpAddress`) and any operator
  with `IfExists`, and no other.
- `ForAllValues` is met by a missing key. `ForAnyValue` is not, also with a negated operator.
- Several values are alternatives; a negated operator needs that none of them matches.
- All conditions of a statement have to be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt
from typing import Any, Final, NamedTuple

from wa_iac.core.iam_policy import Condition, Statement, matches
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Unknown, Value

from .condition_keys import BY_THE_RESOURCE, caller_key
from .texts import expanded, literal, mark, pattern_of, texts

_WILD: Final = ("stringlike", "arnlike", "arnequals", "ipaddress")
"""Operators whose values are patterns: an unknown value may match anything."""
_COMPARING: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "equals": eq,
    "lessthan": lt,
    "lessthanequals": le,
    "greaterthan": gt,
    "greaterthanequals": ge,
}
_VARIABLE: Final = late(r"\$\{([\w:-]+)\}")
_EXACT: Final = frozenset({"stringequals", "stringequalsignorecase", "bool", "binaryequals"})


class ConditionTest(NamedTuple):
    """One condition, ready to be evaluated. `operator` is in lower case and without prefix, suffix and negation. `unknown` says why
    not all of its values are known."""

    key: str
    operator: str
    negated: bool
    quantifier: str
    if_exists: bool
    values: tuple[str, ...]
    unknown: Unknown | None

    def holds(self, value: str | None) -> Value[bool]:
        """Whether a request meets it in which the key has this value; None if the request has no such key."""
        if self.unknown is not None and not self.key:
            return self.unknown
        if self.operator == "null":
            return Known((value is None) == ("true" in self.values)) if self.unknown is None else self.unknown
        if value is None:
            return Known(self.quantifier == "forallvalues" or self.if_exists or (self.negated and not self.quantifier))
        if any(_matches(self.operator, each, value) for each in self.values):
            return Known(not self.negated)
        return Known(self.negated) if self.unknown is None else self.unknown


def condition_tests(statement: Statement) -> Iterator[ConditionTest]:
    """The conditions of a statement."""
    for condition in statement.conditions:
        yield _test(_turned(condition), statement.version)


def _turned(condition: Condition) -> Condition:
    """A key of the resource that is compared with a variable of the caller, the other way round: both say the same."""
    match condition.value:
        case Known(str() as text) if condition.key.lower() in BY_THE_RESOURCE and (found := _VARIABLE.fullmatch(text)):
            if caller_key(found[1].lower()) is not None and "Equals" in condition.operator:
                return Condition(condition.operator, found[1], Known(f"${{{condition.key}}}", condition.value.origin))
        case _:
            pass
    return condition


def _test(condition: Condition, version: Value[str]) -> ConditionTest:
    quantifier, _, operator = condition.operator.lower().rpartition(":")
    if_exists = operator.endswith("ifexists")
    operator = operator.removesuffix("ifexists")
    negated = "not" in operator
    operator = operator.replace("not", "", 1)
    found: list[str] = []
    unknown: Unknown | None = None
    for value in texts(condition.value):
        text = pattern_of(value)
        if isinstance(text, Unknown):
            if operator in _EXACT and operator != "bool" and not text.alternatives:
                found.append(mark(text))  # some text, and a stranger has another
            else:
                unknown = text
        elif operator in _EXACT:
            found.append(expanded(text, version) if "${" in text else literal(text))
        else:
            found.append(expanded(text, version))
    if operator in ("bool", "null"):
        found = [each.lower() for each in found]
    if not _is_known(operator):
        unknown = Unknown(Said(f"{condition.operator} is not an operator of IAM"), ("operator", condition.operator))
    if not condition.key:
        unknown = first_unknown(condition.value)
    # Terraform keeps the `url` of an identity provider without the scheme, although its argument is written with one: a key built from it names
    # the same provider.
    key = condition.key.lower().removeprefix("https://")
    return ConditionTest(key, operator, negated, quantifier, if_exists, tuple(found), unknown)


def _is_known(operator: str) -> bool:
    return (
        operator in _EXACT
        or operator in _WILD
        or operator == "null"
        or operator.removeprefix("numeric").removeprefix("date") in _COMPARING
    )


def _matches(operator: str, pattern: str, value: str) -> bool:
    match operator:
        case "stringequalsignorecase":
            return matches(pattern.lower(), value.lower())
        case "stringequals" | "stringlike" | "bool" | "binaryequals":
            return matches(pattern, value)
        case "arnlike" | "arnequals":
            return _arn_matches(pattern, value)
        case "ipaddress":
            return _is_in(value, pattern)
        case _:
            compare = _COMPARING.get(operator.removeprefix("numeric").removeprefix("date"))
            one, other = number(value), number(pattern)
            return compare is not None and one is not None and other is not None and compare(one, other)


def _arn_matches(pattern: str, value: str) -> bool:
    """Each of the six parts of an ARN is compared by itself: a star does not reach over a colon."""
    wanted, found = pattern.split(":", 5), value.split(":", 5)
    if len(wanted) < len(found):
        return matches(pattern, value) if wanted[-1].endswith("*") else False
    return len(wanted) == len(found) and all(map(matches, wanted, found))


def _is_in(address: str, network: str) -> bool:
    from ipaddress import ip_address, ip_network

    try:
        return ip_address(address) in ip_network(network, strict=False)
    except ValueError:
        return False


def number(text: str) -> float | None:
    """A number, or the seconds of a date in one of the forms that IAM accepts."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        date = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
