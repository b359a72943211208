"""A mirror holds copies of the images of others: their tags move, and no build pushes there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge


@pytest.mark.parametrize("rule", ["ecr-immutable-tags", "ecr-lifecycle-policy"])
@pytest.mark.parametrize(("name", "advice"), [("mirrored_images", True), ("images", False)])
def test_a_mirror_is_advice(tmp_path: Path, rule: str, name: str, *, advice: bool) -> None:
    source = f'resource "aws_ecr_repository" "{name}" {{\n  name = "nginx"\n}}\n'
    assert [each.is_advice for each in judge(tmp_path, source, "terraform", rule).failing()] == [advice]
