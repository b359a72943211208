"""Which file systems of FSx have no backups: the defaults differ by kind and by dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault, verdicts
from wa_iac.core.scales import Confidence

TEMPLATE = """
Resources:
  Files:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: %s
      StorageCapacity: 1200
      SubnetIds: [subnet-0123456789abcdef0]
"""
MODULE = """
resource "aws_fsx_%s_file_system" "files" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-0123456789abcdef0"]
  %s
}
"""
SLUG = "fsx-automatic-backups"


@pytest.mark.parametrize("kind", ["WINDOWS", "ONTAP", "OPENZFS", "LUSTRE"])
def test_cloudformation_leaves_the_default_to_fsx_which_keeps_backups(tmp_path: Path, kind: str) -> None:
    assert "fail" not in verdicts(tmp_path, TEMPLATE % kind, "cloudformation", SLUG).values()


@pytest.mark.parametrize(("kind", "verdict"), [("windows", None), ("ontap", "fail"), ("openzfs", "fail")])
def test_terraform_turns_backups_off_for_ontap_and_openzfs(tmp_path: Path, kind: str, verdict: str | None) -> None:
    assert verdicts(tmp_path, MODULE % (kind, ""), "terraform", SLUG).get(f"aws_fsx_{kind}_file_system.files") == verdict


@pytest.mark.parametrize("days", ["", "automatic_backup_retention_days = 0"])
def test_lustre_is_a_copy(tmp_path: Path, days: str) -> None:
    assert "fail" not in verdicts(tmp_path, MODULE % ("lustre", days), "terraform", SLUG).values()


def test_a_tag_may_select_it_for_backups_elsewhere(tmp_path: Path) -> None:
    found = only_fault(tmp_path, MODULE % ("openzfs", 'tags = { backup = "daily" }'), "terraform", SLUG)

    assert found.confidence == Confidence.LOW
    assert '"backup"' in found.message


def test_an_author_who_turns_them_off_and_tags_it_has_decided(tmp_path: Path) -> None:
    more = 'automatic_backup_retention_days = 0\n  tags = { backup = "daily" }'

    assert only_fault(tmp_path, MODULE % ("windows", more), "terraform", SLUG).is_advice
