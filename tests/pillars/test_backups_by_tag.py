"""A tag about backups may select a database for a plan elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence

SOURCE = """
resource "aws_db_instance" "orders" {
  engine = "postgres"
  tags   = { "KEY" = VALUE }
}
"""


@pytest.mark.parametrize(
    ("key", "value", "confidence"),
    [
        ("devx-backup-enabled", "true", Confidence.LOW),
        ("Backup", '"daily"', Confidence.LOW),
        ("backup", '"false"', Confidence.HIGH),
        ("app", '"true"', Confidence.HIGH),
    ],
)
def test_a_tag_may_select_a_database(tmp_path: Path, key: str, value: str, confidence: Confidence) -> None:
    source = SOURCE.replace("KEY", key).replace("VALUE", value)
    (found,) = judge(tmp_path, source, "terraform", "rds-backup-retention").failing()
    assert (found.confidence, f'"{key}"' in found.message) == (confidence, confidence is Confidence.LOW)
