"""A role's policies may be anywhere: all of them count before a function is said to write no logs."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Confidence

FUNCTION = """
resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.work.arn
}

resource "aws_iam_role" "work" {
  assume_role_policy = "{}"
}
"""
ATTACHED = """
resource "aws_iam_role_policy_attachment" "more" {{
  role       = aws_iam_role.work.name
  policy_arn = {arn}
}}

data "aws_iam_policy" "basic" {{
  name = "AWSLambdaBasicExecutionRole"
}}

resource "aws_iam_policy" "logs" {{
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "logs:*", Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(
    ("arn", "verdicts"),
    [
        ("data.aws_iam_policy.basic.arn", []),
        ("aws_iam_policy.logs.arn", []),
        ('"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"', []),
        ('"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"', ["fail"]),
        ('"arn:aws:iam::111122223333:policy/of-a-team"', ["unknown"]),
    ],
)
def test_every_policy_of_a_role_counts(tmp_path: Path, arn: str, verdicts: list[str]) -> None:
    report = judge(tmp_path, FUNCTION + ATTACHED.format(arn=arn), "terraform", "lambda-logs-permission")
    assert [each.verdict for each in report.findings] == verdicts


def test_a_role_that_nobody_gives_to_a_function_is_none_of_its_business(tmp_path: Path) -> None:
    report = judge(tmp_path, FUNCTION.replace("aws_iam_role.work.arn", '"arn"'), "terraform", "lambda-logs-permission")
    assert report.findings == []


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ('module "policies" {\n  source = "example/policies/aws"\n  role = aws_iam_role.work.name\n}', ("unknown", "high")),
        ('output "role" {\n  value = aws_iam_role.work.name\n}', ("fail", "low")),
        ("", ("fail", "high")),
    ],
)
def test_other_code_may_attach_a_policy(tmp_path: Path, more: str, outcome: tuple[str, str]) -> None:
    report = judge(tmp_path, f"{FUNCTION}\n{more}", "terraform", "lambda-logs-permission")
    assert [(each.verdict, each.confidence.value) for each in report.findings if each.verdict == "fail"] == (
        [outcome] if outcome[0] == "fail" else []
    )


def test_a_function_on_devices_has_another_role(tmp_path: Path) -> None:
    source = FUNCTION.replace("work", "greengrass_work")

    found = only_fault(tmp_path, source, "terraform", "lambda-logs-permission")
    assert found.confidence == Confidence.LOW
    assert "Greengrass" in found.message
