"""Rules on what SAM templates become: findings at the lines that people wrote, in SAM's own words, and none that nobody can mend."""

from __future__ import annotations

from itertools import count, islice
from pathlib import Path
from textwrap import dedent

import pytest

from helpers.cloudformation import unit
from helpers.paths import PROJECT
from helpers.reports import judge, judge_files
from wa_iac.core.declared import Unit
from wa_iac.core.finding import Report
from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.shapes import known_properties
from wa_iac.parsers.cloudformation.template import declare
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode
from wa_iac.parsers.cloudformation.text.yaml_reader import read_yaml
from wa_iac.report.remedy import remedy
from wa_iac.report.text import render

FIXTURES = sorted((PROJECT / "fixtures" / "sam").glob("*.yaml"))

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13
    Handler: app.handler
    CodeUri: src/
    Timeout: 20
  Api:
    TracingEnabled: false
  SimpleTable:
    PointInTimeRecoverySpecification:
      PointInTimeRecoveryEnabled: false
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Plain:
    Type: AWS::Serverless::Function
    Properties:
      Tracing: !If [IsProd, Active, PassThrough]
      Events:
        Get:
          Type: Api
          Properties: {Path: /a, Method: get}
        Told:
          Type: SNS
          Properties:
            Topic: !Ref Topic
            SqsSubscription: true
  Released:
    Type: AWS::Serverless::Function
    Properties:
      Tracing: Active
      AutoPublishAlias: live
      DeploymentPreference:
        Type: AllAtOnce
      Policies:
        - Statement:
            - Effect: Allow
              Action: dynamodb:*
              Resource: "*"
      FunctionUrlConfig:
        AuthType: NONE
  Table:
    Type: AWS::Serverless::SimpleTable
"""


def found(report: Report) -> list[tuple[str, int, str]]:
    return [(each.rule.slug, each.span.start_line, each.address) for each in report.failing()]


def test_findings_stand_at_the_lines_of_resources_events_and_globals(tmp_path: Path) -> None:
    rules = (
        "apigateway-access-logging", "apigateway-xray-tracing", "dynamodb-point-in-time-recovery", "iam-wildcard-action",
        "lambda-arm64", "lambda-gradual-deployment", "lambda-url-auth", "lambda-versioned-alias", "sqs-dead-letter-queue",
    )  # fmt: skip
    report = judge(tmp_path, TEMPLATE, "cloudformation", *rules)

    assert report.errors == []
    assert found(report) == [
        ("apigateway-xray-tracing", 9, "ServerlessRestApiProdStage"),
        ("dynamodb-point-in-time-recovery", 12, "Table"),
        ("lambda-arm64", 20, "Plain"),
        ("lambda-versioned-alias", 20, "Plain"),
        ("apigateway-access-logging", 25, "ServerlessRestApiProdStage"),
        ("sqs-dead-letter-queue", 28, "PlainToldQueue"),
        ("lambda-arm64", 33, "Released"),
        ("lambda-gradual-deployment", 39, "ReleasedAliaslive"),
        ("iam-wildcard-action", 43, "ReleasedRole"),
        ("lambda-url-auth", 46, "ReleasedUrl"),
    ]


def test_a_condition_inside_a_property_leaves_it_undecided(tmp_path: Path) -> None:
    report = judge(tmp_path, TEMPLATE, "cloudformation", "lambda-xray-tracing")
    assert [(each.verdict, each.span.start_line, each.when) for each in report.findings] == [("unknown", 23, "IsProd is false")]


def test_remedies_name_the_properties_of_sam(tmp_path: Path) -> None:
    source = TEMPLATE.replace("      Tracing: !If [IsProd, Active, PassThrough]\n", "")
    shown = render(judge(tmp_path, source, "cloudformation", "lambda-xray-tracing"), show_unknown=False)
    assert "\n  fix: Tracing: Active\n" in shown
    own = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.13, Handler: a.b}\n"
    shown = render(judge(tmp_path, own, "cloudformation", "lambda-xray-tracing"), show_unknown=False)
    assert "\n  fix:\n      TracingConfig:\n        Mode: Active\n" in shown


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Api: {Type: AWS::Serverless::Api, Properties: {StageName: a}}", "AccessLogSetting"),
        ("Api: {Type: AWS::Serverless::HttpApi}", "AccessLogSettings"),
        ("F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: HttpApi}}}}", "    AccessLogSettings"),
        ("F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}}",
         "    AccessLogSetting"),
        ("S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: a}}", "AccessLogSetting"),
        ("S: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: a, StageName: b}}", "AccessLogSettings"),
    ],
)  # fmt: skip
def test_remedies_are_in_the_words_of_the_type_that_is_written(tmp_path: Path, source: str, said: str) -> None:
    text = f"Transform: AWS::Serverless-2016-10-31\nResources:\n  {source}\n"
    [finding] = judge(tmp_path, text, "cloudformation", "apigateway-access-logging").failing()
    assert said in [line.rstrip(":") for line in remedy(finding).code.splitlines()]


_INSIDE = {
    "apigateway-cache-encrypted": "MethodSettings",
    "apigateway-data-trace": "MethodSettings",
    "apigateway-tls-policy": "Domain",
    "lambda-env-secrets": "Environment",
    "lambda-multi-az": "VpcConfig",
    "lambda-url-auth": "FunctionUrlConfig",
    "sns-encryption": "EventInvokeConfig",
}
"""Remedies that stand inside a property, and in which."""
_IN_A_DOCUMENT = {"Action", "Resource", "Principal"}
_IN_AN_EVENT = {
    "BisectBatchOnFunctionError",
    "DeadLetterConfig",
    "DestinationConfig",
    "MaximumRetryAttempts",
    "RedrivePolicy",
    "SqsSubscription",
}
_BESIDE_PROPERTIES = {"DeletionPolicy", "UpdateReplacePolicy"}
_OF_ITS_OWN = {"Alarm", "Filtered"}
_INSTEAD = {"Type", "Properties"}


def test_no_remedy_is_one_that_sam_rejects(tmp_path: Path) -> None:
    """Each that any rule shows for a SAM resource begins with a property that its type has, or stands where it is said to."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in FIXTURES} | {"own.yaml": TEMPLATE, "more.yaml": MORE}
    shown = {(each.rule.slug, each.made_from): each for each in judge_files(tmp_path, sources).failing() if each.made_from}
    assert len(shown) > 20
    elsewhere = _IN_A_DOCUMENT | _IN_AN_EVENT | _BESIDE_PROPERTIES | _INSTEAD
    rejected = {}
    for (slug, kind), finding in shown.items():
        section = kind.removeprefix("Globals.")
        lines = remedy(finding).code.splitlines()
        if section != kind:
            in_globals = lines[:2] == ["Globals:", f"  {section}:"]
            assert in_globals or slug == "waf-association"
            lines = dedent("\n".join(lines[2:])).splitlines() if in_globals else lines
        own = (
            {f"{finding.subject.resource.declared.name}{each}" for each in _OF_ITS_OWN}
            if finding.subject and finding.subject.resource
            else set()
        )
        known = own | known_properties(f"AWS::Serverless::{section.removeprefix('AWS::Serverless::')}") | elsewhere
        written = {line.partition(":")[0] for line in lines if line[:1] not in (" ", "-", "#", "")}
        if slug in _INSIDE:
            assert _INSIDE[slug] in known
        elif written - known:
            rejected[slug, kind] = written - known
    assert rejected == {}


MORE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      Domain: {DomainName: a.example.com, CertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a"}
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      OpenApiVersion: 3.0.1
      Domain: {DomainName: b.example.com, CertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/b", SecurityPolicy: TLS_1_0}
  Topic: {Type: AWS::SNS::Topic}
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.6
      Handler: a.b
      Timeout: 300
      Environment: {Variables: {API_PASSWORD: hunter2hunter2}}
      Policies:
        - Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
      Events:
        Told: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}
      EventInvokeConfig:
        DestinationConfig: {OnSuccess: {Type: SQS}, OnFailure: {Type: SNS}}
  Table:
    Type: AWS::Serverless::SimpleTable
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}
"""


@pytest.mark.parametrize(
    ("rule", "old", "new", "address"),
    [
        ("sqs-dead-letter-queue", "  Plain:\n", "  Plain: # wa-iac: ignore[sqs-dead-letter-queue] it may be lost\n", "PlainToldQueue"),
        ("sqs-dead-letter-queue", "  Plain:\n", "  # checkov:skip=CKV_AWS_0:not this one\n  Plain:\n", ""),
        (
            "apigateway-access-logging",
            "  Plain:\n",
            "  Plain:\n    Metadata: {wa-iac: {ignore: [{rule: apigateway-access-logging, reason: nobody calls it}]}}\n",
            "ServerlessRestApiProdStage",
        ),
        ("apigateway-xray-tracing", "  Plain:\n", "  Plain:\n    # checkov:skip=CKV_AWS_73:nobody waits\n", "ServerlessRestApiProdStage"),
        ("iam-wildcard-action", "dynamodb:*\n", "dynamodb:* # wa-iac: ignore[iam-wildcard-action] all of it\n", "ReleasedRole"),
    ],
)  # fmt: skip
def test_what_holds_for_a_resource_holds_for_what_is_made_from_it(
    tmp_path: Path, rule: str, old: str, new: str, address: str
) -> None:
    report = judge(tmp_path, TEMPLATE.replace(old, new), "cloudformation", rule)
    assert [each.address for each in report.findings if each.suppressed is not None] == ([address] if address else [])


def test_nothing_is_said_of_permissions_and_roles_that_nobody_wrote(tmp_path: Path) -> None:
    """They are as SAM makes them: only what a template says in `Policies` can be found in a role."""
    report = judge_files(tmp_path, {path.name: path.read_text(encoding="utf-8") for path in FIXTURES})
    assert report.failing()
    said = {(each.type, each.rule.slug) for each in report.failing() if each.made_from}
    assert {type_ for type_, _ in said} == {
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Stage",
        "AWS::AppSync::GraphQLApi",
        "AWS::DynamoDB::Table",
        "AWS::Events::Rule",
        "AWS::Lambda::Alias",
        "AWS::Lambda::Function",
        "AWS::Lambda::Url",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::StepFunctions::StateMachine",
    }


@pytest.mark.parametrize(
    ("source", "errors"),
    [
        (
            "Resources:\n  F: {Type: AWS::Serverless::Function}\n",
            ["t.yaml:2:7: AWS::Serverless::Function needs the transform AWS::Serverless-2016-10-31: without it, CloudFormation "
             "does not know the type; the template is checked as if it were there"],
        ),
        (
            "Transform: [AWS::Serverless-2016-10-31, AWS::CodeDeployBlueGreen, Mine]\nResources:\n"
            "  F: {Type: AWS::Serverless::SimpleTable}\n",
            ['t.yaml:1:67: the macro "Mine" runs only in AWS: the template is checked as it is written'],
        ),
        (
            "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function: {Runtim: a}\n  Thing: {}\nResources:\n"
            "  T: {Type: AWS::Serverless::SimpleTable}\n",
            ["t.yaml:3:14: Function of Globals has no property Runtim; did you mean 'Runtime'?",
             "t.yaml:4:3: Globals: unknown section Thing (newer than this version of wa-iac?): it is not checked"],
        ),
        (
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  W: {Type: AWS::Serverless::WebSocketApi}\n",
            ["t.yaml:3:3: AWS::Serverless::WebSocketApi is not expanded: its resources are not checked"],
        ),
        (
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  Q: {Type: AWS::SQS::Queue}\n  B: {Type: AWS::S3::Bucket}\n  C:\n"
            "    Type: AWS::Serverless::Connector\n"
            "    Properties: {Source: {Id: Q}, Destination: {Id: B}, Permissions: [Read]}\n",
            ["t.yaml:5:3: wa-iac does not know connectors from AWS::SQS::Queue to AWS::S3::Bucket: their permissions are not checked"],
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_expanded_is_told_with_its_line(source: str, errors: list[str]) -> None:
    assert [str(each) for each in unit(source).errors] == errors


ODD = Span("odd.yaml", 1, 1, 1, 2)
_TEXT = ScalarNode("a", "a", ODD)
SHAPES: tuple[Node, ...] = (
    ScalarNode(3, "3", ODD),
    ScalarNode(None, "", ODD),
    ListNode([_TEXT], ODD),
    MapNode({"k": Entry(ODD, _TEXT)}, ODD),
    MapNode({"Ref": Entry(ODD, ListNode([], ODD))}, ODD),
    MapNode({"Ref": Entry(ODD, ScalarNode("AWS::NoValue", "AWS::NoValue", ODD))}, ODD),
    MapNode({"Fn::If": Entry(ODD, ListNode([_TEXT, _TEXT, MapNode({}, ODD)], ODD))}, ODD),
)


def with_one_odd_node(node: Node, which: int, shape: Node) -> Node | None:
    """The tree with one of its nodes replaced; None where it has too few."""
    numbers = count()
    replaced = False

    def copied(node: Node) -> Node:
        nonlocal replaced
        if next(numbers) == which:
            replaced = True
            return shape
        match node:
            case MapNode(entries=entries):
                return MapNode({key: Entry(each.key, copied(each.value)) for key, each in entries.items()}, node.span)
            case ListNode(items=items):
                return ListNode([copied(item) for item in items], node.span)
            case _:
                return node

    made = copied(node)
    return made if replaced else None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_whatever_stands_in_a_property_reading_ends_with_a_unit(path: Path) -> None:
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    judged = 0
    for which in islice(count(), 1, None):
        odd = with_one_odd_node(document.root, which, SHAPES[which % len(SHAPES)])
        if odd is None:
            break
        declare(Unit(path.name, "cloudformation"), odd)
        judged += 1
    assert judged > 5


@pytest.mark.slow
def test_the_expansion_is_imported_only_for_templates_that_name_the_transform(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys; from wa_iac.engine.check import check; from wa_iac.engine.selection import Selection; from pathlib import Path;"
        "check([Path('t.yaml')], Selection());"
        "print(any(name.startswith('wa_iac.parsers.cloudformation.sam') for name in sys.modules))"
    )
    shown = []
    for transform in ("", "Transform: AWS::Serverless-2016-10-31\n"):
        (tmp_path / "t.yaml").write_text(f"{transform}Resources:\n  B: {{Type: AWS::S3::Bucket}}\n", encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
        shown.append(done.stdout.strip())
    assert shown == ["False", "True"]
