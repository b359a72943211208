"""Which unit a file begins, and that a run which finds parsed files kept says what a run from nothing says."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run
from helpers.paths import PROJECT
from wa_iac.core.files import Kept, Session
from wa_iac.lsp.diagnostics import shown
from wa_iac.lsp.plain import HINT, WARNING
from wa_iac.lsp.targets import UnitTarget, target_of
from wa_iac.lsp.units import Judged, judge_unit

TWINS = PROJECT / "fixtures" / "twins"
SUFFIXES = {".tf", ".yaml", ".yml", ".json", ".template"}


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        ("main.tf", "", ("terraform", "")),
        ("main.tofu", "", ("terraform", "")),
        ("main.tf.json", "", ("terraform", "")),
        ("any.auto.tfvars", "", ("terraform", "")),
        ("a.yaml", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n", ("cloudformation", "a.yaml")),
        ("a.txt", "AWSTemplateFormatVersion: 2010-09-09\n", ("cloudformation", "a.txt")),
        ("a.yaml", "apiVersion: v1\nkind: Pod\n", None),
        ("plan.json", '{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}', None),
    ],
)
def test_what_a_file_begins(tmp_path: Path, name: str, text: str, target: tuple[str, str] | None) -> None:
    (tmp_path / "main.tf").touch()

    found = target_of(tmp_path / name, text.encode())

    assert found == (None if target is None else UnitTarget(target[0], tmp_path / target[1]))  # type: ignore[arg-type]


def test_values_without_a_module_are_none_of_ours(tmp_path: Path) -> None:
    assert target_of(tmp_path / "terraform.tfvars", b"a = 1\n") is None


def targets(directory: Path) -> list[UnitTarget]:
    names = [path for path in sorted(directory.rglob("*")) if path.is_file() and path.suffix in SUFFIXES]
    found = (target_of(path.resolve(), path.read_bytes()) for path in names)
    return list(dict.fromkeys(each for each in found if each is not None))


def told(result: Judged) -> tuple[list[object], list[str]]:
    return [(each.fingerprint, each.span, each.verdict, each.message) for each in result.findings], list(
        map(str, result.errors)
    )


def test_runs_that_find_parsed_files_kept_say_the_same() -> None:
    found = targets(TWINS)
    assert {each.dialect for each in found} == {"terraform", "cloudformation"}
    for each in found:
        same_again_and_again(each)


def test_and_so_they_do_on_real_code(corpus: Path) -> None:
    found = targets(corpus)[::60]
    assert {each.dialect for each in found} == {"terraform", "cloudformation"}
    for each in found:
        same_again_and_again(each)


def same_again_and_again(target: UnitTarget) -> None:
    from_nothing = told(judge_unit(target))
    kept = Kept()
    for _ in range(2):
        with Session(kept=kept).entered():
            assert told(judge_unit(target)) == from_nothing


def test_a_baseline_of_the_settings_holds_in_the_editor(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra").mkdir()
    module = tmp_path / "infra" / "main.tf"
    module.write_text('resource "aws_ebs_volume" "old" {\n  size = 1\n}\n', encoding="utf-8")
    (tmp_path / "wa-iac.toml").write_text('baseline = "known.json"\nselect = ["ebs-encryption"]\n', encoding="utf-8")
    assert run(tmp_path, "baseline", "create").returncode == 0
    module.write_text(module.read_text() + 'resource "aws_ebs_volume" "new" {\n  size = 1\n}\n', encoding="utf-8")

    result = judge_unit(UnitTarget("terraform", tmp_path / "infra"))

    assert [(each.address, each.suppressed is not None) for each in result.findings] == [
        ("aws_ebs_volume.old", True),
        ("aws_ebs_volume.new", False),
    ]
    assert tmp_path / "known.json" in result.files


def test_a_baseline_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text('resource "aws_ebs_volume" "old" {\n}\n', encoding="utf-8")
    (tmp_path / "wa-iac.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    result = judge_unit(UnitTarget("terraform", tmp_path))
    assert result.refused
    assert "the baseline cannot be read" in str(result.errors[0])


def test_a_convention_of_the_root_names_no_place(tmp_path: Path) -> None:
    path = tmp_path / "main.tf"
    path.write_text("".join(f'resource "aws_s3_bucket" "b{number}_data" {{}}\n' for number in range(3)))
    found = judge_unit(UnitTarget("terraform", tmp_path))

    diagnostics = shown(found, [path], Path.as_uri, encoding="utf-16", show_unknown=False)[path]
    assert "S3 bucket has no versioning: all 3." in next(each.message for each in diagnostics if each.code == "s3-versioning")


def test_a_convention_that_nothing_follows_is_a_hint_at_all_but_its_first_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("Resources:\n" + "".join(f"  B{number}Data: {{Type: AWS::S3::Bucket}}\n" for number in range(3)))
    found = judge_unit(UnitTarget("cloudformation", path))

    diagnostics = shown(found, [path], Path.as_uri, encoding="utf-16", show_unknown=False)[path]
    versioning = [each for each in diagnostics if each.code == "s3-versioning"]
    assert [(each.range.start.line, each.severity) for each in versioning] == [(1, WARNING), (2, HINT), (3, HINT)]
    assert all("S3 bucket has no versioning: all 3 in a.yaml." in each.message for each in versioning)
    assert all(each.mark for each in versioning)
