"""Access keys are found in whatever way they are written; an id without its secret is the milder fault."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

from helpers.reports import by_address, judge
from wa_iac.core.rule import Severity
from wa_iac.engine.settings import Settings

SLUG = "workload-static-credentials"
REST = "Q3EGWLX5TZ7M2YPD"
OTHER_HALF = "hR8kPq2vT6zLw0XyB4nM9sDfGj3uEcAa7iVo5KtZ"

SCRIPT = f"#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIA{REST}\n"
ENCODED = base64.b64encode(SCRIPT.encode()).decode()
PACKED = base64.b64encode(gzip.compress(SCRIPT.encode(), mtime=0)).decode()


def template(resource: str) -> str:
    return f"""\
Parameters:
  Rest: {{ Type: String, Default: {REST} }}
  Stage: {{ Type: String }}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  It:
    {resource}
"""


INSTANCE = "Type: AWS::EC2::Instance\n    Properties: {{ ImageId: ami-1, UserData: {} }}"


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        (INSTANCE.format('{"Fn::Base64": "export K=AKIA' + REST + '"}'), {"fail"}),
        (INSTANCE.format('{"Fn::Base64": {"Fn::Sub": "export K=AKIA${Rest} ${AWS::StackId}"}}'), {"fail"}),
        (INSTANCE.format('{"Fn::Base64": {"Fn::Join": ["", ["export K=AKIA", {"Ref": Rest}]]}}'), {"fail"}),
        (INSTANCE.format('{"Fn::Base64": {"Fn::If": [IsProd, "export K=AKIA' + REST + '", "none"]}}'), {"unknown"}),
        (INSTANCE.format('{"Fn::Base64": {"Fn::If": [IsProd, "a AKIA' + REST + '", "b AKIA' + REST + '"]}}'), {"fail"}),
        (INSTANCE.format(ENCODED), {"fail"}),
        (INSTANCE.format(PACKED), {"fail"}),
        (INSTANCE.format('{"Fn::Base64": {"Fn::Sub": "echo ${AWS::StackName} ${Rest}"}}'), set()),
        (INSTANCE.format('{"Fn::Base64": "export K=AKIAIOSFODNN7EXAMPLE"}'), set()),
        (
            "Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Init:\n"
            '        config: { commands: { run: { command: !Sub "K=AKIA${Rest} run" } } }\n    Properties: { ImageId: ami-1 }',
            {"fail"},
        ),
        (
            "Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Authentication:\n"
            f"        it: {{ type: S3, secretKey: {OTHER_HALF} }}\n    Properties: {{ ImageId: ami-1 }}",
            {"fail"},
        ),
        (
            "Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Authentication:\n"
            "        it: { type: S3, secretKey: !Ref Stage }\n    Properties: { ImageId: ami-1 }",
            set(),
        ),
        (
            "Type: AWS::Lambda::Function\n    Properties:\n      Handler: index.handler\n      Runtime: python3.13\n"
            f"      Role: arn:aws:iam::111122223333:role/r\n      Code: {{ ZipFile: 'K = \"AKIA{REST}\"' }}",
            {"fail"},
        ),
        (
            "Type: AWS::Lambda::Function\n    Properties:\n      Handler: index.handler\n      Runtime: python3.13\n"
            "      Role: arn:aws:iam::111122223333:role/r\n      Code: { ZipFile: pass }\n"
            f"      Environment: {{ Variables: {{ K: AKIA{REST} }} }}",
            set(),
        ),
        (
            "Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Name: web\n          Image: web\n"
            f"          Environment: [{{ Name: AWS_SECRET_ACCESS_KEY, Value: {OTHER_HALF} }}]",
            {"fail"},
        ),
        (
            "Type: AWS::CodeBuild::Project\n    Properties:\n      Environment:\n        EnvironmentVariables:\n"
            '          - { Name: AWS_ACCESS_KEY_ID, Value: !Sub "AKIA${Rest}" }',
            set(),
        ),
    ],
)
def test_a_key_in_a_template(tmp_path: Path, resource: str, verdict: set[str]) -> None:
    report = judge(tmp_path, template(resource), "cloudformation", SLUG)

    assert set(by_address(report, SLUG).values()) == verdict


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        ('"aws_instance" "it" {\n user_data_base64 = base64encode("export K=AKIA${local.rest}")\n}', {"fail"}),
        ('"aws_instance" "it" {\n user_data = base64encode("export K=AKIA${local.rest} ${var.x}")\n}', {"fail"}),
        (f'"aws_launch_template" "it" {{\n user_data = "{ENCODED}"\n}}', {"fail"}),
        (f'"aws_launch_template" "it" {{\n user_data = "{PACKED}"\n}}', {"fail"}),
        ('"aws_launch_template" "it" {\n user_data = base64encode("export R=worker-${local.rest}")\n}', set()),
        ('"aws_lambda_function" "it" {\n description = "AKIA${local.rest}"\n}', {"fail"}),
        ('"aws_lambda_function" "it" {\n environment {\n  variables = { K = "AKIA${local.rest}" }\n }\n}', set()),
        (
            '"aws_ecs_task_definition" "it" {\n container_definitions = jsonencode([{ name = "web", image = var.x, '
            'environment = [{ name = "K", value = "AKIA${local.rest}" }] }])\n}',
            {"fail"},
        ),
        (
            '"aws_codebuild_project" "it" {\n environment {\n  environment_variable {\n   name = "AWS_SECRET_ACCESS_KEY"\n'
            f'   value = "{OTHER_HALF}"\n  }}\n }}\n}}',
            set(),
        ),
        (
            '"aws_codebuild_project" "it" {\n environment {\n  environment_variable {\n   name = "AWS_SECRET_ACCESS_KEY"\n'
            '   value = "codebuild/deployer:secret"\n   type = "SECRETS_MANAGER"\n  }\n }\n}',
            set(),
        ),
        ('"aws_ssm_parameter" "it" {\n value = "0123456789abcdef0123456789abcdef01234567"\n}', set()),
    ],
)
def test_a_key_in_a_module(tmp_path: Path, resource: str, verdict: set[str]) -> None:
    source = f'variable "x" {{}}\nlocals {{ rest = "{REST}" }}\nresource {resource}\n'

    report = judge(tmp_path, source, "terraform", SLUG)
    assert set(by_address(report, SLUG).values()) == verdict


def severity(directory: Path, script: str) -> Severity:
    source = f'resource "aws_instance" "it" {{\n  user_data = "{script}"\n}}\n'
    [found] = judge(directory, source, "terraform", SLUG).findings
    return found.severity


def test_an_id_without_its_secret_gives_nobody_access(tmp_path: Path) -> None:
    assert severity(tmp_path / "id", f"export AWS_ACCESS_KEY_ID=AKIA{REST}") is Severity.MEDIUM
    assert severity(tmp_path / "both", f"K=AKIA{REST} AWS_SECRET_ACCESS_KEY={OTHER_HALF}") is Severity.CRITICAL


def test_a_severity_that_the_settings_give_holds_for_the_milder_fault_too(tmp_path: Path) -> None:
    source = f'resource "aws_instance" "it" {{\n  user_data = "K=AKIA{REST}"\n}}\n'
    [found] = judge(tmp_path, source, "terraform", SLUG).findings

    low = Settings(severity={SLUG: Severity.LOW}).adjusted(found)
    critical = Settings(severity={SLUG: Severity.CRITICAL}).adjusted(found)

    assert (low is not None and low.severity, critical is not None and critical.severity) == (Severity.LOW, Severity.CRITICAL)
    assert Settings().adjusted(found) is found


def test_a_secret_among_the_variables_of_a_container_is_found_beside_its_id(tmp_path: Path) -> None:
    source = f"""\
resource "aws_ecs_task_definition" "it" {{
  container_definitions = jsonencode([{{
    name = "web"
    environment = [
      {{ name = "AWS_ACCESS_KEY_ID", value = "AKIA{REST}" }},
      {{ name = "AWS_SECRET_ACCESS_KEY", value = "{OTHER_HALF}" }},
    ]
  }}])
}}
"""
    [found] = judge(tmp_path, source, "terraform", SLUG).findings

    assert found.severity is Severity.CRITICAL
