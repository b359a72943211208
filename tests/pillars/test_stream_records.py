"""Streams are told by what an event source mapping refers to, or by their ARN."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault

MAPPING = """
Resources:
  Stream: {{ Type: AWS::Kinesis::Stream, Properties: {{ ShardCount: 1 }} }}
  Queue: {{ Type: AWS::SQS::Queue }}
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: {source}
      {more}
"""


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("!GetAtt Stream.Arn", 1),
        ("!Sub arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/orders", 1),
        ("arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000", 1),
        ("!GetAtt Queue.Arn", 0),
        ("arn:aws:kafka:eu-west-1:111122223333:cluster/orders/a1b2c3", 0),
    ],
)
def test_only_streams_of_kinesis_and_dynamodb_count(tmp_path: Path, source: str, count: int) -> None:
    report = judge(
        tmp_path, MAPPING.format(source=source, more=""), "cloudformation", "lambda-event-source-failure-destination"
    )

    assert len(report.failing()) == count


@pytest.mark.parametrize(
    ("more", "words"),
    [("", "holds up its shard"), ("MaximumRetryAttempts: 2", "dropped"), ("MaximumRecordAgeInSeconds: 600", "dropped")],
)
def test_the_message_says_what_happens_to_a_bad_record(tmp_path: Path, more: str, words: str) -> None:
    source = MAPPING.format(source="!GetAtt Stream.Arn", more=more)
    (finding,) = judge(tmp_path, source, "cloudformation", "lambda-event-source-failure-destination").failing()

    assert words in finding.message


DEMONSTRATION = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Stream: {{ Type: AWS::Kinesis::Stream, Properties: {{ ShardCount: 1 }} }}
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: {handler}.handler
      Runtime: nodejs22.x
      CodeUri: ./
      Policies: [AWSLambdaBasicExecutionRole, {policy}]
      Events:
        Records: {{ Type: Kinesis, Properties: {{ Stream: !GetAtt Stream.Arn, StartingPosition: LATEST }} }}
"""


@pytest.mark.parametrize(
    ("name", "handler", "policy", "advice"),
    [
        ("LoggingFunction", "index", "AWSLambdaKinesisExecutionRole", True),
        ("Function", "logger", "AWSLambdaKinesisExecutionRole", True),
        ("Function", "index", "AWSLambdaKinesisExecutionRole", False),
        ("LoggingFunction", "index", "AmazonS3FullAccess", False),
        ("Catalogs", "index", "AWSLambdaKinesisExecutionRole", False),
    ],
)
def test_a_function_that_only_prints_its_records_loses_no_work(
    tmp_path: Path, name: str, handler: str, policy: str, advice: bool
) -> None:
    source = DEMONSTRATION.format(name=name, handler=handler, policy=policy)
    found = only_fault(tmp_path, source, "cloudformation", "lambda-event-source-failure-destination")

    assert (found.is_advice, "only prints" in found.message) == (advice, advice)


KEEPER = """
Resources:
  Stream: {{ Type: AWS::Kinesis::Stream, Properties: {{ ShardCount: 1 }} }}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/orders
      Code: {{ S3Bucket: code, S3Key: orders.zip }}
      Environment: {{ Variables: {{ {name}: "https://sqs.eu-west-1.amazonaws.com/111122223333/left" }} }}
  Records:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{ FunctionName: !Ref Orders, EventSourceArn: !GetAtt Stream.Arn }}
"""


@pytest.mark.parametrize(("name", "advice"), [("DEAD_LETTER_QUEUE_URL", True), ("DLQ_URL", True), ("QUEUE_URL", False)])
def test_a_function_that_keeps_what_it_cannot_process(tmp_path: Path, name: str, advice: bool) -> None:
    found = only_fault(tmp_path, KEEPER.format(name=name), "cloudformation", "lambda-event-source-failure-destination")

    assert (found.is_advice, f"By its variable {name}" in found.message) == (advice, advice)
