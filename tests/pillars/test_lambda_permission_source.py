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
    ],
)
def test_the_account_is_asked_for_only_where_the_arn_does_not_name_it(
    tmp_path: Path, principal: str, arguments: list[str]
) -> None:
    (tmp_path / "t.yaml").write_text(TEMPLATE.format(principal=principal), encoding="utf-8")

    [finding] = check([tmp_path], Selection(select=("lambda-permission-source",))).failing()

    assert [line.partition(":")[0] for line in remedy(finding).code.splitlines()] == arguments
