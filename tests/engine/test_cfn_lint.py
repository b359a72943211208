"""cfn-lint's findings in our report: with our exit codes, suppressions and selections, and none of its settings files."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

TEMPLATE = """\
Parameters:
  Unused: {Type: String}
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/worker
      Runtime: python4.0
      Code: {ZipFile: 'pass'}
"""
NESTED = "Resources:\n  Stack:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: worker.yaml\n"


def judged(directory: Path, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Report:
    return check([directory], Selection(select=select, ignore=ignore, profile="all", cfn_lint=True))


def found(report: Report) -> list[tuple[str, str, int, int, str, str]]:
    return [
        (Path(each.span.path).name, each.rule.slug, each.span.start_line, each.span.start_column, each.severity, each.address)
        for each in report.failing()
        if each.rule.slug.startswith("cfn-lint-")
    ]


def test_its_findings_stand_beside_ours(tmp_path: Path) -> None:
    judge_files(tmp_path, {"worker.yaml": TEMPLATE})
    report = judged(tmp_path)

    assert found(report) == [
        ("worker.yaml", "cfn-lint-W2001", 2, 3, "medium", ""),
        ("worker.yaml", "cfn-lint-E3030", 9, 7, "high", "Worker"),
    ]
    assert {"lambda-xray-tracing"} < {each.rule.slug for each in report.failing()}
    [runtime] = [each for each in report.failing() if each.rule.slug == "cfn-lint-E3030"]
    assert (runtime.type, runtime.rule.pillar, runtime.rule.practices) == (
        "AWS::Lambda::Function",
        "operations",
        ("OPS05-BP02",),
    )
    assert report.errors == []


def test_only_on_request(tmp_path: Path) -> None:
    assert found(judge_files(tmp_path, {"worker.yaml": TEMPLATE})) == []


def test_nested_templates_are_linted_once(tmp_path: Path) -> None:
    judge_files(tmp_path, {"main.yaml": NESTED, "other.yaml": NESTED, "worker.yaml": TEMPLATE})
    assert [(path, slug) for path, slug, *_ in found(judged(tmp_path, select=("cfn-lint-E3030",)))] == [
        ("worker.yaml", "cfn-lint-E3030")
    ]


def test_they_are_chosen_and_suppressed_like_ours(tmp_path: Path) -> None:
    suppressed = TEMPLATE.replace("python4.0", "python4.0 # wa-iac: ignore[cfn-lint-E3030] not out yet")
    judge_files(tmp_path, {"worker.yaml": suppressed})
    report = judged(tmp_path, ignore=("cfn-lint-W2001",))

    assert found(report) == []
    assert [each.suppressed.reason for each in report.findings if each.suppressed is not None] == ["not out yet"]


def test_its_rules_can_only_be_named_where_it_runs(tmp_path: Path) -> None:
    judge_files(tmp_path, {"worker.yaml": TEMPLATE})
    with pytest.raises(UsageError, match="there is no rule 'cfn-lint-E3030'"):
        check([tmp_path], Selection(select=("cfn-lint-E3030",)))


def test_its_settings_in_the_tree_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They could name rules to import: then looking at a pull request would run its code."""
    judge_files(tmp_path, {"worker.yaml": TEMPLATE})
    (tmp_path / ".cfnlintrc").write_text("append_rules: [rules]\nignore_checks: [E3030]\n", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert "cfn-lint-E3030" in {slug for _, slug, *_ in found(judged(tmp_path))}
    assert not (tmp_path / "ran").exists()


def test_the_settings_within_a_template_hold_but_run_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = "Metadata:\n  cfn-lint:\n    config:\n      append_rules: [rules]\n      ignore_checks: [E3030]\n"
    judge_files(tmp_path, {"worker.yaml": metadata + TEMPLATE})
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert "cfn-lint-E3030" not in {slug for _, slug, *_ in found(judged(tmp_path))}
    assert not (tmp_path / "ran").exists()


def test_a_template_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    judge_files(tmp_path, {"worker.yaml": TEMPLATE + "  Broken: [\n"})
    report = judged(tmp_path)

    assert found(report) == []
    assert len(report.errors) == 1
