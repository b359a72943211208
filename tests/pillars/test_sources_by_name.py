"""A queue that only the name of a source limits is open to every AWS account."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

QUEUE = """
Resources:
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [https://sqs.eu-west-1.amazonaws.com/123456789012/orders]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: "*"
            %s
"""
PATTERN = 'Condition: {ArnLike: {"aws:SourceArn": "arn:aws:sns:*:*:orders-*"}}'


@pytest.mark.parametrize(
    ("condition", "words"),
    [("", "anyone, with or without an AWS account"), (PATTERN, "of every AWS account send to the queue: only their name")],
)
def test_a_source_that_only_its_name_limits(tmp_path: Path, condition: str, words: str) -> None:
    assert words in only_fault(tmp_path, QUEUE % condition, "cloudformation", "sqs-policy-public").message
