"""Remedies that say what is known, in the words of the language at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.declared import Dialect
from wa_iac.report.listing import fixable

WORK = """
Resources:
  Orders: {{ Type: AWS::SQS::Queue, Properties: {{ VisibilityTimeout: 30 {redrive} }} }}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      {{ Runtime: python3.14, Handler: a.b, Role: "arn:aws:iam::111122223333:role/a", Timeout: 20, Code: {{ S3Bucket: a, S3Key: b }} }}
  Reads: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work }} }}
"""


@pytest.mark.parametrize(
    ("redrive", "then"),
    [
        ("", "the message may be processed twice"),
        (", RedrivePolicy: { deadLetterTargetArn: a, maxReceiveCount: 1 }", "still move to the dead-letter queue"),
    ],
)
def test_the_timeout_that_is_recommended_is_written(tmp_path: Path, redrive: str, then: str) -> None:
    report = judge(tmp_path, WORK.format(redrive=redrive), "cloudformation", "lambda-sqs-visibility-timeout")

    [found] = report.failing()
    assert then in found.message
    assert found.message.endswith("At least 120 seconds are recommended.")
    assert only_remedy(report).endswith("\nVisibilityTimeout: 120")


@pytest.mark.parametrize(("times", "tried_again"), [(1, False), (3, True)])
def test_a_message_that_is_received_once_is_not_tried_again(tmp_path: Path, times: int, tried_again: bool) -> None:
    redrive = f", RedrivePolicy: {{ deadLetterTargetArn: a, maxReceiveCount: {times} }}"
    text = only_remedy(judge(tmp_path, WORK.format(redrive=redrive), "cloudformation", "lambda-sqs-visibility-timeout"))

    assert "then stays hidden that long" in text
    assert ("is not tried again" in text) is not tried_again


def test_a_function_that_outlasts_the_timeout_is_not_connected(tmp_path: Path) -> None:
    source = WORK.format(redrive="").replace("Timeout: 20", "Timeout: 60")

    [found] = judge(tmp_path, source, "cloudformation", "lambda-sqs-visibility-timeout").failing()
    assert "may need 60 seconds for it: Lambda refuses to connect such a queue" in found.message


def test_a_message_of_a_fifo_queue_holds_up_its_group(tmp_path: Path) -> None:
    source = WORK.format(redrive=", FifoQueue: true")

    text = only_remedy(judge(tmp_path, source, "cloudformation", "lambda-sqs-visibility-timeout"))
    assert "The messages of its group wait" in text


@pytest.mark.parametrize(("kept", "said"), [(60, True), (3600, False)])
def test_a_message_that_is_gone_before_it_is_seen_again_is_kept_longer(tmp_path: Path, kept: int, said: bool) -> None:
    source = WORK.format(redrive=f", MessageRetentionPeriod: {kept}")

    text = only_remedy(judge(tmp_path, source, "cloudformation", "lambda-sqs-visibility-timeout"))
    assert ("let it keep them longer" in text) is said


def test_the_time_in_which_a_batch_fills_comes_on_top(tmp_path: Path) -> None:
    source = WORK.format(redrive="").replace(
        "FunctionName: !Ref Work", "FunctionName: !Ref Work, MaximumBatchingWindowInSeconds: 5"
    )

    remedy = only_remedy(judge(tmp_path, source, "cloudformation", "lambda-sqs-visibility-timeout"))
    assert remedy.endswith("\nVisibilityTimeout: 125")


@pytest.mark.parametrize(
    ("source", "dialect", "named", "other"),
    [
        (
            "Resources: { A: { Type: AWS::ECR::Repository } }",
            "cloudformation",
            "ImageTagMutabilityExclusionFilters",
            "image_tag_mutability_exclusion_filter",
        ),
        (
            'resource "aws_ecr_repository" "a" {\n  name = "a"\n}\n',
            "terraform",
            "image_tag_mutability_exclusion_filter",
            "ImageTagMutabilityExclusionFilters",
        ),
    ],
)
def test_the_exception_comes_after_the_rule_and_in_its_language(
    tmp_path: Path, source: str, dialect: Dialect, named: str, other: str
) -> None:
    text = only_remedy(judge(tmp_path, source, dialect, "ecr-immutable-tags"))

    assert text.startswith("Each tag can then be pushed once.")
    assert named in text
    assert other not in text


def test_an_event_takes_no_condition(tmp_path: Path) -> None:
    source = """
Transform: AWS::Serverless-2016-10-31
Conditions: { Yes: !Equals [a, a] }
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "x"
      Runtime: python3.14
      Handler: a.b
      Events:
        E: { Type: Schedule, Condition: Yes, Properties: { Schedule: rate(1 day) } }
"""
    [error] = judge(tmp_path, source, "cloudformation", "ecr-immutable-tags").errors
    assert 'the event "E" of "F" does not accept a Condition, and SAM ignores it' in str(error)


def test_what_the_option_does_not_fix_has_a_remedy_all_the_same(tmp_path: Path) -> None:
    source = 'resource "aws_db_instance" "a" {\n  skip_final_snapshot = true\n}\n'
    [found] = judge(tmp_path, source, "terraform", "workload-stateful-deletion-policy").failing()

    told = fixable(replace(found, no_fix="there is no fix for aws_db_instance"))
    assert told == "not fixed by --fix: there is no fix for aws_db_instance"
