"""# Function is invoked for each record of a stream

## Why

Lambda bills each invocation, and each record waits for the one before it in its shard. With a batch of one record, a stream of a thousand
records a second needs a thousand invocations a second: the function costs more, and falls behind.

## What it checks

The rule reports event source mappings of Kinesis, DynamoDB, Amazon MSK and the like with a batch size of 1. The default is 100.

## What is left out

Queues of SQS, where a batch of one is a usual way to try each message on its own. Mappings that are disabled.

## Non-compliant

```yaml
Resources:
  Jobs:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: jobs
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
      StartingPosition: LATEST
      BatchSize: 1  # finding
```

```hcl
resource "aws_lambda_event_source_mapping" "jobs" {
  function_name     = "jobs"
  event_source_arn  = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
  starting_position = "LATEST"
  batch_size        = 1 # finding
}
```

## Compliant

```yaml
Resources:
  Jobs:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: jobs
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
      StartingPosition: LATEST
      BatchSize: 100
```

```hcl
resource "aws_lambda_event_source_mapping" "jobs" {
  function_name     = "jobs"
  event_source_arn  = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
  starting_position = "LATEST"
}
```

## Undecided

The result is undecided if the size is not known before deployment.

```yaml
Parameters:
  Size:
    Type: Number
Resources:
  Jobs:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: jobs
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
      StartingPosition: LATEST
      BatchSize: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = number
}

resource "aws_lambda_event_source_mapping" "jobs" {
  function_name     = "jobs"
  event_source_arn  = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
  starting_position = "LATEST"
  batch_size        = var.size # undecided: var.size has no default
}
```

## Sources

- [batchSize](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/lambda/aws.sdk.kotlin.services.lambda.model/-get-event-source-mapping-response/batch-size.html), read on 2026-11-29
"""

from wa_iac.aws.lambda_function import EventSourceMapping
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, written
from wa_iac.core.value import Absent, Known


@rule(
    practices=["COST09-BP02", "PERF02-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"BatchSize": 100},
        tf={"batch_size": 100},
        decision="The function has to work through all records of an event, and say which one failed (ReportBatchItemFailures):",
    ),
)
def check(mapping: EventSourceMapping) -> Flags:
    if isinstance(mapping.starting_position, Absent) or mapping.enabled == Known(False):
        return
    size = written(mapping.batch_size)
    if size.value == 1:
        yield flag(
            size, "Each record of the stream is an invocation of its own: the function costs more, and soon falls behind."
        )
