"""A value that a test gives is the test's."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.rule import Confidence

VALIDATION = "cloudtrail-log-validation"
MODULE = """
variable "validate" {}
resource "aws_cloudtrail" "trail" {
  name                       = "trail"
  s3_bucket_name             = "logs"
  enable_log_file_validation = var.validate
}
"""
CALL = """
module "trail" {
  source   = "PATH"
  validate = false
}
"""


@pytest.mark.parametrize(("folder", "confidence"), [("tests/one", Confidence.LOW), ("live/one", Confidence.HIGH)])
def test_a_value_that_a_test_gives_is_the_tests(tmp_path: Path, folder: str, confidence: Confidence) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(
        tmp_path,
        {f"{folder}/main.tf": CALL.replace("PATH", "../../modules/trail"), "modules/trail/main.tf": MODULE},
        VALIDATION,
    )
    assert [each.confidence for each in report.failing()] == [confidence]
