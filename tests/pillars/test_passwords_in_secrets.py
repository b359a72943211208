"""The remedy for a database's password says so if a secret here is made of the same password."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.report.listing import remedy

RULE = "rds-plaintext-password"
MODULE = """
variable "password" {{ default = "Tr0ub4dor-and-3" }}
variable "other" {{ default = "c0rrect-horse" }}
resource "aws_rds_cluster" "it" {{
  master_password = var.password
}}
resource "aws_secretsmanager_secret" "credentials" {{}}
resource "aws_secretsmanager_secret_version" "credentials" {{
  secret_id     = aws_secretsmanager_secret.credentials.id
  secret_string = {content}
}}
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("jsonencode({ password = var.password, host = aws_rds_cluster.it.endpoint })", True),
        ("var.password", True),
        ("jsonencode({ password = var.other })", False),
    ],
)
def test_a_secret_of_the_same_password_is_named(tmp_path: Path, content: str, said: bool) -> None:
    (finding,) = judge(tmp_path, MODULE.format(content=content), "terraform", RULE).failing()
    assert ("The secret credentials is made of the same" in remedy(finding)) == said
    assert "manage_master_user_password" in remedy(finding)
    assert "Tr0ub4dor" not in remedy(finding)


def test_a_secret_of_a_template_is_named(tmp_path: Path) -> None:
    source = """
Parameters:
  Password: { Type: String, NoEcho: true, Default: Tr0ub4dor-and-3 }
Resources:
  Credentials:
    Type: AWS::SecretsManager::Secret
    Properties: { SecretString: !Sub '{"username": "admin", "password": "${Password}"}' }
  It:
    Type: AWS::RDS::DBCluster
    Properties: { MasterUserPassword: !Ref Password }
"""
    (finding,) = judge(tmp_path, source, "cloudformation", RULE).failing()
    assert "The secret Credentials is made of the same" in remedy(finding)


@pytest.mark.parametrize(
    ("password", "ignored", "others", "no_effect"),
    [
        ("Tr0ub4dor-and-3", "master_password", True, True),
        ("Tr0ub4dor-and-3", "tags", True, False),
        ("PleaseChange!", "master_password", False, False),
    ],
)
def test_a_text_to_be_changed_is_no_shared_password_and_an_ignored_one_is_told(
    tmp_path: Path, password: str, ignored: str, others: bool, no_effect: bool
) -> None:
    source = f"""
resource "aws_rds_cluster" "it" {{
  master_password = "{password}"
  lifecycle {{
    ignore_changes = [{ignored}]
  }}
}}
resource "aws_ssm_parameter" "key" {{ value = "{password}" }}
"""
    (finding,) = judge(tmp_path, source, "terraform", RULE).failing()
    text = remedy(finding)
    assert ("has the same password" in text) is others
    assert ("Terraform ignores a change of `master_password` until" in text) is no_effect
