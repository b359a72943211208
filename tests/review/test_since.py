"""What changed since an earlier review or report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.reviews import Reviewed

VOLUME = 'resource "aws_ebs_volume" "v" {\n  availability_zone = "eu-west-1a"\n  size = 10\n  encrypted = %s\n}\n'


@pytest.mark.parametrize("command", ["review", "check"])
def test_what_is_fixed_is_gone(reviewed: Reviewed, tmp_path: Path, command: str) -> None:
    (tmp_path / "main.tf").write_text(VOLUME % "false", encoding="utf-8")
    before = tmp_path / "before.json"
    before.write_text(run(tmp_path, command, ".", "--format", "json").stdout, encoding="utf-8")

    changes = reviewed(VOLUME % "true", "--since", str(before))["changes"]

    assert [(each["rule"], each["place"]) for each in changes["gone"]] == [("ebs-encryption", "main.tf:4")]
    assert changes["new"] == []
    moved = {each["id"]: (each["before"], each["after"]) for each in changes["practices"]}
    assert moved.get("SEC08-BP02") == (("fails", "holds") if command == "review" else None)


def test_what_is_new_is_named(reviewed: Reviewed, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(json.dumps(reviewed(VOLUME % "true")), encoding="utf-8")

    review = reviewed(VOLUME % "false", "--since", str(before))

    assert len(review["changes"]["new"]) == 1
    assert review["changes"]["gone"] == []


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "wa-iac/review/1"}', '{"schema": "else"}'])
def test_another_document_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "main.tf").write_text(VOLUME % "true", encoding="utf-8")
    (tmp_path / "before.json").write_text(text, encoding="utf-8")

    done = run(tmp_path, "review", ".", "--since", "before.json")

    assert done.returncode == 2
    assert done.stderr.startswith("wa-iac: before.json: ")
