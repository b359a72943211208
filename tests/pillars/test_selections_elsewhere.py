"""A backup selection may be in another module than what it should select."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge_files, only_remedy

RULE = "backup-plan-coverage"
TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name     = "orders"\n  hash_key = "id"\n\n  attribute {\n    name = "id"\n    type = "S"\n  }\n}\n'
SELECTION = (
    'resource "aws_backup_selection" "daily" {\n  name         = "daily"\n  plan_id      = "8f81f553-3a74-4a3f-b93d-b3360dc80c50"\n'
    '  iam_role_arn = "arn:aws:iam::123456789012:role/backup"\n'
    '  resources    = ["arn:aws:rds:eu-west-1:123456789012:db:orders"]\n}\n'
)


def test_the_selection_beside_a_table_names_it(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": TABLE + SELECTION}, RULE))
    assert "such as aws_backup_selection.daily (main.tf:10)" in text
    assert text.endswith("resources = [aws_dynamodb_table.orders.arn]")


def test_a_selection_in_another_module_gets_the_arn_as_an_input(tmp_path: Path) -> None:
    files = {"main.tf": 'module "store" {\n  source = "./store"\n}\n' + SELECTION, "store/main.tf": TABLE}
    text = only_remedy(judge_files(tmp_path, files, RULE))
    assert "as the output of one module or stack and the input of the other" in text
    assert ".arn]" not in text
