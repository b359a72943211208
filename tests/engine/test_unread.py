"""Nothing that was not read looks clean: whatever stands where a file is expected, it is an error and the rest is judged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.cli import run

BUCKET = 'resource "aws_s3_bucket" "a" { bucket = "data" }\n'
TEMPLATE = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n"
CALL = 'module "m" {\n  source = "example/m/aws"\n}\n'
OUT = "it is a symbolic link that leads out of the scanned directory: not read"
IRREGULAR = "it cannot be read: not a regular file"
NOWHERE = "it cannot be read: it is a symbolic link to {}, which is not there"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "outside.yaml").write_text(TEMPLATE.replace("A:", "Secret:"), encoding="utf-8")
    (tmp_path / "outside.json").write_text('{"Statement": [{"Effect": "Allow", "Action": "secret"}]}', encoding="utf-8")
    (tmp_path / "outside.tfvars").write_text('secret = "x"\n', encoding="utf-8")
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    return tmp_path / "tree"


def put(here: Path, name: str, text: str) -> None:
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    (here / name).write_text(text, encoding="utf-8")


def errors(here: Path, *arguments: str) -> list[str]:
    done = run(here, "check", "--format", "json", *arguments)
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert "secret" not in done.stdout.lower()
    return [f"{each['path']}: {each['message']}" for each in report["errors"]]


Make = Callable[[Path], object]
PLACES: list[tuple[dict[str, str], str]] = [
    ({}, "template.yaml"),
    ({}, "main.tf"),
    ({}, "override.tf.json"),
    ({}, "terraform.tfvars"),
    ({}, "terraform.tfvars.json"),
    ({}, "a.auto.tfvars"),
    ({}, "b.auto.tfvars.json"),
    ({"t.yaml": TEMPLATE}, "t.stack-policy.json"),
    ({"t.yaml": TEMPLATE}, "stack-policy.json"),
]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, IRREGULAR),
        (lambda path: path.symlink_to("nowhere"), NOWHERE.format("nowhere")),
        (lambda path: path.symlink_to(f"../outside{path.suffix}"), None),
        (lambda path: path.symlink_to("/dev/zero"), OUT),
    ],
    ids=["pipe", "link to nothing", "link out", "device"],
)
@pytest.mark.parametrize(("besides", "name"), PLACES, ids=[name for _, name in PLACES])
def test_what_stands_where_a_file_is_expected(
    here: Path, besides: dict[str, str], name: str, make: Make, message: str | None
) -> None:
    put(here, "other.tf", BUCKET)
    for other, text in besides.items():
        put(here, other, text)
    make(here / name)

    # A link that leads out is refused where it leads to something, and leads nowhere where it does not: both are told.
    assert {
        f"{name}: {each}" for each in ((message,) if message else (OUT, NOWHERE.format(f"../outside{Path(name).suffix}")))
    } & set(errors(here))


@pytest.mark.parametrize("name", ["terraform.tfvars", "x.auto.tfvars", "t.stack-policy.json", "wa-iac.toml"])
def test_a_directory_where_a_file_is_expected(here: Path, name: str) -> None:
    put(here, "main.tf", BUCKET)
    put(here, "t.yaml", TEMPLATE)
    (here / name).mkdir()
    done = run(here, "check")

    assert done.returncode == 2
    assert "Is a directory" in done.stdout + done.stderr


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_the_list_of_installed_modules(here: Path, make: Make) -> None:
    put(here, "main.tf", CALL)
    (here / ".terraform" / "modules").mkdir(parents=True)
    make(here / ".terraform" / "modules" / "modules.json")

    (error,) = errors(here)
    assert error.startswith(
        'main.tf: module "m" comes from example/m/aws, and .terraform/modules/modules.json cannot be used: it '
    )


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"Modules": [{"Key": "m"}]}', '{"Modules": [{"Key": 1, "Source": "example/m/aws", "Dir": "."}]}']
)
def test_a_list_of_installed_modules_that_is_none(here: Path, text: str) -> None:
    put(here, "main.tf", CALL)
    put(here, ".terraform/modules/modules.json", text)

    (error,) = errors(here)
    assert error.endswith(".terraform/modules/modules.json is not in the format that terraform init writes")


ASSEMBLY = {
    "manifest": {"type": "cdk:cloud-assembly", "properties": {"directoryName": ".."}},
    "stack": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../../outside.yaml"}},
    "absolute": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "/dev/zero"}},
    "metadata": {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "t.json"},
        "additionalMetadataFile": "../../outside.json",
    },
    "assets": {"type": "cdk:asset-manifest", "properties": {"file": "../../outside.json"}},
    "no name": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "a\0b"}},
}


@pytest.mark.parametrize("artifact", ASSEMBLY.values(), ids=list(ASSEMBLY))
def test_what_a_manifest_names_lies_in_the_tree(here: Path, artifact: object) -> None:
    put(here, "cdk.out/cdk.out", "{}")
    put(here, "cdk.out/t.json", json.dumps({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}))
    put(here, "cdk.out/manifest.json", json.dumps({"artifacts": {"x": artifact}}))

    (error,) = errors(here)
    assert ": it " in error or ": no file can have this name" in error


def test_an_assembly_that_names_itself(here: Path) -> None:
    put(here, "cdk.out/cdk.out", "{}")
    put(here, "cdk.out/t.json", json.dumps({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}))
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "t.json"}}
    again = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}
    put(here, "cdk.out/manifest.json", json.dumps({"artifacts": {"x": stack, "again": again}}))

    assert run(here, "check", "--fail-on", "critical").returncode == 0


@pytest.mark.parametrize("url", ["a\\0b.yaml", "x" * 300 + ".yaml"])
def test_a_stack_whose_template_can_have_no_such_name(here: Path, url: str) -> None:
    put(
        here, "t.yaml", f'Resources:\n  A:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: "{url}"\n'
    )
    report = json.loads(run(here, "check", "--format", "json").stdout)

    (note,) = report["notes"]
    assert (note["path"], 'the template of the stack "A"' in note["message"]) == ("t.yaml", True)


def test_a_directory_that_cannot_be_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wa_iac.engine import discover

    put(here, "main.tf", BUCKET)
    put(here, "closed/main.tf", BUCKET)
    put(here, "excluded/main.tf", BUCKET)
    listing = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) in ("closed", "excluded"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.chdir(here)
    found = discover.discover([Path()], excludes=lambda path: "excluded" in path.parts)

    assert [str(each) for each in found.errors] == ["closed: it cannot be read: Permission denied"]
    assert list(found.modules) == [Path()]


def test_a_module_that_vanishes_between_two_looks(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wa_iac.engine import build
    from wa_iac.engine.discover import discover as finding

    put(here, "main.tf", BUCKET)
    put(here, "gone/main.tf", BUCKET)

    def discover(*arguments: object, **more: object) -> object:
        found = finding(*arguments, **more)  # type: ignore[arg-type]
        (here / "gone" / "main.tf").unlink()
        (here / "gone").rmdir()
        return found

    monkeypatch.setattr("wa_iac.engine.build.discover", discover)
    monkeypatch.chdir(here)
    units, found = build.graphs([Path()])

    assert [str(each) for each in found] == ["gone: it cannot be read: No such file or directory"]
    assert [each.address for unit, _ in units for each in unit.declared] == ["aws_s3_bucket.a"]


# --- what settings that were found in the tree name


SETTINGS = [
    '[[inputs]]\nvar-files = ["../outside.tfvars"]\n',
    '[[inputs]]\nparameters = ["../outside.yaml"]\n',
    '[environments.prod]\nvar-files = ["link.tfvars"]\n',
    '[environments.prod]\nparameters = ["{outside}/outside.json"]\n',
    'baseline = "../outside.json"\n',
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings_of_the_tree_name_no_file_outside_of_it(here: Path, settings: str) -> None:
    put(here, "main.tf", BUCKET + 'variable "secret" {}\n')
    (here / "link.tfvars").symlink_to("../outside.tfvars")
    put(here, "wa-iac.toml", settings.replace("{outside}", str(here.parent)))
    done = run(here, "check")

    assert (done.returncode, done.stdout) == (2, "")
    assert "the settings name this file, but it is outside the repository" in done.stderr


def test_settings_that_a_person_names_may(here: Path) -> None:
    put(here, "main.tf", BUCKET + 'variable "secret" {}\n')
    put(here, "wa-iac.toml", SETTINGS[0])

    assert run(here, "check", "--settings", "wa-iac.toml").returncode == 1


@pytest.mark.parametrize("name", ["wa-iac.toml", "pyproject.toml"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("../outside.yaml")], ids=["pipe", "link out"])
def test_settings_that_cannot_be_read(here: Path, name: str, make: Make) -> None:
    put(here, "main.tf", BUCKET)
    make(here / name)
    done = run(here, "check")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name}: the settings cannot be read: it " in done.stderr
