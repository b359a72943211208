"""Who takes the messages of a queue decides how much a dead-letter queue matters."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.rule import Severity

QUEUE = """
Outputs:
  Queue: {{ Value: !Ref Queue }}
Resources:
  Queue: {{ Type: AWS::SQS::Queue, Properties: {{ VisibilityTimeout: {timeout} }} }}
{more}
"""
MAPPING = """
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: orders, EventSourceArn: !GetAtt Queue.Arn }
"""
MACHINE = """
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub >-
        {"States": {"Take": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:ACTION", "Parameters": {"QueueUrl": "${Queue}"}}}}
"""


@pytest.mark.parametrize(
    ("timeout", "more", "severity"),
    [
        (30, "", Severity.MEDIUM),
        (43200, "", Severity.LOW),
        (43200, MAPPING, Severity.MEDIUM),
        (30, MACHINE.replace("ACTION", "receiveMessage"), Severity.LOW),
        (30, MACHINE.replace("ACTION", "sendMessage"), Severity.MEDIUM),
        (30, MACHINE.replace("ACTION", "receiveMessage") + MAPPING, Severity.MEDIUM),
    ],
)
def test_what_comes_back_rarely_or_is_counted_matters_less(tmp_path: Path, timeout: int, more: str, severity: Severity) -> None:
    report = judge(tmp_path, QUEUE.format(timeout=timeout, more=more), "cloudformation", "sqs-dead-letter-queue")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("name", "seconds", "more", "advice"),
    [
        ("orders", 86400, "", True),
        ("orders", 86400, MAPPING, False),
        ("orders", 3600, MAPPING, True),
        ("karpenter-main", 86400, MAPPING, True),
        ("spot-notifications-main", 86400, MAPPING, True),
    ],
)
def test_queues_that_nothing_reads_and_messages_of_hours_are_advice(
    tmp_path: Path, name: str, seconds: int, more: str, advice: bool
) -> None:
    queue = QUEUE.format(timeout=30, more=more).replace(
        "{ Vis", f"{{ QueueName: {name}, MessageRetentionPeriod: {seconds}, Vis"
    )

    assert only_fault(tmp_path, queue, "cloudformation", "sqs-dead-letter-queue").is_advice is advice


TOPIC = """
  Topic:
    Type: AWS::SNS::Topic
    Properties: { Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Queue.Arn }] }
"""
POLICY = """
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn }]
"""
READER = """
  Reader:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Value: !Ref Queue }
"""


@pytest.mark.parametrize(
    ("more", "why", "advice"),
    [
        ("", "", True),
        (POLICY, "", False),
        (READER, "", True),
        (TOPIC, "A topic is subscribed to it", True),
        (TOPIC + READER, "A topic is subscribed to it", True),
        (TOPIC + POLICY, "", False),
        (TOPIC + MAPPING, "", False),
    ],
)
def test_a_queue_that_gets_no_messages_may_have_to_go_first(tmp_path: Path, more: str, why: str, advice: bool) -> None:
    template = f"Resources:\n  Queue: {{ Type: AWS::SQS::Queue }}\n{more}"
    found = only_fault(tmp_path, template, "cloudformation", "sqs-dead-letter-queue")

    assert found.is_advice is advice
    assert why in found.message


@pytest.mark.parametrize(("written", "encrypted"), [("", False), ("KmsMasterKeyId: alias/orders, ", True)])
def test_messages_stay_encrypted_where_they_are_set_aside(tmp_path: Path, written: str, encrypted: bool) -> None:
    queue = QUEUE.format(timeout=30, more="").replace("{ Vis", f"{{ {written}Vis")
    said = only_remedy(judge(tmp_path, queue, "cloudformation", "sqs-dead-letter-queue"))

    assert "another standard queue" in said
    assert ("same KMS key" in said) is encrypted
