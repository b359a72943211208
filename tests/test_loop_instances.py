"""What loops of templates make are instances: a new item is a new one, and nothing that was made before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.git import git

LISTED = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - - first
      - second
    - Queue${Name}:
        Type: AWS::SQS::Queue
        Properties:
          SqsManagedSseEnabled: false
"""
IN_ONE_LINE = LISTED.replace("    - - first\n      - second\n", "    - [first, second]\n")
GIVEN = IN_ONE_LINE.replace("[first, second]", "!Ref Names").replace(
    "Resources", "Parameters:\n  Names:\n    Type: CommaDelimitedList\n    Default: first,second\nResources"
)
NESTED = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Regions:
    - Region
    - - north
      - south
    - Fn::ForEach::Queues:
        - Name
        - - first
          - second
        - Queue${Region}${Name}:
            Type: AWS::SQS::Queue
            Properties:
              SqsManagedSseEnabled: false
"""
STACKS = """\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Stacks:
    - Name
    - - first
      - second
    - Stack${Name}:
        Type: AWS::CloudFormation::Stack
        Properties:
          TemplateURL: ./queue.yaml
"""
QUEUE = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n"


def reported(root: Path) -> set[str]:
    """The addresses of what stands since the last commit."""
    done = run(root, "check", "--format", "json", "--select", "sqs-encryption", "--diff-base", "HEAD")
    return {
        each["address"]
        for finding in json.loads(done.stdout)["findings"]
        if finding["suppressed"] is None
        for each in finding["instances"]
    }


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        (LISTED, "      - second", "      - second\n      - third", {"Queuethird"}),
        (LISTED, "    - - first", "    - - third\n      - first", {"Queuethird"}),
        (LISTED, "- second", "- other", {"Queueother"}),
        (IN_ONE_LINE, "[first, second]", "[third, first, second]", {"Queuethird"}),
        (GIVEN, "first,second", "first,third,second", {"Queuethird"}),
        (NESTED, "      - south", "      - south\n      - west", {"Queuewestfirst", "Queuewestsecond"}),
        (NESTED, "          - second", "          - second\n          - third", {"Queuenorththird", "Queuesouththird"}),
        (STACKS, "      - second", "      - second\n      - third", {"Stackthird/Queue"}),
        (LISTED, "Transform", "# A comment.\nTransform", set()),
        (LISTED, "SqsManagedSseEnabled: false", "SqsManagedSseEnabled: 'false'", {"Queuefirst", "Queuesecond"}),
    ],
    ids=["last", "first", "renamed", "in one line", "of a parameter", "outer", "inner", "stacks", "elsewhere", "body"],
)
def test_changes_are_of_the_rounds_that_they_make(
    tmp_path: Path, text: str, before: str, after: str, expected: set[str]
) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    template = tmp_path / "template.yaml"
    (tmp_path / "queue.yaml").write_text(QUEUE, encoding="utf-8")
    template.write_text(text, encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=start")
    assert reported(tmp_path) == set()

    assert text.count(before) == 1
    template.write_text(text.replace(before, after), encoding="utf-8")
    assert reported(tmp_path) == expected
