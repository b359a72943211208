"""A file that is the text of a `Fn::Sub`: a note, and no error of names that the outer template gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.errors import UnavailableError

FRAGMENT = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
      ManagedPolicyArns:
        - %s:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      Description: mail to %s
  Code:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Handler: %s
      Code:
        ZipFile: !Sub |
          print('${Domain}', '${Role}')
"""
PARTITION, DOMAIN = "arn:${AWS::Partition}", "${Domain}"


def test_a_text_for_fn_sub_is_not_judged(tmp_path: Path) -> None:
    report = judge(tmp_path, FRAGMENT % (PARTITION, DOMAIN, "index.handler"), "cloudformation")

    (note,) = report.errors
    assert isinstance(note, UnavailableError)
    assert "template.yaml is input for an outer Fn::Sub, not a finished template" in str(note)
    assert report.failing() == []
    assert report.exit_code() == 0


@pytest.mark.parametrize(
    "values",
    [
        ("arn:aws", DOMAIN, "index.handler"),  # no pseudo parameter in a plain text
        (PARTITION, "everyone", "index.handler"),  # the name is only in a Fn::Sub: it is misspelt
        (PARTITION, DOMAIN, "!Ref Other"),  # an error of another kind
    ],
)
def test_any_other_unknown_name_is_an_error(tmp_path: Path, values: tuple[str, str, str]) -> None:
    report = judge(tmp_path, FRAGMENT % values, "cloudformation")

    assert report.mistakes() != []


def test_a_name_that_a_sub_gives_itself_is_known(tmp_path: Path) -> None:
    source = (FRAGMENT % (PARTITION, DOMAIN, "index.handler")).replace(
        "!Sub |\n          print('${Domain}', '${Role}')", '!Sub ["${Domain}", {Domain: a}]'
    )

    assert judge(tmp_path, source, "cloudformation").errors == []
