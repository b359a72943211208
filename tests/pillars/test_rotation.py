"""A rotation that is switched off changes no secret; one that cannot work is not proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge
from wa_iac.report.remedy import remedy

SOURCE = """\
variable "on" {{ type = bool }}
resource "aws_secretsmanager_secret" "database" {{ name = "database" }}
resource "aws_secretsmanager_secret_version" "database" {{
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({{ engine = "postgres", host = "db", username = "app", password = "given-elsewhere" }})
}}
resource "aws_secretsmanager_secret_rotation" "database" {{
  secret_id        = aws_secretsmanager_secret.database.id
  rotation_enabled = {}
  rotation_rules {{ automatically_after_days = 30 }}
}}
"""


@pytest.mark.parametrize(
    ("enabled", "verdict"), [("true", set()), ("null", set()), ("false", {"fail"}), ("var.on", {"unknown"})]
)
def test_a_rotation_counts_where_it_is_on(tmp_path: Path, enabled: str, verdict: set[str]) -> None:
    report = judge(tmp_path, SOURCE.format(enabled), "terraform", "secretsmanager-rotation")

    found = by_address(report, "secretsmanager-rotation")
    assert set(found.values()) == verdict
    assert set(found) <= {"aws_secretsmanager_secret.database"}


DATABASE = """\
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {{ GenerateSecretString: {} }}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: app
      MasterUserPassword: !Sub '{{{{resolve:secretsmanager:${{Secret}}}}}}'
"""
BARE = "{ ExcludePunctuation: true }"
JSON = """{ SecretStringTemplate: '{"username": "app"}', GenerateStringKey: password }"""


def test_rds_itself_manages_a_password_that_is_a_bare_string(tmp_path: Path) -> None:
    (finding,) = judge(tmp_path, DATABASE.format(BARE), "cloudformation", "secretsmanager-rotation").failing()

    assert "set ManageMasterUserPassword to true on Database" in remedy(finding).text
    assert "HostedRotationLambda" not in remedy(finding).text


def test_a_secret_without_a_host_is_attached_to_its_database_first(tmp_path: Path) -> None:
    (finding,) = judge(tmp_path, DATABASE.format(JSON), "cloudformation", "secretsmanager-rotation").failing()

    code = remedy(finding).text
    assert "SecretTargetAttachment" in code
    assert "TargetId: !Ref Database" in code
    assert "RotationType: MySQLSingleUser" in code


def test_terraform_must_not_undo_a_rotation(tmp_path: Path) -> None:
    source = SOURCE.replace("rotation_enabled = {}", "").split('resource "aws_secretsmanager_secret_rotation"')[0]
    (finding,) = judge(tmp_path, source.replace("{{", "{").replace("}}", "}"), "terraform", "secretsmanager-rotation").failing()

    assert "SecretsManagerRDSPostgreSQLRotationSingleUser" in remedy(finding).text
    assert "ignore_changes" in remedy(finding).text


COPY = """
variable "given" {{ type = string }}
resource "random_password" "it" {{ length = 32 }}
resource "aws_secretsmanager_secret" "it" {{ name = "it" }}
resource "aws_secretsmanager_secret_version" "it" {{
  secret_id     = aws_secretsmanager_secret.it.id
  secret_string = jsonencode({{ dbname = "app", username = "app", password = {password}, url = "{url}" }})
}}
"""
RANDOM = "random_password.it.result"


@pytest.mark.parametrize(
    ("password", "url", "repeats"),
    [
        (RANDOM, f"postgresql://app:${{{RANDOM}}}@db:5432/app", True),
        (RANDOM, f"postgresql://app:${{urlencode({RANDOM})}}@db:5432/app", True),
        ("var.given", "postgresql://app:${var.given}@db:5432/app", True),
        (RANDOM, "postgresql://db:5432/app", False),
    ],
)
def test_a_url_with_the_password_is_not_rotated_with_it(tmp_path: Path, password: str, url: str, repeats: bool) -> None:
    source = COPY.format(password=password, url=url)
    (finding,) = judge(tmp_path, source, "terraform", "secretsmanager-rotation").failing()

    assert ("`url` repeats the password" in remedy(finding).text) is repeats


@pytest.mark.parametrize(
    ("condition", "said"), [("", "First give each"), ("Condition: Two", "exist at once: first give each"), (None, "")]
)
def test_each_database_needs_a_secret_of_its_own(tmp_path: Path, condition: str | None, said: str) -> None:
    second = DATABASE.format(JSON).partition("  Database:")[2].replace("Properties", f"{condition}\n    Properties", 1)
    start = "Parameters: {Two: {Type: String}}\nConditions: {Two: !Equals [!Ref Two, 'yes']}\n"
    source = start + DATABASE.format(JSON) + ("" if condition is None else f"  Second:{second}")
    (finding,) = judge(tmp_path, source, "cloudformation", "secretsmanager-rotation").failing()

    assert ("take the same password" in remedy(finding).text) is bool(said)
    assert said in remedy(finding).text


TASK = """
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {{ Name: app, Image: app, Secrets: [{{ Name: PASSWORD, ValueFrom: !Sub "${{{}}}:password::" }}] }}
"""


@pytest.mark.parametrize(("secret", "gets"), [("Secret", True), ("Other", False)])
def test_a_task_gets_the_secret_only_when_it_starts(tmp_path: Path, secret: str, gets: bool) -> None:
    other = "  Other: { Type: AWS::SecretsManager::Secret }\n"
    source = DATABASE.format(JSON) + other + TASK.format(secret)
    (finding,) = judge(tmp_path, source, "cloudformation", "secretsmanager-rotation").failing()

    assert ("Task gets the secret only when a task starts" in remedy(finding).text) is gets


@pytest.mark.parametrize(
    ("name", "key", "twice"),
    [("ADMIN_PASSWORD", "password", True), ("DB_USER", "username", False), ("HOST", "password", False)],
)
def test_a_password_under_two_names_may_be_that_of_something_else_too(tmp_path: Path, name: str, key: str, twice: bool) -> None:
    again = f'{{ Name: {name}, ValueFrom: !Sub "${{Secret}}:{key}::" }}, {{ Name: PASSWORD'
    source = DATABASE.format(JSON) + TASK.format("Secret").replace("{ Name: PASSWORD", again)
    (finding,) = judge(tmp_path, source, "cloudformation", "secretsmanager-rotation").failing()

    assert (f"Task gets this password as {name} and PASSWORD" in remedy(finding).text) is twice


SERVERLESS = """
resource "aws_secretsmanager_secret" "it" {{}}
resource "aws_rds_cluster" "it" {{
  engine          = "aurora-mysql"
  master_username = "app"
  master_password = aws_secretsmanager_secret.it.id
  {}
}}
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "set manage_master_user_password to true on aws_rds_cluster.it, and remove master_password"),
        ('engine_mode = "serverless"', "cannot manage the password of a cluster of Aurora Serverless v1"),
        ('global_cluster_identifier = "world"', "cannot manage the password of a cluster of a global database"),
    ],
)
def test_rds_manages_the_passwords_of_most_clusters(tmp_path: Path, more: str, said: str) -> None:
    (finding,) = judge(tmp_path, SERVERLESS.format(more), "terraform", "secretsmanager-rotation").failing()

    assert said in remedy(finding).text
