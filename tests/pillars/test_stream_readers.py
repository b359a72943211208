"""Only functions that do read a stream, at the same time, share it."""

from pathlib import Path

import pytest

from helpers.reports import judge

READERS = """
Parameters: {{ Which: {{ Type: String }} }}
Conditions:
  Blue: !Equals [!Ref Which, blue]
  Green: !Not [!Condition Blue]
Resources:
  Clicks: {{ Type: AWS::Kinesis::Stream, Properties: {{ ShardCount: 1 }} }}
  One:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{ FunctionName: one, EventSourceArn: !GetAtt Clicks.Arn, StartingPosition: LATEST }}
  Two:
    Type: AWS::Lambda::EventSourceMapping
    {two}
    Properties: {{ FunctionName: two, EventSourceArn: !GetAtt Clicks.Arn, StartingPosition: LATEST }}
  Three:
    Type: AWS::Lambda::EventSourceMapping
    {three}
    Properties: {{ FunctionName: three, EventSourceArn: !GetAtt Clicks.Arn, StartingPosition: LATEST{more} }}
"""


@pytest.mark.parametrize(
    ("two", "three", "more", "failing", "undecided"),
    [
        ("", "", "", 1, 0),
        ("", "", ", Enabled: false", 0, 0),
        ("Condition: Blue", "Condition: Green", "", 0, 0),
        ("", "Condition: Blue", "", 0, 1),
    ],
    ids=["all read", "one is disabled", "one or the other", "perhaps a third"],
)
def test_readers_that_are_there_together_count(
    tmp_path: Path, two: str, three: str, more: str, failing: int, undecided: int
) -> None:
    source = READERS.format(two=two, three=three, more=more)
    report = judge(tmp_path, source, "cloudformation", "kinesis-shared-consumers")

    assert len(report.failing()) == failing
    assert len([each for each in report.findings if each.verdict == "unknown"]) == undecided
