"""A suppression that suppresses nothing, taken out by an action."""

from __future__ import annotations

import pytest
from lsprotocol import types

from helpers.editor import Editor, Workspace
from wa_iac.core.span import Span
from wa_iac.lsp.comments import without
from wa_iac.lsp.plain import TextEdit


def applied(text: str, edit: types.TextEdit | TextEdit) -> str:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    first, last = (starts[each.line] + each.character for each in (edit.range.start, edit.range.end))
    return text[:first] + edit.new_text + text[last:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a {}\n  # wa-iac: ignore[slug] why until=2999-01-01\nb {}\n", "a {}\nb {}\n"),
        ("é {} # wa-iac: ignore[slug] why\nb {}\n", "é {}\nb {}\n"),
        ("é {} // wa-iac: ignore[slug] why\r\nb {}\r\n", "é {}\r\nb {}\r\n"),
        ("a {} # wa-iac: ignore[slug] why", "a {}"),
        ("# é\n# wa-iac: ignore[one,  slug , two] why\n", "# é\n# wa-iac: ignore[one, two] why\n"),
        ("a {} # wa-iac: ignore[slug, one] why\n", "a {} # wa-iac: ignore[one] why\n"),
    ],
    ids=["a line of its own", "behind code", "CRLF", "the last line", "in the middle", "the first of two"],
)
def test_it_goes_and_nothing_else_does(before: str, after: str) -> None:
    start = before.encode().index(b"slug")
    edit = without(before.encode(), Span("main.tf", 1, 1, 1, 1, start, start + 4), "utf-32")

    assert edit is not None
    assert applied(before, edit) == after


def test_metadata_is_left_to_a_person() -> None:
    text = b'{"Metadata": {"wa-iac": {"ignore": [{"rule": "slug", "reason": "x"}]}}}'
    start = text.index(b"slug")

    assert without(text, Span("a.json", 1, 1, 1, 1, start, start + 4), "utf-32") is None


@pytest.mark.slow
def test_the_action_is_offered_and_nothing_is_left_to_say(workspace: Workspace) -> None:
    path = workspace.folder / "bucket.yaml"
    text = (
        "Resources:\n  Reports: # wa-iac: ignore[s3-versioning] scratch\n    Type: AWS::S3::Bucket\n"
        "    Properties: {VersioningConfiguration: {Status: Enabled}}\n"
    )
    path.write_text(text, encoding="utf-8")

    async def session(it: Editor) -> None:
        it.open(path)
        await it.codes(path)
        (found,) = [each for each in it.last(path) if each.code == "suppression-unused"]
        (action,) = [each for each in await it.actions(path, found) if each.is_preferred]
        assert action.title == "Remove this suppression"
        assert action.edit is not None
        assert action.edit.changes is not None
        (edit,) = action.edit.changes[path.as_uri()]
        assert isinstance(edit, types.TextEdit)
        mended = applied(text, edit)
        assert mended == text.replace(" # wa-iac: ignore[s3-versioning] scratch", "")
        it.change(path, mended)
        await it.codes(path, 2)
        assert "suppression-unused" not in {each.code for each in it.last(path)}

    workspace.run(session)
