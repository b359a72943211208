"""Files of other tools are not read, and a note for each tool says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.build import units

TEMPLATE = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n"


def notes(here: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of a tree that has a template, and these files."""
    for name, text in {"t.yaml": TEMPLATE, **files}.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(here)
    made, errors = units([Path()])
    assert made
    return [each.message for each in errors]


def test_a_note_for_each_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict.fromkeys(("a/serverless.yml", "b/serverless.yml", "Pulumi.yaml"), "name: it\n")

    assert notes(tmp_path, files, monkeypatch) == [
        "Pulumi.yaml is of Pulumi, and not read: it deploys neither templates nor modules",
        'a/serverless.yml, b/serverless.yml are of the Serverless Framework, and not read: check what "serverless package" writes '
        "(.serverless/cloudformation-template-update-stack.json)",
    ]


def test_an_app_of_the_cdk_whose_output_is_read_is_not_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = {"cdk.out/cdk.out": "{}", "cdk.out/manifest.json": '{"version": "36.0.0", "artifacts": {}}'}

    assert notes(tmp_path, {"app/cdk.json": "{}"}, monkeypatch) == [
        'app/cdk.json is of the AWS CDK, and not read: check what "cdk synth" writes (cdk.out)'
    ]
    assert notes(tmp_path, {f"app/{name}": text for name, text in out.items()}, monkeypatch) == []


def test_a_file_that_is_read_or_not_for_aws_is_not_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = {
        "a/serverless.yml": TEMPLATE,
        "cdk.json": "{}",
        "cdk.out/t.template.json": '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}',
    }
    elsewhere = "service: x\nprovider:\n  # where\n  runtime: nodejs\n  name: google\n"

    assert notes(tmp_path, {**template, "b/serverless.yml": elsewhere}, monkeypatch) == []


def test_a_named_file_is_told_of_as_its_folder_is(tmp_path: Path) -> None:
    (tmp_path / "serverless.yml").write_text("service: x\nprovider: aws\n", encoding="utf-8")
    (of_folder,), (of_file,) = (units([path])[1] for path in (tmp_path, tmp_path / "serverless.yml"))

    assert "is of the Serverless Framework" in of_file.message
    assert of_file.message.partition(": ")[2] == of_folder.message.partition(": ")[2]


@pytest.mark.parametrize(
    "filled",
    [
        'resource "aws_cloudformation_stack" "s" {\n  template_body = templatefile("${path.module}/t.tpl", {})\n}\n',
        'data "template_file" "s" {\n  template = file("${path.module}/t.tpl")\n}\n',
    ],
)
def test_a_template_that_terraform_fills_in(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes(tmp_path, {"main.tf": filled, "t.tpl": TEMPLATE}, monkeypatch) == [
        "t.tpl is input for Terraform's templatefile, not a finished template: it is not checked; check the result instead"
    ]


def test_a_template_for_another_program_to_fill_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes(tmp_path, {"x.j2": "{% set a = 1 %}\n" + TEMPLATE, "page.j2": "<html></html>\n"}, monkeypatch) == [
        "x.j2 is a template for another program to fill in, and not read: check what it writes"
    ]


def test_nothing_but_a_program_that_writes_templates(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from troposphere import Template\n", encoding="utf-8")
    _, (error,) = units([tmp_path])

    assert "app.py writes templates with troposphere, and is not run: check what it writes" in error.message
