"""`check --diff-base`, `--only-named` and `--no-inline-ignores`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.git import git

TRAIL = "  {name}:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      EnableLogFileValidation: false\n"
OLD, NEW = TRAIL.format(name="Old"), TRAIL.format(name="New")
ONLY = ("--select", "cloudtrail-log-validation")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"Resources:\n{OLD}", encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=x")
    (tmp_path / "a.yaml").write_text(f"Resources:\n{OLD}{NEW}", encoding="utf-8")
    return tmp_path


def found(output: str) -> list[tuple[str, str]]:
    return [(each["location"]["path"], each["resource"]["address"]) for each in json.loads(output)["findings"]]


def test_only_what_has_changed_is_reported_and_the_rest_is_counted(here: Path) -> None:
    done = run(here, "check", "--diff-base", "main", *ONLY)

    assert done.returncode == 1
    assert done.stdout == (
        "a.yaml:9:7  medium  cloudtrail-log-validation  New\n"
        "  This trail has no log file validation: nothing here shows whether a log file was changed or deleted.  [security SEC04-BP01]\n"
        "      9 |       EnableLogFileValidation: false\n"
        "  fix: EnableLogFileValidation: true\n"
        "  see: SEC04-BP01 Configure service and application logging\n\n"
        "1 finding (1 medium), 2 older findings left out, 3 resources in 2 files, --diff shows what --fix can change\n"
    )


def test_older_findings_fail_nothing(here: Path) -> None:
    git(here, "checkout", "--quiet", "--", "a.yaml")
    done = run(here, "check", "--diff-base", "main", *ONLY)

    assert (done.returncode, done.stdout) == (0, "No findings, 2 older findings left out, 2 resources in 2 files\n")


def test_older_advice_is_not_counted_as_older(here: Path) -> None:
    """A check of everything would not report it either."""
    (here / "b.yaml").write_text("Resources:\n  Photos:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")
    git(here, "commit", "--quiet", "--all", "--message=y")

    assert "left out" not in run(here, "check", "b.yaml", "--diff-base", "HEAD", "--pillar", "security").stdout
    assert "advice left out" in run(here, "check", "b.yaml", "--pillar", "security").stdout


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_other_formats_hold_the_same(here: Path, format_: str) -> None:
    done = run(here, "check", "--diff-base", "main", "--format", format_, "--output", "report", *ONLY)

    assert done.stderr == (
        "wa-iac: 1 finding (1 medium), 2 older findings left out, 3 resources in 2 files, 1 fixable with --fix; report in report\n"
    )
    report = json.loads((here / "report").read_text(encoding="utf-8"))
    findings = report["findings"] if format_ == "json" else report["runs"][0]["results"]
    assert len(findings) == 1


def test_only_what_is_reported_is_mended(here: Path) -> None:
    done = run(here, "check", "--diff-base", "main", "--fix", *ONLY)

    assert (here / "a.yaml").read_text(encoding="utf-8") == f"Resources:\n{OLD}{NEW.replace('false', 'true')}"
    assert done.stderr == "wa-iac: fixed 1 finding in 1 file; 0 left\n"
    assert (done.returncode, done.stdout) == (0, "No findings, 2 older findings left out, 3 resources in 2 files\n")


def test_what_the_baseline_knows_is_neither_new_nor_old(here: Path) -> None:
    """A baseline numbers all findings of a resource, whatever of them has changed."""
    assert run(here, "baseline", "create").returncode == 0
    (here / "b.yaml").write_text(f"Resources:\n{OLD}{NEW}", encoding="utf-8")
    arguments = ("--diff-base", "main", "--baseline", "wa-iac-baseline.json", *ONLY)

    done = run(here, "check", *arguments, "--fix")
    assert (here / "a.yaml").read_text(encoding="utf-8") == f"Resources:\n{OLD}{NEW}"
    assert (here / "b.yaml").read_text(encoding="utf-8") == f"Resources:\n{OLD}{NEW.replace('false', 'true')}"
    assert (done.returncode, done.stdout) == (0, "No findings, 1 in the baseline, 4 resources in 2 files\n")


def test_a_wrong_revision_ends_the_run(here: Path) -> None:
    done = run(here, "check", "--diff-base", "nowhere", *ONLY)

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"wa-iac: {here}: there is no revision 'nowhere' here: name a branch, a tag or a commit, or fetch it first\n",
    )


def test_what_cannot_be_read_is_told_however_old(here: Path) -> None:
    (here / "c.yaml").write_text("AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n", encoding="utf-8")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message=x")
    done = run(here, "check", "--diff-base", "HEAD", *ONLY)

    assert done.returncode == 2
    assert "c.yaml:2:13  error\n" in done.stdout


def test_only_named_files(here: Path) -> None:
    for name in ("one", "two"):
        (here / f"{name}.tf").write_text(f'resource "aws_cloudtrail" "{name}" {{\n}}\n', encoding="utf-8")

    done = run(here, "check", "--only-named", "one.tf", "--format", "json", *ONLY)
    assert (done.returncode, found(done.stdout)) == (1, [("one.tf", "aws_cloudtrail.one")])
    done = run(here, "check", "--only-named", "--whole-unit", "one.tf", "--format", "json", *ONLY)
    assert found(done.stdout) == [("one.tf", "aws_cloudtrail.one"), ("two.tf", "aws_cloudtrail.two")]
    done = run(here, "check", "--only-named", ".", "--format", "json", *ONLY)
    assert len(found(done.stdout)) == 5

    (here / "one.tf").write_text("# nothing\n", encoding="utf-8")
    done = run(here, "check", "--only-named", "one.tf", *ONLY)
    left = "1 finding in files that were not named left out (--whole-unit shows them)"
    assert (done.returncode, done.stdout) == (0, f"No findings, {left}, 1 resource in 2 files\n")


def test_a_value_from_a_named_file_counts_where_it_takes_effect(here: Path) -> None:
    (here / "module").mkdir()
    (here / "module" / "trail.tf").write_text(
        'variable "on" {}\nresource "aws_cloudtrail" "a" {\n  enable_log_file_validation = var.on\n}\n', encoding="utf-8"
    )
    (here / "main.tf").write_text('module "m" {\n  source = "./module"\n  on     = false\n}\n', encoding="utf-8")
    (here / "other.tf").write_text("locals {}\n", encoding="utf-8")

    def lines(name: str) -> list[str]:
        done = run(here, "check", "--only-named", name, *ONLY)
        return [line for line in done.stdout.splitlines() if line.startswith("module/trail.tf:3")]

    assert (len(lines("main.tf")), len(lines("other.tf"))) == (1, 0)


def test_only_named_and_changed(here: Path) -> None:
    done = run(here, "check", "--only-named", "--diff-base", "main", "a.yaml", "--format", "json", *ONLY)
    assert found(done.stdout) == [("a.yaml", "New")]
    done = run(here, "check", "--only-named", "--diff-base", "main", "b.yaml", *ONLY)
    assert done.stdout == "No findings, 1 older finding left out, 1 resource in 1 file\n"


def test_no_inline_ignores(here: Path) -> None:
    text = OLD.replace("false", "false # wa-iac: ignore[cloudtrail-log-validation] a trail for tests")
    (here / "a.yaml").write_text(f"Resources:\n{text}", encoding="utf-8")
    only = ("a.yaml", "--select", "cloudtrail-log-validation,suppression-not-allowed", "--format", "json")

    assert run(here, "check", *only).returncode == 0
    done = run(here, "check", "--no-inline-ignores", *only)
    assert [(each["rule"], each["message"]) for each in json.loads(done.stdout)["findings"]] == [
        (
            "cloudtrail-log-validation",
            "This trail has no log file validation: nothing here shows whether a log file was changed or deleted.",
        ),
        ("suppression-not-allowed", "The settings do not allow suppressions in the code, so this suppression has no effect."),
    ]


def test_rules_on_suppressions_are_rules_like_any_other(here: Path) -> None:
    text = OLD.replace("false", "false # wa-iac: ignore[cloudtrail-log-validation] a trail for tests until=2020-01-01")
    (here / "a.yaml").write_text(f"Resources:\n{text}", encoding="utf-8")
    (here / "wa-iac.toml").write_text('[severity]\nsuppression-expired = "high"\n', encoding="utf-8")

    done = run(here, "check", "a.yaml", "--select", "suppression-expired")
    assert (done.returncode, done.stdout) == (
        1,
        "a.yaml:5:38  high  suppression-expired  Old\n"
        "  It was valid until 2020-01-01 and has expired.  [operations OPS02-BP05]\n"
        "      5 |       EnableLogFileValidation: false "
        "# wa-iac: ignore[cloudtrail-log-validation] a trail for tests until=2020-01-01\n"
        "  fix: # wa-iac: ignore[SLUG] why this is still accepted until=2027-06-30\n"
        "  see: OPS02-BP05 Mechanisms exist to request additions, changes, and exceptions\n\n"
        "1 finding (1 high), 1 resource in 1 file\n",
    )
    (here / "wa-iac.toml").write_text('ignore = ["suppression-expired"]\n', encoding="utf-8")
    assert "suppression-expired" not in run(here, "check", "a.yaml").stdout
    assert run(here, "rule", "suppression-expired").stdout.startswith("# Suppression has expired\n")
    assert "suppression-expired" in run(here, "rules").stdout
    assert run(here, "check", "--select", "suppression-expire").stderr == (
        "wa-iac: there is no rule 'suppression-expire'; did you mean 'suppression-expired'?\n"
    )
