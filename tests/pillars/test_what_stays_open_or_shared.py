"""What a remedy leaves as it is: other operations of an API, other users of an address, shared data, versions of providers."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault, only_remedy
from wa_iac.core.scales import Severity, is_advice
from wa_iac.report.remedy import remedy

SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
%s
      DefinitionBody:
        swagger: "2.0"
        info: { title: orders, version: "1" }
        paths:
          /orders:
            post:
              x-amazon-apigateway-integration: { type: http_proxy, httpMethod: POST, uri: "https://example.com/orders" }
"""
POLICY = """
      EndpointConfiguration: { Type: PRIVATE }
      Auth:
        ResourcePolicy:
          CustomStatements: [{ Action: "execute-api:Invoke", Effect: Allow, Principal: "*", Resource: ["execute-api:/*"] }]
"""


HOOK = """
          /events:
            post:
              x-amazon-apigateway-integration: { type: http_proxy, httpMethod: POST, uri: "https://example.com/events" }
"""


@pytest.mark.parametrize(("more", "in_document"), [(HOOK, True), ("", False)])
def test_one_open_operation_of_several_is_closed_in_the_document(tmp_path: Path, more: str, in_document: bool) -> None:
    found, *_ = judge(tmp_path, SAM % "" + more, "cloudformation", "apigateway-authorization").failing()
    code = str(remedy(found))

    assert ("securityDefinitions" in code) is in_document
    assert ("DefaultAuthorizer" in code) is not in_document


def test_an_open_statement_of_sam_gets_a_condition(tmp_path: Path) -> None:
    code = str(remedy(only_fault(tmp_path, SAM % POLICY, "cloudformation", "apigateway-private-policy")))

    assert "aws:SourceVpce: <the VPC endpoint>" in code
    assert "SourceVpcWhitelist: " not in code


URL = """
terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{version}"
    }}
  }}
}}
resource "aws_lambda_function" "shop" {{
  function_name = "shop"
  role          = "arn:aws:iam::111122223333:role/shop"
}}
resource "aws_lambda_function_url" "shop" {{
  function_name      = aws_lambda_function.shop.function_name
  authorization_type = "NONE"
}}
{more}
"""
PERMISSION = """
resource "aws_lambda_permission" "shop" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.shop.function_name
  principal     = "*"
}
"""


@pytest.mark.parametrize(
    ("version", "more", "severity"),
    [("~> 4.16", "", Severity.MEDIUM), ("~> 4.16", PERMISSION, Severity.HIGH), ("~> 6.30", "", Severity.HIGH)],
)
def test_an_old_provider_gives_new_urls_too_little(tmp_path: Path, version: str, more: str, severity: Severity) -> None:
    found = only_fault(tmp_path, URL.format(version=version, more=more), "terraform", "lambda-url-auth")

    assert found.severity is severity


FRONT = """
resource "aws_cloudfront_distribution" "front" {
  origin {
    origin_id   = "shop"
    domain_name = replace(replace(aws_lambda_function_url.shop.function_url, "https://", ""), "/", "")
  }
}
"""


@pytest.mark.parametrize(
    ("version", "said"), [("~> 4.16", "a new one refuses everybody until it does"), ("~> 6.30", "Anyone who knows this URL")]
)
def test_a_url_behind_cloudfront_that_lacks_a_permission_is_not_said_to_be_open(
    tmp_path: Path, version: str, said: str
) -> None:
    found = only_fault(tmp_path, URL.format(version=version, more=FRONT), "terraform", "lambda-url-auth")

    assert said in found.message
    assert "past aws_cloudfront_distribution.front" in found.message


@pytest.mark.parametrize(
    ("slug", "source", "words"),
    [
        (
            "terraform-versions-pinned",
            'resource "aws_sqs_queue" "jobs" {}\nmodule "tag" {\n  source = "github.com/example/tag?ref=main"\n}\n'
            'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 6.0"\n    }\n  }\n}\n',
            "run terraform init: without -upgrade, the providers keep their versions",
        ),
        (
            "redshift-encryption",
            'resource "aws_redshift_cluster" "sales" {\n  cluster_identifier = "sales"\n  node_type = "ra3.large"\n  encrypted = false\n}\n',
            "both sides have to be encrypted, or neither",
        ),
        (
            "dms-public-access",
            'resource "aws_dms_replication_instance" "move" {\n  replication_instance_id = "move"\n  publicly_accessible = true\n}\n',
            "that gateway or a VPC endpoint",
        ),
    ],
)
def test_a_remedy_tells_what_else_the_change_reaches(tmp_path: Path, slug: str, source: str, words: str) -> None:
    assert words in only_remedy(judge(tmp_path, source, "terraform", slug))


def test_a_place_for_a_secret_may_be_written_as_a_secure_string(tmp_path: Path) -> None:
    source = "Resources:\n  Token:\n    Type: AWS::SSM::Parameter\n    Properties: { Name: /shop/token, Type: String, Value: to be replaced }\n"
    found = only_fault(tmp_path, source, "cloudformation", "ssm-parameter-secure")

    assert found.message.startswith("This holds no secret yet. One that is written over it is stored in plain text, unless")
    assert "does so as a SecureString, suppress this" in str(remedy(found))


KEY = """
variable "region" {
  type = string
}
resource "aws_kms_key" "orders" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["kms:Decrypt"]
      Resource  = "*"
      Condition = { %s = { "kms:ViaService" = "%s" } }
    }]
  })
}
"""


@pytest.mark.parametrize(
    ("operator", "service", "severity"),
    [
        ("StringEquals", "rds.eu-west-1.amazonaws.com", Severity.MEDIUM),
        ("StringEquals", "rds.${var.region}.amazonaws.com", Severity.MEDIUM),
        ("StringLike", "*", Severity.CRITICAL),
        ("StringNotEquals", "rds.eu-west-1.amazonaws.com", Severity.CRITICAL),
    ],
)
def test_a_key_that_opens_through_one_service_only(tmp_path: Path, operator: str, service: str, severity: Severity) -> None:
    found = only_fault(tmp_path, KEY % (operator, service), "terraform", "kms-key-policy")

    assert found.severity is severity


@pytest.mark.parametrize(
    ("more", "advice"), [("", True), ('resource "aws_iam_access_key" "a" {\n  user = aws_iam_user.a.name\n}\n', False)]
)
def test_a_user_with_nothing_is_advice(tmp_path: Path, more: str, advice: bool) -> None:
    found = only_fault(tmp_path, 'resource "aws_iam_user" "a" {\n  name = "anna"\n}\n' + more, "terraform", "iam-users")

    assert is_advice(found.severity, found.confidence) is advice


@pytest.mark.parametrize(("folder", "advice"), [("e2etests", True), ("files", False)])
def test_an_old_policy_of_a_server_for_tests_is_advice(tmp_path: Path, folder: str, advice: bool) -> None:
    source = 'resource "aws_transfer_server" "sftp" {\n  security_policy_name = "TransferSecurityPolicy-2018-11"\n}\n'
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": source}, "transfer-secure-protocol").failing()

    assert is_advice(found.severity, found.confidence) is advice
