"""An event is not lost where the next run of a schedule does the same, or where a deployment waits for the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault, verdicts

RULE = "lambda-dead-letter-queue"
FUNCTION = """
%s
Resources:
  Check:
    Type: AWS::Lambda::Function
    Properties:
      Handler: check.handler
      Runtime: python3.14
      Role: arn:aws:iam::123456789012:role/check
      Code: {S3Bucket: code, S3Key: check.zip}
"""
ON_EVENTS = """
  Detached:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.ec2]}
      Targets: [{Id: check, Arn: !GetAtt Check.Arn, %s}]
"""
SCHEDULED = """
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets: [{Id: check, Arn: !GetAtt Check.Arn}]
"""
CONSTANT, OWN = 'Input: \'{"check": "all"}\'', "InputPath: $.detail"


@pytest.mark.parametrize(
    ("more", "fails"),
    [
        (ON_EVENTS % CONSTANT + SCHEDULED, False),
        (ON_EVENTS % OWN + SCHEDULED, True),
        (ON_EVENTS % CONSTANT, True),
    ],
)
def test_a_schedule_repeats_what_needs_nothing_of_the_event(tmp_path: Path, more: str, *, fails: bool) -> None:
    assert (verdicts(tmp_path, FUNCTION % "" + more, "cloudformation", RULE).get("Check") == "fail") is fails


@pytest.mark.parametrize(("more", "advice"), [("", False), (SCHEDULED, True)], ids=["events only", "a schedule too"])
def test_a_schedule_may_make_up_for_an_event_that_is_lost(tmp_path: Path, more: str, advice: bool) -> None:
    found = only_fault(tmp_path, FUNCTION % "" + ON_EVENTS % OWN + more, "cloudformation", RULE)

    assert found.is_advice is advice
    assert ("A schedule starts the function too" in found.message) is advice


FROM_A_TOPIC = """
  Called:
    Type: AWS::Lambda::Permission
    Properties: {Action: lambda:InvokeFunction, FunctionName: !Ref Check, Principal: sns.amazonaws.com}
"""
SUBSCRIBED = """
  Subscribed:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: lambda, TopicArn: !Ref Topic, Endpoint: !GetAtt Check.Arn}
  Topic: {Type: AWS::SNS::Topic}
"""


@pytest.mark.parametrize(
    ("description", "more", "fails"),
    [
        ("Description: A custom resource that gives out addresses", FROM_A_TOPIC, False),
        ("Description: A custom resource that gives out addresses", FROM_A_TOPIC + SUBSCRIBED, True),
        ("Description: Checks of orders", FROM_A_TOPIC, True),
    ],
)
def test_a_stack_waits_for_its_custom_resource(tmp_path: Path, description: str, more: str, *, fails: bool) -> None:
    assert (verdicts(tmp_path, FUNCTION % description + more, "cloudformation", RULE).get("Check") == "fail") is fails
