"""Whether a policy lets a stranger in.

"Policy evaluation logic" (IAM User Guide): a request is denied unless a statement allows it, and no statement denies it. A denial
denies exactly the requests that its principals, actions, resources and conditions match.

So a statement lets a stranger in if there is a request that a stranger can make, that meets its conditions, and that no denial
matches. Strangers choose the values of all keys that say nothing of the caller; the others have few values that matter
(`callers`). The search goes over the denials: a request escapes each of them by one value of one key.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from wa_iac.core.budget import EACH, current
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import all_of, any_of, first_unknown, holds, negate
from wa_iac.core.value import Known, Unknown, Value

from .callers import values_of_strangers
from .condition_keys import ANONYMOUS, caller_key
from .conditions import ConditionTest, condition_tests
from .scopes import OneResource, Request, Scope, covers_request

ONE_RESOURCE: Final = OneResource()
_BY_WAY_OF_A_SERVICE: Final = "aws:viaawsservice"
"""Strangers can use a service that then uses the resource for them. If a statement does not ask for that, they call directly."""
Tests: TypeAlias = Mapping[str, Sequence[ConditionTest]]


def opened(statement: Statement, listed: Sequence[Statement], scope: Scope = ONE_RESOURCE) -> Value[bool]:
    """Whether one of a policy's statements lets a stranger do something that none of its statements denies."""
    allowed = all_of((statement.allows(), statement.names_anyone()))
    if allowed == Known(False):
        return allowed
    denials = [each for each in listed if denies(each) != Known(False)]
    search = _Search(statement, listed, scope)
    return all_of((allowed, any_of(_made(search, request, denials, scope) for request in scope.requests(statement, denials))))


def denies(statement: Statement) -> Value[bool]:
    """Whether its effect is Deny."""
    return holds(statement.effect, lambda effect: effect == "Deny") if statement.unknown is None else statement.unknown


def _made(search: _Search, request: Request, denials: Iterable[Statement], scope: Scope) -> Value[bool]:
    """Whether a stranger can make a request that a statement allows, so that no denial matches it."""
    covered = covers_request(search.allowing, request, scope)
    if covered == Known(False):
        return covered
    certain: list[Statement] = []
    doubts: list[Value[bool]] = []
    for denial in denials:
        matched = all_of((denies(denial), denial.names_anyone(), covers_request(denial, request, scope)))
        if matched == Known(False):
            continue
        if isinstance(matched, Unknown) or denial.conditions_unknown is not None:
            unknown = matched if isinstance(matched, Unknown) else denial.conditions_unknown
            doubts += [] if unknown is None else [unknown]
        else:
            certain.append(denial)
    return all_of((search.possible(certain), *doubts))


class _Step(NamedTuple):
    """A step of a search: how many denials do not match, the values that are chosen for that, and why that is not certain."""

    denials: int
    chosen: Mapping[str, str | None]
    unknown: Unknown | None


class _Search:
    """A search for a request of a stranger that one statement allows and some denials do not match."""

    def __init__(self, allowing: Statement, listed: Sequence[Statement], scope: Scope) -> None:
        self.allowing = allowing
        self._scope = scope
        self._conditions = by_key(allowing)
        self._all = [(each, by_key(each)) for each in listed]
        self._signed = bool(allowing.actions) and not any(map(_is_anonymous, allowing.actions))
        self._values: dict[str, list[str | None]] = {}
        self._answers: dict[Hashable, Value[bool]] = {}

    def possible(self, denials: Sequence[Statement]) -> Value[bool]:
        """Whether there is such a request."""
        if self.allowing.conditions_unknown is not None:
            return self.allowing.conditions_unknown
        names = frozenset(map(id, denials))
        if names not in self._answers:
            met = all_of(any_of(self._meets(key, value) for value in self._of(key)) for key in self._conditions)
            # A denial with a condition on a free key matches only if the caller wants it to.
            found = [tests for each, tests in self._all if id(each) in names and not any(map(_is_free, tests))]
            self._answers[names] = met if met == Known(False) else all_of((met, self._escape(found)))
        return self._answers[names]

    def _escape(self, denials: Sequence[Tests]) -> Value[bool]:
        """Whether values can be chosen for keys so that no denial's conditions are met. A step chooses a value because of which one
        denial does not match."""
        waiting: list[_Step] = [_Step(0, {}, None)]
        seen: set[Hashable] = set()
        doubt: Unknown | None = None
        while waiting:
            index, chosen, unknown = waiting.pop()
            if index == len(denials):
                if unknown is None:
                    return Known(True)
                doubt = unknown
                continue
            state = (index, frozenset(chosen.items()), unknown is None)
            if state in seen:
                continue
            seen.add(state)
            for key, tests in denials[index].items():
                for value in [chosen[key]] if key in chosen else self._of(key):
                    current().compare(EACH * len(tests))
                    answer = all_of((negate(all_of(each.holds(value) for each in tests)), self._meets(key, value)))
                    if answer != Known(False):
                        because = first_unknown(unknown, answer)
                        waiting.append(_Step(index + 1, {**chosen, key: value}, because))
        return Known(False) if doubt is None else doubt

    def _meets(self, key: str, value: str | None) -> Value[bool]:
        """Whether a value meets the conditions on a key of the statement that allows."""
        return Known(True) if _is_free(key) else all_of(each.holds(value) for each in self._conditions.get(key, ()))

    def _of(self, key: str) -> list[str | None]:
        """The values of a key that matter for strangers. Free keys have none: their conditions can always be met, or not."""
        if key not in self._values:
            known = caller_key(key)
            asked = [test for _, conditions in self._all for test in conditions.get(key, ())]
            found: list[str | None] = [None] if known is None else values_of_strangers(known, asked, signed=self._signed)
            if key == _BY_WAY_OF_A_SERVICE and key in self._conditions:
                found = [*found, "true"]
            missing = [None] if key in self._scope.never else found
            self._values[key] = [each for each in missing if each is not None or key not in self._scope.always]
        return self._values[key]


def by_key(statement: Statement) -> Tests:
    """The conditions of a statement, by key."""
    found: dict[str, list[ConditionTest]] = {}
    for test in condition_tests(statement):
        found.setdefault(test.key, []).append(test)
    return found


def asks_for(statement: Statement, keys: Collection[str]) -> bool:
    """Whether no request without one of these keys meets the conditions of a statement."""
    return any(
        all_of(each.holds(None) for each in tests) == Known(False) for key, tests in by_key(statement).items() if key in keys
    )


def _is_free(key: str) -> bool:
    """Whether the caller chooses a key's value. A key that is not known is not free: it may be any."""
    return bool(key) and caller_key(key) is None


def _is_anonymous(action: Value[str]) -> bool:
    return not isinstance(action, Known) or action.value.partition(":")[0].lower() in (*ANONYMOUS, "*")
