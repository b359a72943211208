"""What a statement on all resources lets its holder read: secrets are worse than parameters, most of which are settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence, Severity

ROLE = """
resource "aws_iam_role_policy" "it" {
  role   = "app"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = "*" }] })
}
"""
MILD = (Severity.LOW, Confidence.MEDIUM)
GRAVE = (Severity.MEDIUM, Confidence.HIGH)


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ('["ssm:GetParameter"]', MILD),
        ('["ssm:GetParameters", "kms:Decrypt"]', MILD),
        ('["ssm:GetParameter", "secretsmanager:GetSecretValue"]', GRAVE),
        ('["s3:Get*"]', GRAVE),
    ],
)
def test_how_grave(tmp_path: Path, actions: str, expected: tuple[Severity, Confidence]) -> None:
    found = only_fault(tmp_path, ROLE % actions, "terraform", "iam-unconstrained-sensitive-actions")

    assert (found.severity, found.confidence) == expected
