"""What its author offers without encryption, by its name, is advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

DESKTOP = """
resource "aws_workspaces_workspace" "NAME" {
  directory_id = "d-1234567890"
  bundle_id    = "wsb-1"
  user_name    = "jo"
}
"""


@pytest.mark.parametrize(
    ("file", "name", "advice"),
    [
        ("desktops-no-encrypt.tf", "desk", True),
        ("desktops.tf", "unencrypted_desk", True),
        ("desktops-encrypted.tf", "desk", False),
        ("desktops.tf", "desk", False),
    ],
)
def test_a_desktop_that_is_named_for_it(tmp_path: Path, file: str, name: str, *, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(tmp_path, {file: DESKTOP.replace("NAME", name)}, "workspaces-encryption")

    assert [each.is_advice for each in report.failing()] == [advice]
