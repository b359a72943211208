"""A secret in the environment of a function or a container is reported; an invented one is not, and an access key becomes a role."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, judge, only_remedy, remedies
from wa_iac.report.listing import remedy

FUNCTION_TEMPLATE = """
Resources:
  It:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {{ Variables: {{ {name}: "{value}" }} }}
"""
FUNCTION_MODULE = """
resource "aws_lambda_function" "it" {{
  environment {{
    variables = {{ {name} = "{value}" }}
  }}
}}
"""
TASK_TEMPLATE = """
Resources:
  It:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{{ Name: {name}, Value: "{value}" }}]
"""
TASK_MODULE = """
resource "aws_ecs_task_definition" "it" {{
  container_definitions = jsonencode([{{
    name        = "web"
    environment = [{{ name = "{name}", value = "{value}" }}]
  }}])
}}
"""
PLACES = {
    "lambda-env-secrets": (FUNCTION_TEMPLATE, FUNCTION_MODULE),
    "ecs-task-secrets": (TASK_TEMPLATE, TASK_MODULE),
}


@pytest.mark.parametrize("slug", PLACES)
@pytest.mark.parametrize(
    ("name", "value", "faults"),
    [
        ("DB_PASSWORD", "Tr0ub4dor-and-3", ["fail"]),
        ("AWS_SECRET_ACCESS_KEY", "hR8kPq2vT6zLw0XyB4nM9sDfGj3uEcAa7iVo5KtZ", ["fail"]),
        ("QUEUE", "AKIAQ3EGWLX5TZ7M2YPD", ["fail"]),
        ("MAIL_USERNAME", "AKIAQ3EGWLX5TZ7M2YPD", []),  # opens nothing without its password
        ("URL", "postgres://app:Tr0ub4dor@db.example.com/shop", ["fail"]),
        ("AWS_SECRET_ACCESS_KEY", "hR8kPq2vT6zLw0XyB4nM9sDfGj3uEcAa7EXAMPLE", ["fail"]),  # where a real one goes
        ("AWS_SECRET_ACCESS_KEY", "DUMMYEXAMPLEKEY", []),
        ("DB_PASSWORD", "please-changeme-1", []),
        ("API_TOKEN", "a-fake-token-for-tests", []),
        ("QUEUE", "AKIAIOSFODNN7EXAMPLE", []),
        ("URL", "postgres://app:placeholder@db.internal/shop", []),
        ("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", []),
    ],
)
def test_a_value_that_says_it_is_invented_is_no_secret(
    tmp_path: Path, slug: str, name: str, value: str, faults: list[str]
) -> None:
    found = both(tmp_path, slug, *(each.format(name=name, value=value) for each in PLACES[slug]))
    assert [list(each.values()) for each in found] == [faults, faults]


@pytest.mark.parametrize(
    ("slug", "name", "words"),
    [
        ("lambda-env-secrets", "DB_PASSWORD", "DB_PASSWORD_SECRET = <the secret>.arn"),
        ("lambda-env-secrets", "CLIENT_SECRET", "CLIENT_SECRET_ARN = <the secret>.arn"),
        ("lambda-env-secrets", "apiKey", "apiKeySecret = <the secret>.arn"),
        ("lambda-env-secrets", "AWS_SECRET_ACCESS_KEY", "execution role"),
        ("ecs-task-secrets", "API_TOKEN", '{ name = "API_TOKEN", valueFrom = <the secret>.arn }'),
        ("ecs-task-secrets", "AWS_SECRET_ACCESS_KEY", "task role"),
    ],
)
def test_the_remedy_is_for_the_variable_that_is_there(tmp_path: Path, slug: str, name: str, words: str) -> None:
    report = judge(tmp_path, PLACES[slug][1].format(name=name, value="Tr0ub4dor-and-3"), "terraform", slug)
    (finding,) = report.failing()
    assert words in remedy(finding)
    assert "DB_PASSWORD" not in remedy(finding) or name == "DB_PASSWORD"


def test_secrets_in_the_text_of_a_definition_are_found(tmp_path: Path) -> None:
    source = """
resource "aws_ecs_task_definition" "it" {
  container_definitions = <<-JSON
    [{"name": "web", "environment": [{"name": "DB_PASSWORD", "value": "Tr0ub4dor-and-3"}]}]
  JSON
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "ecs-task-secrets").failing()
    assert "DB_PASSWORD of the container 'web'" in finding.message
    assert "Tr0ub4dor" not in finding.message


def test_another_variable_with_the_same_secret_is_named(tmp_path: Path) -> None:
    source = """
resource "aws_ecs_task_definition" "it" {
  container_definitions = jsonencode([{ name = "web", environment = [
    { name = "DB_PASSWORD", value = "Tr0ub4dor-and-3" },
    { name = "ADDRESS", value = "user=app password=Tr0ub4dor-and-3 host=${aws_db_instance.it.address}" },
    { name = "MODE", value = "fast" },
  ]}])
}
resource "aws_db_instance" "it" {}
"""
    report = judge(tmp_path, source, "terraform", "ecs-task-secrets")
    (finding,) = [each for each in report.failing() if "DB_PASSWORD" in each.message]
    assert "The same secret is in ADDRESS too" in remedy(finding)


def test_a_container_without_an_image_never_runs(tmp_path: Path) -> None:
    source = """
resource "aws_ecs_task_definition" "it" {
  container_definitions = jsonencode([{ name = "web", image = "", environment = [{ name = "DB_PASSWORD", value = "Tr0ub4dor-and-3" }] }])
}
"""
    (finding,) = judge(tmp_path, source, "terraform", "ecs-task-secrets").failing()
    assert finding.severity.name.lower() == "medium"


@pytest.mark.parametrize(
    "container",
    [
        "var.given",
        'jsonencode([{ name = "web", environment = var.given }])',
        'jsonencode([{ environment = [{ name = var.given, value = "Tr0ub4dor-and-3" }] }])',
    ],
)
def test_a_definition_that_is_not_known_is_undecided(tmp_path: Path, container: str) -> None:
    source = f'variable "given" {{}}\nresource "aws_ecs_task_definition" "it" {{\n  container_definitions = {container}\n}}\n'
    report = judge(tmp_path, source, "terraform", "ecs-task-secrets")
    assert [each.verdict for each in report.findings] == ["unknown"]


@pytest.mark.parametrize(("source", "severity"), [("AUTHORIZER", "low"), ("HEADER", "high")])
def test_a_key_of_a_usage_plan_is_no_secret_if_the_authorizer_gives_it(tmp_path: Path, source: str, severity: str) -> None:
    template = FUNCTION_TEMPLATE.format(name="BASIC_TIER_API_KEY", value="1f2e3d4c-88e63002-3fc1-4200")
    template += f"""
  Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: orders, ApiKeySourceType: {source} }} }}
  Basic: {{ Type: AWS::ApiGateway::ApiKey, Properties: {{ Value: 1f2e3d4c-88e63002-3fc1-4200 }} }}
"""
    (finding,) = judge(tmp_path, template, "cloudformation", "lambda-env-secrets").failing()
    assert finding.severity.name.lower() == severity


def test_a_secret_that_a_default_passes_goes_there_too(tmp_path: Path) -> None:
    source = """
variable "password" {
  default = "Tr0ub4dor-and-3"
}

resource "aws_lambda_function" "orders" {
  environment {
    variables = { DB_PASSWORD = var.password }
  }
}
"""
    text = only_remedy(judge(tmp_path, source, "terraform", "lambda-env-secrets"))

    assert 'Delete the default of variable "password" too.' in text


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("", "Give the task an execution role that may read it"),
        ('execution_role_arn = "arn:aws:iam::111122223333:role/ecs"', "Let the task's execution role read it"),
    ],
)
def test_a_task_reads_a_secret_by_its_execution_role(tmp_path: Path, role: str, said: str) -> None:
    source = f"""
resource "aws_ecs_task_definition" "web" {{
  {role}
  container_definitions = jsonencode([{{ name = "web", environment = [{{ name = "DB_PASSWORD", value = "Tr0ub4dor-and-3" }}] }}])
}}
"""
    assert said in only_remedy(judge(tmp_path, source, "terraform", "ecs-task-secrets"))


def test_a_secret_beside_the_id_of_its_access_key_becomes_a_role(tmp_path: Path) -> None:
    code = (
        'resource "aws_lambda_function" "it" {\n  environment {\n    variables = {\n      access_id  = "AKIAQ3EGWLX5TZ7M2YPD"\n'
        '      secret_key = "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"\n    }\n  }\n}\n'
    )
    found = " ".join(remedies(judge(tmp_path, code, "terraform", "lambda-env-secrets")))
    assert "execution role" in found
    assert "Secrets Manager" not in found


def test_a_secret_that_a_condition_chooses_is_in_plain_text_in_either_branch(tmp_path: Path) -> None:
    source = """
Parameters:
  Given: {Type: String, Default: ""}
Conditions:
  IsOurs: !Equals [!Ref Given, ""]
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Artifacts: {Type: NO_ARTIFACTS}
      ServiceRole: arn:aws:iam::111122223333:role/build
      Source: {Type: NO_SOURCE, BuildSpec: "{}"}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables:
          - {Name: ADMIN_PASSWORD, Value: !If [IsOurs, winter-17-sun, !Ref Given]}
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", "codebuild-env-secrets"))

    assert "The other branch is no better: write in its place" in text
    assert "Delete the default" not in text
