"""A policy of IoT is too wide if one device may act for all of them. The worst of its statements is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

RULE = "iot-policy-wildcard"
ARN = "arn:aws:iot:eu-west-1:111122223333:"


def policy(*statements: dict[str, Any]) -> str:
    properties = {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | each for each in statements]}}
    return json.dumps({"Resources": {"Policy": {"Type": "AWS::IoT::Policy", "Properties": properties}}})


@pytest.mark.parametrize(
    ("action", "resource", "severity"),
    [
        ("iot:*", "*", Severity.HIGH),
        ("iot:Publish", f"{ARN}topic/*", Severity.HIGH),
        ("iot:Subscribe", f"{ARN}*", Severity.MEDIUM),
        ("iot:GetThingShadow", f"{ARN}thing/*", Severity.HIGH),
        ("iot:Connect", f"{ARN}client/*", Severity.MEDIUM),
        ("iot:Connect", f"{ARN}client/sensor-*", None),
        ("iot:Publish", f"{ARN}topic/sensors/*", None),
        ("iot:Publish", f"{ARN}topicfilter/*", None),
        ("iot:DescribeEndpoint", "*", None),
    ],
)
def test_every_resource_of_the_kind_that_an_action_is_for(
    tmp_path: Path, action: str, resource: str, severity: Severity | None
) -> None:
    report = judge(tmp_path, policy({"Action": action, "Resource": resource}), "cloudformation", RULE)

    assert [each.severity for each in report.failing()] == ([] if severity is None else [severity])


def test_the_worst_statement_is_reported(tmp_path: Path) -> None:
    wide: list[dict[str, Any]] = [{"Action": "iot:Connect", "Resource": "*"}, {"Action": "iot:Receive", "Resource": "*"}]
    found = only_fault(tmp_path, policy(*wide), "cloudformation", RULE)

    assert found.severity == Severity.HIGH
    assert "receives what all devices send" in found.message


@pytest.mark.parametrize(("topics", "severity"), [(f"{ARN}topic/sensors/*", Severity.MEDIUM), (f"{ARN}topic/*", Severity.HIGH)])
def test_who_subscribes_gets_only_what_the_policy_lets_it_receive(tmp_path: Path, topics: str, severity: Severity) -> None:
    wide: list[dict[str, Any]] = [{"Action": "iot:Subscribe", "Resource": "*"}, {"Action": "iot:Receive", "Resource": topics}]

    assert only_fault(tmp_path, policy(*wide), "cloudformation", RULE).severity == severity


def test_a_condition_and_a_denial_make_a_statement_narrower(tmp_path: Path) -> None:
    attached = {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}
    statements: list[dict[str, Any]] = [
        {"Action": "iot:Connect", "Resource": "*", "Condition": attached},
        {"Effect": "Deny", "Action": "iot:Publish", "Resource": "*"},
    ]
    report = judge(tmp_path, policy(*statements), "cloudformation", RULE)

    assert report.failing() == []


def test_the_remedy_is_for_devices_and_for_users_who_sign_in(tmp_path: Path) -> None:
    found = only_fault(tmp_path, policy({"Action": "iot:*", "Resource": "*"}), "cloudformation", RULE)

    assert "anyone who has this policy publishes to every topic" in found.message
    assert "If devices have it" in remedy(found).text
    assert "If users have it who sign in (Amazon Cognito)" in remedy(found).text


@pytest.mark.parametrize(("action", "advice"), [("iot:Connect", True), ("iot:Subscribe", True), ("iot:Receive", False)])
def test_what_harms_nobody_by_itself_is_advice(tmp_path: Path, action: str, advice: bool) -> None:
    assert only_fault(tmp_path, policy({"Action": action, "Resource": "*"}), "cloudformation", RULE).is_advice == advice
