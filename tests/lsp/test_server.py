"""The language server, spoken to over standard input and output as an editor does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from helpers.editor import Editor, Workspace, editor

pytestmark = pytest.mark.slow

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
FAULTS = ["s3-versioning"]
VERSIONED = BUCKET + "    Properties:\n      VersioningConfiguration:\n        Status: Enabled\n"


def at(line: int, *slugs: str) -> list[str]:
    return [f"{line} {slug}" for slug in slugs]


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_template_from_its_opening_to_its_closing(workspace: Workspace) -> None:
    path = put(workspace.folder / "bucket.yaml", BUCKET)

    async def session(it: Editor) -> None:
        it.open(path)
        assert await it.codes(path) == at(2, *FAULTS)

        it.change(path, "# ours\n" + BUCKET)
        assert await it.codes(path, 2) == at(3, *FAULTS)

        it.save(path, VERSIONED)
        assert await it.codes(path, 3) == []

        it.close(path)
        assert await it.codes(path, 4) == []
        assert it.told == []

    workspace.run(session)


def test_a_diagnostic_has_the_rule_the_severity_and_the_best_practice(workspace: Workspace) -> None:
    path = put(workspace.folder / "bucket.yaml", BUCKET)

    async def session(it: Editor) -> types.Diagnostic:
        it.open(path)
        await it.codes(path)
        return it.last(path)[0]

    found = workspace.run(session)

    assert found.range == types.Range(types.Position(1, 2), types.Position(1, 9))
    assert (
        found.message == "This bucket has no versioning: an object that is overwritten or deleted cannot be restored from it."
    )
    assert (found.source, found.code, found.severity) == ("wa-iac", "s3-versioning", types.DiagnosticSeverity.Warning)
    assert found.code_description is not None
    assert found.code_description.href.endswith("/rel_backing_up_data_identified_backups_data.html")


# --- what belongs together


DOOR = """\
variable "from" {
  type    = string
  default = "0.0.0.0/0"
}
"""
GROUP = """\
resource "aws_security_group" "web" {
  description = "Web servers"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.from]
  }
}
"""
SSH = "vpc-security-group-ingress-ssh"


def test_an_unsaved_sibling_is_seen_and_a_fault_that_is_mended_there_is_cleared(workspace: Workspace) -> None:
    main, variables = put(workspace.folder / "main.tf", GROUP), put(workspace.folder / "variables.tf", DOOR)

    async def session(it: Editor) -> None:
        it.open(main)
        assert at(7, SSH)[0] in await it.codes(main)
        (chain,) = [each.related_information or () for each in it.last(main) if each.code == SSH]
        assert [(each.location.uri, each.location.range.start.line, each.message) for each in chain] == [
            (variables.as_uri(), 2, 'default of variable "from"')
        ]

        it.open(variables)
        await it.codes(variables)
        it.change(variables, DOOR.replace("0.0.0.0/0", "10.0.0.0/8"))
        await it.until(lambda: at(7, SSH)[0] not in it.now(main))

        it.close(variables)  # not saved: what is on the disk counts again
        await it.until(lambda: at(7, SSH)[0] in it.now(main))

    workspace.run(session)


def test_a_file_that_is_not_saved_yet_belongs_to_the_module(workspace: Workspace) -> None:
    main, variables = put(workspace.folder / "main.tf", GROUP), workspace.folder / "variables.tf"

    async def session(it: Editor) -> None:
        it.open(main)
        assert at(7, SSH)[0] not in await it.codes(main)
        it.open(variables, DOOR)
        await it.until(lambda: at(7, SSH)[0] in it.now(main))

    workspace.run(session)


def test_a_module_is_judged_where_an_open_root_calls_it_and_alone_where_none_does(workspace: Workspace) -> None:
    module = put(workspace.folder / "modules" / "door" / "main.tf", 'variable "from" {}\n' + GROUP)
    root = put(
        workspace.folder / "live" / "main.tf", 'module "door" {\n  source = "../modules/door"\n  from = "0.0.0.0/0"\n}\n'
    )
    found = at(8, SSH)[0]

    async def session(it: Editor) -> None:
        it.open(module)
        assert found not in await it.codes(module)

        it.open(root)
        await it.until(lambda: found in it.now(module))
        (chain,) = [each.related_information or () for each in it.last(module) if each.code == SSH]
        assert root.as_uri() in [each.location.uri for each in chain]

        it.save(root, root.read_text(encoding="utf-8").replace("0.0.0.0/0", "10.0.0.0/8"))
        await it.until(lambda: found not in it.now(module))

        it.save(root, root.read_text(encoding="utf-8").replace("10.0.0.0/8", "0.0.0.0/0"))
        await it.until(lambda: found in it.now(module))

        it.close(root)
        await it.until(lambda: found not in it.now(module))

    workspace.run(session)


def test_a_nested_stack_is_judged_with_the_template_that_makes_it(workspace: Workspace) -> None:
    child = put(
        workspace.folder / "child.yaml", "Parameters:\n  Status: {Type: String}\n" + VERSIONED.replace("Enabled", "!Ref Status")
    )
    stack = "    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n"
    parent = put(
        workspace.folder / "parent.yaml", f"Resources:\n  Child:\n{stack}      Parameters:\n        Status: Suspended\n"
    )

    async def session(it: Editor) -> None:
        it.open(parent)
        await it.codes(child)
        assert [each.split()[1] for each in it.now(child)] == FAULTS

        it.change(parent, parent.read_text(encoding="utf-8").replace("Suspended", "Enabled"))
        await it.until(lambda: [each.split()[1] for each in it.now(child)] == [])

        it.close(parent)
        await it.until(lambda: it.now(child) == [])

    workspace.run(session)


def test_a_file_in_no_workspace_folder_is_judged_by_its_own_directory(tmp_path: Path) -> None:
    path = put(tmp_path / "elsewhere" / "bucket.yaml", BUCKET)
    put(tmp_path / "wa-iac.toml", 'ignore = ["s3-versioning"]\n')
    (tmp_path / "folder").mkdir()

    async def session() -> None:
        async with editor(tmp_path / "folder") as it:
            it.open(path)
            assert await it.codes(path) == at(2, *FAULTS)
        async with editor(None) as it:
            it.open(path)
            assert await it.codes(path) == at(2, *FAULTS)

    asyncio.run(session())


# --- what is none of ours, or broken


def test_other_yaml_and_json_is_passed_over(workspace: Workspace) -> None:
    others = [
        put(workspace.folder / "values.yaml", "image: nginx\n"),
        put(workspace.folder / "package.json", '{"name": "x", "Resources": "y"}\n'),
        put(workspace.folder / "terraform.tfvars", 'from = "0.0.0.0/0"\n'),
        put(workspace.folder / "broken.yaml", "a: [\n"),
    ]
    ours = put(workspace.folder / "bucket.yaml", BUCKET)

    async def session(it: Editor) -> None:
        for each in others:
            it.open(each)
            it.save(each)
        it.open(ours)
        await it.codes(ours)
        assert {each for each in it.published if each.is_relative_to(workspace.folder)} == {ours}

        it.change(ours, "a: 1\n")  # it was a template
        await it.until(lambda: it.now(ours) == [])

    workspace.run(session)


def test_a_broken_file_is_told_of_and_the_rest_is_judged(workspace: Workspace) -> None:
    main = put(workspace.folder / "main.tf", GROUP.replace("var.from", '"0.0.0.0/0"'))
    broken = put(workspace.folder / "broken.tf", 'resource "aws_sqs_queue" "q" {\n  name = \n}\n')

    async def session(it: Editor) -> None:
        it.open(broken)
        await it.until(lambda: at(7, SSH)[0] in it.now(main) and bool(it.last(broken)))
        (error,) = [each for each in it.last(broken) if each.code is None]
        assert error.severity == types.DiagnosticSeverity.Error
        assert error.range.start.line == 1

        it.save(broken, 'locals {\n  name = "q"\n}\n')
        await it.until(lambda: it.now(broken) == [])
        assert at(7, SSH)[0] in it.now(main)

    workspace.run(session)


def test_a_file_that_is_not_text_is_told_of_in_its_place(workspace: Workspace) -> None:
    main, binary = put(workspace.folder / "main.tf", "locals {}\n"), workspace.folder / "binary.tf"
    binary.write_bytes(b'locals {\n  a = "\xff"\n}\n')

    async def session(it: Editor) -> None:
        it.open(main)
        await it.codes(binary)
        (error,) = it.last(binary)
        assert (error.message, error.range.start.line) == ("it is not UTF-8", 1)

    workspace.run(session)


def test_a_module_that_is_not_installed_is_a_note(workspace: Workspace) -> None:
    main = put(workspace.folder / "main.tf", 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n')

    async def session(it: Editor) -> None:
        it.open(main)
        await it.codes(main)
        (note,) = [each for each in it.last(main) if each.code is None]
        assert (note.severity, note.range.start.line) == (types.DiagnosticSeverity.Information, 0)
        assert "terraform-aws-modules/vpc/aws" in note.message

    workspace.run(session)


# --- positions


@pytest.mark.parametrize(
    ("encodings", "agreed", "start"),
    [(["utf-8"], "utf-8", 4 + 6), (["utf-16"], "utf-16", 2 + 6), (["utf-32"], "utf-32", 1 + 6), (None, "utf-16", 2 + 6)],
)
def test_columns_are_counted_as_the_editor_counts(tmp_path: Path, encodings: list[str] | None, agreed: str, start: int) -> None:
    path = put(
        tmp_path / "main.tf",
        'locals {\n  a = "é"\n}\n/* 🪣 */ resource "aws_s3_bucket" "é" {\n  tags = { Name = "records" }\n}\n',
    )
    template = put(
        tmp_path / "bucket.yaml",
        'Resources: {"🪣": {Type: "AWS::S3::Bucket", Properties: {Tags: [{Key: Name, Value: records}]}}}\n',
    )

    async def session() -> None:
        async with editor(tmp_path, encodings=encodings) as it:
            assert it.capabilities is not None
            assert it.capabilities.position_encoding == agreed
            it.open(path)
            await it.codes(path)
            wide = {"utf-8": 2}.get(agreed, 1)
            found = {(each.range.start.line, each.range.start.character, each.range.end.character) for each in it.last(path)}
            assert (3, start + 1, start + 1 + len('resource "aws_s3_bucket" ""') + wide) in found

            it.open(template)
            await it.codes(template)
            (place,) = {(each.range.start.character, each.range.end.character) for each in it.last(template)}
            assert place == (12, 14 + {"utf-8": 4, "utf-32": 1}.get(agreed, 2))

    asyncio.run(session())


# --- settings


def test_settings_hold_and_a_change_of_them_is_seen(workspace: Workspace) -> None:
    path, settings = (
        put(workspace.folder / "stacks" / "bucket.yaml", BUCKET),
        put(workspace.folder / "wa-iac.toml", 'ignore = ["s3-lifecycle"]\n'),
    )

    async def session(it: Editor) -> None:
        it.open(path)
        assert await it.codes(path) == at(2, *FAULTS)

        put(settings, 'ignore = ["s3-lifecycle", "s3-versioning"]\n')
        it.changed_outside(settings)
        assert await it.codes(path, 2) == []

        put(settings, 'exclude = ["stacks/**"]\n')
        it.changed_outside(settings)
        assert await it.codes(path, 3) == []
        put(settings, 'exclude = ["**/*.yaml"]\n')

        put(settings, 'ignore = ["s3-lifecycles"]\n')
        it.open(settings)
        it.save(settings)
        await it.until(lambda: bool(it.told))
        assert "s3-lifecycles" in it.told[0]
        await it.codes(path, 4)
        (refused,) = it.last(path)
        assert refused.message.startswith("nothing is checked here: ")

        it.save(settings, "")
        assert await it.codes(path, 5) == at(2, *FAULTS)
        assert len(it.told) == 1

    workspace.run(session)


def test_what_cannot_be_decided_is_shown_on_request(tmp_path: Path) -> None:
    path = put(tmp_path / "main.tf", 'variable "from" {}\n' + GROUP)

    async def session() -> None:
        async with editor(tmp_path, options={"showUnknown": True}) as it:
            it.open(path)
            assert at(8, SSH)[0] in await it.codes(path)
            (found,) = [each for each in it.last(path) if each.code == SSH]
            assert found.severity == types.DiagnosticSeverity.Information
            assert found.message.startswith("Cannot be decided: ")

            less = types.DidChangeConfigurationParams({"wa-iac": {"showUnknown": False}})
            it.client.workspace_did_change_configuration(less)
            await it.until(lambda: at(8, SSH)[0] not in it.now(path))

    asyncio.run(session())


# --- the newest wins


def test_only_the_last_of_many_quick_changes_is_told_of(workspace: Workspace) -> None:
    path = put(workspace.folder / "bucket.yaml", BUCKET)

    async def session(it: Editor) -> None:
        it.open(path)
        await it.codes(path)
        for lines in range(1, 40):
            it.change(path, "\n" * lines + BUCKET)
        assert await it.codes(path, 2) == at(2 + 39, *FAULTS)

    workspace.run(session)


def test_a_question_is_answered_while_a_large_unit_is_judged(workspace: Workspace) -> None:
    blocks = "".join(GROUP.replace('"web"', f'"web{number}"').replace("var.from", '"0.0.0.0/0"') for number in range(1500))
    large, small = put(workspace.folder / "large" / "main.tf", blocks), put(workspace.folder / "bucket.yaml", BUCKET)

    async def session(it: Editor) -> None:
        it.open(small)
        await it.codes(small)
        it.open(large)
        assert "# S3 bucket" in await it.hover(small, 1, 4)
        assert not it.published[large]
        it.change(large, "locals {}\n")  # supersedes the run, whose result nobody is told of
        assert await it.codes(large) == []

    workspace.run(session)
