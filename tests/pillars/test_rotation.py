"""A rotation that is switched off changes no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge

SOURCE = """\
variable "on" {{ type = bool }}
resource "aws_secretsmanager_secret" "database" {{ name = "database" }}
resource "aws_secretsmanager_secret_version" "database" {{
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({{ engine = "postgres", host = "db", username = "app", password = "given-elsewhere" }})
}}
resource "aws_secretsmanager_secret_rotation" "database" {{
  secret_id        = aws_secretsmanager_secret.database.id
  rotation_enabled = {}
  rotation_rules {{ automatically_after_days = 30 }}
}}
"""


@pytest.mark.parametrize(
    ("enabled", "verdict"), [("true", set()), ("null", set()), ("false", {"fail"}), ("var.on", {"unknown"})]
)
def test_a_rotation_counts_where_it_is_on(tmp_path: Path, enabled: str, verdict: set[str]) -> None:
    report = judge(tmp_path, SOURCE.format(enabled), "terraform", "secretsmanager-rotation")

    found = by_address(report, "secretsmanager-rotation")
    assert set(found.values()) == verdict
    assert set(found) <= {"aws_secretsmanager_secret.database"}
