"""An alarm on a function's errors goes off before its events are in its dead-letter queue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import verdicts

TOPIC = ["arn:aws:sns:eu-west-1:111122223333:ops"]


def alarm(metric: str, function: object, actions: object) -> dict[str, Any]:
    dimensions = [{"Name": "FunctionName", "Value": function}]
    properties = {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions, "AlarmActions": actions}
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


WORKER = {"Ref": "Worker"}
OTHER = alarm("Errors", "something-else", TOPIC)
"""An alarm without an action tells nobody: a module with only such alarms may have its others elsewhere."""


@pytest.mark.parametrize(
    ("failing", "found"),
    [
        (alarm("Errors", WORKER, TOPIC), None),
        (alarm("Errors", WORKER, []), "fail"),
        (alarm("Duration", WORKER, TOPIC), "fail"),
        (alarm("Errors", "another", TOPIC), "fail"),
        (alarm("Errors", {"Ref": "Name"}, TOPIC), "unknown"),
    ],
)
@pytest.mark.parametrize("taken", [True, False])
def test_the_dead_letter_queue_of_a_function_needs_no_alarm_beside_that_on_its_errors(
    tmp_path: Path, failing: dict[str, Any], found: str | None, taken: bool
) -> None:
    target = {"DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": ["Failed", "Arn"]}}} if taken else {}
    resources = {
        "Failed": {"Type": "AWS::SQS::Queue"},
        "Worker": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "worker", **target}},
        "Failing": failing,
        "OfSomethingElse": OTHER,
    }
    template = json.dumps({"Parameters": {"Name": {"Type": "String"}}, "Resources": resources})

    verdict = verdicts(tmp_path, template, "cloudformation", "cloudwatch-alarm-queue").get("Failed")

    assert verdict == (found if taken else "fail")


@pytest.mark.parametrize(("actions", "found"), [(TOPIC, None), ([], "fail")])
@pytest.mark.parametrize("alarmed", [True, False])
def test_a_queue_is_not_silent_where_all_its_consumers_have_an_alarm_on_their_errors(
    tmp_path: Path, actions: list[str], found: str | None, alarmed: bool
) -> None:
    queue = {"Fn::GetAtt": ["Orders", "Arn"]}
    resources = {
        "Orders": {"Type": "AWS::SQS::Queue"},
        "Failing": alarm("Errors", WORKER, actions),
        "OfSomethingElse": OTHER,
        **{name: {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": name}} for name in ("Worker", "Other")},
        **{
            f"From{name}": {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": {"EventSourceArn": queue, "FunctionName": {"Ref": name}},
            }
            for name in (("Worker",) if alarmed else ("Worker", "Other"))
        },
    }
    template = json.dumps({"Resources": resources})

    verdict = verdicts(tmp_path, template, "cloudformation", "cloudwatch-alarm-queue").get("Orders")

    assert verdict == (found if alarmed else "fail")
