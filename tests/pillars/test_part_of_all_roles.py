"""A name that is partly unknown limits which roles may be passed, unless nothing of it is a name."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy, verdicts

POLICY = """
data "aws_caller_identity" "here" {}
variable "env" {}
resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PassRole"], Resource = ["ROLES"] }]
  })
}
"""


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ("arn:aws:iam::${data.aws_caller_identity.here.account_id}:role/*", {"aws_iam_policy.deploy": "fail"}),
        ("arn:aws:iam::${data.aws_caller_identity.here.account_id}:role/${var.env}*", {}),
    ],
)
def test_a_part_of_all_roles_is_not_any_role(tmp_path: Path, roles: str, found: dict[str, str]) -> None:
    assert verdicts(tmp_path, POLICY.replace("ROLES", roles), "terraform", "iam-pass-role-wildcard") == found


@pytest.mark.parametrize(("allowed", "named"), [('Action = "ecs:RunTask"', True), ('NotAction = "iam:*"', False)])
def test_only_what_is_named_says_which_service_takes_the_role(tmp_path: Path, allowed: str, named: bool) -> None:
    more = f'["*"] }}, {{ Effect = "Allow", {allowed}, Resource = "*" }}]'
    text = only_remedy(judge(tmp_path, POLICY.replace('["ROLES"] }]', more), "terraform", "iam-pass-role-wildcard"))

    assert ("ecs-tasks.amazonaws.com here" in text) is named
