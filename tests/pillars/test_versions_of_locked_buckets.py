"""Object Lock needs versioning, so S3 enables it with Object Lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge


@pytest.mark.parametrize(
    ("body", "verdicts"),
    [
        ("object_lock_enabled = true", []),
        ('object_lock_configuration {\n    object_lock_enabled = "Enabled"\n  }', []),
        ("object_lock_enabled = false", ["fail"]),
        ("object_lock_enabled = var.lock", ["unknown"]),
        ("object_lock_enabled = true\n  versioning {\n    enabled = false\n  }", ["fail"]),
    ],
)
def test_a_locked_bucket_keeps_versions_unless_its_code_says_otherwise(body: str, verdicts: list[str], tmp_path: Path) -> None:
    source = f'variable "lock" {{\n  type = bool\n}}\nresource "aws_s3_bucket" "records" {{\n  {body}\n}}\n'
    report = judge(tmp_path, source, "terraform", "s3-versioning")
    assert [each.verdict for each in report.findings] == verdicts
