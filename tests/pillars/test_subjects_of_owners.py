"""Subjects that begin with an owner's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy

ROLE = """Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: {Federated: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com}
            Condition:
              StringLike: {"token.actions.githubusercontent.com:sub": "SUBJECT"}
"""


@pytest.mark.parametrize("subject", ["repo:acme*", "repo:acme*:*", "repo:acme-*/app:*"])
def test_the_beginning_of_a_name_is_not_an_owner(tmp_path: Path, subject: str) -> None:
    found = only_fault(tmp_path, ROLE.replace("SUBJECT", subject), "cloudformation", "iam-role-trust-wildcard")

    assert "each owner whose name begins with acme" in found.message


def test_the_owner_stays_in_the_remedy(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, ROLE.replace("SUBJECT", "repo:acme/*"), "cloudformation", "iam-oidc-trust-scope"))

    assert "sub: repo:acme/<the repository>:environment:<the environment>" in text
