"""The key of a user who has no rights opens nothing."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity

USER = """
resource "aws_iam_user" "it" {
  name = "it"
}
resource "aws_iam_access_key" "it" {
  user = aws_iam_user.it.name
}
"""
POLICY = """
resource "aws_iam_user_policy_attachment" "it" {
  user       = aws_iam_user.it.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"""
BY_NAME = POLICY.replace("aws_iam_user.it.name", '"it"')
OF_SOME_USER = 'variable "user" {}\n' + POLICY.replace("aws_iam_user.it.name", "var.user")
GROUP = 'resource "aws_iam_user_group_membership" "it" {\n  user   = aws_iam_user.it.name\n  groups = ["administrators"]\n}\n'
NAMED = """
resource "aws_s3_bucket_policy" "it" {
  bucket = "reports"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*", Principal = { AWS = aws_iam_user.it.arn } }]
  })
}
"""
LOGIN = 'resource "aws_iam_user_login_profile" "it" {\n  user = aws_iam_user.it.name\n}\n'


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", Severity.LOW),
        (LOGIN, Severity.LOW),
        (POLICY, Severity.HIGH),
        (BY_NAME, Severity.HIGH),
        (OF_SOME_USER, Severity.HIGH),
        (GROUP, Severity.HIGH),
        (NAMED, Severity.HIGH),
        ('output "user" {\n  value = aws_iam_user.it.name\n}\n', Severity.HIGH),
    ],
)
def test_the_key_of_a_user_without_rights(tmp_path: Path, more: str, severity: Severity) -> None:
    report = judge(tmp_path, USER + more, "terraform", "iam-access-keys")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("user", "severity"),
    [("{}", Severity.LOW), ("{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }", Severity.HIGH)],
)
def test_the_key_of_a_user_without_rights_in_a_template(tmp_path: Path, user: str, severity: Severity) -> None:
    source = f"""
Resources:
  It: {{ Type: AWS::IAM::User, Properties: {user} }}
  Key: {{ Type: AWS::IAM::AccessKey, Properties: {{ UserName: !Ref It }} }}
"""
    report = judge(tmp_path, source, "cloudformation", "iam-access-keys")
    assert [each.severity for each in report.failing()] == [severity]
