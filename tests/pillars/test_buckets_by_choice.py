"""A load balancer whose bucket for logs depends on another value than the one that keeps the logs off."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.report.remedy import remedy

MODULE = """
variable "name" {{
  type    = string
  default = "{default}"
}}
variable "on" {{
  type    = bool
  default = false
}}
resource "aws_lb" "front" {{
  subnets = ["subnet-0a1", "subnet-0b2"]
  access_logs {{
    bucket  = {bucket}
    enabled = var.on
  }}
}}
"""


@pytest.mark.parametrize(
    ("default", "bucket", "chosen"),
    [
        ("", 'var.name != "" ? var.name : "dummy"', True),
        ("logs", "var.name", False),
        ("logs", '"logs"', False),
        ("logs", '"dummy"', False),
    ],
)
def test_a_bucket_by_a_condition_takes_both_values(tmp_path: Path, default: str, bucket: str, chosen: bool) -> None:
    source = MODULE.format(default=default, bucket=bucket)
    (finding,) = judge(tmp_path, source, "terraform", "elb-access-logging").failing()

    assert ("stands for none" in remedy(finding).text) is (bucket == '"dummy"')
    assert ('Set variable "on" to true, and variable "name" too' in remedy(finding).text) is chosen
