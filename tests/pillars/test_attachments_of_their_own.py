"""The attachment that takes the place of one for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

CODE = """resource "aws_iam_role" "a" {{
  {count}
  name               = "a"
  assume_role_policy = "{{}}"
}}

resource "aws_iam_policy_attachment" "x" {{
  name       = "x"
  roles      = [{role}]
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}}
"""


@pytest.mark.parametrize(
    ("count", "role", "written"),
    [
        ("", "aws_iam_role.a.name", "role       = aws_iam_role.a.name"),
        ("count = 2", "aws_iam_role.a[0].name", "role       = <the role>.name"),
        ("", '"other"', "role       = <the role>.name"),
    ],
)
def test_the_only_role_is_named(tmp_path: Path, count: str, role: str, written: str) -> None:
    text = only_remedy(judge(tmp_path, CODE.format(count=count, role=role), "terraform", "iam-policy-attachment-exclusive"))

    assert written in text
