"""Another type of volume is worth little if it replaces the instance."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence
from wa_iac.report.listing import remedy

SERVER = """
resource "aws_instance" "it" {{
  ami = "ami-1"
  {block} {{
    {device}
    volume_type = "gp2"
    volume_size = {size}
  }}
}}
"""


@pytest.mark.parametrize(
    ("block", "device", "confidence"),
    [
        ("root_block_device", "", Confidence.HIGH),
        ("ebs_block_device", 'device_name = "/dev/sdf"', Confidence.MEDIUM),
    ],
)
def test_a_volume_that_is_no_root_is_replaced_with_its_instance(
    tmp_path: Path, block: str, device: str, confidence: Confidence
) -> None:
    source = SERVER.format(block=block, device=device, size=30)
    (finding,) = judge(tmp_path, source, "terraform", "ebs-gp3").failing()

    assert (finding.confidence, "This replaces the instance" in remedy(finding)) == (
        confidence,
        confidence is Confidence.MEDIUM,
    )


@pytest.mark.parametrize(
    ("size", "words"), [(30, ""), (500, "gp2 gives up to 250 MiB/s"), (2000, "gp2 gives 6,000 IOPS and up to 250 MiB/s")]
)
def test_a_large_volume_may_need_more_than_gp3_gives(tmp_path: Path, size: int, words: str) -> None:
    source = SERVER.format(block="root_block_device", device="", size=size)
    (finding,) = judge(tmp_path, source, "terraform", "ebs-gp3").failing()

    assert words in remedy(finding)
    assert ("gp2 gives" in remedy(finding)) == bool(words)


@pytest.mark.parametrize(("operations", "left_out"), [(100, True), (3000, False)])
def test_gp3_takes_no_fewer_operations_than_each_volume_has(tmp_path: Path, operations: int, left_out: bool) -> None:
    source = SERVER.format(block="root_block_device", device=f"iops = {operations}", size=30)
    (finding,) = judge(tmp_path, source, "terraform", "ebs-gp3").failing()

    assert ("Leave out the number of IOPS" in remedy(finding)) is left_out
