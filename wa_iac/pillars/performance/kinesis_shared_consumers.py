"""# Three or more functions share the reads of a Kinesis stream

## Why

A shard takes 1 MB/s, and gives 2 MB/s to all of its readers together. From three readers on, a shard that is full gives each of them less
than what comes in: they fall behind, and lose records in the end.

## What it checks

The rule counts the event source mappings of Lambda that read a stream itself, and reports a stream with three or more.

## What is left out

Readers with enhanced fan-out, which have a throughput of their own. Mappings that are disabled. Readers other than Lambda functions.

## Non-compliant

```yaml
Resources:
  Clicks:  # finding
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 4
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
  Reader2:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader2
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
```

```hcl
resource "aws_kinesis_stream" "clicks" { # finding
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader2" {
  function_name     = "reader2"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}
```

## Compliant

```yaml
Resources:
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 4
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
```

```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}
```

## Undecided

The result is undecided if it is not known which stream a mapping reads.

```yaml
Parameters:
  Source:
    Type: String
Resources:
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: 4
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Clicks.Arn
      StartingPosition: LATEST
  Other:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: other
      EventSourceArn: !Ref Source  # undecided: parameter "Source" has no default
      StartingPosition: LATEST
```

```hcl
variable "source_arn" {
  type = string
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "other" {
  function_name     = "other"
  event_source_arn  = var.source_arn # undecided: var.source_arn has no default
  starting_position = "LATEST"
}
```

## Sources

- [Develop enhanced fan-out consumers with dedicated throughput - Amazon Kinesis Data Streams](https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html), read on 2026-11-29
- [building consumers](https://github.com/awsdocs/amazon-kinesis-data-streams-developer-guide/blob/master/doc_source/building-consumers.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.kinesis import Stream
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, rule
from wa_iac.pillars.judgements.stream_readers import too_many_readers

_MANY: Final = 3
"""So many readers together take more than a shard gives, if it is full: 1 MB/s in, 2 MB/s out."""


@rule(
    practices=["PERF03-BP04", "REL07-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Register a consumer with enhanced fan-out (AWS::Kinesis::StreamConsumer, aws_kinesis_stream_consumer) for each function that must "
        "not wait, and let its event source mapping read that. It costs per shard and gigabyte."
    ),
)
def check(stream: Stream, graph: Graph) -> Flags:
    yield from too_many_readers(
        stream,
        graph,
        "stream",
        _MANY,
        lambda readers: (
            f"{readers} functions share the reads of each shard: when it is full, they fall behind, and may lose records."
        ),
    )
