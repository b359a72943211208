"""A role with which CloudFormation deploys stacks has to create everything: its rights are advice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import only_fault
from wa_iac.core.rule import Confidence, Severity

CLOUDFORMATION = {"Service": "cloudformation.amazonaws.com"}
ROOT = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}


@pytest.mark.parametrize(
    ("principals", "severity", "confidence"),
    [
        ([CLOUDFORMATION], Severity.MEDIUM, Confidence.LOW),
        ([CLOUDFORMATION, ROOT], Severity.MEDIUM, Confidence.LOW),
        ([CLOUDFORMATION, {"AWS": "*"}], None, None),
        ([CLOUDFORMATION, {"Service": "lambda.amazonaws.com"}], None, None),
        ([ROOT], Severity.MEDIUM, Confidence.LOW),
        ([{"AWS": "arn:aws:iam::111122223333:root"}], None, None),
    ],
)
def test_the_role_of_stacks(
    tmp_path: Path, principals: list[dict[str, Any]], severity: Severity | None, confidence: Confidence | None
) -> None:
    trust = [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": each} for each in principals]
    administrator = {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"}
    properties = {"AssumeRolePolicyDocument": {"Statement": trust}, "ManagedPolicyArns": [administrator]}
    template = json.dumps({"Resources": {"Deployment": {"Type": "AWS::IAM::Role", "Properties": properties}}})

    found = only_fault(tmp_path, template, "cloudformation", "iam-admin-policy")

    assert (found.graded, found.sure) == (severity, confidence)
