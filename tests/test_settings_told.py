"""What settings of the tree take out of a run is told in each format, in a few words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

BUCKET = 'resource "aws_s3_bucket" "a" { bucket = "data" }\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(BUCKET.replace('"a"', f'"{name}"'), encoding="utf-8")
    (tmp_path / "a" / "notes.txt").touch()
    return tmp_path


def configure(here: Path, settings: str) -> None:
    (here / "wa-iac.toml").write_text(settings, encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "arguments", "told"),
    [
        ('exclude = ["a/**"]\n', ["--select", "s3-versioning"], "wa-iac.toml leaves out 1 file"),
        ('ignore = ["s3-lifecycle"]\n', [], "wa-iac.toml leaves out 1 rule"),
        ('ignore = ["s3-lifecycle"]\n', ["--ignore", "s3-lifecycle"], None),
        ('select = ["s3-lifecycle"]\n', ["--select", "s3-versioning"], None),
        ('[[overrides]]\npaths = ["a/**"]\nignore = ["s3-versioning"]\n', [], "wa-iac.toml leaves out 1 finding"),
        (
            '[severity]\ns3-versioning = "low"\n[[overrides]]\npaths = ["a/**"]\nseverity = {s3-lifecycle = "critical"}\n',
            [],
            "wa-iac.toml makes 1 severity milder",
        ),
        ('fail-on = "critical"\n', [], "wa-iac.toml fails from critical"),
        ('fail-on = "critical"\n', ["--fail-on", "high"], None),
        ('fail-on = "low"\nprofile = "all"\n', [], None),
        ('baseline = "known.json"\n', ["--select", "s3-versioning"], "wa-iac.toml leaves out 1 known finding"),
        ('baseline = "known.json"\n', ["--select", "s3-versioning", "--baseline", "known.json"], None),
        ("[options.rds-backup-retention]\nminimum-days = 1\n", [], "wa-iac.toml sets options of 1 rule"),
        (
            'exclude = ["a"]\nfail-on = "high"\n[severity]\ns3-versioning = "low"\n',
            ["--select", "s3-versioning"],
            "wa-iac.toml leaves out 1 file and makes 1 severity milder and fails from high",
        ),
    ],
)
def test_a_line_of_what_they_do(here: Path, settings: str, arguments: list[str], told: str | None) -> None:
    (here / "b" / "main.tf").rename(here / "main.tf")
    run(here, "baseline", "create", "a", "--file", "known.json", "--no-settings")
    (here / "main.tf").rename(here / "b" / "main.tf")
    configure(here, settings)
    last = run(here, "check", *arguments).stdout.splitlines()[-1]

    assert (told in last) if told is not None else "wa-iac.toml" not in last


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown"])
def test_every_format_tells_it(here: Path, format_: str) -> None:
    configure(here, 'exclude = ["a/**"]\nfail-on = "critical"\n')
    done = run(here, "check", "--format", format_)

    if format_ == "json":
        assert json.loads(done.stdout)["settings"] == {
            "path": "wa-iac.toml", "files": 1, "rules": 0, "findings": 0, "lowered": 0, "options": 0, "fail_on": "critical",
            "known": 0,
        }  # fmt: skip
    else:
        assert "wa-iac.toml leaves out 1 file and fails from critical" in done.stdout + done.stderr


def test_settings_that_somebody_names_need_no_telling(here: Path) -> None:
    configure(here, 'exclude = ["a/**"]\nfail-on = "critical"\n')
    done = run(here, "check", "--settings", "wa-iac.toml")

    assert (done.returncode, "wa-iac.toml" in done.stdout + done.stderr) == (0, False)


@pytest.mark.parametrize("arguments", [["."], ["--skip-other-files", "."], ["a/main.tf", "b/main.tf"]])
def test_where_all_is_left_out_there_is_nothing_to_check(here: Path, arguments: list[str]) -> None:
    configure(here, 'exclude = ["**"]\n')
    done = run(here, "check", *arguments)

    assert (done.returncode, "the settings exclude everything (2 files with matching names)" in done.stdout) == (2, True)


def test_a_commit_of_nothing_but_what_is_left_out_passes_and_says_so(here: Path) -> None:
    configure(here, 'exclude = ["a/**"]\n')
    done = run(here, "check", "--skip-other-files", "--only-named", "a/main.tf")

    assert done.returncode == 0
    assert done.stdout == "Nothing was checked, wa-iac.toml leaves out 1 file, 0 resources in 0 files\n"
    assert done.stderr == "wa-iac: nothing was checked: wa-iac.toml leaves out 1 file\n"


@pytest.mark.parametrize("patterns", ['"**"', '"**/*.tf"', '"*.tf", "*/*.tf"'])
def test_a_commit_does_not_pass_where_the_whole_repository_is_left_out(here: Path, patterns: str) -> None:
    (here / "pipeline.yml").write_text("steps: []\n", encoding="utf-8")
    configure(here, f"exclude = [{patterns}]\n")
    done = run(here, "check", "--skip-other-files", "--only-named", "a/main.tf")

    assert (done.returncode, "the settings exclude everything" in done.stdout) == (2, True)


def test_a_template_that_is_left_is_something(here: Path) -> None:
    (here / "t.yml").write_text("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")
    configure(here, 'exclude = ["**/*.tf"]\n')

    assert run(here, "check", "--skip-other-files", "--only-named", "a/main.tf").returncode == 0


def test_settings_that_leave_out_all_rules_leave_nothing_to_judge(here: Path) -> None:
    configure(here, 'select = ["s3-versioning"]\nignore = ["s3-versioning"]\n')
    done = run(here, "check")

    assert (done.returncode, "nothing was checked: the settings exclude all rules" in done.stdout) == (2, True)


@pytest.mark.parametrize(
    "options", ["--select s3-versioning --ignore s3-versioning", "--select s3-versioning --pillar cost", "--ignore *"]
)
def test_options_that_leave_no_rule_do_not_look_clean(tmp_path: Path, options: str) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "it" {}\n', encoding="utf-8")

    done = run(tmp_path, "check", *options.split())

    assert done.returncode == 2
    assert "nothing was checked: what is selected, what is ignored and the pillars leave no rule" in done.stdout
