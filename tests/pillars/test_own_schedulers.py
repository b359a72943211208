"""What gives out its work itself is not scaled by the load of a processor."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence

GROUP = """
resource "aws_autoscaling_group" "%s" {
  min_size        = 2
  max_size        = 6
  load_balancers  = ["front"]
  launch_template { id = "lt-0a1" }
}
"""


@pytest.mark.parametrize(
    ("name", "confidence"),
    [
        ("build_agents", Confidence.LOW),
        ("nomad", Confidence.LOW),
        ("web", Confidence.MEDIUM),
        ("agency", Confidence.MEDIUM),
    ],
)
def test_agents_and_voters_are_told_by_their_names(tmp_path: Path, name: str, confidence: Confidence) -> None:
    assert only_fault(tmp_path, GROUP % name, "terraform", "autoscaling-scaling-policy").confidence == confidence
