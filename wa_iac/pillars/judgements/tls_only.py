"""Queues and topics whose policy has to deny requests without TLS."""

from __future__ import annotations

from wa_iac.aws.sns import Topic
from wa_iac.aws.sqs import Queue
from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Flags, accept, all_known, flag
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.tls import actions_need_tls


def judge(resource: Queue | Topic, message: str, *actions: str) -> Flags:
    """Flag a queue or a topic if no policy here denies some actions without TLS to everybody."""
    policies = resource.policies
    documents = [(resource.policy, Known(True)), *((each.document, policies.doubt(each)) for each in policies)]
    accept(actions_need_tls([(each, sure) for document, sure in documents for each in statements(document)], actions))
    all_known(policies.unknown)
    yield flag(resource, message)
