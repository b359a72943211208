"""Who takes messages from a queue."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.sns import Subscription, Topic
from wa_iac.aws.sqs import Queue
from wa_iac.core.algebra import text_of
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known, Tree, Unknown

_MAPPINGS: Final = frozenset(and_awscc("AWS::Lambda::EventSourceMapping", "aws_lambda_event_source_mapping"))
_PIPES: Final = frozenset(and_awscc("AWS::Pipes::Pipe", "aws_pipes_pipe"))
_MACHINES: Final = frozenset(and_awscc("AWS::StepFunctions::StateMachine", "aws_sfn_state_machine"))
_TOPICS: Final = frozenset((*Topic.types(), *Subscription.types()))
_SENDERS: Final = _TOPICS | {*and_awscc("AWS::S3::Bucket"), "aws_s3_bucket_notification"}
_SERVICES: Final = ("s3.amazonaws.com", "sns.amazonaws.com")
_RECEIVING: Final = "sqs:receivemessage"
"""The end of the resource of a task that takes messages ("Amazon SQS" among the AWS SDK integrations, AWS Step Functions Developer Guide)."""


def is_read_for_lambda(queue: Queue, graph: Graph) -> bool:
    """Whether Lambda or a pipe takes messages from a queue, as far as the unit shows it."""
    if not _PIPES.isdisjoint(graph.types) and graph.referring(queue, _PIPES):
        return True
    if _MAPPINGS.isdisjoint(graph.types):
        return False
    from wa_iac.aws.lambda_function import EventSourceMapping

    return bool(graph.pointing(EventSourceMapping, "queue").at.get(id(queue.declared)))


def gets_events(queue: Queue, graph: Graph) -> bool:
    """Whether a bucket or a topic sends its events to a queue, here or by a policy of the queue."""
    if graph.referring(queue, _SENDERS):
        return True
    policies = (queue.policy, *(each.document for each in queue.policies.targets))
    return any(service in text for policy in policies for text in _texts(policy) for service in _SERVICES)


def why_unused(queue: Queue, graph: Graph) -> str:
    """A sentence on why a queue has probably no messages: only topics would send to it, and none may. Empty if something may use it. A queue
    that nothing here refers to is one for programs elsewhere."""
    closed = isinstance(queue.policy, Absent) and isinstance(queue.policies.presence, Absent)
    if closed and graph.referring(queue, _TOPICS) and not is_read_for_lambda(queue, graph):
        return (
            "A topic is subscribed to it, but no policy of the queue lets the topic send: see first whether anything uses it."
        )
    return ""


def is_of_celery(queue: Queue) -> bool:
    """Whether its name, or the variable or parameter that gives a part of it, names Celery."""
    given = (step.default_of for step in queue.name.origin.chain)
    why = queue.name.why if isinstance(queue.name, Unknown) else ""
    return any("celery" in text.lower() for text in (queue.address, *pieces_of(queue.name), *given, why) if text)


def is_read_by_a_state_machine(queue: Queue, graph: Graph) -> bool:
    """Whether a state machine that names a queue takes messages from one."""
    if _MACHINES.isdisjoint(graph.types):
        return False
    return any(map(_receives, graph.referring(queue, _MACHINES)))


def _receives(machine: Declared) -> bool:
    return any(_RECEIVING in text.lower() for text in _texts(machine.body))


def _texts(tree: Tree) -> list[str]:
    """All texts in a value, and the known pieces of those that are partly known."""
    match tree:
        case Known(dict() as entries):
            return [text for each in entries.values() for text in _texts(each)]
        case Known(list() as items):
            return [text for each in items for text in _texts(each)]
        case Known(value):
            return [text_of(value)]
        case Unknown(parts=parts):
            return [each for each in parts if isinstance(each, str)]
        case _:
            return []
