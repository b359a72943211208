"""An old instance type with an image of its time: the image comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence
from wa_iac.report.remedy import remedy

RULE = "ec2-previous-generation"
TEMPLATE = """
Parameters:
  Size:
    Type: String
    Default: %(size)s
    AllowedValues: [%(size)s, %(allowed)s]
  Given: {Type: AWS::EC2::Image::Id}
Mappings:
  Images:
    eu-west-1: {id: ami-1f721e66}
    us-east-1: {id: ami-427e7f38}
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: %(image)s
      InstanceType: !Ref Size
"""
FIXED = '!FindInMap [Images, !Ref "AWS::Region", id]'
USUAL = {"size": "m3.large", "allowed": "c3.xlarge, m3.xlarge", "image": FIXED}


@pytest.mark.parametrize(
    ("change", "confidence"),
    [
        ({}, Confidence.LOW),
        ({"image": "ami-1f721e66"}, Confidence.LOW),
        ({"image": "!Ref Given"}, Confidence.HIGH),
        ({"allowed": "m5.large"}, Confidence.HIGH),
    ],
)
def test_an_image_of_the_same_time_is_replaced_first(tmp_path: Path, change: dict[str, str], confidence: Confidence) -> None:
    found = only_fault(tmp_path, TEMPLATE % (USUAL | change), "cloudformation", RULE)

    assert found.confidence == confidence
    said = "Replace the image by a current one first, and then the type by m7i.large" in remedy(found).text
    assert said is (confidence is Confidence.LOW)


@pytest.mark.parametrize(
    ("size", "same"), [("m3.large", "m4.large"), ("m3.medium", "t2.medium"), ("c3.xlarge", "c4.xlarge"), ("r3.large", "")]
)
def test_a_newer_type_that_runs_the_same_image_is_named(tmp_path: Path, size: str, same: str) -> None:
    advice = remedy(only_fault(tmp_path, TEMPLATE % (USUAL | {"size": size}), "cloudformation", RULE)).text

    assert (f"Until then, {same} is newer and runs the same image" in advice) is bool(same)
    assert ("Until then" in advice) is bool(same)
