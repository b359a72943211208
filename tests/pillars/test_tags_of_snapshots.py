"""Snapshots and backups without the tags of what they are made of: only tags that say more than a name are missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

DATABASE = """
provider "aws" {
  %s
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  %s
}
"""
FILES = """
resource "aws_fsx_%s_file_system" "files" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-0123456789abcdef0"]
  tags             = { team = "office" }
  %s
}
"""


@pytest.mark.parametrize(
    ("provider", "tags", "fails"),
    [
        ("", "", False),
        ("", 'tags = { Name = "orders" }', False),
        ("", 'tags = { team = "checkout" }', True),
        ('default_tags { tags = { team = "checkout" } }', "", True),
    ],
)
def test_tags_of_people_are_missed(tmp_path: Path, provider: str, tags: str, fails: bool) -> None:
    found = verdicts(tmp_path, DATABASE % (provider, tags), "terraform", "rds-copy-tags-to-snapshot")

    assert (found == {"aws_db_instance.orders": "fail"}) is fails


def test_tags_that_are_known_in_part_are_missed(tmp_path: Path) -> None:
    source = 'variable "more" {}\n' + DATABASE % ("", 'tags = merge(var.more, { team = "checkout" })')

    assert verdicts(tmp_path, source, "terraform", "rds-copy-tags-to-snapshot") == {"aws_db_instance.orders": "fail"}


@pytest.mark.parametrize(
    ("kind", "settings", "fails"),
    [
        ("windows", "", True),
        ("windows", "copy_tags_to_backups = true", False),
        ("openzfs", "copy_tags_to_backups = true", True),
        ("openzfs", "copy_tags_to_backups = true\n  copy_tags_to_volumes = true", False),
        ("windows", "automatic_backup_retention_days = 0", False),
        ("openzfs", "automatic_backup_retention_days = 30", True),
        ("openzfs", "copy_tags_to_volumes = true", False),
        ("lustre", "", False),
        ("lustre", 'deployment_type = "PERSISTENT_2"\n  automatic_backup_retention_days = 7', True),
        ("ontap", "", False),
    ],
)
def test_each_kind_of_file_system_has_copies_of_its_own(tmp_path: Path, kind: str, settings: str, fails: bool) -> None:
    found = verdicts(tmp_path, FILES % (kind, settings), "terraform", "fsx-copy-tags")

    assert ("fail" in found.values()) is fails
