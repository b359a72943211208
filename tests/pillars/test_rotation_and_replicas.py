"""What the remedy for a password that is never rotated asks for: only what is missing, and nothing that RDS refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SLUG = "secretsmanager-rotation"
CODE = """
resource "aws_secretsmanager_secret" "this" {}
resource "aws_secretsmanager_secret_version" "this" {
  secret_id     = aws_secretsmanager_secret.this.id
  secret_string = jsonencode({ engine = "mysql", username = "app", password = random_password.this.result%(more)s })
  %(version)s
}
resource "random_password" "this" { length = 32 }
"""
DATABASE = """
resource "aws_rds_cluster" "this" {
  engine          = "aurora-mysql"
  master_username = "app"
  master_password = random_password.this.result
  %(cluster)s
}
"""
HOST = ", host = aws_rds_cluster.this.endpoint"


def _ignores(argument: str) -> str:
    return f"lifecycle {{ ignore_changes = [{argument}] }}"


def _remedy(here: Path, source: str, **parts: str) -> str:
    given = {"more": "", "version": "", "cluster": "", **parts}
    return only_remedy(judge(here, source % given, "terraform", SLUG))


def test_keys_that_the_rotation_function_needs_are_named(tmp_path: Path) -> None:
    assert "also needs host in the secret: write it there too." in _remedy(tmp_path / "lacks", CODE)
    assert "also needs" not in _remedy(tmp_path / "has", CODE + DATABASE, more=HOST)


def test_what_terraform_ignores_already_is_not_asked_for(tmp_path: Path) -> None:
    version, cluster = _ignores("secret_string"), _ignores("master_password")
    all_ignored = _remedy(tmp_path / "all", CODE + DATABASE, more=HOST, version=version, cluster=cluster)
    assert "ignore_changes" not in all_ignored
    one = _remedy(tmp_path / "one", CODE + DATABASE, more=HOST, version=version)
    assert "Let Terraform ignore the password of the database (ignore_changes)" in one
    none = _remedy(tmp_path / "none", CODE + DATABASE, more=HOST)
    assert "secret_string of the secret's version and the password of the database" in none


def test_what_terraform_ignores_is_written_by_hand(tmp_path: Path) -> None:
    assert "write it there too by hand" in _remedy(tmp_path, CODE, version=_ignores("secret_string"))


MODULE = """
module "db" {
  source   = "terraform-aws-modules/rds/aws"
  engine   = "%(engine)s"
  password = random_password.this.result
  %(managed)s
}
"""
COPY = """
module "copy" {
  source              = "terraform-aws-modules/rds/aws"
  replicate_source_db = module.db.db_instance_arn
}
"""


@pytest.mark.parametrize(
    ("engine", "managed", "more", "by_rds"),
    [
        ("postgres", "", "", True),
        ("postgres", "manage_master_user_password = false", "", False),
        ("postgres", "", COPY, False),
        ("sqlserver-se", "", COPY, True),
    ],
    ids=["nothing else", "turned off by the author", "a copy", "a copy of SQL Server"],
)
def test_rds_manages_no_password_of_a_database_with_read_replicas(
    tmp_path: Path, engine: str, managed: str, more: str, by_rds: bool
) -> None:
    found = _remedy(
        tmp_path,
        CODE + MODULE + more,
        more=", host = module.db.db_instance_address",
        engine=engine,
        managed=managed,
    )
    assert ("let RDS keep the password" in found) == by_rds
    assert ("time_rotating" in found) != by_rds
