"""A function that never fails sends nothing to a dead-letter queue: its code has to change first."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

TEMPLATE = """
Resources:
  Copies:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/copies
      Code:
        ZipFile: |
%s
  FromUploads:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Copies, Principal: s3.amazonaws.com}
"""
SWALLOWS = """
import boto3
def handler(event, context):
    key = event["Records"][0]["s3"]["object"]["key"]
    try:
        boto3.client("s3").delete_object(Bucket="uploads", Key=key)
    except Exception as error:
        print(error)
"""
VARIANTS = {
    "as it is": ("", "", True),
    "raises again": ("print(error)", "print(error)\n        raise", False),
    "ends the program": ("print(error)", "sys.exit(1)", False),
    "hands the error on": ("print(error)", "report(error)", False),
    "catches one kind": ("except Exception as error", "except KeyError as error", False),
    "catches all by a bare clause": ("except Exception as error:\n        print(error)", "except:\n        return None", True),
    "works outside also": ("    try:", "    copy(key)\n    try:", False),
    "is not the handler": ("def handler(", "def helper(", False),
    "is no Python": ("import boto3", "import", False),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_code_that_catches_everything_has_to_let_the_failure_go_first(tmp_path: Path, variant: str) -> None:
    before, after, swallows = VARIANTS[variant]
    code = SWALLOWS.replace(before, after) if before else SWALLOWS
    source = TEMPLATE % textwrap.indent(code.strip(), " " * 10)
    found = only_fault(tmp_path, source, "cloudformation", "lambda-dead-letter-queue")

    assert found.severity == (Severity.LOW if swallows else Severity.MEDIUM)
    assert ("catches every exception" in found.message) == swallows
    assert remedy(found).text.startswith("First let the code raise") == swallows
    assert "DeadLetterConfig:" in remedy(found).text


CRAWLING = """
resource "aws_lambda_function" "refresh" {
  function_name = "refresh"
  role          = aws_iam_role.refresh.arn
}

resource "aws_lambda_permission" "refresh" {
  function_name = aws_lambda_function.refresh.arn
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}

resource "aws_iam_role" "refresh" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "refresh" {
  role   = aws_iam_role.refresh.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [%s], Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("actions", "advice"), [('"glue:StartCrawler"', True), ('"glue:StartCrawler", "s3:PutObject"', False), ('"glue:*"', False)]
)
def test_a_crawler_is_started_by_the_next_event(tmp_path: Path, actions: str, advice: bool) -> None:
    assert only_fault(tmp_path, CRAWLING % actions, "terraform", "lambda-dead-letter-queue").is_advice is advice


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("exports.handler = async (event) => {\n  console.log(event);\n  return 'read';\n};", True),
        ("const { S3 } = require('@aws-sdk/client-s3');\nexports.handler = async () => new S3({}).listBuckets();", False),
        ("import { S3 } from '@aws-sdk/client-s3';\nexport const handler = async () => new S3({}).listBuckets();", False),
        ("exports.handler = async (event) => fetch(event.url);", False),
        ("import json, os as system\ndef handler(event, context):\n    print(json.dumps(event))", True),
        ("from json import dumps\ndef handler(event, context):\n    print(dumps(event))", True),
        ("import json\nimport urllib.request\ndef handler(event, context):\n    urllib.request.urlopen(event['url'])", False),
    ],
)
def test_a_function_that_only_prints_loses_no_work(tmp_path: Path, code: str, advice: bool) -> None:
    source = TEMPLATE % textwrap.indent(code, " " * 10)
    found = only_fault(tmp_path, source, "cloudformation", "lambda-dead-letter-queue")

    assert (found.is_advice, "only prints" in found.message) == (advice, advice)
