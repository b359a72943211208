"""# Queue hands its function more messages than the function may process at once

## Why

Lambda reads a queue without regard to the reserved concurrency of the function. Calls above it are throttled: their messages go
back to the queue, and count as received. After some times such a message is in the dead-letter queue, although the function never saw it.

## What it checks

The rule compares event source mappings of queues with the reserved concurrency of their functions. It reports a maximum concurrency above the
reserved one. Without a maximum, Lambda begins with five batches at once, so the rule reports a reserved concurrency below five, unless the
queue is a FIFO queue.

## What is left out

Queues without a dead-letter queue: their messages come back until a copy is free. Mappings that are disabled, or that have pollers of their own. A function whose reserved concurrency is 0 is switched off.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      ReservedConcurrentExecutions: 5
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
      ScalingConfig:
        MaximumConcurrency: 20  # finding
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_function" "work" {
  function_name                  = "work"
  runtime                        = "python3.14"
  handler                        = "app.handler"
  role                           = "arn:aws:iam::111122223333:role/work"
  filename                       = "work.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "orders" { # finding: five batches at once
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      ReservedConcurrentExecutions: 20
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
      ScalingConfig:
        MaximumConcurrency: 20
```

```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_function" "work" {
  function_name                  = "work"
  runtime                        = "python3.14"
  handler                        = "app.handler"
  role                           = "arn:aws:iam::111122223333:role/work"
  filename                       = "work.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn

  scaling_config {
    maximum_concurrency = 2
  }
}
```

## Not applicable

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}
    Properties:
      FifoQueue: true
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed.fifo", maxReceiveCount: 5}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      ReservedConcurrentExecutions: 1
  OrdersToWork:  # not applicable: FIFO queue
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
  Payments:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}
  PaymentsToWork:  # not applicable: it is disabled
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Payments.Arn
      FunctionName: !Ref Work
      Enabled: false
  ParcelsToWork:  # not applicable: pollers of its own
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Payments.Arn
      FunctionName: !Ref Work
      ProvisionedPollerConfig: {MinimumPollers: 2}
```

## Undecided

The result is undecided if one of the numbers is not known before deployment.

```yaml
Parameters:
  Reserved:
    Type: Number
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {S3Bucket: artifacts, S3Key: work.zip}
      ReservedConcurrentExecutions: !Ref Reserved  # undecided: parameter "Reserved" has no default
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
      ScalingConfig:
        MaximumConcurrency: 20
```

```hcl
variable "most" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    maxReceiveCount     = 5
  })
}

resource "aws_lambda_function" "work" {
  function_name                  = "work"
  runtime                        = "python3.14"
  handler                        = "app.handler"
  role                           = "arn:aws:iam::111122223333:role/work"
  filename                       = "work.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn

  scaling_config {
    maximum_concurrency = var.most # undecided: var.most has no default
  }
}
```

## Sources

- [Configuring scaling behavior for SQS event source mappings - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import EventSourceMapping, Function
from wa_iac.aws.sqs import Queue
from wa_iac.core.logic import any_of, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value

_AT_FIRST: Final = 5
"""How many batches of a standard queue Lambda processes at once, before it looks whether there are more."""


def _limit(most: int | str) -> Remedy:
    return Remedy(
        cfn={"ScalingConfig": {"MaximumConcurrency": most}},
        tf={"scaling_config": {"maximum_concurrency": most}},
    )


_MORE: Final = Remedy(
    decision="The smallest maximum concurrency of a queue is 2: give the function a reserved concurrency of 2, and the event source mapping a maximum of "
    "2. If messages must be processed one after the other, keep 1 and let the queue receive a message more often (maxReceiveCount), or use a FIFO "
    "queue with one group, to which S3 and standard topics cannot send."
)


@rule(
    practices=["REL05-BP02", "REL05-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=_limit("<at most the reserved concurrency>"),
)
def check(mapping: EventSourceMapping) -> Flags:
    if not any(_has_dead_letters(queue) for queue in mapping.queue):
        return
    functions = [
        each for target in mapping.function for each in ((target,) if isinstance(target, Function) else target.function)
    ]
    for function in functions[:1]:
        reserved = settled(function.reserved_concurrency)
        if isinstance(reserved, Absent) or reserved.value < 1:
            continue
        exempt(negate(mapping.enabled), "it is disabled")
        exempt(given(mapping.pollers), "it has pollers of its own")
        most = settled(mapping.maximum_concurrency)
        if isinstance(most, Known):
            if most.value > reserved.value:
                yield flag(
                    most,
                    f"This queue may start {most.value} copies of {function.address}, which may have {reserved.value}: the other messages are "
                    "throttled, and may move to the dead-letter queue unread.",
                    instead=_limit(reserved.value) if reserved.value > 1 else _MORE,
                )
        elif reserved.value < _AT_FIRST:
            exempt(_is_fifo(mapping), "a FIFO queue starts as many copies as it has groups of messages")
            yield flag(
                mapping,
                f"Lambda begins with five batches at once, but {function.address} may have {reserved.value} "
                f"{'copy' if reserved.value == 1 else 'copies'}: the other messages are throttled, and may move to the dead-letter queue unread.",
                instead=_limit(reserved.value) if reserved.value > 1 else _MORE,
            )


def _has_dead_letters(queue: Queue) -> bool:
    """Whether it may have a dead-letter queue, for which a throttled message counts as received."""
    return given(queue.redrive_policy) != Known(False)


def _is_fifo(mapping: EventSourceMapping) -> Value[bool]:
    return any_of(queue.fifo for queue in mapping.queue)
