"""Secrets in the properties of resources, and in what a store of secrets keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity
from wa_iac.report.listing import remedy

SLUG = "cloudformation-plaintext-secrets"
LISTENER = """
resource "aws_lb_listener" "web" {{
  default_action {{
    type = "authenticate-oidc"
    authenticate_oidc {{
      client_secret = {secret}
    }}
  }}
}}
variable "given" {{
  type = string
}}
"""
CONNECTION = """
Resources:
  Partner:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters:
        ApiKeyAuthParameters: {{ApiKeyName: x-api-key, ApiKeyValue: "{secret}"}}
"""
VERSION = """
resource "aws_secretsmanager_secret_version" "{name}" {{
  secret_id     = "orders"
  secret_string = {text}
  lifecycle {{
    ignore_changes = [{ignored}]
  }}
}}
variable "given" {{
  type = string
}}
resource "random_password" "made" {{
  length = 20
}}
"""
KEPT = """
Parameters:
  DbPassword: {{Type: String, NoEcho: true, Default: Tr0ub4dor-and-3}}
Resources:
  DbPasswordSecret:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: {text}
"""
STORED = """
resource "aws_ssm_parameter" "it" {{
  name  = "{name}"
  type  = "SecureString"
  value = "{text}"
}}
"""


@pytest.mark.parametrize(
    ("secret", "faults"),
    [('"k7Qd0uR4tWm2xZp9LsHf"', 1), ("var.given", 0), ('"<the client secret>"', 0), ('"placeholder"', 0)],
)
def test_a_property_of_a_block(tmp_path: Path, secret: str, faults: int) -> None:
    assert len(judge(tmp_path, LISTENER.format(secret=secret), "terraform", SLUG).failing()) == faults


@pytest.mark.parametrize(
    ("secret", "faults"),
    [
        ("k7Qd0uR4tWm2xZp9LsHf", 1),
        ("not-used", 0),
        ("{{resolve:secretsmanager:partner}}", 0),
        ("{{resolve:ssm:/partner/key:1}}", 1),
    ],
)
def test_a_key_of_another_service(tmp_path: Path, secret: str, faults: int) -> None:
    assert len(judge(tmp_path, CONNECTION.format(secret=secret), "cloudformation", SLUG).failing()) == faults


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("it", '"Sup3rS3cret!9"', 1),
        ("db_password", '"winter-17-sun"', 1),
        ("it", 'jsonencode({ username = "orders", password = "winter-17-sun" })', 1),
        ("it", '"postgres://orders:winter17@db.example.com/orders"', 1),
        ("it", 'jsonencode({ username = "orders", password = random_password.made.result })', 0),
        ("it", 'jsonencode({ username = "orders", password = var.given, host = "Db17.Example" })', 0),
        ("it", 'jsonencode({ username = "orders", password = "" })', 0),
        ("it", 'jsonencode({ username = "orders", password = "first" })', 0),
        ("it", "var.given", 0),
        ("db_password", '"ROTATE-ME-BEFORE-EXPOSURE"', 0),
        ("db_password", '"Set by hand 1"', 0),
        ("db_host_secret", '"db-17.internal"', 0),
        ("it", '"eu-west-1"', 0),
        ("it", '"OrdersBucket2024Prod"', 0),
        ("it", '"1a2b3c4d5e6f7g8h9i0j1k2l3m"', 0),  # the ID of a client
    ],
)
def test_what_a_store_keeps(tmp_path: Path, name: str, text: str, faults: int) -> None:
    source = VERSION.format(name=name, text=text, ignored="")
    assert len(judge(tmp_path, source, "terraform", SLUG).failing()) == faults


def test_a_first_value_that_somebody_may_have_changed_is_milder(tmp_path: Path) -> None:
    source = VERSION.format(name="it", text='"Sup3rS3cret!9"', ignored="secret_string")
    (found,) = judge(tmp_path, source, "terraform", SLUG).failing()
    assert found.severity is Severity.HIGH
    assert "unless somebody has changed it since" in found.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("winter-17-sun", ["default of DbPassword", "The SecretString"]),
        (
            '\'{"username": "orders", "password": "winter-17-sun"}\'',
            ["default of DbPassword", "The password in the SecretString"],
        ),
        ("!Ref DbPassword", ["default of DbPassword"]),  # once, where it is written
        ('!Sub \'{"password": "${DbPassword}"}\'', ["default of DbPassword"]),
        ('"{{resolve:secretsmanager:other}}"', ["default of DbPassword"]),
    ],
)
def test_a_secret_of_a_template(tmp_path: Path, text: str, words: list[str]) -> None:
    found = judge(tmp_path, KEPT.format(text=text), "cloudformation", SLUG).failing()
    assert all(any(each in one.message for one in found) for each in words)
    assert len(found) == len(words)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{"username": "orders", "password": "winter-17-sun"}', 'SecretStringTemplate: "{\\"username\\": \\"orders\\"}"'),
        ('{"password": "winter-17-sun", "db_password": "autumn-17-sun"}', "name password as GenerateStringKey"),
    ],
)
def test_a_generated_password_stays_a_member_of_its_json(tmp_path: Path, text: str, written: str) -> None:
    found = judge(tmp_path, KEPT.format(text=f"'{text}'"), "cloudformation", SLUG).failing()
    (told,) = [remedy(each) for each in found if "The password in" in each.message]

    assert written in told


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("/orders/db_password", "winter-17-sun", 1),
        ("/orders/db_host", "db-17.internal", 0),
        ("/orders/db_password", "changeme", 0),
    ],
)
def test_a_secure_string(tmp_path: Path, name: str, text: str, faults: int) -> None:
    assert len(judge(tmp_path, STORED.format(name=name, text=text), "terraform", SLUG).failing()) == faults


WRITE_ONLY = """
resource "{type}" "it" {{
  {argument}         = "Sup3rS3cret9"
  {argument}_version = 1
  {more}
}}
"""


@pytest.mark.parametrize(
    ("type_", "argument", "more"),
    [
        ("aws_docdb_cluster", "master_password_wo", ""),
        ("aws_redshiftserverless_namespace", "admin_user_password_wo", ""),
        ("aws_secretsmanager_secret_version", "secret_string_wo", ""),
        ("aws_ssm_parameter", "value_wo", 'type = "SecureString"'),
    ],
)
def test_a_write_only_argument_is_in_the_code_too(tmp_path: Path, type_: str, argument: str, more: str) -> None:
    source = WRITE_ONLY.format(type=type_, argument=argument, more=more)
    (found,) = judge(tmp_path, source, "terraform", SLUG).failing()
    text = remedy(found)
    assert f"Raise {argument}_version too" in text
    assert "state" not in text
