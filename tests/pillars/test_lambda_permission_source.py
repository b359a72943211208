"""What limits a permission for a service: the ARN of the caller, and the account where the ARN names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.remedy import remedy

TEMPLATE = """Resources:
  Called:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: shop
      Action: lambda:InvokeFunction
      Principal: {principal}
"""


@pytest.mark.parametrize(
    ("principal", "arguments"),
    [
        ("s3.amazonaws.com", ["SourceArn", "SourceAccount"]),
        ("apigateway.amazonaws.com", ["SourceArn"]),
        ("events.amazonaws.com", ["SourceArn"]),
        ("config.amazonaws.com", ["SourceAccount"]),
        ("ses.amazonaws.com", ["SourceAccount"]),
        ("logs.eu-west-1.amazonaws.com", ["SourceArn"]),
    ],
)
def test_the_account_is_asked_for_only_where_the_arn_does_not_name_it(
    tmp_path: Path, principal: str, arguments: list[str]
) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE.format(principal=principal), encoding="utf-8")

    [finding] = check([tmp_path], Selection(select=("lambda-permission-source",))).failing()

    assert [line.partition(":")[0] for line in remedy(finding).code.splitlines()] == arguments


@pytest.mark.parametrize(
    "api", ["", 'resource "aws_api_gateway_rest_api" "shop" {\n  name = "shop"\n}\n'], ids=["outside", "inside"]
)
def test_a_module_without_what_invokes_its_function_gets_the_arn_from_its_callers(tmp_path: Path, api: str) -> None:
    permission = (
        'resource "aws_lambda_permission" "called" {\n  function_name = "shop"\n  action        = "lambda:InvokeFunction"\n'
        '  principal     = "apigateway.amazonaws.com"\n}\n'
    )
    (tmp_path / "called").mkdir()
    (tmp_path / "called" / "main.tf").write_text(permission + api, encoding="utf-8")
    (tmp_path / "main.tf").write_text('module "called" {\n  source = "./called"\n}\n', encoding="utf-8")

    [finding] = check([tmp_path], Selection(select=("lambda-permission-source",))).failing()

    assert ("let its callers pass the ARN" in remedy(finding).text) is (api == "")


@pytest.mark.parametrize("principal", ["codepipeline.amazonaws.com", "states.amazonaws.com", "scheduler.amazonaws.com"])
def test_a_service_that_invokes_functions_as_a_role_makes_nothing_of_a_permission(tmp_path: Path, principal: str) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE.format(principal=principal), encoding="utf-8")
    assert check([tmp_path], Selection(select=("lambda-permission-source",))).failing() == []
