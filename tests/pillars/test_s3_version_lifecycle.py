"""Old versions of a bucket whose lifecycle rules are each for a part of its objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

SLUG = "s3-version-lifecycle"
BUCKET = """Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration:
        Rules:
          - {Status: Enabled, ExpirationInDays: 1, TagFilters: [{Key: infected, Value: "true"}]}
          - {Status: Enabled, ExpirationInDays: 30%s}
"""


@pytest.mark.parametrize(("narrowing", "line", "in_part"), [("", 9, False), (", Prefix: sent/", 8, True)])
def test_the_rule_for_the_most_objects_is_the_one_to_complete(tmp_path: Path, narrowing: str, line: int, in_part: bool) -> None:
    report = judge(tmp_path, BUCKET % narrowing, "cloudformation", SLUG)
    [found] = report.failing()

    assert found.span.start_line == line
    assert ("write one in each other rule that expires objects too" in only_remedy(report)) is in_part


@pytest.mark.parametrize(("expires", "kept"), [("1", 1), ("30", 30), ("365", 90), ("!Ref Days", 90)])
def test_old_versions_are_kept_hardly_longer_than_the_objects(tmp_path: Path, expires: str, kept: int) -> None:
    source = f"Parameters: {{Days: {{Type: Number}}}}\n{BUCKET}" % ""
    report = judge(tmp_path, source.replace("1, TagFilters", f"{expires}, TagFilters").replace("30}", f"{expires}}}"), "cloudformation", SLUG)  # fmt: skip

    assert f"NoncurrentDays: {kept}\n" in f"{only_remedy(report)}\n"
