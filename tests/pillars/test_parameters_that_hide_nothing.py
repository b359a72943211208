"""Parameters with the name of a secret that hold none."""

from pathlib import Path

import pytest

from helpers.reports import judge

SWITCH = """
Parameters:
  {name}:
    Type: String
    {default}
Resources:
  Topic:
    Type: AWS::SNS::Topic
"""
LIST = """
Parameters:
  PasswordList:
    Type: String
    NoEcho: true
    Default: {default}
    Description: Address, user and password of each server (1.1.1.1,admin,passwd|2.2.2.2,other,letmein)
Resources:
  Topic:
    Type: AWS::SNS::Topic
"""


@pytest.mark.parametrize(
    ("name", "default", "faults"),
    [
        ("UseApiKey", 'Default: "true"', 0),
        ("UseApiKey", "", 0),
        ("ApiKey", "", 1),
        ("UserPassword", "", 1),
    ],
)
def test_a_switch_need_not_be_hidden(tmp_path: Path, name: str, default: str, faults: int) -> None:
    source = SWITCH.format(name=name, default=default)
    assert len(judge(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets").failing()) == faults


@pytest.mark.parametrize(
    ("default", "faults"), [("10.0.0.1,admin,passwd|10.0.0.2,other,letmein", 0), ("10.0.0.1,admin,Qz81-vW2x", 1)]
)
def test_a_list_that_repeats_the_example_of_its_description_is_one(tmp_path: Path, default: str, faults: int) -> None:
    source = LIST.format(default=default)
    assert len(judge(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets").failing()) == faults
