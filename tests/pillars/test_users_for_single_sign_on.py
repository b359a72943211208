"""A user who only lists the roles of an account is that of another sign-in."""

from pathlib import Path

import pytest

from helpers.reports import judge

MODULE = """
resource "aws_iam_user" "reader" {{ name = "reader" }}
resource "aws_iam_access_key" "reader" {{ user = aws_iam_user.reader.name }}
resource "aws_iam_user_policy" "reader" {{
  user   = aws_iam_user.reader.name
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = {}, Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize("slug", ["iam-access-keys", "iam-users"])
@pytest.mark.parametrize(("actions", "advice"), [('["iam:ListRoles"]', True), ('["iam:ListRoles", "s3:GetObject"]', False)])
def test_a_user_who_only_lists_roles_is_advice(tmp_path: Path, slug: str, actions: str, advice: bool) -> None:
    (finding,) = judge(tmp_path, MODULE.format(actions), "terraform", slug).failing()
    assert finding.is_advice is advice
    assert ("Entra ID" in finding.message) is advice
