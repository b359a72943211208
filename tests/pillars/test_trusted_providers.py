"""Who gets in by a trust policy that names a provider of identities."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.scales import Severity

TRUST = """
data "aws_iam_policy_document" "trust" {{
  statement {{
    actions = ["{action}"]
    principals {{
      type        = "Federated"
      identifiers = ["{provider}"]
    }}
    {condition}
  }}
}}
resource "aws_iam_role" "users" {{
  assume_role_policy = data.aws_iam_policy_document.trust.json
}}
"""
ASSUME = "sts:AssumeRoleWithWebIdentity"
GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
POOLS = "cognito-identity.amazonaws.com"
SIGNED_IN = f"""condition {{
      test     = "ForAnyValue:StringLike"
      variable = "{POOLS}:amr"
      values   = ["authenticated"]
    }}"""


def faults(tmp_path: Path, **written: str) -> list[tuple[Severity, str]]:
    source = TRUST.format(**({"action": ASSUME, "condition": ""} | written))
    return [(each.severity, each.message) for each in judge(tmp_path, source, "terraform", "iam-role-trust-wildcard").failing()]


@pytest.mark.parametrize("action", ["sts:SetSourceIdentity", "sts:TagSession"])
def test_what_may_only_name_or_tag_a_session_lets_nobody_in(tmp_path: Path, action: str) -> None:
    assert faults(tmp_path, action=action, provider=GITHUB) == []


def test_every_job_of_github_gets_in_by_an_older_role(tmp_path: Path) -> None:
    [(severity, message)] = faults(tmp_path, provider=GITHUB)

    assert severity is Severity.CRITICAL
    assert message.endswith("IAM has refused this since 2025 where a role is made or changed: an older role is open.")


@pytest.mark.parametrize(("condition", "refused"), [("", True), (SIGNED_IN, False)])
def test_of_cognito_only_the_pools_of_the_account_get_in(tmp_path: Path, condition: str, refused: bool) -> None:
    [(severity, message)] = faults(tmp_path, provider=POOLS, condition=condition)

    assert severity is Severity.MEDIUM
    assert message.startswith("The users of every identity pool of this account may get this role")
    assert ("a new role fails" in message) is refused
