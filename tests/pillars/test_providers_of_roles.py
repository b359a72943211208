"""Roles for jobs of GitHub: the provider is a resource here, or one that is looked up, or it is named by the claims only."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

PROVIDER = """
resource "aws_iam_openid_connect_provider" "jobs" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}
"""
LOOKED_UP = """
data "aws_iam_openid_connect_provider" "jobs" {
  url = "https://token.actions.githubusercontent.com"
}
"""
GIVEN = """
variable "provider_arn" {
  type = string
}
"""


def role(provider: str, claim: str, value: str) -> str:
    return f"""
resource "aws_iam_role" "deployer" {{
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = {{ Federated = {provider} }}
      Condition = {{ StringLike = {{ "token.actions.githubusercontent.com:{claim}" = "{value}" }} }}
    }}]
  }})
}}
"""


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (PROVIDER + role("aws_iam_openid_connect_provider.jobs.arn", "aud", "sts.amazonaws.com"), "fail"),
        (LOOKED_UP + role("data.aws_iam_openid_connect_provider.jobs.arn", "aud", "sts.amazonaws.com"), "fail"),
        (GIVEN + role("var.provider_arn", "sub", "repo:*"), "fail"),
        (PROVIDER + role("aws_iam_openid_connect_provider.jobs.arn", "sub", "repo:octo-org/shop:*"), "pass"),
    ],
    ids=["made here", "looked up", "named by the claim", "a repository"],
)
def test_a_role_for_jobs_of_anyone_is_open(source: str, verdict: str, tmp_path: Path) -> None:
    found = verdicts(tmp_path, source, "terraform", "iam-role-trust-wildcard")

    assert found.get("aws_iam_role.deployer", "pass") == verdict


@pytest.mark.parametrize(
    ("claim", "value", "verdict"),
    [
        ("sub", "repo:octo-org/*", "fail"),
        ("sub", "repo:octo-org/*:ref:refs/heads/main", "fail"),
        ("sub", "repo:octo-org/shop:ref:refs/heads/*", "pass"),
        ("sub", "repo:octo-org/shop-*:environment:production", "pass"),
        ("sub", "repo:*", "pass"),
        ("job_workflow_ref", "octo-org/workflows/.github/workflows/deploy.yml@*", "pass"),
    ],
    ids=[
        "an owner",
        "a branch of each repository",
        "branches",
        "some repositories",
        "anyone, another rule's matter",
        "a workflow",
    ],
)
def test_a_role_for_each_repository_of_an_owner_is_wide(claim: str, value: str, verdict: str, tmp_path: Path) -> None:
    source = GIVEN + role("var.provider_arn", claim, value)

    found = verdicts(tmp_path, source, "terraform", "iam-oidc-trust-scope")

    assert found.get("aws_iam_role.deployer", "pass") == verdict
