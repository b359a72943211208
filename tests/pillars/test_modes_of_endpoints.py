"""DMS accepts other SSL modes for other engines, and the remedy names one that the engine accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
from wa_iac.core.scales import Confidence

RULE = "dms-endpoint-tls"
ENDPOINT = 'resource "aws_dms_endpoint" "it" {\n  endpoint_id   = "it"\n  endpoint_type = "source"\n  engine_name   = "%s"\n}\n'


@pytest.mark.parametrize(
    ("engine", "mode"),
    [("mysql", "verify-ca"), ("postgres", "verify-ca"), ("sqlserver", "verify-full"), ("mongodb", "verify-full")],
)
def test_the_mode_fits_the_engine(tmp_path: Path, engine: str, mode: str) -> None:
    assert f'"{mode}"' in only_remedy(judge(tmp_path, ENDPOINT % engine, "terraform", RULE))


@pytest.mark.parametrize(("engine", "confidence"), [("oracle", Confidence.MEDIUM), ("mysql", Confidence.HIGH)])
def test_oracle_may_encrypt_by_itself(tmp_path: Path, engine: str, confidence: Confidence) -> None:
    assert only_fault(tmp_path, ENDPOINT % engine, "terraform", RULE).confidence == confidence
