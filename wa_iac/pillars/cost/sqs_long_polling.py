"""# SQS queue answers polls at once

## Why

With short polling, SQS answers at once, also if there is no message. A consumer in a loop then makes thousands of requests an hour for nothing,
and pays for each. With long polling, SQS waits up to 20 seconds for a message.

## What it checks

Queues with `ReceiveMessageWaitTimeSeconds` or `receive_wait_time_seconds` 0, which is the default.

## What is left out

Queues that Lambda or a pipe reads: they poll for a long time by themselves. Dead-letter queues, which nobody polls. A consumer may also ask for
long polling with each request, which nothing here shows: the confidence is low.

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
      VisibilityTimeout: 60
      ReceiveMessageWaitTimeSeconds: 20
```

```hcl
resource "aws_sqs_queue" "orders" {
  name                      = "orders"
  receive_wait_time_seconds = 20
}
```

## Not applicable

```yaml
Resources:
  OrdersDlq:  # not applicable: dead-letter queue
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
```

```yaml
Resources:
  Orders:  # not applicable: polls for a long time
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: orders
```

## Undecided

```yaml
Parameters:
  Wait:
    Type: Number
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      ReceiveMessageWaitTimeSeconds: !Ref Wait  # undecided: parameter "Wait" has no default
```

```hcl
variable "wait" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name                      = "orders"
  receive_wait_time_seconds = var.wait # undecided: var.wait has no default
}
```

## Sources

- [Using the appropriate polling mode in Amazon SQS](https://docs.aws.amazon.com/en_us/AWSSimpleQueueService/latest/SQSDeveloperGuide/best-practices-using-appropriate-polling-mode.html), read on 2026-11-29
"""

from wa_iac.aws.sqs import Queue
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, refuse, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.dead_letters import is_called_a_dead_letter_queue, takes_failures
from wa_iac.knowledge.queue_consumers import is_read_for_lambda


@rule(
    practices=["COST05-BP05", "SUS03-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    fix=Recipe(
        cfn={"ReceiveMessageWaitTimeSeconds": 20},
        tf={"receive_wait_time_seconds": 20},
        unsafe_because="a consumer whose connections time out before 20 seconds fails",
    ),
)
def check(queue: Queue, graph: Graph) -> Flags:
    exempt(bool(queue.declared.made_from), "SAM makes it, and has no settings for it")
    accept(holds(queue.receive_wait, lambda seconds: seconds > 0) == Known(True))
    exempt(takes_failures(queue, graph) or is_called_a_dead_letter_queue(queue), "it is a dead-letter queue")
    exempt(is_read_for_lambda(queue, graph), "Lambda or a pipe reads it, which polls for a long time by itself")
    yield from refuse(
        queue.receive_wait,
        0,
        "This queue answers polls at once: consumers that do not ask it to wait pay for many requests that bring no message.",
    )
