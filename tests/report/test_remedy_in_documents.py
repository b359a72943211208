"""A remedy for the inside of a document, such as a policy, is written as the document is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reports import judge_files, only
from wa_iac.report.remedy import remedy

STATEMENT = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})


@pytest.mark.parametrize(
    ("policy", "code", "language"),
    [
        (f"<<EOF\n{POLICY}\nEOF", '"Action": ["<the actions it needs>"]', "json"),
        ('file("${path.module}/policy.json")', '"Action": ["<the actions it needs>"]', "json"),
        (
            'jsonencode({ Statement = [{ Effect = "Allow", Action = "ec2:*", Resource = "*" }] })',
            "Action = [<the actions it needs>]",
            "hcl",
        ),
    ],
    ids=["a text", "a file", "an object"],
)
def test_a_part_of_a_policy_is_spelled_as_the_policy_is(tmp_path: Path, policy: str, code: str, language: str) -> None:
    module = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    advice = remedy(only(judge_files(tmp_path, {"main.tf": module, "policy.json": POLICY}, "iam-wildcard-action")))

    assert (advice.code, advice.language) == (code, language)


@pytest.mark.parametrize("call", ["file", "templatefile"])
def test_a_part_of_a_policy_in_a_file_names_the_file_and_refers_to_nothing(tmp_path: Path, call: str) -> None:
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]})
    values = "" if call == "file" else ", {}"
    module = f'resource "aws_iam_policy" "p" {{\n  policy = {call}("${{path.module}}/passing.json"{values})\n}}\n'
    advice = remedy(only(judge_files(tmp_path, {"main.tf": module, "passing.json": policy}, "iam-pass-role-wildcard")))

    assert advice.sentences[-1] == "In the file passing.json:"
    assert json.loads(f"{{{advice.code}}}") == {"Action": "iam:PassRole", "Resource": "<the role's ARN>"}


def test_a_part_of_a_long_list_of_actions_is_spelled_as_the_list_is(tmp_path: Path) -> None:
    actions = ", ".join(f'"appconfig:GetExtensionNumber{number}"' for number in range(100))
    statement = f'{{ Effect = "Allow", Action = [{actions}, "s3:*"], Resource = "*" }}'
    module = f'resource "aws_iam_policy" "p" {{\n  policy = jsonencode({{ Statement = [{statement}] }})\n}}\n'
    advice = remedy(only(judge_files(tmp_path, {"main.tf": module}, "iam-wildcard-action")))

    assert advice.code == "Action = [<the actions it needs>]"


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("PolicyDocument: |", "<the role's Arn>"),
        ("PolicyDocument: !Sub |", "${<the role>.Arn}"),
        ("PolicyDocument:\n        Fn::Sub: |", "${<the role>.Arn}"),
    ],
    ids=["a text", "a text that is filled in", "its long form"],
)
def test_a_part_of_a_policy_is_json_in_a_template_that_has_it_as_a_text(tmp_path: Path, written: str, role: str) -> None:
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]})
    template = (
        "Resources:\n  Passing:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n"
        f"      Roles: [deployer]\n      {written}\n          {policy}\n"
    )
    advice = remedy(only(judge_files(tmp_path, {"t.yaml": template}, "iam-pass-role-wildcard")))

    assert (advice.sentences[-1], advice.language) == ("In the JSON of `PolicyDocument`:", "json")
    assert json.loads(f"{{{advice.code}}}") == {"Action": "iam:PassRole", "Resource": role}


@pytest.mark.parametrize(
    "call", ['file("containers.json")', '"${file("containers.json")}"', 'templatefile("containers.json", {})', None], ids=str
)
def test_a_part_of_a_json_document_is_json(tmp_path: Path, call: str | None) -> None:
    containers = '[{"name": "app", "image": "app:1"}]'
    value = call or f"<<EOF\n{containers}\nEOF"
    role = 'execution_role_arn = "arn:aws:iam::123456789012:role/tasks"'
    module = f'resource "aws_ecs_task_definition" "app" {{\n  {role}\n  container_definitions = {value}\n}}\n'
    report = judge_files(tmp_path, {"main.tf": module, "containers.json": containers}, "ecs-container-logging")
    [finding] = report.failing()
    advice = remedy(finding)

    file = " (the file containers.json)" if call else ""
    assert (advice.sentences[-1], advice.language) == (f"In the JSON of `container_definitions`{file}:", "json")
    configuration = json.loads(f"{{{advice.code}}}")["logConfiguration"]
    assert configuration["options"]["awslogs-group"] == ("<a log group>" if call else "${<a log group>.name}")


def test_a_json_document_may_be_the_argument_of_a_call(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "app" {\n  source = "./app"\n  definitions = templatefile("app.tpl", {})\n}\n',
        "app.tpl": '[{"name": "app", "image": "app:1"}]',
        "app/main.tf": 'variable "definitions" {}\nresource "aws_ecs_task_definition" "app" {\n  container_definitions = var.definitions\n}\n',
    }
    [finding] = judge_files(tmp_path, files, "ecs-container-logging").failing()
    advice = remedy(finding)

    assert (advice.sentences[-1], advice.language) == ("In the JSON of `definitions` (the file app.tpl):", "json")


TASK = """
locals {
  container = {
    name  = "orders"
    image = "orders:1.2"
  }
  text = jsonencode(local.container)
}
resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = format("[%s]", local.text)
}
"""


def test_code_for_a_document_that_an_expression_makes_says_that_it_belongs_into_the_object(tmp_path: Path) -> None:
    (found,) = judge_files(tmp_path, {"main.tf": TASK}, "ecs-container-logging").failing()
    text = remedy(found).text

    assert "In the object of the container that `container_definitions` is made from:" in text


def test_a_document_in_yaml_takes_json_too(tmp_path: Path) -> None:
    files = {
        "main.tf": 'resource "aws_api_gateway_rest_api" "shop" {\n  name = "shop"\n  body = templatefile("api.yaml", {})\n}\n',
        "api.yaml": "openapi: 3.0.1\npaths:\n  /orders:\n    post: { responses: {} }\n",
    }
    advice = remedy(only(judge_files(tmp_path, files, "apigateway-authorization")))

    assert advice.sentences[-1] == "In `body` (the file api.yaml), which takes JSON too:"
