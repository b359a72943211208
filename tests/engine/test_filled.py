"""Files that are no templates of their own, and files beside a module: what is judged, what is told, what is passed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from wa_iac.core.errors import UnavailableError
from wa_iac.engine.build import units

FILLED = "is input for Terraform's templatefile, not a finished template: it is not checked; check the result instead"
CALL = 'output "t" {\n  value = templatefile("${path.module}/t/NAME", { names = ["a"] })\n}\n'
DIRECTIVE = "Resources:\n%{ for name in names ~}\n  ${name}: { Type: AWS::S3::Bucket }\n%{ endfor ~}\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def run(**files: str) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return Path()

    return run


def said(*paths: Path) -> tuple[list[str], dict[str | None, str]]:
    """The units' paths, and what is said of each file, all of which are notes."""
    made, errors = units(list(paths))
    errors += [each for unit in made for each in unit.errors]
    assert [each for each in errors if not isinstance(each, UnavailableError)] == []
    return [unit.path for unit in made], {each.path: each.message for each in errors}


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "stack.yml": DIRECTIVE,
        "stack.yaml": DIRECTIVE,
        "stack.json": '{"Resources": {\n%{ for n in names ~}\n"${n}": {"Type": "AWS::S3::Bucket"}\n%{ endfor ~}\n}}\n',
        "whole.yml": 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: "${names[0]}"\n',
        "more.tf": '%{ for n in names ~}\nresource "aws_s3_bucket" "${n}" {}\n%{ endfor ~}\n',
    }.items(),
)
@pytest.mark.parametrize("more", ["", 'resource "aws_x" "x" {\n  count = 0\n  y = templatefile("t/NAME", {})\n}\n'])
def test_what_a_module_fills_in_is_no_template(write: Write, name: str, content: str, more: str) -> None:
    main = (more or CALL).replace("NAME", name)
    assert said(write(**{"main.tf": main, f"t/{name}": content})) == (["."], {f"t/{name}": f"t/{name} {FILLED}"})


def test_what_has_directives_is_filled_in_by_somebody(write: Write) -> None:
    assert said(write(**{"stack.yml": DIRECTIVE})) == ([], {"stack.yml": f"stack.yml {FILLED}"})


def test_other_files_with_directives_are_passed_over(write: Write) -> None:
    write(
        **{"main.tf": 'resource "aws_s3_bucket" "b" {}\n', "values.yml": "a:\n%{ for n in names ~}\n  - ${n}\n%{ endfor ~}\n"}
    )
    assert said(Path()) == (["."], {})


def test_a_plan_may_hold_a_text_with_directives(write: Write) -> None:
    values = {"address": "aws_x.x", "mode": "managed", "type": "aws_x", "name": "x", "values": {"text": "%{ if a }b%{ endif }"}}
    plan = {"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [values]}}}
    write(**{"plan.json": json.dumps(plan)})
    assert said(Path()) == (["plan.json"], {})


def test_what_file_reads_is_a_template(write: Write) -> None:
    main = 'output "t" {\n  value = file("${path.module}/stack.yml")\n}\n'
    content = "Resources:\n  B: { Type: AWS::S3::Bucket }\n"
    assert said(write(**{"main.tf": main, "stack.yml": content})) == (["stack.yml", "."], {})


BESIDE = {
    "a.tftest.hcl": 'run "x" {\n  command = plan\n}\n',
    "a.tftest.json": '{"run": {"x": {"command": "plan"}}}',
    "a.tofutest.hcl": 'run "x" {}\n',
    "a.tofutest.json": "{}",
    "a.tfmock.hcl": 'mock_resource "aws_s3_bucket" {}\n',
    "a.tfquery.hcl": 'list "aws_instance" "x" {\n  provider = aws\n}\n',
    "a.tfmigrate.hcl": "from {}\n",
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_test_or_a_query_is_passed_over(write: Write, name: str) -> None:
    write(**{"main.tf": 'resource "aws_s3_bucket" "b" {}\n', name: BESIDE[name], f"tests/{name}": BESIDE[name]})
    assert said(Path()) == (["."], {})
    assert said(Path(name)) == (["."], {})
    assert said(Path("tests", name)) == ([], {f"tests/{name}": "it does not declare resources: nothing to check"})


@pytest.mark.parametrize("name", ["a.tfcomponent.hcl", "a.tfcomponent.json", "a.tfstack.hcl", "a.tfdeploy.hcl"])
def test_a_stack_is_told_once_and_its_modules_are_judged_by_themselves(write: Write, name: str) -> None:
    write(**{"m/main.tf": 'resource "aws_s3_bucket" "b" {}\n', name: "{}\n", f"b{name}": "{}\n"})
    message = "this is a Terraform stack: the modules and inputs of its components are not read; modules found here are checked on their own"
    assert said(Path()) == (["m"], {name: message})
    assert said(Path(name)) == ([], {name: message})
