"""Reports as a build makes them: a process of its own, several formats at once, and files that nobody vouches for."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from helpers.cli import run
from helpers.github_lint import complaints
from helpers.markdown import read

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
ONLY = ("--select", "s3-versioning")
FORMATS = ("text", "json", "sarif", "junit", "gitlab", "github", "markdown")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "bucket.yaml").write_text(BUCKET, encoding="utf-8")
    return tmp_path


# --- options


def test_one_run_writes_several_formats(here: Path) -> None:
    done = run(here, "check", *ONLY, "--also", "sarif=out/x.sarif", "--also", "gitlab=quality.json")
    # Other reports have the fixes, so the text knows them as well.
    assert (done.returncode, done.stdout.splitlines()[:2]) == (2, run(here, "check", *ONLY).stdout.splitlines()[:2])
    assert "fixable with --fix" in done.stdout.splitlines()[-1]
    assert done.stderr == "wa-iac: out/x.sarif: the report cannot be written: No such file or directory\n"

    (here / "out").mkdir()
    done = run(here, "check", *ONLY, "--also", "sarif=out/x.sarif", "--also", "gitlab=quality.json", "--also", "markdown=s.md")
    assert (done.returncode, done.stderr) == (1, "")
    assert complaints(json.loads((here / "out" / "x.sarif").read_text(encoding="utf-8"))) == []
    assert json.loads((here / "quality.json").read_text(encoding="utf-8"))[0]["check_name"] == "s3-versioning"
    assert (here / "s.md").read_text(encoding="utf-8").startswith("### wa-iac: 1 finding\n")


def test_what_is_written_beside_text_has_its_fixes(here: Path) -> None:
    run(here, "check", *ONLY, "--also", "sarif=x.sarif")

    (result,) = json.loads((here / "x.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert len(result["fixes"]) == 1


@pytest.mark.parametrize("value", ["xml=x", "sarif", "sarif=", "=x"])
def test_also_takes_a_format_and_a_file(here: Path, value: str) -> None:
    done = run(here, "check", *ONLY, "--also", value)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"wa-iac: --also needs FORMAT=FILE, where FORMAT is one of {', '.join(FORMATS)}; not {value!r}\n"


def test_what_is_suppressed_and_the_category_are_in_sarif_on_request(here: Path) -> None:
    text = BUCKET.replace("  Reports:", "  # wa-iac: ignore[s3-versioning] rebuilt every night\n  Reports:")
    (here / "bucket.yaml").write_text(text, encoding="utf-8")
    plain = json.loads(run(here, "check", *ONLY, "--format", "sarif").stdout)["runs"][0]
    asked = json.loads(run(here, "check", *ONLY, "--format", "sarif", "--show-suppressed", "--category", "infra").stdout)[
        "runs"
    ][0]

    assert (plain["results"], plain.get("automationDetails")) == ([], None)
    assert asked["automationDetails"] == {"id": "infra/"}
    assert [each["suppressions"] for each in asked["results"]] == [
        [{"kind": "inSource", "status": "accepted", "justification": "rebuilt every night"}]
    ]


# --- what must be in every format


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_was_not_read_is_in_every_format(here: Path, format_: str) -> None:
    (here / "broken.tf").write_text('resource "aws_s3_bucket" "a" {\n  bucket = \n', encoding="utf-8")
    done = run(here, "check", *ONLY, "--format", format_, "--exit-zero")

    assert done.returncode == 2
    assert "broken.tf" in done.stdout
    assert "syntax error" in done.stdout
    assert "s3-versioning" in done.stdout


def test_what_was_not_judged_has_a_page_as_a_rule_has(here: Path) -> None:
    done = run(here, "rule", "not-judged")

    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "# File could not be read or checked in full")


def test_a_workflow_has_errors_as_commands_only(here: Path) -> None:
    done = run(here, "check", *ONLY, "missing.yaml", "--format", "github")

    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == (
        "::error file=missing.yaml,title=wa-iac%3A file could not be read or checked in full::there is no such file or directory"
    )


# --- what files are called, and what they hold

NAMES = [
    b"with space.yaml",
    b"comma,colon:percent%0A.yaml",
    b"[link](x)|`tick`.yaml",
    b"<script>&amp;'\".yaml",
    b"line\nfeed\t.yaml",
    b"latin caf\xe9.yaml",
    b"::error::x\r.yaml",
    "\N{SLIGHTLY SMILING FACE}é.yaml".encode(),
]


@pytest.fixture
def hostile(here: Path) -> Path:
    """A bucket, and a broken template, in files of every name."""
    for name in NAMES:
        (here / os.fsdecode(name)).write_text(BUCKET, encoding="utf-8")
        (here / os.fsdecode(b"broken " + name)).write_text("Resources: {A: {Type: AWS::S3::Bucket\n", encoding="utf-8")
    address = "A\\ud800](x)|<script>`%0A\\n::error::"
    (here / "half.json").write_text(f'{{"Resources": {{"{address}": {{"Type": "AWS::S3::Bucket"}}}}}}', encoding="utf-8")
    return here


COUNT = len(NAMES) + 2


def test_sarif_holds(hostile: Path) -> None:
    document = json.loads(run(hostile, "check", *ONLY, "--format", "sarif").stdout)

    assert complaints(document) == []
    assert len(document["runs"][0]["results"]) == COUNT + len(NAMES)


def test_json_and_gitlab_hold(hostile: Path) -> None:
    document = json.loads(run(hostile, "check", *ONLY, "--format", "json").stdout)
    entries = json.loads(run(hostile, "check", *ONLY, "--format", "gitlab").stdout)

    assert (len(document["findings"]), len(document["errors"])) == (COUNT, len(NAMES))
    assert len({each["fingerprint"] for each in entries}) == COUNT + len(NAMES)


def test_junit_holds(hostile: Path) -> None:
    suites = Xml.fromstring(run(hostile, "check", *ONLY, "--format", "junit").stdout)

    assert (suites.attrib["failures"], suites.attrib["errors"]) == (str(COUNT), str(len(NAMES)))
    assert len(list(suites.iter("failure"))) == COUNT


def test_each_line_of_a_workflows_log_is_what_it_is_meant_to_be(hostile: Path) -> None:
    lines = run(hostile, "check", *ONLY, "--format", "github").stdout.split("\n")[:-1]
    commands = [each for each in lines if re.match(r"::(error|warning|notice) file=[^,:]*(,\w+=[^,:]*)*::.", each)]

    assert len(commands) == COUNT + len(NAMES)
    assert all(each.startswith("wa-iac: ") and "##[" not in each for each in lines if each not in commands)


def test_markdown_holds(hostile: Path) -> None:
    page = read(run(hostile, "check", *ONLY, "--format", "markdown").stdout)

    assert set(page.tags) <= {
        *("h3", "h4", "p", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre"),
    }
    assert page.tags.count("li") == len(NAMES)
    cells_of_pillars = 2
    assert page.tags.count("td") == 4 * COUNT + cells_of_pillars


@pytest.mark.parametrize("format_", FORMATS)
def test_a_great_many_findings(here: Path, format_: str) -> None:
    many = "".join(f"  B{number}:\n    Type: AWS::S3::Bucket\n" for number in range(1_500))
    (here / "bucket.yaml").write_text(f"Resources:\n{many}", encoding="utf-8")
    done = run(here, "check", *ONLY, "--format", format_)

    assert done.returncode == 1
    assert "B1499" in done.stdout or format_ in ("markdown", "text", "github")
    if format_ == "text":
        assert "B1499" in run(here, "check", *ONLY, "--verbose").stdout
