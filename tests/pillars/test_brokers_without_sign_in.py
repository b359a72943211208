"""Kafka's clients need credentials: written otherwise is a fault, and not written at all is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault, verdicts
from wa_iac.core.scales import Confidence

RULE = "msk-unauthenticated-access"
CLUSTER = 'resource "aws_msk_cluster" "it" {{\n{}\n}}\n'
IAM = "  client_authentication {{\n    sasl {{\n      iam = true\n    }}\n    {}\n  }}".format


@pytest.mark.parametrize(
    ("authentication", "confidence"),
    [(IAM("unauthenticated = true"), Confidence.MEDIUM), ("", Confidence.LOW)],
)
def test_open(tmp_path: Path, authentication: str, confidence: Confidence) -> None:
    assert only_fault(tmp_path, CLUSTER.format(authentication), "terraform", RULE).confidence == confidence


@pytest.mark.parametrize("authentication", [IAM(""), IAM("unauthenticated = false")])
def test_closed(tmp_path: Path, authentication: str) -> None:
    assert verdicts(tmp_path, CLUSTER.format(authentication), "terraform", RULE) == {}
