"""# Three or more functions read one DynamoDB stream

## Why

A shard of a DynamoDB stream is made for two readers at a time. With more, DynamoDB may throttle them, and they fall behind.

## What it checks

The rule counts the event source mappings of Lambda that read the stream of a table, and reports a table with three or more.

## What is left out

Mappings that are disabled. Readers other than Lambda functions. Streams of Kinesis to which a table writes.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
  Reader2:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader2
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
```

```hcl
resource "aws_dynamodb_table" "orders" { # finding
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader2" {
  function_name     = "reader2"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
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
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Reader0:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader0
      EventSourceArn: !GetAtt Orders.StreamArn
      StartingPosition: LATEST
  Reader1:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: reader1
      EventSourceArn: !GetAtt Orders.StreamArn
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

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "reader0" {
  function_name     = "reader0"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "reader1" {
  function_name     = "reader1"
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "other" {
  function_name     = "other"
  event_source_arn  = var.source_arn # undecided: var.source_arn has no default
  starting_position = "LATEST"
}
```

## Sources

- [Class: Aws::DynamoDBStreams::Types::LimitExceededException](https://rubydoc.info/gems/aws-sdk-dynamodbstreams/Aws/DynamoDBStreams/Types/LimitExceededException), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.dynamodb import Table
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, rule
from wa_iac.pillars.judgements.stream_readers import too_many_readers

_MANY: Final = 3
"""One more than the processes that may read a shard at the same time."""


@rule(
    practices=["PERF03-BP04", "REL07-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Let one function, or a pipe of EventBridge, read the stream, and send the changes on to a topic of SNS or an event bus that the "
        "others listen to."
    ),
)
def check(table: Table, graph: Graph) -> Flags:
    yield from too_many_readers(
        table,
        graph,
        "table",
        _MANY,
        lambda readers: (
            f"{readers} functions read the stream of this table, which is made for two at a time: they may be throttled, and fall behind."
        ),
    )
