"""Functions of which a lost event says little: a lifecycle hook waits for them, their code keeps what failed, or they do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence

MODULE = """
resource "aws_sns_topic" "ends" {{
  name = "ends"
}}
resource "aws_lambda_function" "drain" {{
  function_name = "drain"
  role          = "arn:aws:iam::111122223333:role/drain"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "drain.zip"
  {variables}
}}
resource "aws_lambda_permission" "drain" {{
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.drain.function_name
  principal     = "sns.amazonaws.com"
}}
resource "aws_sns_topic_subscription" "drain" {{
  topic_arn = aws_sns_topic.ends.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.drain.arn
}}
{more}
"""
HOOK = """
resource "aws_autoscaling_lifecycle_hook" "ends" {
  name                    = "ends"
  autoscaling_group_name  = "web"
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_TERMINATING"
  notification_target_arn = aws_sns_topic.ends.arn
}
"""
KEEPS = 'environment {\n    variables = { STORE_FAILED_EVENTS = "true" }\n  }'


@pytest.mark.parametrize(
    ("variables", "more", "words"),
    [("", "", ""), ("", HOOK, "A lifecycle hook then holds the instance"), (KEEPS, "", "By its variable STORE_FAILED_EVENTS")],
)
def test_what_a_lost_event_means(tmp_path: Path, variables: str, more: str, words: str) -> None:
    source = MODULE.format(variables=variables, more=more)
    (found,) = judge(tmp_path, source, "terraform", "lambda-dead-letter-queue").failing()

    assert words in found.message
    assert (found.confidence is Confidence.LOW) == bool(words)


URL = """
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {{ZipFile: "{code}"}}
  Url:
    Type: AWS::Lambda::Url
    Properties: {{TargetFunctionArn: !Ref Work, AuthType: NONE}}
  All:
    Type: AWS::Lambda::Permission
    Properties: {{FunctionName: !Ref Work, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}}
"""


@pytest.mark.parametrize(
    ("code", "confidence"),
    [
        ("def handler(event, context): return {'statusCode': 200, 'body': 'Hello'}", Confidence.LOW),
        (" ", Confidence.HIGH),
        ("import boto3\\ndef handler(event, context): boto3.client('s3')", Confidence.HIGH),
    ],
)
def test_the_url_of_a_function_that_does_nothing(tmp_path: Path, code: str, confidence: Confidence) -> None:
    (found,) = judge(tmp_path, URL.format(code=code), "cloudformation", "lambda-url-auth").failing()

    assert found.confidence is confidence
