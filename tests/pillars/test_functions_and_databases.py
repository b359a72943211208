"""A function outside of any VPC reaches public databases only."""

from pathlib import Path

import pytest

from helpers.reports import judge

CODE = """
variable "subnets" {{
  type = list(string)
}}

resource "aws_db_instance" "orders" {{
  publicly_accessible = {public}
}}

resource "aws_lambda_function" "api" {{
  function_name = "api"
  role          = "arn:aws:iam::111122223333:role/api"
  {network}

  environment {{
    variables = {{ HOST = aws_db_instance.orders.{attribute} }}
  }}
}}
"""
PERHAPS = """
  dynamic "vpc_config" {
    for_each = var.subnets != null ? [1] : []
    content {
      security_group_ids = ["sg-0123456789abcdef0"]
      subnet_ids         = var.subnets
    }
  }
"""


@pytest.mark.parametrize(
    ("public", "network", "attribute", "verdicts"),
    [
        ("false", "", "address", ["fail"]),
        ("true", "", "address", []),
        ("false", "", "identifier", []),
        ("false", PERHAPS, "address", ["unknown"]),
    ],
)
def test_only_the_endpoint_of_a_private_database_matters(
    tmp_path: Path, public: str, network: str, attribute: str, verdicts: list[str]
) -> None:
    code = CODE.format(public=public, network=network, attribute=attribute)
    assert [each.verdict for each in judge(tmp_path, code, "terraform", "lambda-in-vpc").findings] == verdicts


TEMPLATE = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {{ {public} }}
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {{ Variables: {{ HOST: !GetAtt Orders.Endpoint.Address }} }}
"""


@pytest.mark.parametrize(
    ("public", "verdict"),
    [("PubliclyAccessible: false", "fail"), ("Engine: postgres", "unknown"), ("PubliclyAccessible: true", "")],
)
def test_a_template_that_does_not_say_whether_a_database_is_public_leaves_it_open(
    tmp_path: Path, public: str, verdict: str
) -> None:
    report = judge(tmp_path, TEMPLATE.format(public=public), "cloudformation", "lambda-in-vpc")
    assert [each.verdict for each in report.findings] == ([verdict] if verdict else [])


SAM = """
Transform: AWS::Serverless-2016-10-31
%s
Resources:
  Graph:
    Type: AWS::Neptune::DBCluster
    Properties: {StorageEncrypted: true}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: work/
      %s
"""
HOST = "Environment: {Variables: {HOST: !GetAtt Graph.Endpoint}}"


@pytest.mark.parametrize(
    ("shared", "own", "fails"),
    [(f"Globals: {{Function: {{{HOST}}}}}", "MemorySize: 128", 0), ("", HOST, 1)],
    ids=["given to all functions", "its own"],
)
def test_what_all_functions_get_says_nothing_of_one(tmp_path: Path, shared: str, own: str, fails: int) -> None:
    report = judge(tmp_path, SAM % (shared, own), "cloudformation", "lambda-in-vpc")

    assert len(list(report.failing())) == fails
