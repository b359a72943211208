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


def test_users_who_sign_in_have_no_certificate_of_a_thing(tmp_path: Path) -> None:
    source = policy({"Action": "iot:*", "Resource": "*"}).replace('"Policy":', '"CognitoUsers":', 1)
    found = only_fault(tmp_path, source, "cloudformation", RULE)

    assert "anyone who signs in can act for all devices" in found.message
    assert "identities of Amazon Cognito" in remedy(found).text
    assert "Connection.Thing" not in remedy(found).text


@pytest.mark.parametrize(
    ("name", "beside", "users"),
    [
        ("Messages", {}, True),
        ("Messages", {"Sensor": {"Type": "AWS::IoT::Thing"}}, False),
        ("Messages", {"Key": {"Type": "AWS::IoT::Certificate", "Properties": {"Status": "ACTIVE"}}}, False),
        ("DevicePolicy", {}, False),
    ],
)
def test_with_an_identity_pool_and_no_device_a_policy_is_for_users(
    tmp_path: Path, name: str, beside: dict[str, Any], users: bool
) -> None:
    template = json.loads(policy({"Action": "iot:*", "Resource": "*"}).replace('"Policy":', f'"{name}":', 1))
    pool = {"Type": "AWS::Cognito::IdentityPool", "Properties": {"AllowUnauthenticatedIdentities": False}}
    template["Resources"] |= {"Pool": pool, **beside}
    found = only_fault(tmp_path, json.dumps(template), "cloudformation", RULE)

    assert ("anyone who signs in can act for all devices" in found.message) is users
    assert ("probably for users who sign in" in remedy(found).text) is users
