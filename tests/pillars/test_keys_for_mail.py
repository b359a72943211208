"""A key from which the code takes only the password for SMTP is for mail, which SES accepts from users alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

USER = """
resource "aws_iam_user" "mailer" { name = "mailer" }
resource "aws_iam_user_group_membership" "mailer" {
  user   = aws_iam_user.mailer.name
  groups = ["senders"]
}
resource "aws_iam_access_key" "mailer" { user = aws_iam_user.mailer.name }
output "password" {
  value     = aws_iam_access_key.mailer.ATTRIBUTE
  sensitive = true
}
"""


@pytest.mark.parametrize(
    ("attribute", "more", "slugs"),
    [
        ("ses_smtp_password_v4", "", set()),
        ("secret", "", {"iam-access-keys", "iam-users"}),
        (
            "ses_smtp_password_v4",
            'output "secret" {\n  value     = aws_iam_access_key.mailer.secret\n  sensitive = true\n}\n',
            {"iam-access-keys", "iam-users"},
        ),
        (
            "ses_smtp_password_v4",
            'resource "aws_iam_user_policy" "more" {\n  user   = aws_iam_user.mailer.name\n'
            '  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })\n}\n',
            {"iam-access-keys", "iam-users"},
        ),
    ],
)
def test_a_key_of_which_only_the_password_for_smtp_is_taken_is_for_mail(
    tmp_path: Path, attribute: str, more: str, slugs: set[str]
) -> None:
    report = judge(tmp_path, USER.replace("ATTRIBUTE", attribute) + more, "terraform", "iam-access-keys", "iam-users")

    assert {each.rule.slug for each in report.failing()} == slugs
