"""What grows by being put into itself has an end, which is told; what only looks as if it did costs no more than its length."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.reports import judge_files
from wa_iac.core import budget
from wa_iac.core.errors import BoundError
from wa_iac.core.finding import Report
from wa_iac.engine import globs

BYTES = "makes more than 20,000,000 bytes of text"
COMPARISONS = "needs more than 2,000,000 comparisons"
HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"
SOUND = HEAD + "Resources:\n  Sound: {Type: AWS::S3::Bucket}\n"


def encoded(levels: int) -> Any:
    value: Any = "x" * 1000
    for _ in range(levels):
        value = {"Fn::Base64": value}
    return value


def resource(value: Any) -> str:
    return json.dumps({"Resources": {"A": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": value}}}})


def looped(item: str) -> str:
    body = {"A" + "${X}" * 1000: {"Type": "AWS::S3::Bucket"}}
    loop = {"Fn::ForEach::L": ["X", [f"{item}{number}" for number in range(300)], body]}
    return json.dumps({"Transform": "AWS::LanguageExtensions", "Resources": loop})


def nested(first: str, each: str) -> str:
    """A value that holds the one before it twice, through aliases."""
    names = "".join(f"  P{number}: {{Type: String}}\n" for number in range(30))
    conditions = "".join(f"  C{number}: !Equals [!Ref P{number}, a]\n" for number in range(30))
    lines = "".join(f"      A{number}: &a{number} " + each.format(number, number - 1) + "\n" for number in range(1, 30))
    head = f"{HEAD}Parameters:\n{names}Conditions:\n{conditions}Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n"
    return f"{head}      A0: &a0 {first}\n{lines}"


GROWING = {
    "encoded": (resource(encoded(100)), BYTES),
    "split": (resource([{"Fn::Split": ["a", "a" * 500_000]}] * 8), BYTES),
    "names of a loop": (looped("x" * 20_000), BYTES),
    "choices in choices": (nested("{x: !If [C0, a, b]}", "!If [C{0}, *a{1}, {{y: *a{1}}}]"), COMPARISONS),
    "unknown texts": (
        nested("!Sub '${{AWS::Region}}-'".replace("{{", "{").replace("}}", "}"), "!Join ['', [*a{1}, *a{1}]]"),
        COMPARISONS,
    ),
}


def bounds(report: Report) -> list[str]:
    return [each.message for each in report.mistakes() if isinstance(each, BoundError)]


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize(("text", "bound"), GROWING.values(), ids=GROWING)
def test_growth_has_a_bound_and_the_other_templates_are_judged(tmp_path: Path, text: str, bound: str) -> None:
    report = judge_files(tmp_path, {"growing.yaml": text, "sound.yaml": SOUND}, "s3-versioning")
    assert [each for each in bounds(report) if bound in each]
    assert [each.address for each in report.failing()] == ["Sound"]
    assert report.exit_code() == 2


def test_includes_that_multiply_are_read_once_and_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(budget.MOST, "steps", 20_000)
    include = "Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: a{0}.yaml}}}}\n"
    files = {
        f"a{level}.yaml": "".join(f"X{number}:\n  {include.format(level + 1)}" for number in range(10)) for level in range(8)
    }
    head = HEAD + "Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      "
    report = judge_files(
        tmp_path, {"t.yaml": head + include.format(0), **files, "a8.yaml": "A: b\n", "sound.yaml": SOUND}, "s3-versioning"
    )
    assert any("needs more than 20,000 steps" in each for each in bounds(report))
    assert [each.address for each in report.failing()] == ["Sound"]


def test_templates_that_double_what_they_are_given_are_read_where_they_are_judged(tmp_path: Path) -> None:
    """Each level is read once, in the template at the top, and not once more for every level above it."""
    handed = "  S: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{0}.yaml, Parameters: {{P: !Ref P}}}}}}\n"
    head = HEAD + "Parameters: {P: {Type: String, Default: x}}\nResources:\n  B: {Type: AWS::S3::Bucket}\n"
    files = {f"t{level}.yaml": head + handed.format(level + 1) for level in range(6)}
    report = judge_files(tmp_path, {**files, "t6.yaml": SOUND}, "s3-versioning")
    assert sorted(each.address for each in report.failing()) == sorted(
        ["S/" * level + "B" for level in range(6)] + ["S/" * 6 + "Sound"]
    )
    assert report.errors == []


@pytest.mark.parametrize("text", ["${" * 400_000, "${x" * 300_000, "a" * 400_000 + "${"])
def test_variables_that_are_never_closed_are_text(tmp_path: Path, text: str) -> None:
    report = judge_files(tmp_path, {"t.json": resource({"Fn::Sub": text})})
    assert report.errors == []


@pytest.mark.parametrize(
    "line",
    [
        "# wa-iac: ignore[" * 60_000,
        "# wa-iac" + " " * 300_000 + "x",
        "#" * 300_000 + " checkov:skip=",
        "# token" + "token" * 60_000,
    ],
)
def test_lines_that_begin_like_suppressions_or_secrets_are_passed_over(tmp_path: Path, line: str) -> None:
    report = judge_files(tmp_path, {"t.yaml": SOUND + line + "\n"}, "s3-versioning")
    assert [each.address for each in report.failing()] == ["Sound"]
    assert report.errors == []


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*a" * 400 + "b", "a" * 255, False),
        ("**/" * 300 + "x", "a/" * 100 + "x", True),
        ("**/a/*/*.yaml", "b/a/c/d.yaml", True),
    ],
)
def test_patterns_with_many_stars_are_followed_step_by_step(tmp_path: Path, pattern: str, path: str, expected: bool) -> None:
    assert globs.matches([pattern], tmp_path / path, tmp_path) == expected
