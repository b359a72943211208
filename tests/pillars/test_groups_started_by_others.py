"""A group that begins with no instance: something else starts it."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence
from wa_iac.report.remedy import remedy

GROUP = """\
variable "size" {{
  default = 0
}}
resource "aws_autoscaling_group" "web" {{
  min_size            = {least}
  max_size            = 6
  {desired}
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  target_group_arns   = ["arn:web"]
}}
"""


@pytest.mark.parametrize(
    ("least", "desired", "started"),
    [
        ("0", "desired_capacity = 0", True),
        ("0", "desired_capacity = 1", False),
        ("0", "", False),
        ("1", "desired_capacity = 1", False),
        ("var.size", "desired_capacity = var.size", False),
    ],
)
def test_what_is_not_started_here_is_advice(tmp_path: Path, least: str, desired: str, started: bool) -> None:
    [found] = judge(tmp_path, GROUP.format(least=least, desired=desired), "terraform", "autoscaling-min-capacity").failing()

    assert ("something else has to start them" in found.message) is started
    assert (found.confidence is Confidence.LOW) is (started or "var." in least)  # a default is a switch of its own
    assert ("Let what starts the instances keep 2." in remedy(found).text) is started
