"""A name that is partly unknown limits which roles may be passed, unless nothing of it is a name."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

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
