"""Items as people read them: what text and the terminal write, and what they do not write twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.reports import judge_files
from wa_iac.report import terminal_view, text
from wa_iac.report.group_by import GroupBy

TRAIL = "Resources:\n  {name}:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      EnableLogFileValidation: false\n"
ONLY = ("check", "--no-settings", "--select", "cloudtrail-log-validation")
MODULES = "".join(f'module "m{number}" {{\n  source = "acme/m{number}/aws"\n}}\n' for number in range(17))
BUCKETS = "Resources:\n" + "".join(f"  B{number}:\n    Type: AWS::S3::Bucket\n" for number in range(30))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path()


def test_many_findings_with_the_same_text_share_it(here: Path) -> None:
    names = "ABCDEF"
    report = judge_files(here, {f"{name}.yaml": TRAIL.format(name=name) for name in names}, "cloudtrail-log-validation")
    written = text.render(report, show_unknown=False)

    heads = "".join(f"{name}.yaml:5:7  medium  cloudtrail-log-validation  {name}\n" for name in names)
    assert written.startswith(f"{heads}  This trail has no log file validation")
    assert (written.count("This trail has"), written.count("  fix: EnableLogFileValidation: true\n")) == (1, 1)


def test_a_remedy_is_written_once(here: Path) -> None:
    files = {
        "a.yaml": "Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
        "b.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n",
    }
    report = judge_files(here, files, "s3-versioning", "s3-lifecycle")
    written = text.render(report, show_unknown=False)

    assert (written.count("VersioningConfiguration:"), written.count("see: REL09-BP01")) == (1, 1)
    assert "2 resources have the same 2 findings.\n\na.yaml:2:3  medium  s3-versioning  A\nb.yaml:2:3  medium  s3-" in written


def test_types_with_another_property_for_the_same_have_a_remedy_each(here: Path) -> None:
    function = """
  {name}:
    Type: AWS::{kind}::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/worker
  Calls{name}:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref {name}
      Principal: s3.amazonaws.com
"""
    kinds = ("Lambda", "Lambda", "Lambda", "Lambda", "Serverless")
    functions = (function.format(name=f"F{number}", kind=kind) for number, kind in enumerate(kinds))
    template = f"Transform: AWS::Serverless-2016-10-31\nResources:{''.join(functions)}"
    written = text.render(judge_files(here, {"a.yaml": template}, "lambda-dead-letter-queue"), show_unknown=False)

    assert written.count("An event from S3") == 1
    of_lambda, of_sam = written.split("For AWS::Lambda::Function:")[1].split("For AWS::Serverless::Function:")
    assert ("DeadLetterConfig:" in of_lambda, "DeadLetterQueue:" in of_lambda) == (True, False)
    assert ("DeadLetterConfig:" in of_sam, "DeadLetterQueue:" in of_sam) == (False, True)


def test_a_convention_that_nothing_follows_names_ten_places_or_all_on_request(here: Path) -> None:
    report = judge_files(here, {"a.yaml": BUCKETS}, "s3-versioning")
    short = text.render(report, show_unknown=False)
    whole = text.render(report, show_unknown=False, verbose=True)

    assert "  S3 bucket has no versioning: all 30 in a.yaml.\n" in short
    assert "  also: 20 more (--verbose names them)\n" in short
    assert (short.count("  medium  s3-versioning  B"), whole.count("  medium  s3-versioning  B")) == (10, 30)


def test_a_convention_that_nothing_follows_in_several_templates_has_a_line_for_each(here: Path) -> None:
    report = judge_files(here, {"a.yaml": BUCKETS, "b.yaml": BUCKETS}, "s3-versioning")
    short = text.render(report, show_unknown=False)

    assert short.startswith(
        "a.yaml:2:3  medium  s3-versioning  B0 and 29 more\n"
        "b.yaml:2:3  medium  s3-versioning  B0 and 29 more\n"
        "  S3 bucket has no versioning: all 60 in 2 templates or root modules.\n"
    )
    assert text.render(report, show_unknown=False, verbose=True).count("  medium  s3-versioning  B") == 60


def test_notes_of_one_kind_are_one_line_and_all_are_there_on_request(here: Path) -> None:
    report = judge_files(here, {"main.tf": MODULES}, "ebs-encryption")
    for written in (
        text.render(report, show_unknown=False),
        terminal_view.render(report, show_unknown=False, colour=False, width=200),
    ):
        assert "note: 17 modules are not installed, and their resources are not checked (--verbose lists them)\n" in written
        assert "acme/m3/aws" not in written

    assert all(f"acme/m{number}/aws" in text.render(report, show_unknown=False, verbose=True) for number in range(17))


def test_json_lists_every_note(here: Path) -> None:
    (here / "main.tf").write_text(MODULES, encoding="utf-8")

    assert len(json.loads(run(here, *ONLY, "--format", "json").stdout)["notes"]) == 17


@pytest.mark.parametrize("by", GroupBy)
def test_the_terminal_writes_what_plain_text_writes(here: Path, by: GroupBy) -> None:
    report = judge_files(
        here, {"a.yaml": BUCKETS, "t.yaml": TRAIL.format(name="T")}, "s3-versioning", "cloudtrail-log-validation"
    )
    plain = text.render(report, show_unknown=False, group_by=by)
    shown = terminal_view.render(report, show_unknown=False, colour=False, width=200, group_by=by)

    without_line_numbers = re.sub(r"(?m)^ +\d+ \| ", "", plain)
    assert set(shown.split()) == set(without_line_numbers.split())


def test_a_summary_counts_and_lists_nothing(here: Path) -> None:
    report = judge_files(
        here, {"a.yaml": BUCKETS, "t.yaml": TRAIL.format(name="T")}, "s3-versioning", "cloudtrail-log-validation"
    )

    assert text.render(report, show_unknown=False, only_summary=True).splitlines()[:8] == [
        "pillar       medium",
        "security          1",
        "reliability      30",
        "",
        "findings  severity  pillar       rule                       title",
        "      30  medium    reliability  s3-versioning              S3 bucket has no versioning",
        "       1  medium    security     cloudtrail-log-validation  CloudTrail trail has no log file validation",
        "",
    ]
    by_file = text.render(report, show_unknown=False, only_summary=True, group_by=GroupBy.FILE)
    assert "      30  medium    a.yaml\n       1  medium    t.yaml\n" in by_file


# --- the command line


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_a_summary_in_formats_that_have_a_place_for_it(here: Path, format_: str) -> None:
    (here / "t.yaml").write_text(TRAIL.format(name="Hidden"), encoding="utf-8")
    done = run(here, *ONLY, "--summary", "--format", format_)

    assert (done.returncode, "cloudtrail-log-validation" in done.stdout, "Hidden" in done.stdout) == (1, True, False)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--summary", "--format", "sarif"), "--summary needs the format text, json or markdown: a sarif report"),
        (("--summary", "--format", "junit"), "--summary needs the format text, json or markdown: a junit report"),
        (
            ("--group-by", "rule", "--format", "gitlab"),
            "--group-by needs the format text, json, junit or markdown: a gitlab report",
        ),
        (
            ("--group-by", "file", "--format", "github"),
            "--group-by needs the format text, json, junit or markdown: a github report",
        ),
    ],
)
def test_other_formats_say_why_not(here: Path, options: tuple[str, ...], why: str) -> None:
    (here / "t.yaml").write_text(TRAIL.format(name="T"), encoding="utf-8")
    done = run(here, *ONLY, *options)

    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr


def test_a_second_report_without_sections_is_written_whole(here: Path) -> None:
    (here / "t.yaml").write_text(TRAIL.format(name="T"), encoding="utf-8")
    done = run(here, *ONLY, "--group-by", "rule", "--also", "sarif=report.sarif")

    assert done.stdout.startswith("cloudtrail-log-validation (1 finding): CloudTrail trail has no log file validation\n\n")
    assert len(json.loads((here / "report.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 1


def test_json_has_the_sections(here: Path) -> None:
    (here / "t.yaml").write_text(TRAIL.format(name="T"), encoding="utf-8")
    document = json.loads(run(here, *ONLY, "--format", "json", "--group-by", "pillar").stdout)

    [finding] = document["findings"]
    assert document["groups"] == [{"by": "pillar", "name": "security", "findings": [finding["fingerprint"]]}]


def test_a_heading_of_markdown_counts_its_rows_not_the_milder_findings_in_them(tmp_path: Path) -> None:
    bucket = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n"
    (tmp_path / "template.yaml").write_text(bucket, encoding="utf-8")
    page = run(tmp_path, "check", "--format", "markdown").stdout
    assert "2 findings (1 critical, 1 medium) in 1 item" in page
    assert "#### Critical (1)\n" in page
