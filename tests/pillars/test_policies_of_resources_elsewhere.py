"""The policy of a secret or a repository that is declared elsewhere is judged by itself; that of one in the code is judged once, with its owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

OPEN = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })'


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ('"shared"', "aws_ecr_repository_policy.p"),
        ("data.aws_ecr_repository.shared.name", "aws_ecr_repository_policy.p"),
        ('"own"', "aws_ecr_repository.own"),
        ("aws_ecr_repository.own.name", "aws_ecr_repository.own"),
    ],
)
def test_the_policy_of_a_repository_is_judged_once(owner: str, expected: str, tmp_path: Path) -> None:
    source = f"""\
data "aws_ecr_repository" "shared" {{
  name = "shared"
}}
resource "aws_ecr_repository" "own" {{
  name = "own"
}}
resource "aws_ecr_repository_policy" "p" {{
  repository = {owner}
  policy     = {OPEN}
}}
"""
    found = judge(tmp_path, source, "terraform", "ecr-public-policy").findings
    assert [each.address for each in found] == [expected]


def test_a_secret_whose_key_is_not_known_is_not_critical(tmp_path: Path) -> None:
    source = f"""\
resource "aws_secretsmanager_secret_policy" "p" {{
  secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shared-a1b2c3"
  policy     = {OPEN}
}}
"""
    found = judge(tmp_path, source, "terraform", "secretsmanager-policy-public").findings
    assert [(each.address, each.severity.name) for each in found] == [("aws_secretsmanager_secret_policy.p", "HIGH")]
