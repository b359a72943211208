"""# SQS queue has no dead-letter queue

A message that its consumer cannot process comes back again and again until its retention period ends, and then it is lost
without a trace. With a dead-letter queue, it is set aside after a few attempts, and you can inspect it and send it again.

The rule does not check dead-letter queues themselves. It recognizes them by a queue, a function, a rule or a subscription that
uses them, by their own setting of which queues may use them, or by their name. It does not check FIFO queues either, because
setting messages aside breaks their order.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
```

```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Failed.Arn
        maxReceiveCount: 5
  Failed:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 1209600
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "failed"
  message_retention_seconds = 1209600
}
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sqs_queue_redrive_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}
```
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from wa_iac.aws.sqs import Queue
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.partial import PartlyMap
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Reference, Tree, Unknown

_CALLED_SO = re.compile(r"dlq|dead[-_]?letter|(?:^|[-_./])dead(?:$|[-_./])|redrive|failed|failure|undeliver", re.IGNORECASE)
_NAMED_BY = re.compile(r"dead_?letter|redrive|on_?failure", re.IGNORECASE)


@rule(
    practices=["REL04-BP02", "REL05-BP03", "REL05-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="RedrivePolicy:\n  deadLetterTargetArn: !GetAtt <the other queue>.Arn\n  maxReceiveCount: 5",
        tf="redrive_policy = jsonencode({\n  deadLetterTargetArn = <the other queue>.arn\n  maxReceiveCount     = 5\n})",
        of={
            "AWS::Serverless::Function": "# a queue of your own that has a RedrivePolicy, as the Destination or in\nSqsSubscription:\n  QueueArn: !GetAtt <the queue>.Arn\n  QueueUrl: !Ref <the queue>"
        },
    ),
    equivalents={"cdk_nag": ["AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"]},
)
def check(queue: Queue, graph: Graph) -> Iterator[Flag]:
    match queue.redrive_policy:
        case Known(""):
            pass
        case Known():
            return
        case Unknown() | Absent():
            pass
    if queue.redrive_sources.targets or not isinstance(queue.redrive_allow_policy, Absent) or _takes_failures(queue, graph):
        yield not_applicable("it is itself a dead-letter queue")
        return
    match queue.name:
        case Known(name) if _CALLED_SO.search(name):
            yield not_applicable("its name says that it is a dead-letter queue")
            return
        case Unknown(parts=parts) if any(isinstance(part, str) and _CALLED_SO.search(part) for part in parts):
            yield not_applicable("its name says that it is a dead-letter queue")
            return
        case _ if _CALLED_SO.search(queue.address):
            yield not_applicable("its name says that it is a dead-letter queue")
            return
        case _:
            pass
    match queue.fifo, queue.redrive_policy:
        case Known(True), _:
            yield not_applicable("a FIFO queue keeps the order of its messages")
        case (_, Unknown() as value) | (Unknown() as value, _):
            yield undecided(value)
        case _:
            yield flag(
                queue.redrive_policy,
                "A message that cannot be processed comes back until it expires, and is then lost: there is no dead-letter queue.",
            )


def _takes_failures(queue: Queue, graph: Graph) -> bool:
    """Whether something in the unit names it as the place for what failed."""
    return id(queue.declared) in _places_for_failures(graph)


@lru_cache(maxsize=4)
def _places_for_failures(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that another one names so: asked for each queue, looked for once."""
    return frozenset(
        id(declared)
        for each in graph.declared
        for reference in _named(each.body)
        for declared in graph.at(reference.address)
        if declared is not each
    )


def _named(tree: Tree) -> Iterator[Reference]:
    match tree:
        case Known(dict() as entries):
            for key, value in entries.items():
                yield from references(value) if _NAMED_BY.search(key) else _named(value)
        case PartlyMap():
            for key, value in tree.entries.items():
                yield from references(value) if _NAMED_BY.search(key) else _named(value)
        case Known(list() as items):
            for item in items:
                yield from _named(item)
        case _:
            return
