"""Who may join the networks of a shared transit gateway."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

HUB = """\
Resources:
  Hub:
    Type: AWS::EC2::TransitGateway
    Properties:
      AutoAcceptSharedAttachments: enable
  Share:
    Type: AWS::RAM::ResourceShare
    Properties:
      Name: hub
      ResourceArns: [!Sub "arn:aws:ec2:eu-west-1:111122223333:transit-gateway/${Hub}"]
"""


@pytest.mark.parametrize(
    ("principals", "advice"),
    [('      Principals: ["210987654321"]\n', True), ("      Principals: []\n", False), ("", False)],
)
def test_accounts_that_the_share_names_are_chosen(tmp_path: Path, principals: str, advice: bool) -> None:
    found = only_fault(tmp_path, HUB + principals, "cloudformation", "vpc-attachment-auto-accept")

    assert found.is_advice is advice
