"""Findings on what SAM makes stand at the lines that people wrote, and mistakes in SAM's terms are told with theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsers.cloudformation.cfn_sources import unit

from judging import judge_files
from wa_iac.core.algebra import plain
from wa_iac.core.finding import Report

SHOP = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13
    Timeout: 60
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: src/
      Tracing: PassThrough
      Policies:
        - Statement:
            - Effect: Allow
              Action: s3:*
              Resource: "*"
      Events:
        Get:
          Type: Api
          Properties: {Path: /orders, Method: get}
        Work:
          Type: SQS
          Properties: {Queue: !GetAtt Jobs.Arn}
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 30}
  Table:
    Type: AWS::Serverless::SimpleTable
    Condition: IsProd
  Kept:
    Type: AWS::Serverless::SimpleTable # wa-iac: ignore[dynamodb-deletion-protection] rebuilt each night
    Metadata: {wa-iac: {ignore: [{rule: dynamodb-point-in-time-recovery, reason: a cache}]}}
Outputs:
  Api: {Value: !Sub "https://${ServerlessRestApi}.example.com/${ServerlessRestApi.Stage}"}
  Role: {Value: !GetAtt OrdersRole.Arn}
"""


def found(report: Report) -> list[tuple[str, int, str]]:
    return [(each.rule.slug, each.span.start_line, each.address) for each in report.failing()]


def test_findings_stand_at_the_lines_of_the_sam_template(tmp_path: Path) -> None:
    rules = (
        "lambda-xray-tracing", "iam-wildcard-action", "lambda-sqs-visibility-timeout", "sqs-dead-letter-queue",
        "dynamodb-point-in-time-recovery", "apigateway-access-logging", "apigateway-authorization",
    )  # fmt: skip
    report = judge_files(tmp_path, {"template.yaml": SHOP}, *rules)

    assert report.errors == []
    assert found(report) == [
        ("lambda-xray-tracing", 16, "Orders"),
        ("iam-wildcard-action", 20, "OrdersRole"),
        ("apigateway-access-logging", 23, "ServerlessRestApiProdStage"),
        ("sqs-dead-letter-queue", 29, "Jobs"),
        ("lambda-sqs-visibility-timeout", 31, "Jobs"),
        ("dynamodb-point-in-time-recovery", 32, "Table"),
    ]
    assert [each.address for each in report.findings if each.suppressed is not None] == ["Kept"]


def test_a_comment_at_the_resource_holds_for_what_is_made_of_it(tmp_path: Path) -> None:
    comment = "# wa-iac: ignore[lambda-xray-tracing] nobody waits for it"
    source = SHOP.replace("      Tracing: PassThrough\n", "").replace("  Orders:\n", f"  Orders: {comment}\n")
    [finding] = list(judge_files(tmp_path, {"template.yaml": source}, "lambda-xray-tracing").findings)
    assert finding.suppressed is not None
    assert finding.suppressed.reason == "nobody waits for it"


def test_names_that_sam_makes_are_understood() -> None:
    found = unit(SHOP)
    assert found.errors == []
    values = {each.name: plain(each.body.value["value"]) for each in found.declared if each.type == "output"}
    assert values["Role"] == {"$ref": "OrdersRole.Arn"}
    addresses = {each.address for each in found.declared if each.kind == "resource"}
    assert {"OrdersRole", "OrdersWork", "ServerlessRestApi", "ServerlessRestApiProdStage"} < addresses


def test_conditions_carry_over() -> None:
    [table] = [each for each in unit(SHOP).declared if each.address == "Table"]
    assert table.condition is not None
    assert [each.label for each in table.condition.alternatives] == ["IsProd is true", "IsProd is false"]


def test_an_application_beside_the_template_is_followed(tmp_path: Path) -> None:
    main = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Child:\n    Type: AWS::Serverless::Application\n"
        "    Properties:\n      Location: child/template.yaml\n      Parameters: {On: 'false'}\n"
    )
    child = (
        "Parameters:\n  On: {Type: String}\nResources:\n  V:\n    Type: AWS::EC2::Volume\n"
        "    Properties: {Encrypted: !Ref On}\n"
    )
    report = judge_files(tmp_path, {"template.yaml": main, "child/template.yaml": child}, "ebs-encryption")
    assert found(report) == [("ebs-encryption", 6, "Child/V")]
    assert report.errors == []


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ("{Type: AWS::Serverless::Thing}", "SAM has no resource type AWS::Serverless::Thing"),
        ("{Type: AWS::Serverless::Function, Properties: {Handlr: a}}", '"R" has no property Handlr: Handler is meant, perhaps'),
        ("{Type: AWS::Serverless::Function, Properties: {Events: [1]}}", 'Events of "R" must be an object'),
        (
            "{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Nothing}}}}",
            'the Type of the event "E" of "R" is one of',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Policies: [{NoSuchPolicy: {}}]}}",
            'there is no SAM policy template "NoSuchPolicy"',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Policies: [{SQSPollerPolicy: {}}]}}",
            "the policy template SQSPollerPolicy needs QueueName",
        ),
        ("{Type: AWS::Serverless::Api, Properties: {}}", '"R" needs StageName'),
        (
            "{Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: a, Type: Text}}}",
            "the Type of a PrimaryKey is one of String",
        ),
        ("{Type: AWS::Serverless::Function, Properties: 3}", 'the Properties of "R" must be an object'),
        ("{Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: None}}}", '"R" has no authorizer "None"'),
    ],
)
def test_mistakes_are_told_with_their_line(resource: str, message: str) -> None:
    found = unit(f"Transform: AWS::Serverless-2016-10-31\nResources:\n  R: {resource}\n")
    told = [str(each) for each in found.errors]
    if message:
        assert any(each.startswith("t.yaml:3:") and message in each for each in told), told
