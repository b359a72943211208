"""Passwords with a second factor somewhere, stores with a label, runbooks with a role: the ways to write them."""

from pathlib import Path

import pytest

from helpers.reports import judge, verdicts

USER = """
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_login_profile" "alice" {
  user = aws_iam_user.alice.name
}
"""
GROUP = """
resource "aws_iam_group" "people" {
  name = "people"
}

resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.people.name]
}

resource "aws_iam_group_policy" "people" {
  group = aws_iam_group.people.name
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
"""


def attached(policy: str) -> str:
    return f"""
resource "aws_iam_user_policy_attachment" "alice" {{
  user       = aws_iam_user.alice.name
  policy_arn = "{policy}"
}}
"""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ("", "fail"),
        (GROUP, "pass"),
        (attached("arn:aws:iam::aws:policy/ReadOnlyAccess"), "fail"),
        (attached("arn:aws:iam::111122223333:policy/second-factor"), "pass"),
    ],
    ids=["nothing", "the group asks", "a policy of AWS", "a policy from elsewhere"],
)
def test_a_policy_of_the_user_or_the_group_asks_for_a_second_factor(tmp_path: Path, more: str, verdict: str) -> None:
    found = verdicts(tmp_path, USER + more, "terraform", "iam-console-users")

    assert found.get("aws_iam_user.alice", "pass") == verdict


@pytest.mark.parametrize(("groups", "advice"), [("[]", True), ('["people"]', None)])
def test_a_user_without_rights_where_others_have_some(tmp_path: Path, groups: str, advice: bool | None) -> None:
    others = f"""
resource "aws_iam_user_group_membership" "alice" {{
  user   = aws_iam_user.alice.name
  groups = {groups}
}}
resource "aws_iam_user" "bob" {{ name = "bob" }}
resource "aws_iam_user_group_membership" "bob" {{
  user   = aws_iam_user.bob.name
  groups = ["people"]
}}
"""
    report = judge(tmp_path, USER + others, "terraform", "iam-console-users")

    assert [each.is_advice for each in report.failing()] == ([] if advice is None else [advice])


def bucket(name: str, tag: str = "") -> str:
    tags = f'tags = {{ "{tag}" = "internal" }}' if tag else ""
    return f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "{name}"\n  {tags}\n}}\n'


@pytest.mark.parametrize(
    ("tags", "verdict"),
    [
        (("data-classification", "Data_Classification"), "fail"),
        (("Sensitivity", "Confidentiality"), "fail"),
        (("team", "team"), "pass"),
        (("DataClassification",), "pass"),
        (("DataClassification", "DataClassification", "", ""), "pass"),
    ],
    ids=["two spellings", "other words", "no classification", "one only", "not most"],
)
def test_a_store_is_without_a_classification_if_most_have_one(tmp_path: Path, tags: tuple[str, ...], verdict: str) -> None:
    source = bucket("this") + "".join(bucket(f"b{number}", tag) for number, tag in enumerate(tags))
    found = verdicts(tmp_path, source, "terraform", "workload-data-classification")

    assert found.get("aws_s3_bucket.this", "pass") == verdict


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ('jsonencode({ schemaVersion = "0.3", assumeRole = "{{ Role }}" })', "pass"),
        ('"{\\"schemaVersion\\": \\"0.3\\", \\"assumeRole\\": \\"arn\\"}"', "pass"),
        ("\"schemaVersion: '0.3'\\nassumeRole: ${var.role}\\n\"", "pass"),
        ('jsonencode({ schemaVersion = "0.3", description = "no assumeRole here" })', "fail"),
    ],
    ids=["an object", "JSON as text", "YAML with a reference", "only in words"],
)
def test_a_runbook_has_a_role_in_any_format(tmp_path: Path, content: str, verdict: str) -> None:
    source = f"""
variable "role" {{}}

resource "aws_ssm_document" "this" {{
  name          = "this"
  document_type = "Automation"
  content       = {content}
}}
"""
    found = verdicts(tmp_path, source, "terraform", "ssm-automation-role")

    assert found.get("aws_ssm_document.this", "pass") == verdict


POOL = """
resource "aws_cognito_user_pool" "users" {{
  name = "users"
}}

resource "aws_cognito_user_pool_client" "app" {{
  name                         = "app"
  user_pool_id                 = aws_cognito_user_pool.users.id
  supported_identity_providers = {providers}
}}
"""


@pytest.mark.parametrize(
    ("providers", "count"),
    [('["Company"]', 0), ('["Company", "COGNITO"]', 1), ("null", 1)],
    ids=["another provider", "also passwords", "not said"],
)
def test_users_who_sign_in_at_another_provider_need_no_second_factor_here(tmp_path: Path, providers: str, count: int) -> None:
    assert len(verdicts(tmp_path, POOL.format(providers=providers), "terraform", "cognito-mfa")) == count
