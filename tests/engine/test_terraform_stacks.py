"""Templates that Terraform deploys: what of them is not checked is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

QUEUE = """\
Parameters: {Sse: {Type: String, Default: "true"}}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {SqsManagedSseEnabled: !Ref Sse}
"""
STACK = """\
resource "aws_cloudformation_stack" "queue" {{
  name = "queue"
  {}
}}
"""
NOT_READ = "the template that aws_cloudformation_stack.queue deploys is not read"
OTHERS = "q.yaml is checked by itself, not with what aws_cloudformation_stack.queue gives it: "


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ('template_body = jsonencode({ Resources = { Queue = { Type = "AWS::SQS::Queue" } } })', NOT_READ),
        ('template_url = "https://example.com/q.yaml"', NOT_READ),
        ('template_body = file("other.yaml")', NOT_READ),
        ('template_body = file("q.yaml")', ""),
        ('template_body = file("q.yaml")\n  parameters = { Sse = "true" }', ""),
        ('template_body = file("q.yaml")\n  parameters = { Sse = true }', ""),
        ('template_body = file("q.yaml")\n  parameters = { Sse = "false" }', f"{OTHERS}Sse"),
        ('template_body = file("q.yaml")\n  parameters = { Sse = var.sse }', f"{OTHERS}Sse"),
        ('template_body = file("q.yaml")\n  parameters = var.parameters', f"{OTHERS}its parameters"),
    ],
)
def test_what_is_not_checked_of_a_template_is_said(tmp_path: Path, arguments: str, said: str) -> None:
    variables = 'variable "sse" {}\nvariable "parameters" {}\n'
    report = judge_files(tmp_path, {"main.tf": STACK.format(arguments) + variables, "q.yaml": QUEUE}, "sqs-encryption")

    assert [each.line for each in report.errors] == [1] * bool(said)
    assert all(said in each.message for each in report.errors)
    assert report.exit_code() == 0


def test_a_stack_set_has_a_template_too(tmp_path: Path) -> None:
    source = STACK.format("template_body = <<-EOT\n    Resources: {}\n  EOT").replace("_stack", "_stack_set")
    report = judge_files(tmp_path, {"main.tf": source}, "sqs-encryption")

    assert [each.message.partition(" deploys")[0] for each in report.errors] == [
        "the template that aws_cloudformation_stack_set.queue"
    ]
