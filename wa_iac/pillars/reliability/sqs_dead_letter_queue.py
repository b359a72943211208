"""# SQS queue has no dead-letter queue

## Why

A message that its consumer cannot process comes back again and again until its retention period ends, and then it is lost
without a trace. With a dead-letter queue, it is set aside after a few attempts, and you can inspect it and send it again.

## What it checks

The rule reads the redrive policy of each queue, and reports a queue without one.

The default profile has the finding where the code shows what is lost: Lambda or a pipe takes the messages of the queue, or a bucket or a topic sends
them, here or by a policy of the queue. For other queues it is advice, since nothing here says who reads them, or what becomes of a message that nobody
can process.

The finding is of low severity if neither Lambda nor a pipe takes the messages, and either the visibility timeout is two hours or more, so
that a message does not come back again and again, or a state machine takes them, which can count the attempts itself. A queue of Celery, by
its name or the variable in it, is advice: Celery deletes a message when it takes it, and repeats the task itself. So is a queue that keeps its
messages for two hours at most, and one of notices that instances are taken away, such as Karpenter's. So is a queue to which only a topic is
subscribed that no policy of the queue lets send. One would first see whether anything uses it.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags.

## What is left out

The rule does not check dead-letter queues themselves. It recognizes them by a queue, a function, a rule or a subscription that
uses them, by their own setting of which queues may use them, or by their name. It does not check FIFO queues either, because
setting messages aside breaks their order, or queues that keep messages for half an hour at most.

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

## Not applicable

```yaml
Resources:
  OrdersDlq:  # not applicable: its name says
    Type: AWS::SQS::Queue
  Events:  # not applicable: keeps the order
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Failed.Arn
        maxReceiveCount: 5
  Failed:  # not applicable: itself a dead-letter queue
    Type: AWS::SQS::Queue
  Interruptions:  # not applicable: some minutes only
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 300
```

```hcl
resource "aws_sqs_queue" "failed" { # not applicable: its name says
  name = "orders-dlq"
}

resource "aws_sqs_queue" "events" { # not applicable: keeps the order
  name       = "events.fifo"
  fifo_queue = true
}
```

## Undecided

The result is undecided if `RedrivePolicy` or `redrive_policy` is not known before deployment.

```yaml
Parameters:
  DeadLetterQueue:
    Type: String
Conditions:
  HasDeadLetterQueue: !Not [!Equals [!Ref DeadLetterQueue, ""]]
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy:
        Fn::If:
          - HasDeadLetterQueue
          - deadLetterTargetArn: !Ref DeadLetterQueue
            maxReceiveCount: 5
          - !Ref AWS::NoValue  # undecided: Fails when DeadLetterQueue is
```

```hcl
variable "redrive_policy" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = var.redrive_policy == "" ? null : var.redrive_policy # undecided: Fails when var.redrive_policy == "" is true
}
```

## Sources

- [Using dead-letter queues in Amazon SQS - Amazon Simple Queue Service](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.sqs import Queue
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, milder, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.called import called
from wa_iac.knowledge.dead_letters import is_called_a_dead_letter_queue, takes_failures
from wa_iac.knowledge.queue_consumers import (
    gets_events,
    is_of_celery,
    is_read_by_a_state_machine,
    is_read_for_lambda,
    why_unused,
)
from wa_iac.pillars.judgements.workshops import where_needed

_SHORT: Final = 1800
_LONG: Final = 7200
"""Seconds."""
_NOTICES: Final = late(r"\bkarpenter\b|\b(?:node|spot|instance)? ?interruptions?\b|\bspot (?:notifications?|termination)\b")
"""Queues with notices that an instance is taken away in two minutes."""
_UNSEEN: Final = "This queue has no dead-letter queue: a message that its consumer cannot process, and so does not delete, comes back until it expires and is lost."
_AGAIN: Final = "This queue has no dead-letter queue: a message that cannot be processed is received again and again, until it expires and is lost."


_ANOTHER: Final = (
    "Make another standard queue for these messages, best with the longest retention (14 days), and an alarm on its length. If the consumer leaves messages "
    "in the queue until it can process them, let maxReceiveCount allow as many tries as that takes."
)
_REMEDY: Final = Remedy(
    cfn="RedrivePolicy:\n  deadLetterTargetArn: !GetAtt <the other queue>.Arn\n  maxReceiveCount: 5",
    tf="redrive_policy = jsonencode({\n  deadLetterTargetArn = <the other queue>.arn\n  maxReceiveCount     = 5\n})",
    decision=_ANOTHER,
    of={
        "AWS::Serverless::Function": "# a queue of your own that has a RedrivePolicy, in place of the one that SAM makes\nSqsSubscription:\n"
        "  QueueArn: !GetAtt <the queue>.Arn\n  QueueUrl: !Ref <the queue>"
    },
)


def _encrypted_too(queue: Queue, graph: Graph) -> Remedy | None:
    """The remedy for a queue with a KMS key: its messages stay encrypted with it where they are kept."""
    del graph
    if isinstance(queue.key_id, Absent):
        return None
    return replace(_REMEDY, decision=f"{_ANOTHER} Encrypt it with the same KMS key.")


@rule(
    practices=["REL04-BP02", "REL05-BP03", "REL05-BP04"],
    severity=Severity.MEDIUM,
    remedy=replace(_REMEDY, given=_encrypted_too),
    equivalents={"cdk_nag": ["AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"]},
)
def check(queue: Queue, graph: Graph) -> Flags:
    yield from where_needed(queue, _judge(queue, graph), queue.tags, graph)


def _judge(queue: Queue, graph: Graph) -> Flags:
    accept(isinstance(queue.redrive_policy, Known) and queue.redrive_policy != Known(""))
    exempt(takes_failures(queue, graph), "it is itself a dead-letter queue")
    exempt(is_called_a_dead_letter_queue(queue), "its name says that it is a dead-letter queue")
    exempt(
        holds(queue.retention, lambda seconds: seconds <= _SHORT),
        "it keeps messages for some minutes only, after which they are worth nothing",
    )
    exempt(queue.fifo, "a FIFO queue keeps the order of its messages")
    settled(queue.redrive_policy)
    found = _flagged(queue, graph)
    kept = queue.retention
    if isinstance(kept, Known) and kept.value <= _LONG:
        more = "It keeps messages for two hours at most."
    elif doubt := why_unused(queue, graph):
        more = doubt
    elif any(map(_NOTICES.search, called(queue, queue.tags))):
        more = "By its name, it is for notices that instances are taken away, which mean nothing after some minutes."
    else:
        more = ""
    yield from milder(found, severity=Severity.LOW, confidence=Confidence.MEDIUM, more=more) if more else found


def _flagged(queue: Queue, graph: Graph) -> Flags:
    if is_read_for_lambda(queue, graph):
        yield flag(queue.redrive_policy, _AGAIN)
    elif isinstance(queue.visibility_timeout, Known) and queue.visibility_timeout.value >= _LONG:
        hours = queue.visibility_timeout.value // 3600
        yield flag(
            queue.redrive_policy,
            f"This queue has no dead-letter queue: a message that cannot be processed comes back after {hours} hours or more, and is lost when it "
            "expires.",
            severity=Severity.LOW,
        )
    elif is_read_by_a_state_machine(queue, graph):
        yield flag(
            queue.redrive_policy,
            "This queue has no dead-letter queue: a state machine takes its messages, and has to count the attempts itself.",
            severity=Severity.LOW,
        )
    elif is_of_celery(queue):
        yield flag(
            queue.redrive_policy,
            "This queue has no dead-letter queue: Celery takes its messages and counts the attempts itself. One on which a worker always dies comes back "
            "until it expires, if the tasks acknowledge late.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
    else:
        yield flag(queue.redrive_policy, _UNSEEN, confidence=None if gets_events(queue, graph) else Confidence.LOW)
