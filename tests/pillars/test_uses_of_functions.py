"""What a function is for decides whether a lost event, or a lost zone, matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, judge_files, only_remedy, remedies
from wa_iac.core.rule import Confidence

LETTERS = "lambda-dead-letter-queue"
SYNC = """
resource "aws_lambda_function" "sync" {
  function_name = "sync"
  filename      = "FILE"
}
resource "aws_lambda_permission" "sync" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.sync.function_name
  principal     = "PRINCIPAL"
}
"""
SCHEDULE = """
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}
resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.sync.arn
}
"""


@pytest.mark.parametrize(
    ("principal", "more", "found"),
    [
        ("s3.amazonaws.com", SCHEDULE, None),
        ("s3.amazonaws.com", "", "fail"),
        ("sns.amazonaws.com", SCHEDULE, "fail"),
    ],
)
def test_the_next_run_of_a_schedule_repeats_what_s3_began(tmp_path: Path, principal: str, more: str, found: str | None) -> None:
    source = SYNC.replace("PRINCIPAL", principal).replace("FILE", "sync.zip") + more
    assert by_address(judge(tmp_path, source, "terraform", LETTERS), LETTERS).get("aws_lambda_function.sync") == found


SIGNAL = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Ready: {{ Type: "{handle}" }}
  Setup:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: {code}
      {role}
      Environment: {{ Variables: {{ URL: !Ref Ready }} }}
      Events:
        Done: {{ Type: EventBridgeRule, Properties: {{ Pattern: {{ source: [aws.controltower] }} }} }}
"""
TOPIC = "AWS::SNS::Topic"


@pytest.mark.parametrize(("handle", "found"), [("AWS::CloudFormation::WaitConditionHandle", {}), (TOPIC, {"Setup": "fail"})])
def test_a_stack_waits_for_a_signal(tmp_path: Path, handle: str, found: dict[str, str]) -> None:
    source = SIGNAL.format(handle=handle, code="src", role="Timeout: 5")
    assert by_address(judge(tmp_path, source, "cloudformation", LETTERS), LETTERS) == found


@pytest.mark.parametrize(
    ("code", "confidence"),
    [("tests/listener", Confidence.LOW), ("./test/it/", Confidence.LOW), ("src/latest", Confidence.HIGH)],
)
def test_code_below_tests_is_test_code(tmp_path: Path, code: str, confidence: Confidence) -> None:
    templates = judge(
        tmp_path / "template", SIGNAL.format(handle=TOPIC, code=code, role="Timeout: 5"), "cloudformation", LETTERS
    )
    modules = judge(
        tmp_path / "module",
        SYNC.replace("PRINCIPAL", "s3.amazonaws.com").replace("FILE", f"{code}/it.zip"),
        "terraform",
        LETTERS,
    )
    assert [each.confidence for each in [*templates.failing(), *modules.failing()]] == [confidence, confidence]


@pytest.mark.parametrize(("role", "told"), [("Timeout: 5", False), ("Role: arn:aws:iam::111122223333:role/it", True)])
def test_sam_gives_the_permission_to_the_role_that_it_makes(tmp_path: Path, role: str, told: bool) -> None:
    report = judge(tmp_path, SIGNAL.format(handle=TOPIC, code="src", role=role), "cloudformation", LETTERS)
    assert [("sqs:SendMessage" in each) for each in remedies(report)] == [told]


SETUP = """
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {{ VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }}
  Setup:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      Role: arn:aws:iam::111122223333:role/it
      Code: {{ S3Bucket: code, S3Key: it.zip }}
      VpcConfig: {{ SecurityGroupIds: [sg-1], SubnetIds: [!Ref Subnet] }}
  User:
    Type: Custom::User
    Properties: {{ {named} }}
"""


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("ServiceToken: !GetAtt Setup.Arn", {}),
        ('ServiceToken: "arn:aws:lambda:eu-west-1:111122223333:function:it", About: !GetAtt Setup.Arn', {"Setup": "fail"}),
    ],
)
def test_what_runs_at_deployment_only_needs_no_second_zone(tmp_path: Path, named: str, found: dict[str, str]) -> None:
    report = judge(tmp_path, SETUP.format(named=named), "cloudformation", "lambda-multi-az")
    assert by_address(report, "lambda-multi-az") == found


def test_one_function_of_a_shared_module_gets_a_queue_by_an_argument(tmp_path: Path) -> None:
    function = 'variable "name" {}\nresource "aws_lambda_function" "it" {\n  function_name = var.name\n  role = "r"\n}\noutput "arn" {\n  value = aws_lambda_function.it.arn\n}\n'
    calls = (
        'module "thumbnails" {\n  source = "./function"\n  name = "thumbnails"\n}\nmodule "api" {\n  source = "./function"\n  name = "api"\n}\n'
        'resource "aws_lambda_permission" "uploads" {\n  action = "lambda:InvokeFunction"\n  function_name = module.thumbnails.arn\n'
        '  principal = "s3.amazonaws.com"\n  source_arn = "arn:aws:s3:::uploads"\n}\n'
    )
    report = judge_files(tmp_path, {"main.tf": calls, "function/main.tf": function}, "lambda-dead-letter-queue")

    text = only_remedy(report)
    assert text.startswith("Other functions share this block of the module")
    assert "dead_letter_config {" not in text


LOGGER = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: src/
      Policies: [{{Statement: [{{Effect: Allow, Action: [{action}], Resource: "*"}}]}}]
      Events: {{S: {{Type: SNS, Properties: {{Topic: !Ref Topic}}}}}}
"""


@pytest.mark.parametrize(
    ("name", "action", "advice"),
    [
        ("ResponseLogger", "logs:PutLogEvents", True),
        ("ResponseLogger", "s3:PutObject", False),
        ("LogForwarder", "logs:PutLogEvents", False),
        ("Responses", "logs:PutLogEvents", False),
    ],
)
def test_a_function_that_may_only_print_loses_no_work(tmp_path: Path, name: str, action: str, advice: bool) -> None:
    [found] = judge(tmp_path, LOGGER.format(name=name, action=action), "cloudformation", LETTERS).failing()

    assert found.is_advice is advice
