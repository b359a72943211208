"""A secret that exists because of a default: another value leaves it out."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import only_fault
from wa_iac.report.remedy import remedy

PARAMETER = """
Parameters:
  TokenPath: {Type: String%s}
  Token: {Type: String, NoEcho: true}
Conditions:
  MakeOne: !Equals [!Ref TokenPath, ""]
Resources:
  Password:
    Type: AWS::SSM::Parameter
    Condition: MakeOne
    Properties:
      Name: /shop/db/password
      Type: String
      Value: !Ref Token
"""


def test_the_parameter_that_leaves_a_secret_out_is_named(tmp_path: Path) -> None:
    found = only_fault(tmp_path, PARAMETER % ', Default: ""', "cloudformation", "ssm-parameter-secure")

    assert 'Or leave this out by another value of parameter "TokenPath".' in remedy(found).text
    assert [(each.span.start_line, each.note) for each in found.related] == [
        (3, 'the default of parameter "TokenPath" is why this exists')
    ]


def test_nothing_leaves_a_secret_out_that_always_exists(tmp_path: Path) -> None:
    always = (PARAMETER % ', Default: ""').replace("    Condition: MakeOne\n", "")

    assert "Or leave this out" not in remedy(only_fault(tmp_path, always, "cloudformation", "ssm-parameter-secure")).text
