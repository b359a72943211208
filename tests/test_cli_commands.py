"""The commands beside the check: rules, found by any of their names, a rule's page, and the graph of resources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.cli.app import whole

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
VERSIONED = f"{BUCKET}    Properties:\n      VersioningConfiguration: {{Status: Enabled}}\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "bucket.yaml").write_text(BUCKET, encoding="utf-8")
    (tmp_path / "versioned.yaml").write_text(VERSIONED, encoding="utf-8")
    return tmp_path


def test_rules_as_json_have_the_public_names(here: Path) -> None:
    done = run(here, "rules", "--format", "json")

    rules = {each["slug"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 0
    assert list(rules["s3-versioning"]) == [
        "slug",
        "pillar",
        "title",
        "best_practices",
        "severity",
        "confidence",
        "profile",
        "convention",
        "walks_graph",
        "equivalents",
        "since",
        "renamed_from",
        "deprecated",
        "preview",
        "fix",
    ]
    assert rules["s3-versioning"]["equivalents"]["checkov"] == ["CKV_AWS_21"]


def test_rules_as_text_and_a_rules_page(here: Path) -> None:
    listed = run(here, "rules")
    page = run(here, "rule", "s3-versioning")

    assert "  s3-versioning" in listed.stdout
    assert page.returncode == 0
    assert page.stdout.startswith("# S3 bucket has no versioning\n")
    assert "practice    REL09-BP01 " in page.stdout


@pytest.mark.parametrize(
    "name",
    [
        "CKV_AWS_21",
        "ckv_aws_21",
        "AVD-AWS-0090",
        "AWS-0090",
        "aws-s3-enable-versioning",
        "S3-Versioning",
        "s3-bucket-versioning-enabled",
    ],
)
def test_a_rule_is_found_by_any_of_its_names(here: Path, name: str) -> None:
    assert run(here, "rule", name).stdout.startswith("# S3 bucket has no versioning\n")


def test_the_beginning_of_names_lists_the_rules_that_have_them(here: Path) -> None:
    listed = run(here, "rule", "CKV_AWS_").stdout

    assert "  CKV_AWS_21   s3-versioning (checkov)\n" in listed
    assert "  CKV_AWS_16   rds-encryption (checkov)\n" in listed
    assert "CKV_AWS_21" in run(here, "rule", "CKV_AWS_2").stderr


@pytest.mark.parametrize("names", ["s3-acl", "s3-acl-*"])
def test_the_rules_of_a_beginning_or_a_pattern_are_listed_with_their_titles(here: Path, names: str) -> None:
    assert "  s3-acl-public    S3 bucket ACL allows public access\n" in run(here, "rule", names).stdout


def test_a_rule_is_selected_by_another_analyzers_name(here: Path) -> None:
    assert "s3-versioning" in run(here, "check", "bucket.yaml", "--select", "CKV_AWS_21").stdout
    assert "s3-versioning" not in run(here, "check", "bucket.yaml", "--ignore", "CKV_AWS_21").stdout


def test_graph_as_json_is_one_document(here: Path) -> None:
    done = run(here, "graph", "bucket.yaml", "versioned.yaml", "--format", "json")

    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["schema"] == "wa-iac/graph/1"
    assert [each["address"] for each in document["resources"]] == ["Reports", "Reports"]
    assert document["resources"][1]["properties"] == {"VersioningConfiguration": {"Status": "Enabled"}}


def test_graph_of_a_module_that_is_not_installed_tells_it_and_exits_with_0(here: Path) -> None:
    (here / "main.tf").write_text('module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n', encoding="utf-8")

    done = run(here, "graph", "main.tf")

    assert done.returncode == 0
    assert done.stderr == (
        "wa-iac: main.tf:1:1: the module terraform-aws-modules/vpc/aws is not installed here, so its resources are not checked: "
        '"terraform init" installs it\n'
    )


def test_graph_of_what_is_missing_exits_with_2(here: Path) -> None:
    done = run(here, "graph", "missing", "bucket.yaml")

    assert done.returncode == 2
    assert done.stderr == "wa-iac: missing: there is no such file or directory\n"
    assert done.stdout.startswith("Reports  AWS::S3::Bucket  bucket.yaml:2\n")


def _commands() -> list[tuple[str, ...]]:
    """Every command that `--help` names, as it is called."""
    commands: list[tuple[str, ...]] = [
        (each.name or str(getattr(each.callback, "__name__", "")),) for each in whole().registered_commands
    ]
    for group in whole().registered_groups:
        inner = group.typer_instance.registered_commands if group.typer_instance is not None else []
        commands += [(group.name or "",), *((group.name or "", each.name or "") for each in inner)]
    return [(), *commands]


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_the_short_option_for_help_is_known_to_every_command(here: Path, command: tuple[str, ...]) -> None:
    short, long = (run(here, *command, option) for option in ("-h", "--help"))
    assert (short.returncode, short.stdout) == (0, long.stdout)
    assert "default: (" not in short.stdout
    assert short.stdout.startswith(f"Usage: {' '.join(('wa-iac', *command))}")


def test_a_value_that_an_option_does_not_take_is_named_with_those_that_it_takes(here: Path) -> None:
    done = run(here, "check", "--group-by", "color")

    assert done.returncode == 2
    assert " ".join(done.stderr.split()).endswith(
        "Error: Invalid value for '--group-by': 'color' is not one of 'rule', 'resource', 'file', 'pillar'."
    )
