"""A public IP address behind the default security group of a VPC, which lets in its own members only."""

from pathlib import Path

import pytest

from helpers.reports import judge, only

INSTANCE = """
resource "aws_instance" "web" {{
  ami                         = "ami-0a1b2c3d"
  associate_public_ip_address = true
  {more}
}}
"""


@pytest.mark.parametrize(
    "more",
    ["", 'vpc_security_group_ids = ["sg-0a1b2c3d"]', 'launch_template { id = "lt-0a1b2c3d" }'],
)
def test_an_instance_without_a_group_of_its_own_has_the_default_one(tmp_path: Path, more: str) -> None:
    found = only(judge(tmp_path, INSTANCE.format(more=more), "terraform", "ec2-public-ip"))
    assert found.is_advice
    assert ("default security group of its VPC" in found.message) is (more == "")
