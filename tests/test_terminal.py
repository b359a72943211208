"""The program at a person's terminal, a real pseudo-terminal, and in the places that only look like one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import environ, execute, start
from helpers.pseudo_terminal import run, shown

pytestmark = pytest.mark.slow

BUCKETS = """\
Resources:
  Reports:
    Type: AWS::S3::Bucket
  Drafts:
    Type: AWS::S3::Bucket
"""
ONLY = ("check", "--select", "s3-versioning")
SHOWN = """\
bucket.yaml:2:3  medium  s3-versioning  Reports
bucket.yaml:4:3  medium  s3-versioning  Drafts
    S3 bucket has no versioning: all 2 in bucket.yaml.
    This bucket has no versioning: an object that is overwritten or deleted
    cannot be restored from it.  [reliability REL09-BP01]
    fix:
      AWS charges for each version: let a lifecycle rule delete old ones, if
      objects are often overwritten. A script that empties the bucket before
      it is deleted has to delete the versions too.
      VersioningConfiguration:
        Status: Enabled
    see: REL09-BP01 Identify and back up all data that needs to be backed up,
    or reproduce the data from sources

pillar       medium
reliability       2

2 findings (2 medium) in 1 item, 2 resources in 1 file, --diff --unsafe-fixes
shows what can be fixed
"""
ESCAPE = "\x1b"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "bucket.yaml").write_text(BUCKETS, encoding="utf-8")
    return tmp_path


# --- the report


def test_the_report_is_grouped_and_wrapped_and_in_colour(here: Path) -> None:
    screen = run(here, *ONLY, columns=78)

    assert screen.code == 1
    assert screen.plain == SHOWN
    assert f"{ESCAPE}[33mmedium{ESCAPE}[0m" in screen.raw


def test_a_row_of_a_summary_is_one_line(here: Path) -> None:
    lines = run(here, *ONLY, "--summary", columns=60).plain.splitlines()

    assert "       2  medium    reliability  s3-versioning  S3 bucket h…" in lines


def test_without_colour_on_request(here: Path) -> None:
    screen = run(here, *ONLY, columns=78, environment={"NO_COLOR": "1"})

    assert screen.raw.replace("\r\n", "\n") == SHOWN


def test_a_dumb_terminal_gets_plain_text(here: Path) -> None:
    screen = run(here, *ONLY, columns=78, environment={"TERM": "dumb"})

    assert ESCAPE not in screen.raw
    assert screen.plain.startswith("bucket.yaml:2:3  medium  s3-versioning  Reports\n")


def test_into_a_file_goes_plain_text(here: Path) -> None:
    screen = run(here, *ONLY, "--output", "report.txt")

    assert (here / "report.txt").read_text(encoding="utf-8").startswith("bucket.yaml:2:3  medium  s3-versioning  Reports\n")
    assert screen.plain.endswith("report in report.txt\n")


def test_a_machine_gets_its_format_on_a_terminal_too(here: Path) -> None:
    assert run(here, *ONLY, "--format", "json").plain.startswith('{\n  "schema": "wa-iac/report/1"')


def test_names_from_files_command_no_terminal(here: Path) -> None:
    (here / "bucket.yaml").write_text('Resources:\n  "A\\e[2J":\n    Type: AWS::S3::Bucket\n', encoding="utf-8")

    assert f"{ESCAPE}[2J" not in run(here, *ONLY).raw


# --- a rule's page


def test_a_page_is_laid_out(here: Path) -> None:
    screen = run(here, "rule", "s3-versioning", columns=90)

    assert screen.code == 0
    lines = [line.strip() for line in screen.plain.splitlines()]
    assert lines[0] == "S3 bucket has no versioning"
    assert "Non-compliant" in lines
    assert "practice    REL09-BP01  Identify and back up all data that needs to be backed up, or reproduce the" not in lines
    assert any(line.startswith("practice") and "REL09-BP01" in line for line in lines)
    assert "```" not in screen.plain
    assert max(map(len, lines)) <= 90


# --- progress

PROGRAM = """
import sys, threading
import wa_iac.engine.check as engine
import wa_iac.cli.progress as progress
from wa_iac.core.progress import tell
check = engine.check
def checked(*given, **named):
    report = check(*given, **named)
    tell("judging", 3, 7)
    for each in threading.enumerate():
        if {is_long!r} and isinstance(each, threading.Timer):
            each.join()
    return report
engine.check = checked
progress.AFTER = 0 if {is_long!r} else 3600
sys.argv = ["wa-iac", *{arguments!r}]
from wa_iac.cli.app import main
main()
"""
"""A run that is over before anything is shown, or, where it is long, only after the timer has run out that shows something."""


def program(*, is_long: bool = True) -> str:
    return PROGRAM.format(is_long=is_long, arguments=[*ONLY, "--format", "json"])


def test_a_long_run_shows_how_far_it_is(here: Path) -> None:
    screen = shown(here, [sys.executable, "-c", program()])

    assert "judging" in screen.plain
    assert "3/7" in screen.plain
    assert screen.plain.rstrip().endswith("}")


@pytest.mark.parametrize(
    ("is_long", "environment"),
    [(False, {}), (True, {"PRE_COMMIT": "1"}), (True, {"CI": "true"}), (True, {"TERM": "dumb"})],
    ids=["a short run", "pre-commit", "CI", "a dumb terminal"],
)
def test_nothing_of_it_where_nobody_watches(here: Path, is_long: bool, environment: dict[str, str]) -> None:
    assert "3/7" not in shown(here, [sys.executable, "-c", program(is_long=is_long)], environment=environment).plain


def test_none_where_standard_error_is_no_terminal(here: Path) -> None:
    assert execute(here, program()).stderr == ""


# --- completion


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wa-iac che", ["check"]),
        ("wa-iac rule s3-versioni", ["s3-versioning"]),
        ("wa-iac check --select s3-versioni", ["s3-versioning"]),
        ("wa-iac check --ignore lambda-arm64,s3-versioni", ["lambda-arm64,s3-versioning"]),
        ("wa-iac check --pillar rel", ["reliability"]),
        ("wa-iac check --fail-on c", ["critical"]),
    ],
)
def test_a_shell_completes_commands_and_names(here: Path, words: str, expected: list[str]) -> None:
    asked = {"_WA_IAC_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}

    assert start(here, **asked).stdout.split() == expected


def test_completion_is_printed_for_the_shell_that_asks(here: Path) -> None:
    command = f"{sys.executable} -m wa_iac --show-completion; true"  # bash would make itself the program, were it the last
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=here,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert "_WA_IAC_COMPLETE=complete_bash" in done.stdout
