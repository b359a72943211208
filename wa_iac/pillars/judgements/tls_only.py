"""Queues and topics whose policy has to deny requests without TLS."""

from __future__ import annotations

from wa_iac.aws.sns import Topic
from wa_iac.aws.sqs import Queue
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, any_of, first_unknown, holds
from wa_iac.core.rule import Flags, accept, all_known, flag
from wa_iac.core.value import Known, Tree, Unknown, Value

_KEY = "aws:securetransport"


def judge(resource: Queue | Topic, message: str) -> Flags:
    """Flag a queue or a topic if no policy here denies requests without TLS to everybody."""
    policies = resource.policies
    documents = [(resource.policy, Known(True)), *((each.document, policies.doubt(each)) for each in policies)]
    accept(any_of(all_of((sure, _denies_plain(each))) for document, sure in documents for each in statements(document)))
    all_known(policies.unknown)
    yield flag(resource, message)


def _denies_plain(statement: Statement) -> Value[bool]:
    """Whether a statement denies everybody what comes without TLS."""
    unknown = first_unknown(statement.unknown, statement.conditions_unknown)
    if unknown is not None:
        return unknown
    plain = (_is_false(condition.value) for condition in statement.conditions if condition.key.lower() in (_KEY, ""))
    return all_of((holds(statement.effect, lambda effect: effect == "Deny"), statement.names_everyone(), any_of(plain)))


def _is_false(value: Tree) -> Value[bool]:
    match value:
        case Known(list() as values):
            return any_of(_is_false(each) for each in values)
        case Unknown():
            return value
        case _:
            return holds(value, lambda content: str(content).lower() == "false")
