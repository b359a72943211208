"""A run that looks for fixes keeps the trees of the files that have one, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.files import parsed_once, release
from wa_iac.engine.build import graphs
from wa_iac.engine.check import judge
from wa_iac.engine.fixes.find import release_unfixed
from wa_iac.engine.selection import Selection
from wa_iac.parsers.cloudformation.text.documents import parsed

QUEUE = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: {}\n"


@pytest.mark.parametrize(("written", "kept"), [("false", True), ("true", False)])
def test_the_tree_of_a_judged_file_is_kept_for_its_fix_only(tmp_path: Path, written: str, kept: bool) -> None:
    text = QUEUE.format(written).encode()
    (tmp_path / "queue.yaml").write_bytes(text)
    selection = Selection(select=("sqs-encryption",))
    with parsed_once():
        built, _ = graphs([tmp_path])
        ((unit, _),) = built
        (shown,) = unit.sources
        before = parsed(text, shown)
        judge(built, selection.slugs(), selection, judged_unit=release_unfixed)
        assert (parsed(text, shown) is before) == kept


def test_a_tree_that_is_let_go_makes_room_for_another() -> None:
    text = QUEUE.format("true").encode()
    with parsed_once():
        before = parsed(text, "queue.yaml")
        release({"queue.yaml": text})
        after = parsed(text, "queue.yaml")
        assert after is not before
        assert parsed(text, "queue.yaml") is after
