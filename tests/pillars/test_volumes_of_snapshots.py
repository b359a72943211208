"""A volume is encrypted if the snapshot that it is made of is."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

VOLUMES = """
resource "aws_ebs_volume" "first" {{
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = {encrypted}
}}
resource "aws_ebs_snapshot" "first" {{ volume_id = aws_ebs_volume.first.id }}
resource "aws_ebs_snapshot_copy" "first" {{
  source_snapshot_id = aws_ebs_snapshot.first.id
  source_region      = "eu-west-1"
}}
resource "aws_ebs_volume" "next" {{
  availability_zone = "eu-west-1a"
  snapshot_id       = {snapshot}
}}
"""


@pytest.mark.parametrize(
    ("encrypted", "snapshot", "found"),
    [
        ("true", "aws_ebs_snapshot.first.id", None),
        ("true", "aws_ebs_snapshot_copy.first.id", None),
        ("true", '"snap-0123456789abcdef0"', "unknown"),
        ("false", "aws_ebs_snapshot.first.id", "unknown"),
    ],
)
def test_a_snapshot_of_an_encrypted_volume_is_encrypted(
    tmp_path: Path, encrypted: str, snapshot: str, found: str | None
) -> None:
    source = VOLUMES.format(encrypted=encrypted, snapshot=snapshot)

    assert verdicts(tmp_path, source, "terraform", "ebs-encryption").get("aws_ebs_volume.next") == found
