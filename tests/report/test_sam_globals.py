"""A template has one section `Globals`: a remedy adds to the one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

TEMPLATE = """Transform: AWS::Serverless-2016-10-31
{section}Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: orders.handler
      CodeUri: .
      Events:
        Post: {{ Type: Api, Properties: {{ Path: /orders, Method: post }} }}
  Api: {{ Type: AWS::SNS::Topic }}
"""


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("", ""),
        (
            "Globals:\n  Function:\n    Timeout: 9\n",
            "`Globals` (template.yaml:2) exists already: add this to it, and keep its other parts.",
        ),
        (
            "Globals:\n  Function:\n    Timeout: 9\n  Api:\n    Name: it\n",
            "`Globals.Api` (template.yaml:5) exists already: add this to it, and keep its other parts.",
        ),
    ],
)
def test_the_section_that_is_there_is_named(tmp_path: Path, section: str, told: str) -> None:
    text = only_remedy(judge(tmp_path, TEMPLATE.format(section=section), "cloudformation", "apigateway-authorization"))
    callers, *rest = text.partition("Globals:\n")[0].strip().splitlines()
    assert (callers.startswith("First decide who is to call this."), "".join(rest)) == (True, told)


def test_a_resource_beside_the_stage_that_sam_makes_names_that_stage(tmp_path: Path) -> None:
    template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Api\n    Properties: { StageName: live }\n"
    text = only_remedy(judge(tmp_path, template, "cloudformation", "waf-association"))

    assert "/stages/${OrdersliveStage}" in text
