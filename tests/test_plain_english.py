"""Pages and messages are in plain English, as `plain_english.toml` describes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent

pytest.importorskip("proselint", reason="proselint, of the extra test, is not installed: nobody looks at the prose")
from plain_english import complaints, main, messages, pages  # noqa: E402 - it needs proselint


def test_the_pages_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"README.md", "CHANGELOG.md", "how-to.md"} <= {page.name for page in pages()}
    assert (main(), capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("The module is not at hand.", "'at hand': write 'available'"),
        ("The module is not at\nhand.", "'at hand': write 'available'"),
        ("Mend the file and run it again.", "'Mend': write 'fix'"),
        ("An unused suppression is told.", "'is told': write 'is reported'"),
        ("That is no date.", "'is no': write 'is not a, has no'"),
        ("Report what cfn-lint finds, too.", "', too.': 'too' at the end of a clause: write 'also' before the verb"),
        (
            "What is switched off does not count.",
            "'What is switched off does not count.': a clause without a head as the subject: name the thing",
        ),
        ("It is safe. Where a rule is off, nothing runs.", "'. Where a rule is off,': 'Where' for a condition: write 'If'"),
        ("That is methinks enough.", "'methinks' is archaic."),
    ],
)
def test_a_sentence_that_is_hard_to_read(sentence: str, message: str) -> None:
    (found,) = complaints(f"# Title\n\n{sentence}\n", "page.md")
    assert str(found) == f"page.md:3: {message}"


@pytest.mark.parametrize(
    "text",
    [
        "There is no rule of that name. The two can be told apart. It is no longer there.",
        "What does it cost? See below.",
        "`wa-iac is not at hand, too.`",
        "```text\nWhat whoever writes rules runs.\n```",
        "# What it finds",
        "| Where | What it finds |\n| --- | --- |\n| What is at the start | a cell |",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert list(complaints(text)) == []


def test_a_message_is_found_in_a_module_and_a_docstring_is_not() -> None:
    source = '''"""What whoever writes rules runs."""

BROKEN = f"the module {name} is not at hand"
FINE = "the module is not available"
'''
    assert [str(each) for each in messages(source, "a.py")] == ["a.py:3: 'at hand': write 'available'"]


@pytest.mark.slow
def test_as_a_program_it_names_file_and_line(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "more" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text("Fine.\n\nMend it.\n", encoding="utf-8")
    code = f"import plain_english, pathlib; plain_english.PROJECT = pathlib.Path({str(tmp_path)!r}); raise SystemExit(plain_english.main())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT / "tests", capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "docs/more/page.md:3: 'Mend': write 'fix'\n")
