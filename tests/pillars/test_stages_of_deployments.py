"""A deployment with the name of a stage makes no second one: that stage uses it."""

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, only_remedy

OWN = """
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: orders } }
  Other: { Type: AWS::ApiGateway::RestApi, Properties: { Name: other } }
  First: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Api, DeploymentId: !Ref First, StageName: STAGE, AccessLogSetting: { DestinationArn: log } }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref API, StageName: NAME } }
"""
OF_SAM = """
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Environment
      DefinitionBody: { openapi: 3.0.1, paths: {} }
      AccessLogSetting: { DestinationArn: log }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref API, StageName: NAME } }
"""
RULES = ("apigateway-access-logging", "apigateway-xray-tracing", "apigateway-throttling")


@pytest.mark.parametrize(
    ("source", "stage", "name", "api", "found"),
    [
        (OWN, "v1", "!Ref Stage", "Api", None),
        (OWN, "v1", "v1", "Api", None),
        (OWN, "!Ref Environment", "!Ref Environment", "Api", None),
        (OWN, "v1", "v2", "Api", "fail"),
        (OWN, "v1", "v1", "Other", "fail"),
        (OF_SAM, "", "!Ref Api.Stage", "Api", None),
        (OF_SAM, "", "Stage", "Api", "fail"),
    ],
)
@pytest.mark.parametrize("rule", RULES)
def test_the_name_of_a_stage(
    tmp_path: Path, rule: str, source: str, stage: str, name: str, api: str, found: str | None
) -> None:
    head = "Transform: AWS::Serverless-2016-10-31\nParameters: { Environment: { Type: String } }\nResources:"
    text = head + source.replace("STAGE", stage).replace("NAME", name).replace("!Ref API", f"!Ref {api}")
    report = judge(tmp_path, text, "cloudformation", rule)
    assert by_address(report, rule).get("Deployment") == found


@pytest.mark.parametrize("first_the_new", [True, False])
def test_a_deployment_that_is_replaced_must_not_take_its_stage_along(tmp_path: Path, first_the_new: bool) -> None:
    lifecycle = "lifecycle { create_before_destroy = true }" if first_the_new else ""
    source = f'resource "aws_api_gateway_deployment" "it" {{\n  rest_api_id = "a1"\n  stage_name  = "live"\n  {lifecycle}\n}}'
    text = only_remedy(judge(tmp_path, source, "terraform", "apigateway-access-logging"))

    assert ("create_before_destroy" in text) is not first_the_new
