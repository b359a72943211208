"""A queue that only the name of a source limits is open to every AWS account."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault

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
    ("condition", "words", "advice"),
    [
        ("", "anyone, with or without an AWS account, to use", False),
        (
            'Condition: {StringLike: {"aws:PrincipalOrgID": "*"}}',
            "every AWS account that is in an organization, whichever",
            False,
        ),
        ('Condition: {StringLikeIfExists: {"aws:PrincipalOrgID": "*"}}', "anyone, with or without an AWS account", False),
        ('Condition: {ArnLike: {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}', "allows every AWS account to use", False),
        (PATTERN, "of every AWS account send to the queue: only their name", True),
        (PATTERN.replace("orders-", ""), "of every AWS account send to the queue.", False),
    ],
)
def test_a_source_that_only_its_name_limits(tmp_path: Path, condition: str, words: str, advice: bool) -> None:
    found = only_fault(tmp_path, QUEUE % condition, "cloudformation", "sqs-policy-public")

    assert words in found.message
    assert found.is_advice is advice


@pytest.mark.parametrize(
    ("resource", "reported"),
    [
        ("!Sub arn:aws:sns:*:${AWS::AccountId}:*", False),
        ("!Sub arn:${AWS::Partition}:sns:*:${AWS::AccountId}:*", False),
        ("!Sub arn:aws:sqs:*:${AWS::AccountId}:*", True),
        ('["arn:aws:sns:*:*:*", "*"]', True),
        ("arn:aws:*:*:*:orders", True),
    ],
)
def test_a_statement_on_another_service_opens_no_queue(tmp_path: Path, resource: str, reported: bool) -> None:
    source = (QUEUE % "").replace('Resource: "*"', f"Resource: {resource}")

    assert bool(judge(tmp_path, source, "cloudformation", "sqs-policy-public").failing()) == reported
