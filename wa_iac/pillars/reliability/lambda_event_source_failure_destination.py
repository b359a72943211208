"""# Lambda has no place for stream records that it cannot process

## Why

Lambda reads the records of a stream in order. By default, it repeats a batch that fails until the records expire: after a day for DynamoDB,
after a day or more for Kinesis. Until then, one bad record holds up its whole shard. With limits on retries or age alone, Lambda drops the
records, and they are lost. An on-failure destination keeps a trace of what failed.

## What it checks

Event source mappings of Kinesis and DynamoDB streams without an on-failure destination.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags. So it is for a function that only prints its records, by its code in the template, or by its name or handler
and a role that may do nothing else: no work is lost yet.

## What is left out

Queues, which have dead-letter queues of their own (`sqs-dead-letter-queue`), and Kafka and DocumentDB. Mappings that are disabled. If a variable of the function names a
dead-letter queue (`DLQ_URL`), the finding is advice: the function itself keeps what it cannot process.

## Non-compliant

```yaml
Resources:
  Records:  # finding: holds up
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "records" { # finding: dropped
  event_source_arn       = aws_dynamodb_table.orders.stream_arn
  function_name          = "orders"
  starting_position      = "LATEST"
  maximum_retry_attempts = 3
}
```

```yaml
Resources:
  Records:  # finding: dropped
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
      BisectBatchOnFunctionError: true
      MaximumRecordAgeInSeconds: 3600
```

## Compliant

```yaml
Resources:
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
      MaximumRetryAttempts: 5
      BisectBatchOnFunctionError: true
      DestinationConfig:
        OnFailure:
          Destination: arn:aws:sqs:eu-west-1:111122223333:failed
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "records" {
  event_source_arn       = aws_dynamodb_table.orders.stream_arn
  function_name          = "orders"
  starting_position      = "LATEST"
  maximum_retry_attempts = 5
  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Records:  # not applicable: not a stream of Kinesis or DynamoDB
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
      FunctionName: orders
  Later:  # not applicable: switched off
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
      Enabled: false
```

## Undecided

```yaml
Parameters:
  Failed:
    Type: String
Resources:
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
      FunctionName: orders
      StartingPosition: LATEST
      DestinationConfig:
        OnFailure:
          Destination: !Ref Failed  # undecided: parameter "Failed" has no default
```

```hcl
variable "failed" {
  type = string
}

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  billing_mode     = "PAY_PER_REQUEST"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "records" {
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = "orders"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = var.failed # undecided: var.failed has no default
    }
  }
}
```

## Sources

- [maximumRetryAttempts](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/lambda/aws.sdk.kotlin.services.lambda.model/-get-event-source-mapping-response/maximum-retry-attempts.html), read on 2026-11-29
- [Understanding retry behavior in Lambda](https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries), read on 2026-11-29
- [Retain discarded batch records for a Kinesis Data Streams event source in Lambda](https://docs.amazonaws.cn/en_us/lambda/latest/dg/kinesis-on-failure-destination.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.lambda_function import EventSourceMapping, Function
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, milder, rule, settled
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.lambda_tells import keeps_failures, only_shows
from wa_iac.pillars.judgements.workshops import where_needed

_STREAMS: Final = frozenset(
    and_awscc(
        *("AWS::Kinesis::Stream", "aws_kinesis_stream", "AWS::Kinesis::StreamConsumer", "aws_kinesis_stream_consumer"),
        *("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "aws_dynamodb_table"),
    )
)


_BISECTS: Final = frozenset({"BisectBatchOnFunctionError", "bisect_batch_on_function_error"})
_ALLOWED: Final = "Declare a standard queue for them, and first allow the role of the function to send to it (sqs:SendMessage)."
_BY_SAM: Final = "Declare a standard queue for them. With the Type, SAM allows the role that it makes to send to it."
_SAM: Final = "AWS::Serverless::Function"
_KEPT: Final = "After the limit, Lambda sends the place of the batch in the stream to the queue, and goes on with later records: records that depend on the dropped ones are then processed without them."


def _what_is_missing(mapping: EventSourceMapping, graph: Graph) -> Remedy:
    """The destination, and a limit of attempts if there is none: that of a batch which is halved until the bad record is alone."""
    is_limited = _is_limited(mapping)
    cfn, tf = "", ""
    if not is_limited:
        cfn, tf = "MaximumRetryAttempts: 5\n", "maximum_retry_attempts = 5\n"
        if _BISECTS.isdisjoint(mapping.declared.body.value) and mapping.batch_size != Known(1):
            cfn += "BisectBatchOnFunctionError: true\n"
            tf = "maximum_retry_attempts         = 5\nbisect_batch_on_function_error = true\n"
    of_sam = mapping.declared.made_from == _SAM
    kind = "    Type: SQS\n" if of_sam else ""
    allowed = _BY_SAM if of_sam and _has_role_of_sam(mapping, graph) else _ALLOWED
    return Remedy(
        cfn=f"{cfn}DestinationConfig:\n  OnFailure:\n{kind}    Destination: !GetAtt <a queue>.Arn",
        tf=f"{tf}destination_config {{\n  on_failure {{\n    destination_arn = <a queue>.arn\n  }}\n}}",
        decision=allowed if is_limited else f"{allowed} {_KEPT}",
    )


def _has_role_of_sam(mapping: EventSourceMapping, graph: Graph) -> bool:
    """Whether SAM makes the role of its function."""
    roles = (value_at(each.declared.body, "Role") for each in mapping.function if isinstance(each, Function))
    return any(each.made_from == _SAM for role in roles for each in graph.referred(role))


def _is_limited(mapping: EventSourceMapping) -> bool:
    return any(holds(each, lambda limit: limit >= 0) == Known(True) for each in (mapping.retries, mapping.maximum_age))


@rule(
    practices=["REL05-BP03", "REL05-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="MaximumRetryAttempts: 5\nBisectBatchOnFunctionError: true\nDestinationConfig:\n  OnFailure:\n"
        "    Destination: !GetAtt <a queue>.Arn",
        tf="maximum_retry_attempts         = 5\nbisect_batch_on_function_error = true\ndestination_config {\n  on_failure {\n"
        "    destination_arn = <a queue>.arn\n  }\n}",
        decision=_ALLOWED,
        given=_what_is_missing,
    ),
    equivalents={"cdk_nag": ["Serverless-LambdaEventSourceMappingDestination"]},
)
def check(mapping: EventSourceMapping, graph: Graph) -> Flags:
    yield from where_needed(mapping, _judge(mapping, graph), Absent())


def _judge(mapping: EventSourceMapping, graph: Graph) -> Flags:
    kept = given(mapping.on_failure)
    accept(kept == Known(True))
    streams = _reads_a_stream(mapping, graph)
    if not streams and not isinstance(mapping.starting_position, Absent) and isinstance(mapping.source, Unknown):
        settled(mapping.source)
    exempt(holds(mapping.enabled, lambda on: not on), "it is switched off")
    exempt(not streams, "its source is not a stream of Kinesis or DynamoDB, as far as this shows")
    accept(kept)
    if _is_limited(mapping):
        then = "records that the function cannot process are dropped after some attempts or some time, and nothing here keeps which"
    else:
        then = "a record that the function cannot process holds up its shard until it expires, and is then lost"
    found = flag(mapping.on_failure, f"This mapping has no on-failure destination: {then}.")
    keeps = [keeps_failures(each) if isinstance(each, Function) else "" for each in mapping.function.targets]
    shows = [only_shows(each, graph) if isinstance(each, Function) else "" for each in mapping.function.targets]
    if shows and all(shows):
        yield from milder(
            [found], confidence=Confidence.LOW, more=f"The function probably only prints its records so far: {shows[0]}."
        )
    elif keeps and all(keeps):
        yield from milder(
            [found],
            confidence=Confidence.LOW,
            more=f"By its variable {keeps[0]}, the function itself keeps what it cannot process, unless it is ended before.",
        )
    else:
        yield found


def _reads_a_stream(mapping: EventSourceMapping, graph: Graph) -> bool:
    return any(each.type in _STREAMS for each in graph.referred(mapping.source)) or _names_a_stream(mapping.source)


def _names_a_stream(source: Value[str]) -> bool:
    match source:
        case Known(text):
            pieces = [text]
        case Unknown(parts=parts):
            pieces = [each for each in parts if isinstance(each, str)]
        case _:
            return False
    return any(":kinesis:" in piece or (":dynamodb:" in piece or "/stream/" in piece) for piece in pieces)
