"""A volume that a script attaches is in use, in whatever language the script is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

VOLUME = """
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
  tags              = { Name = "data" }
}
resource "aws_launch_template" "it" {
  user_data = base64encode("%s")
}
"""


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("aws ec2 attach-volume --volume-id $id", set[str]()),
        ("<powershell>Add-EC2Volume -VolumeId $id -Device /dev/xvdf</powershell>", set[str]()),
        ("echo hello", {"fail"}),
    ],
)
def test_scripts(tmp_path: Path, script: str, expected: set[str]) -> None:
    found = verdicts(tmp_path, VOLUME % script, "terraform", "ebs-unattached")

    assert {each for each in found.values() if each == "fail"} == expected
