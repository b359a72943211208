"""A launch configuration never changes: Terraform has to make another one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SOURCE = """
resource "aws_launch_configuration" "it" {{
  {name}                        = "web"
  image_id                    = "ami-1"
  instance_type               = "t3.small"
  associate_public_ip_address = true
  root_block_device {{
    volume_type = "gp2"
  }}
  lifecycle {{
    create_before_destroy = {before}
  }}
}}
"""


@pytest.mark.parametrize("rule", ["ec2-imdsv2", "ec2-public-ip", "ebs-encryption", "ebs-gp3"])
@pytest.mark.parametrize(
    ("name", "before", "words"),
    [
        ("name_prefix", "true", ""),
        ("name", "true", "First give it name_prefix instead of name."),
        ("name_prefix", "false", "First give it create_before_destroy in its lifecycle."),
    ],
)
def test_what_a_new_launch_configuration_needs(tmp_path: Path, rule: str, name: str, before: str, words: str) -> None:
    text = only_remedy(judge(tmp_path, SOURCE.format(name=name, before=before), "terraform", rule))

    assert words in text
    assert ("makes a new launch configuration" in text) == bool(words)


def test_a_group_that_replaces_its_instances_loses_what_is_on_their_volumes(tmp_path: Path) -> None:
    added = SOURCE.replace("root_block_device {{", 'ebs_block_device {{\n    device_name = "/dev/sdf"')
    texts = [
        only_remedy(judge(tmp_path / str(at), each.format(name="name_prefix", before="true"), "terraform", "ebs-gp3"))
        for at, each in enumerate((SOURCE, added))
    ]

    assert ["loses what is on this volume" in text for text in texts] == [False, True]
