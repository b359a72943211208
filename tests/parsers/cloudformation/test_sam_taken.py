"""What AWS's translator takes is no mistake; what it passes over is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cloudformation import unit
from helpers.reports import judge_files
from helpers.sam_oracle import translated
from wa_iac.core.errors import DoubtfulError, mistakes
from wa_iac.core.value import plain

TAKEN = {
    "a reference to a version as a list": """
  F: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: a.b, CodeUri: s3://code/f.zip, AutoPublishAlias: live}}
Outputs:
  List: {Value: {"Fn::GetAtt": [F.Version, Version]}}
  Text: {Value: !GetAtt F.Version.Version}
  Itself: {Value: !Ref F.Version}
""",
    "a parameter that a policy template does not have": """
  F:
    Type: AWS::Serverless::Function
    Properties:
      {Runtime: python3.13, Handler: a.b, CodeUri: s3://code/f.zip, Policies: [{SQSPollerPolicy: {QueueName: q, Note: reads}}]}
""",
    "no data source, in any case": """
  G:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: "type Query { hello: String }"
      Auth: {Type: AWS_IAM}
      Functions:
        one: {DataSource: None, Runtime: {Name: APPSYNC_JS, Version: 1.0.0}, InlineCode: x}
        two: {DataSource: none, Runtime: {Name: APPSYNC_JS, Version: 1.0.0}, InlineCode: x}
      Resolvers: {Query: {hello: {Runtime: {Name: APPSYNC_JS, Version: 1.0.0}, Pipeline: [one, two]}}}
""",
    "what SAM passes over": """
  F:
    Type: AWS::Serverless::Function
    Dependson: Q
    Properties:
      Runtime: python3.13
      Handler: a.b
      CodeUri: s3://code/f.zip
      AutoPublishAlias: live
      Architectures: arm64
      FunctionUrlConfig: {AuthType: AWS_IAM, Corss: {}}
      DeploymentPreference: {Type: AllAtOnce, Alarm: [a]}
      EventInvokeConfig: {DestinationConfig: {OnOther: {Type: SQS}}}
      Events: {E: {Type: SQS, Note: x, Properties: {Queue: arn}}}
  Q: {Type: AWS::SQS::Queue}
""",
    "objects without members": """
  F:
    Type: AWS::Serverless::Function
    Properties:
      {Runtime: python3.13, Handler: a.b, CodeUri: s3://code/f.zip, FunctionUrlConfig: {}, DeploymentPreference: {}, Events: {}}
  S: {Type: AWS::Serverless::StateMachine, Properties: {Role: arn, Definition: {}, DefinitionUri: s3://code/s.json}}
""",
    "a domain by both of its names": """
  A:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, DefinitionBody: {}, Domain: {DomainName: example.com, CertificateArn: arn}}
Outputs:
  Old: {Value: !Ref A.DomainName}
  New: {Value: !Ref A.DomainNameV2}
""",
}


@pytest.mark.parametrize("resources", TAKEN.values(), ids=TAKEN)
def test_what_sam_takes_is_no_mistake(resources: str) -> None:
    source = f"Transform: AWS::Serverless-2016-10-31\nResources:{resources}"
    assert translated(source)
    found = unit(source)
    assert mistakes(found.errors) == []


@pytest.mark.parametrize(
    ("attribute", "hint"),
    [
        ("DeletionPolicyy: Retain", "; did you mean 'DeletionPolicy'?"),
        (
            "SSESpecification: {SSEEnabled: true}",
            ": it is a property of AWS::Serverless::SimpleTable, and belongs in Properties",
        ),
    ],
)
def test_what_sam_passes_over_beside_a_type_is_a_warning(attribute: str, hint: str) -> None:
    source = (
        f"Transform: AWS::Serverless-2016-10-31\nResources:\n  T:\n    Type: AWS::Serverless::SimpleTable\n    {attribute}\n"
    )
    name = attribute.partition(":")[0]
    assert name not in str(translated(source))
    (error,) = unit(source).errors
    assert isinstance(error, DoubtfulError)
    assert str(error) == f't.yaml:5:5: the resource "T" has no attribute {name}, and SAM ignores it{hint}'


@pytest.mark.parametrize(
    ("branches", "made"), [("!Ref AWS::NoValue, arn", [True, False]), ("arn, !Ref AWS::NoValue", [False, True])]
)
def test_a_destination_is_made_where_none_is_given(branches: str, made: list[bool]) -> None:
    found = unit(f"""
        Transform: AWS::Serverless-2016-10-31
        Parameters: {{Mode: {{Type: String}}}}
        Conditions: {{Own: !Equals [!Ref Mode, own]}}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: python3.13
              Handler: a.b
              CodeUri: .
              EventInvokeConfig: {{DestinationConfig: {{OnFailure: {{Type: SNS, Destination: !If [Own, {branches}]}}}}}}
        Outputs:
          Topic: {{Value: !Ref F.DestinationTopic}}
        """)
    assert found.errors == []
    (topic,) = [each for each in found.declared if each.type == "AWS::SNS::Topic"]
    assert topic.condition is not None
    assert topic.name == "FEventInvokeConfigOnFailureTopic"
    assert [plain(each.value) for each in topic.condition.alternatives] == made


def test_a_template_that_forgets_the_transform_is_judged_as_meant(tmp_path: Path) -> None:
    source = "Resources:\n  T:\n    Type: AWS::Serverless::SimpleTable\n"
    report = judge_files(tmp_path, {"t.yaml": source}, "dynamodb-deletion-protection")
    assert [each.address for each in report.failing()] == ["T"]
    assert [type(each) for each in report.errors] == [DoubtfulError]
    assert report.exit_code() == 1
