"""# SQS queue has a visibility timeout too short for its Lambda function

## Why

A message that is not deleted in time becomes visible again. If the visibility timeout is shorter than the function may need, including
retries after throttling, the same message is processed twice at once, and may count as failed although it succeeded.

## What it checks

The rule compares the visibility timeout of each queue with the timeout of the functions that read its messages through an event source
mapping. It reports a visibility timeout of less than six times the function's timeout; the option `times` changes this. Without a
setting, a message stays hidden for 30 seconds, and a function may run for 3 seconds. The finding is advice for a visibility timeout that is
written and longer than the function may run, and from twice the timeout on: only a throttled function then gets a message twice. It is advice
also where more than an hour would be needed, since a message that fails would then wait that long for its next try.

AWS asks for a visibility timeout of at least six times the function's timeout, and as many seconds more as the mapping waits for a batch to fill. A visibility timeout shorter than the function's timeout
is rejected when the event source mapping is created.

## What is left out

The rule does not check a queue that no function here reads, because how long its readers need is written nowhere.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60  # finding
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Timeout: 60
      Code:
        S3Bucket: artifacts
        S3Key: work.zip
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
```

```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/work"
  filename      = "work.zip"
  timeout       = 30
}

resource "aws_lambda_event_source_mapping" "orders" {
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
      VisibilityTimeout: 360
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Timeout: 60
      Code:
        S3Bucket: artifacts
        S3Key: work.zip
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
```

```hcl
resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/work"
  filename      = "work.zip"
  timeout       = 30
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: no function here reads its messages
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
```

```hcl
resource "aws_sqs_queue" "orders" { # not applicable: no function here reads its messages
  name                       = "orders"
  visibility_timeout_seconds = 30
}
```

## Undecided

The result is undecided if `VisibilityTimeout` or `visibility_timeout_seconds` is not known before deployment.

```yaml
Parameters:
  VisibilityTimeout:
    Type: Number
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref VisibilityTimeout  # undecided: parameter "VisibilityTimeout" has no default
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Timeout: 60
      Code:
        S3Bucket: artifacts
        S3Key: work.zip
  OrdersToWork:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Orders.Arn
      FunctionName: !Ref Work
```

```hcl
variable "visibility_timeout_seconds" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = var.visibility_timeout_seconds # undecided: var.visibility_timeout_seconds has no default
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  runtime       = "python3.14"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/work"
  filename      = "work.zip"
  timeout       = 30
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.work.arn
}
```

## Sources

- [Creating and configuring an Amazon SQS event source mapping - AWS Lambda](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html), read on 2026-11-29
- [Configuring an Amazon SQS queue to trigger an AWS Lambda function - Amazon Simple Queue Service](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from wa_iac.aws.lambda_function import EventSourceMapping, Function
from wa_iac.aws.sqs import Queue
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, all_known, exempt, flag, rule, undecided
from wa_iac.core.value import Known, Unknown

_SOME: Final = 2
"""How many times the function's timeout leaves room for a second try."""


class Timeout(Options):
    """How long a message must stay hidden."""

    times: int = Field(
        6, ge=1, description="How many times the function's timeout a message must stay hidden; AWS recommends six."
    )


_LONG: Final = 3600
"""Seconds that few queues let a message wait for its next try."""
_LATER: Final = "A message that fails then stays hidden that long."
_IN_ORDER: Final = "The messages of its group wait for it until then, since the queue is a FIFO queue."
_ONCE: Final = (
    "A message that fails then stays hidden that long, and is not tried again, as maxReceiveCount is 1: AWS recommends at least 5 for a queue that a "
    "function reads."
)


def _with_timeout(seconds: int | str, later: str = _LATER) -> Remedy:
    return Remedy(
        decision=later,
        cfn=f"VisibilityTimeout: {seconds}",
        tf=f"visibility_timeout_seconds = {seconds}",
        of={
            "AWS::Serverless::Function": f"# a queue of your own whose VisibilityTimeout is {seconds}\nSqsSubscription:\n"
            "  QueueArn: !GetAtt <the queue>.Arn\n  QueueUrl: !Ref <the queue>"
        },
    )


@rule(
    practices=["REL04-BP04", "REL05-BP05"],
    severity=Severity.MEDIUM,
    remedy=lambda wanted: _with_timeout(f"<{wanted.times} times the function's timeout>"),
    equivalents={"cdk_nag": ["LambdaEventSourceSQSVisibilityTimeout"]},
)
def check(queue: Queue, graph: Graph, wanted: Timeout) -> Flags:
    mappings = graph.index(EventSourceMapping, _queues).get(queue, ())
    consumers: dict[Function, int] = {}
    for mapping in mappings:
        wait = mapping.batch_window.value if isinstance(mapping.batch_window, Known) else 0
        for function in _functions(mapping):
            consumers[function] = max(wait, consumers.get(function, 0))
    all_known(*(mapping.function.unknown for mapping in mappings if not consumers))
    exempt(not consumers, "no function here reads its messages")
    for function, wait in consumers.items():
        match queue.visibility_timeout, function.timeout:
            case Known(visible) as value, Known(timeout) as limit if visible < wanted.times * timeout:
                once = _receives_once(queue)
                later = _ONCE if once else _LATER
                if queue.fifo == Known(True):
                    later = f"{later} {_IN_ORDER}"
                seconds = wanted.times * timeout + wait
                if isinstance(queue.retention, Known) and queue.retention.value <= seconds:
                    later = f"The queue keeps a message for {queue.retention.value} seconds only: let it keep them longer, or none is tried again. {later}"
                yield flag(
                    value,
                    f"A message becomes visible again after {visible} seconds, but {function.address} may need {timeout} seconds for it"
                    f"{_then(once=once, shorter=visible < timeout)}. At least {seconds} seconds are recommended.",
                    confidence=Confidence.LOW
                    if visible >= _SOME * timeout or _is_chosen(value, timeout) or wanted.times * timeout > _LONG
                    else None,
                    instead=_apart(queue, wanted.times, later)
                    if _have_one_source(value, limit)
                    else _with_timeout(seconds, later),
                )
            case (Unknown() as value, _) | (_, Unknown() as value):
                yield undecided(value)
            case _:
                pass


def _then(*, once: bool, shorter: bool) -> str:
    """What happens to a message. Lambda checks that the function cannot outlast the visibility timeout when the two are connected, and not
    later."""
    refused = ": Lambda refuses to connect such a queue, and if one of the two timeouts was changed later, " if shorter else ""
    throttled = "" if shorter else ", and more if Lambda is throttled and tries again: "
    then = (
        "the message may be processed, and still move to the dead-letter queue when it is received for a second time"
        if once
        else "the message may be processed twice"
    )
    return f"{refused}{throttled}{then}"


def _is_chosen(visible: Known[int], timeout: int) -> bool:
    """Whether the author has written a visibility timeout that leaves the function time to end: longer than it may run."""
    return visible.origin.how == "explicit" and visible.value > timeout


def _receives_once(queue: Queue) -> bool:
    """Whether a message that is received a second time goes to a dead-letter queue instead."""
    times = member(queue.redrive_policy, "maxReceiveCount")
    return isinstance(times, Known) and str(times.value) == "1"


def _apart(queue: Queue, times: int, later: str) -> Remedy:
    """The remedy for a queue that takes its timeout from the same place as the function. A template cannot multiply."""
    if queue.dialect == "terraform":
        return Remedy(
            decision=f"One value sets both timeouts: multiply it by {times} where the queue uses it, as in "
            f"visibility_timeout_seconds = {times} * (<the expression there>). {later}",
            differs=True,
        )
    return Remedy(
        decision=f"One value sets both timeouts: give the queue one of its own, at least {times} times as long. {later}",
        differs=True,
    )


def _queues(mapping: EventSourceMapping) -> tuple[Queue, ...]:
    return mapping.queue.targets


def _functions(mapping: EventSourceMapping) -> Iterator[Function]:
    for target in mapping.function:
        yield from (target,) if isinstance(target, Function) else target.function


def _have_one_source(*values: Known[int]) -> bool:
    """Whether values come from one place elsewhere: the same variable, parameter or local."""
    sources = {each.origin.chain[-1].span if each.origin.chain else None for each in values}
    return len(sources) == 1 and None not in sources
