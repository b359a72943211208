"""An open method of a REST API that has no URL yet, whose function does nothing, or whose function checks tokens itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence, Severity

RULE = "apigateway-authorization"
TEMPLATE = """
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties: {{Name: orders}}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Orders
      ResourceId: !GetAtt Orders.RootResourceId
      HttpMethod: POST
      AuthorizationType: NONE
      {integration}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: arn:aws:iam::111122223333:role/work
      Code: {{ZipFile: "{code}"}}
      {variables}
{more}
"""
NONE = "RequestParameters: {}"
CALLS = "Integration: {Type: AWS_PROXY, Uri: !GetAtt Work.Arn}"
WORKS = "import boto3\\ndef handler(event, context): boto3.client('s3')"
ANSWERS = "def handler(event, context): return {'statusCode': 200, 'body': 'Hello'}"
DEPLOYED = "  First: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Orders, StageName: live}}"
TELLS_ITS_KEYS = "import os\\ndef handler(event, context): return dict(os.environ)"
EXPORTED = "Outputs:\n  Id: {Value: !Ref Orders}"
VARIABLE = "Environment: {Variables: {VERIFY_TOKEN_URL: https://example.com/verify}}"
HIGH, MEDIUM, ADVICE = (Severity.HIGH, Confidence.HIGH), (Severity.MEDIUM, Confidence.HIGH), (Severity.MEDIUM, Confidence.LOW)


@pytest.mark.parametrize(
    ("integration", "code", "variables", "more", "wanted"),
    [
        (CALLS, WORKS, "", DEPLOYED, HIGH),
        (CALLS, WORKS, "", "", HIGH),
        (NONE, WORKS, "", EXPORTED, HIGH),
        (NONE, WORKS, "", "", MEDIUM),
        (CALLS, ANSWERS, "", DEPLOYED, ADVICE),
        (CALLS, TELLS_ITS_KEYS, "", DEPLOYED, HIGH),
        (CALLS, WORKS, VARIABLE, DEPLOYED, ADVICE),
    ],
)
def test_an_open_method(
    tmp_path: Path, integration: str, code: str, variables: str, more: str, wanted: tuple[Severity, Confidence]
) -> None:
    source = TEMPLATE.format(integration=integration, code=code, variables=variables, more=more)
    (found,) = judge(tmp_path, source, "cloudformation", RULE).failing()

    assert (found.severity, found.confidence) == wanted
