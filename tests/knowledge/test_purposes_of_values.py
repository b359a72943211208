"""What a file of values says that Terraform reads without being asked: nothing of production where another file is for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run

MODULE = """\
variable "env" {}
resource "aws_db_instance" "d" {
  backup_retention_period = 0
  tags                    = { Environment = var.env }
}
resource "aws_db_instance" "e" {
  identifier              = "orders-${var.env}"
  backup_retention_period = 0
}
"""


@pytest.mark.parametrize(("other", "found"), [("prod.tfvars", 2), ("env/prod.tfvars", 2), ("test.tfvars", 0), ("", 0)])
def test_the_word_of_a_file_that_is_always_read_is_no_proof_beside_one_of_production(
    other: str, found: int, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")
    (tmp_path / "terraform.tfvars").write_text('env = "dev"\n', encoding="utf-8")
    if other:
        (tmp_path / other).parent.mkdir(exist_ok=True)
        (tmp_path / other).write_text('env = "prod"\n', encoding="utf-8")

    done = run(tmp_path, "check", "--select", "rds-backup-retention", "--profile", "default")
    assert done.stdout.count("high  rds-backup-retention") == found
