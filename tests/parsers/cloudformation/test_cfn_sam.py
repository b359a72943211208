"""Findings on what SAM makes stand at the lines that people wrote, and mistakes in SAM's terms are told with theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers.cloudformation import unit
from helpers.fixes import after
from helpers.reports import judge_files
from wa_iac.cli.app import whole
from wa_iac.core.errors import SourceError, UnavailableError
from wa_iac.core.finding import Report
from wa_iac.core.value import Known, Unknown, plain
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.text import summary

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
        ("apigateway-authorization", 23, "ServerlessRestApi"),
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
        (
            "{Type: AWS::Serverless::Functoin}",
            "SAM has no resource type AWS::Serverless::Functoin; did you mean 'AWS::Serverless::Function'?",
        ),
        ("{Type: AWS::Serverless::Function, Properties: {Handlr: a}}", "\"R\" has no property Handlr; did you mean 'Handler'?"),
        ("{Type: AWS::Serverless::Function, Properties: {Events: [1]}}", 'Events of "R" must be an object'),
        (
            "{Type: AWS::Serverless::Function, Properties: {Events: {E: {}}}}",
            'the Type of the event "E" of "R" must be one of',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Shedule}}}}",
            'the event "E" of "R" has no Type Shedule; did you mean \'Schedule\'?',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Policies: [{SQSPolerPolicy: {}}]}}",
            "Policies of \"R\" has no policy template SQSPolerPolicy; did you mean 'SQSPollerPolicy'?",
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Policies: [{SQSPollerPolicy: {}}]}}",
            "the policy template SQSPollerPolicy needs QueueName",
        ),
        ("{Type: AWS::Serverless::Api, Properties: {}}", '"R" needs StageName'),
        (
            "{Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: a, Type: Text}}}",
            "the Type of a PrimaryKey must be one of String",
        ),
        ("{Type: AWS::Serverless::Function, Properties: 3}", 'the Properties of "R" must be an object'),
        ("{Type: AWS::Serverless::Function, Properties: [a]}", 'the Properties of "R" must be an object'),
        ("{Type: AWS::Serverless::Function, Properties: !Ref P}", 'the Properties of "R" must be an object'),
        (
            "{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: HttpApi, Properties: [1]}}}}",
            'the Properties of the event "E" of "R" must be an object',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {CodeURI: src}}",
            "\"R\" has no property CodeURI; did you mean 'CodeUri'?",
        ),
        ("{Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: None}}}", '"R" has no authorizer "None"'),
    ],
)
def test_mistakes_are_told_with_their_line(resource: str, message: str) -> None:
    found = unit(f"Transform: AWS::Serverless-2016-10-31\nResources:\n  R: {resource}\n")
    told = [str(each) for each in found.errors if isinstance(each, SourceError)]
    assert any(each.startswith("t.yaml:3:") and message in each for each in told), told


def test_a_mistake_ends_in_exit_code_2_and_the_rest_is_judged(tmp_path: Path) -> None:
    source = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: 3}\n"
    (tmp_path / "t.yaml").write_text(source + "  T: {Type: AWS::Serverless::SimpleTable}\n", encoding="utf-8")
    done = CliRunner().invoke(whole(), ["check", str(tmp_path), "--select", "dynamodb-point-in-time-recovery"])
    assert done.exit_code == 2
    assert "t.yaml:3:40  error\n" in done.output
    assert "t.yaml:4:3  medium  dynamodb-point-in-time-recovery" in done.output


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ("{Type: AWS::Serverless::Thing}", "SAM: unknown resource type AWS::Serverless::Thing"),
        ("{Type: AWS::Serverless::WebSocketApi}", "AWS::Serverless::WebSocketApi is not expanded"),
        ("{Type: AWS::Serverless::Function, Properties: {Retention: a}}", '"R": unknown property Retention'),
        (
            "{Type: AWS::Serverless::Api, Properties: {StageName: a, SecurityPolicy: TLS_1_2}}",
            '"R": unknown property SecurityPolicy',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Nothing}}}}",
            'the event "E" of "R": unknown Type Nothing',
        ),
        (
            "{Type: AWS::Serverless::Function, Properties: {Policies: [{KMSEncryptPolicy_v2: {}}]}}",
            'Policies of "R": unknown policy template KMSEncryptPolicy_v2',
        ),
    ],
)
def test_what_sam_may_have_learnt_since_is_a_note(tmp_path: Path, resource: str, message: str) -> None:
    source = (
        f"Transform: AWS::Serverless-2016-10-31\nResources:\n  R: {resource}\nOutputs:\n  O: {{Value: !GetAtt RMade.Arn}}\n"
    )
    report = judge_files(tmp_path, {"t.yaml": source}, "workload-static-credentials")
    [told] = report.errors
    assert isinstance(told, UnavailableError)
    assert (told.line, report.mistakes()) == (3, [])
    assert f"{message}, it is not checked" in told.message or message in told.message


def test_a_policy_template_that_is_not_known_leaves_open_what_the_role_may_do(tmp_path: Path) -> None:
    source = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  R:\n    Type: AWS::Serverless::Function\n"
        "    Properties: {Handler: a.b, Runtime: python3.13, Policies: [{NewPolicy: {}}]}\n"
    )
    report = judge_files(tmp_path, {"t.yaml": source}, "iam-wildcard-action")
    assert [(each.verdict, each.address, each.span.start_line) for each in report.findings] == [("unknown", "RRole", 5)]


def test_names_of_what_is_not_expanded_are_no_mistakes() -> None:
    found = unit(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          W: {Type: AWS::Serverless::WebSocketApi, Properties: {}}
          G: {Type: AWS::Serverless::GraphQLApi, Properties: {SchemaInline: "type Query { a: String }", Auth: {Type: AWS_IAM}}}
          Q: {Type: AWS::SQS::Queue}
          B: {Type: AWS::S3::Bucket}
          C:
            Type: AWS::Serverless::Connector
            Properties: {Source: {Id: Q}, Destination: {Id: B}, Permissions: [Read]}
          D:
            Type: AWS::Serverless::Connector
            Properties: {Source: {Id: W}, Destination: {Id: F}, Permissions: [Write]}
          F: {Type: AWS::Serverless::Function, Properties: {Handlr: a, Events: {E: {Type: Api}}}}
        Outputs:
          Id: {Value: !GetAtt G.ApiId}
          Schema: {Value: !Ref GSchema}
          Socket: {Value: !GetAtt WStage.Arn}
          Allowed: {Value: !Ref CPolicy}
          Faulty: {Value: !Ref FEPermission}
        """
    )
    assert [each.message for each in found.errors] == [
        "AWS::Serverless::WebSocketApi is not expanded: its resources are not checked",
        "\"F\" has no property Handlr; did you mean 'Handler'?",
        'the event "E" of "F" needs Method and Path',
        "wa-iac does not know connectors from AWS::SQS::Queue to AWS::S3::Bucket: their permissions are not checked",
    ]


def test_names_of_aliases_versions_and_stages_are_understood() -> None:
    found = unit(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              AutoPublishAlias: live
              Events:
                A: {Type: Api, Properties: {Path: /, Method: get}}
                H: {Type: HttpApi}
        Outputs:
          Alias: {Value: !Ref F.Alias}
          Number: {Value: !GetAtt F.Version.Version}
          Stage: {Value: !Ref ServerlessRestApi.Stage}
          Endpoint: {Value: !GetAtt ServerlessHttpApi.ApiEndpoint}
          Text: {Value: !Sub "${F.Alias}"}
          Mistake: {Value: !Ref F.Alais}
        """
    )
    assert ["F.Alais" in each.message for each in found.errors] == [True]
    values = {each.name: plain(each.body.value["value"]) for each in found.declared if each.type == "output"}
    assert values.pop("Mistake") is not None
    assert values == {
        "Alias": {"$ref": "FAliaslive.Ref"},
        "Number": {"$ref": "FVersion.Version"},
        "Stage": {"$ref": "ServerlessRestApiProdStage.Ref"},
        "Endpoint": {"$ref": "ServerlessHttpApi.ApiEndpoint"},
        "Text": {"$ref": "FAliaslive.Ref"},
    }


@pytest.mark.parametrize("code", ["CodeUri: ./src", "Handler: app.handler"])
def test_code_of_this_machine_is_an_archive_at_a_place_that_is_not_known(code: str) -> None:
    source = (
        f"Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {{Type: AWS::Serverless::Function, Properties: {{{code}}}}}\n"
    )
    [function] = [each for each in unit(source).declared if each.address == "F"]
    match function.body.value["Code"]:
        case Known(dict() as parts):
            assert {name: type(each) for name, each in parts.items()} == {"S3Bucket": Unknown, "S3Key": Unknown}
        case other:
            pytest.fail(f"not known to be an archive: {other}")


def test_fixes_leave_sam_resources_alone_and_the_summary_does_not_count_them(tmp_path: Path) -> None:
    """Their properties have other names: what a function calls `TracingConfig` would be a mistake in SAM."""
    rules = ("lambda-xray-tracing", "dynamodb-point-in-time-recovery", "sns-encryption")
    assert after(tmp_path / "sam", "template.yaml", SHOP, *rules) == SHOP
    wanted = Selection(select=rules, profile="all")
    report = check([tmp_path / "sam"], wanted, fixes=True)
    assert "fixable" not in summary(report)
    assert {each.no_fix for each in report.failing() if each.rule.fix is not None} == {
        "SAM makes the resource from AWS::Serverless::Function",
        "SAM makes the resource from AWS::Serverless::SimpleTable",
    }
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "template.yaml").write_text("Resources:\n  T: {Type: AWS::DynamoDB::Table}\n", encoding="utf-8")
    assert "1 fixable with --fix" in summary(check([tmp_path / "own"], wanted, fixes=True))


WELL_BUILT = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {MinimumCompressionSize: 1024},
  Function: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Tracing: Active, Architectures: [arm64], LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Logs}}}
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30, KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/a"}
  Failed:
    Type: AWS::SQS::Queue
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      TracingEnabled: true
      Auth: {DefaultAuthorizer: AWS_IAM}
      AccessLogSetting: {DestinationArn: !GetAtt Logs.Arn, Format: '{"id": "$context.requestId"}'}
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20, LoggingLevel: ERROR, MetricsEnabled: true}]
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      DeploymentPreference: {Type: Canary10Percent5Minutes}
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
      Policies: [AWSLambdaBasicExecutionRole, AmazonDynamoDBReadOnlyAccess, DynamoDBReadPolicy: {TableName: orders}]
      Events:
        Get:
          Type: Api
          Properties: {Path: /, Method: get, RestApiId: !Ref Api}
        Nightly:
          Type: Schedule
          Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}
  Filtered:
    Type: AWS::WAFv2::WebACLAssociation
    Properties: {ResourceArn: !Ref ApiprodStage, WebACLArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b"}
  Encrypted:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Failed]
      PolicyDocument:
        Statement:
          - {Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*", Condition: {Bool: {aws:SecureTransport: "false"}}}
"""


def test_what_nobody_can_change_is_no_finding(tmp_path: Path) -> None:
    """The roles, AWS's own policies in them, permissions, queues for dead letters, and the stage called `Stage`."""
    report = judge_files(tmp_path, {"template.yaml": WELL_BUILT})
    assert report.errors == []
    assert found(report) == []
    made = {each.address for each in unit(WELL_BUILT).declared}
    assert {"OrdersRole", "CodeDeployServiceRole", "OrdersNightlyQueue", "OrdersGetPermissionprod", "ApiDeployment"} < made


def test_policies_that_aws_manages_are_known_by_their_names(tmp_path: Path) -> None:
    source = WELL_BUILT.replace("AmazonDynamoDBReadOnlyAccess", "AdministratorAccess")
    report = judge_files(tmp_path, {"template.yaml": source}, "iam-admin-policy")
    assert found(report) == [("iam-admin-policy", 24, "OrdersRole")]
