"""Writing fixes: at once, with the file's mode, and only to what was read and named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.fixes import mended
from wa_iac.core.errors import WaIacError
from wa_iac.core.inputs import Inputs
from wa_iac.engine.check import judge
from wa_iac.engine.fixes import write as engine
from wa_iac.engine.fixes.write import replaced, write_fixes
from wa_iac.engine.selection import Selection

OFF = "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      EnableLogFileValidation: false\n"
ON = OFF.replace("false", "true")
VALIDATION = "cloudtrail-log-validation"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "here" / "t.yaml"
    path.parent.mkdir()
    path.write_text(OFF, encoding="utf-8")
    return path


def _errors(errors: list[WaIacError]) -> list[str]:
    return [each.message for each in errors]


def test_the_mode_stays_and_nothing_else_is_left_behind(template: Path) -> None:
    template.chmod(0o640)

    outcome = mended(template.parent, VALIDATION)

    assert template.read_text(encoding="utf-8") == ON
    assert template.stat().st_mode & 0o777 == 0o640
    assert list(template.parent.iterdir()) == [template]
    assert [each.address for each in outcome.findings] == ["T"]


def test_without_writing_there_are_only_the_differences(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(template.parent)

    outcome = write_fixes([Path()], Selection(select=(VALIDATION,)), unsafe=False, write=False)

    assert template.read_text(encoding="utf-8") == OFF
    assert len(outcome.report.failing()) == 1
    assert "".join(outcome.differences()) == (
        "--- a/t.yaml\n+++ b/t.yaml\n@@ -2,4 +2,4 @@\n   T:\n     Type: AWS::CloudTrail::Trail\n     Properties:\n"
        "-      EnableLogFileValidation: false\n+      EnableLogFileValidation: true\n"
    )


def test_a_difference_says_where_a_file_ends_without_a_line_feed(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template.write_text(OFF.rstrip(), encoding="utf-8")
    monkeypatch.chdir(template.parent)

    outcome = write_fixes([Path()], Selection(select=(VALIDATION,)), unsafe=False, write=False)

    assert "".join(outcome.differences()).endswith(
        "-      EnableLogFileValidation: false\n\\ No newline at end of file\n"
        "+      EnableLogFileValidation: true\n\\ No newline at end of file\n"
    )


def test_a_file_that_changed_since_it_was_read_is_left_alone(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = judge

    def judge_and_change(*arguments: object, **named: object) -> object:
        template.write_text(OFF + "# somebody else\n", encoding="utf-8")
        return real(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(engine, "judge", judge_and_change)

    outcome = mended(template.parent, VALIDATION)

    assert template.read_text(encoding="utf-8") == OFF + "# somebody else\n"
    assert _errors(outcome.report.errors) == ["it was not fixed: it has changed since it was read"]
    assert (outcome.files, outcome.findings, outcome.report.exit_code()) == ({}, [], 2)


def test_a_file_that_may_not_be_written_is_named_and_the_others_are_fixed(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = template.with_name("other.yaml")
    other.write_text(OFF, encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != template.name)

    outcome = mended(template.parent, VALIDATION)

    assert (template.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == (OFF, ON)
    assert [(Path(each.path or "").name, each.message) for each in outcome.report.errors] == [
        (template.name, "it was not fixed: Permission denied")
    ]
    assert (list(map(os.path.basename, outcome.files)), outcome.report.exit_code()) == (["other.yaml"], 2)


def test_a_link_that_leads_out_is_left_alone(template: Path) -> None:
    outside = template.parent.parent / "outside.yaml"
    template.rename(outside)
    template.symlink_to(outside)

    outcome = mended(template.parent, VALIDATION)

    assert outside.read_text(encoding="utf-8") == OFF
    assert outcome.files == {}
    assert template.is_symlink()


def test_a_link_within_stays_one(template: Path) -> None:
    link = template.with_name("u.yaml")
    link.symlink_to(template)

    outcome = write_fixes([link], Selection(select=(VALIDATION,)), unsafe=False, write=True)

    assert (link.is_symlink(), template.read_text(encoding="utf-8")) == (True, ON)
    assert len(outcome.findings) == 1


def test_what_cannot_be_written_stays_as_it_was(template: Path) -> None:
    with pytest.raises(OSError, match="leads outside the checked paths"):
        replaced(template, OFF.encode(), ON.encode(), lambda path: path != template.resolve())

    assert template.read_text(encoding="utf-8") == OFF


def test_safe_fixes_only_unless_the_others_are_asked_for(template: Path) -> None:
    (template.parent / "b.yaml").write_text("Resources:\n  B:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")

    safe = mended(template.parent, VALIDATION, "s3-versioning", unsafe=False)
    unsafe = mended(template.parent, VALIDATION, "s3-versioning", unsafe=True)

    assert [each.rule.slug for each in safe.findings] == [VALIDATION]
    assert [(each.rule.slug, each.fix is not None) for each in safe.report.failing()] == [("s3-versioning", True)]
    assert [each.rule.slug for each in unsafe.findings] == ["s3-versioning"]
    assert unsafe.report.failing() == []


@pytest.mark.parametrize(("other", "wanted"), [("", "true"), ("alias/shop", "false")])
def test_environments_have_to_agree(template: Path, other: str, wanted: str) -> None:
    source = """\
Parameters:
  Key: {Type: String}
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties:
      SqsManagedSseEnabled: false
      KmsMasterKeyId: !Ref Key
"""
    template.write_text(source, encoding="utf-8")
    inputs = [Inputs(environment="a", variables={"Key": ""}), Inputs(environment="b", variables={"Key": other})]

    write_fixes([template], Selection(select=("sqs-encryption",)), unsafe=True, write=True, inputs=inputs)

    assert template.read_text(encoding="utf-8") == source.replace("false", wanted)


def test_one_file_under_two_names_is_written_once(template: Path) -> None:
    template.with_name("u.yaml").symlink_to(template)

    outcome = mended(template.parent, VALIDATION)

    assert outcome.report.mistakes() == []
    assert template.read_text(encoding="utf-8") == ON


def test_a_name_with_a_blank_ends_in_a_tab_as_gits_do(tmp_path: Path) -> None:
    """Else `patch` takes it up to the blank."""
    path = tmp_path / "a b.tf"
    path.write_text('resource "aws_s3_bucket" "a" {\n}\n', encoding="utf-8")
    outcome = write_fixes([tmp_path], Selection(select=("s3-versioning",)), unsafe=True, write=False)

    heads = [line for line in "".join(outcome.differences()).splitlines() if line.startswith(("---", "+++"))]
    assert [line.endswith("a b.tf\t") for line in heads] == [True, True]
    [finding] = outcome.findings
    assert finding.rule.slug == "s3-versioning"
