"""Whether the policy of a bucket, a queue or a topic denies requests without TLS.

"Enforce encryption of data in transit" (Security best practices for Amazon S3, Amazon S3 User Guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.value import Known, Value

from .access import Tests, by_key, denies
from .callers import values_of_anyone
from .condition_keys import caller_key
from .scopes import OfBucket, Request, covers_request

_WITHOUT_TLS: Final[dict[str, str | None]] = {"aws:securetransport": "false", "s3:tlsversion": None}
_OF_SERVICES: Final = frozenset({"aws:principalisawsservice", "aws:viaawsservice"})
"""Requests that AWS's services make may be excepted: they use TLS."""
_SCOPE: Final = OfBucket()
(_READS_AND_WRITES,) = statements(
    Known(
        {
            "Statement": Known(
                {
                    "Effect": Known("Allow"),
                    "Action": Known([Known("s3:GetObject"), Known("s3:PutObject")]),
                    "Resource": Known("arn:aws:s3:::*/*"),
                }
            )
        }
    )
)


def objects_need_tls(listed: Sequence[tuple[Statement, Value[bool]]]) -> Value[bool]:
    """Whether no object can be read or written without TLS. Each statement comes with whether it is the bucket's."""
    requests = _SCOPE.requests(_READS_AND_WRITES, [each for each, _ in listed])
    return all_of(any_of(all_of((sure, _denies_without_tls(each, request))) for each, sure in listed) for request in requests)


def some_requests_need_tls(listed: Sequence[Statement]) -> bool:
    """Whether a statement certainly denies some requests without TLS."""
    return any(_denies_without_tls(each, request) == Known(True) for each in listed for request in _SCOPE.requests(each, ()))


def actions_need_tls(listed: Sequence[tuple[Statement, Value[bool]]], actions: Sequence[str]) -> Value[bool]:
    """Whether nobody can do any of some actions without TLS. Each statement comes with whether it is of the resource."""
    return all_of(
        any_of(all_of((sure, _denies_all(each, each.covers_action(action)))) for each, sure in listed) for action in actions
    )


def _denies_without_tls(statement: Statement, request: Request) -> Value[bool]:
    """Whether a statement denies a request to everyone if it comes without TLS."""
    return _denies_all(statement, covers_request(statement, request, _SCOPE))


def _denies_all(statement: Statement, covered: Value[bool]) -> Value[bool]:
    """Whether a statement denies what it covers to everyone who comes without TLS."""
    if statement.unknown is not None:
        return statement.unknown
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    conditions = by_key(statement)
    return all_of((denies(statement), statement.names_everyone(), covered, *_always_met_without_tls(conditions)))


def _always_met_without_tls(conditions: Tests) -> Iterator[Value[bool]]:
    for key, listed in conditions.items():
        if key in _OF_SERVICES:
            continue
        if key in _WITHOUT_TLS:
            yield all_of(test.holds(_WITHOUT_TLS[key]) for test in listed)
        elif (known := caller_key(key)) is not None or not key:
            values = [""] if known is None else values_of_anyone(known, listed, signed=False)
            yield all_of(test.holds(value) for value in values for test in listed)
        else:
            yield Known(False)
