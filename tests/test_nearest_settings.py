"""A root module's own settings count for it wherever the run starts; they weaken nothing that the command line asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

VOLUME = """\
variable "encrypted" {
  type    = bool
  default = true
}
resource "aws_ebs_volume" "v" {
  type      = "gp2"
  encrypted = var.encrypted
}
resource "aws_kms_key" "k" {
}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name in ("app", "db"):
        (tmp_path / "stacks" / name).mkdir(parents=True)
        (tmp_path / "stacks" / name / "main.tf").write_text(VOLUME, encoding="utf-8")
    (tmp_path / "wa-iac.toml").write_text('ignore = ["kms-key-rotation"]\nfail-on = "critical"\n', encoding="utf-8")
    return tmp_path


def own(here: Path, text: str, name: str = "app") -> None:
    (here / "stacks" / name / "wa-iac.toml").write_text(text, encoding="utf-8")


def found(here: Path, *arguments: str) -> dict[str, set[str]]:
    document = json.loads(run(here, "check", "--format", "json", *arguments).stdout)
    assert document["errors"] == []
    rules: dict[str, set[str]] = {}
    for each in document["findings"]:
        name = Path(each["location"]["path"]).parent.name or here.name
        rules.setdefault(name, set()).add(each["rule"])
    return rules


def test_the_nearest_file_counts_alone_as_when_the_run_starts_there(here: Path) -> None:
    own(here, 'ignore = ["ebs-gp3"]\n')
    from_top = found(here)
    assert "kms-key-rotation" in from_top["app"]
    assert "ebs-gp3" not in from_top["app"]
    assert "kms-key-rotation" not in from_top["db"]
    assert "ebs-gp3" in from_top["db"]
    assert found(here / "stacks" / "app")["app"] == from_top["app"]


def test_severities_options_and_exclusions_are_those_of_the_part(here: Path) -> None:
    own(here, 'exclude = ["old/**"]\n[severity]\nebs-gp3 = "critical"\n')
    (here / "stacks" / "app" / "old").mkdir()
    (here / "stacks" / "app" / "old" / "main.tf").write_text(VOLUME, encoding="utf-8")
    document = json.loads(run(here, "check", "--format", "json").stdout)
    severities = {(each["location"]["path"], each["severity"]) for each in document["findings"] if each["rule"] == "ebs-gp3"}
    assert severities == {("stacks/app/main.tf", "critical"), ("stacks/db/main.tf", "low")}


def test_its_environments_are_its_own(here: Path) -> None:
    (here / "stacks" / "app" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    own(here, '[environments.dev]\nvar-files = ["dev.tfvars"]\n[environments.prod]\n')
    document = json.loads(run(here, "check", "--format", "json", "--select", "ebs-encryption").stdout)
    (finding,) = document["findings"]
    assert (finding["location"]["path"].split("/")[1], finding["environments"]) == ("app", ["dev"])


def test_the_command_line_is_never_weakened(here: Path) -> None:
    own(here, 'select = ["ebs-gp3"]\nfail-on = "critical"\n')
    assert found(here, "--select", "kms-key-rotation,ebs-gp3", "--no-settings")["app"] == {"kms-key-rotation", "ebs-gp3"}
    assert "kms-key-rotation" in found(here, "--select", "kms-key-rotation,ebs-gp3")["app"]
    assert run(here, "check", "--fail-on", "low").returncode == 1


def test_the_severity_that_fails_is_that_of_the_run(here: Path) -> None:
    own(here, 'fail-on = "low"\n')
    assert run(here, "check").returncode == 0
    assert run(here / "stacks" / "app", "check").returncode == 1


@pytest.mark.parametrize("arguments", [("--no-settings",), ("--settings", "wa-iac.toml")])
def test_settings_that_are_named_or_refused_are_the_only_ones(here: Path, arguments: tuple[str, ...]) -> None:
    own(here, 'ignore = ["ebs-gp3"]\n')
    assert "ebs-gp3" in found(here, *arguments)["app"]


def test_everything_that_they_leave_out_is_counted_with_their_names(here: Path) -> None:
    own(here, 'ignore = ["ebs-gp3", "ebs-encryption"]\n')
    out = run(here, "check").stdout
    assert "wa-iac.toml, stacks/app/wa-iac.toml leaves out 3 rules and fails from critical" in out


def test_a_part_without_any_rule_was_not_checked(here: Path) -> None:
    own(here, 'ignore = ["*"]\n')
    done = run(here, "check")
    assert done.returncode == 2
    assert "stacks/app/wa-iac.toml" in done.stdout
    assert "the settings exclude all rules" in done.stdout


def test_a_mistake_in_them_costs_their_part_only(here: Path) -> None:
    own(here, 'ignored = ["ebs-gp3"]\n')
    done = run(here, "check")
    assert done.returncode == 2
    assert "there is no setting 'ignored'; did you mean 'ignore'?" in done.stdout
    assert "stacks/app/wa-iac.toml:1" in done.stdout
    assert "stacks/db/main.tf" in done.stdout


def test_they_name_no_file_outside_of_the_repository(here: Path) -> None:
    (here.parent / "outside.tfvars").write_text("", encoding="utf-8")
    own(here, '[environments.dev]\nvar-files = ["../../../outside.tfvars"]\n')
    done = run(here, "check")
    assert done.returncode == 2
    assert "outside the repository" in done.stdout + done.stderr


def test_a_baseline_of_the_run_knows_the_findings_of_its_parts(here: Path) -> None:
    own(here, 'ignore = ["ebs-gp3"]\n')
    assert run(here, "baseline", "create").returncode == 0
    assert found(here, "--baseline", "wa-iac-baseline.json") != {}
    assert run(here, "check", "--baseline", "wa-iac-baseline.json", "--fail-on", "low").returncode == 0


def test_a_suppression_in_a_module_of_two_parts_is_used_if_one_needs_it(here: Path) -> None:
    (here / "module").mkdir()
    (here / "module" / "main.tf").write_text(
        'resource "aws_ebs_volume" "v" { # wa-iac: ignore[ebs-gp3] measured\n  type = "gp2"\n}\n', encoding="utf-8"
    )
    for name in ("app", "db"):
        (here / "stacks" / name / "main.tf").write_text('module "m" {\n  source = "../../module"\n}\n', encoding="utf-8")
    own(here, 'ignore = ["ebs-encryption"]\n')
    assert "suppression-unused" not in {rule for rules in found(here).values() for rule in rules}
