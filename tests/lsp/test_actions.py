"""Hover pages and code actions. A suppression is tried on the text: the finding must be gone, and nothing else changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lsprotocol import types

from helpers.editor import Editor, Workspace
from wa_iac.lsp.comments import suppression
from wa_iac.lsp.plain import TextEdit

SSH = "vpc-security-group-ingress-ssh"


def applied(text: str, edit: types.TextEdit | TextEdit | None) -> str | None:
    """The text after an edit whose positions count characters; None where there is none."""
    if edit is None:
        return None
    lines = text.splitlines(keepends=True) or [""]
    start = edit.range.start
    at = sum(map(len, lines[: start.line])) + start.character
    return text[:at] + edit.new_text + text[at:]


def suppressed(name: str, text: str, line: int) -> str | None:
    """The text with a suppression for a line, counted from 1."""
    return applied(text, suppression(Path(name), text.encode(), line - 1, "slug", "utf-32"))


def test_a_comment_above_the_line_with_its_indentation() -> None:
    text = 'resource "a" "b" {\n  ingress {\n    port = 22\n  }\n}\n'

    assert suppressed("main.tf", text, 3) == text.replace(
        "    port", "    # wa-iac: ignore[slug] <why this is accepted>\n    port"
    )


def test_windows_line_ends_stay() -> None:
    text = 'resource "a" "b" {\r\n  port = 22\r\n}\r\n'

    assert suppressed("main.tf", text, 2) == text.replace("  port", "  # wa-iac: ignore[slug] <why this is accepted>\r\n  port")


def test_no_comment_goes_into_a_heredoc_but_above_the_resource() -> None:
    text = 'locals {}\nresource "a" "b" {\n  policy = <<-EOT\n    {"Action": "*"}\n  EOT\n}\n'

    assert suppressed("main.tf", text, 4) == text.replace("resource", "# wa-iac: ignore[slug] <why this is accepted>\nresource")


def test_no_comment_goes_into_a_yaml_text_but_above_the_resource() -> None:
    text = "Resources:\n  Job:\n    Type: AWS::Glue::Job\n    Properties:\n      Script: |\n        a\n        b\n"

    assert suppressed("job.yaml", text, 7) == text.replace("  Job", "  # wa-iac: ignore[slug] <why this is accepted>\n  Job")
    assert suppressed("job.yaml", text, 5) == text.replace(
        "      Script", "      # wa-iac: ignore[slug] <why this is accepted>\n      Script"
    )


RULE = {"rule": "slug", "reason": "<why this is accepted>"}


@pytest.mark.parametrize(
    ("resource", "written"),
    [
        ('{"Type": "AWS::S3::Bucket"}', {"Metadata": {"wa-iac": {"ignore": [RULE]}}, "Type": "AWS::S3::Bucket"}),
        (
            '{\n      "Type": "AWS::S3::Bucket",\n      "Metadata": {}\n    }',
            {"Type": "AWS::S3::Bucket", "Metadata": {"wa-iac": {"ignore": [RULE]}}},
        ),
        (
            '{"Type": "AWS::S3::Bucket", "Metadata": {"a": 1, "wa-iac": {}}}',
            {"Type": "AWS::S3::Bucket", "Metadata": {"a": 1, "wa-iac": {"ignore": [RULE]}}},
        ),
        (
            '{"Type": "AWS::S3::Bucket", "Metadata": {"wa-iac": {"ignore": ["other"]}}}',
            {"Type": "AWS::S3::Bucket", "Metadata": {"wa-iac": {"ignore": [RULE, "other"]}}},
        ),
    ],
    ids=["none", "empty metadata", "other metadata", "another suppression"],
)
def test_json_is_suppressed_in_the_metadata(resource: str, written: object) -> None:
    text = '{\n  "Resources": {\n    "🪣": ' + resource + "\n  }\n}\n"

    changed = suppressed("bucket.json", text, 3)

    assert changed is not None
    assert json.loads(changed) == {"Resources": {"🪣": written}}


def test_where_there_is_no_place_nothing_is_offered() -> None:
    assert suppressed("main.tf.json", '{"resource": {}}', 1) is None
    assert suppressed("bucket.json", '{"Resources": [}', 1) is None
    assert suppressed("bucket.yaml", "a: [\n", 1) is None


@pytest.mark.slow
def test_the_offered_suppression_suppresses_once_its_reason_is_written(workspace: Workspace) -> None:
    main, template = workspace.folder / "main.tf", workspace.folder / "bucket.json"
    main.write_text(
        'resource "aws_security_group_rule" "r" {\n  type = "ingress"\n  protocol = "tcp"\n  from_port = 22\n  to_port = 22\n'
        '  cidr_blocks = ["0.0.0.0/0"]\n}\n',
        encoding="utf-8",
    )
    template.write_text('{"Resources": {"Records": {"Type": "AWS::S3::Bucket"}}}\n', encoding="utf-8")

    async def session(it: Editor) -> None:
        for path, slug in [(main, SSH), (template, "s3-versioning")]:
            it.open(path)
            await it.codes(path)
            (found,) = [each for each in it.last(path) if each.code == slug]
            (action,) = [each for each in await it.actions(path, found) if each.title.startswith("Suppress")]
            assert action.title == f"Suppress {slug} here, with a reason"
            assert action.edit is not None
            assert action.edit.changes is not None
            (edit,) = action.edit.changes[path.as_uri()]
            assert isinstance(edit, types.TextEdit)
            before = {each.code for each in it.last(path)}
            text = applied(path.read_text(encoding="utf-8"), edit)
            assert text is not None
            it.change(path, text)
            await it.codes(path, 2)
            assert {each.code for each in it.last(path)} == before | {"suppression-without-reason"}
            it.change(path, text.replace("<why this is accepted>", "the bastion of the tests"))
            await it.codes(path, 3)
            assert {each.code for each in it.last(path)} == before - {slug}

    workspace.run(session)


@pytest.mark.slow
def test_the_offered_fix_mends(workspace: Workspace) -> None:
    """In the buffer as it is, which need not be saved; without a byte more than the fix."""
    main = workspace.folder / "main.tf"
    text = '# \U0001f600\nresource "aws_ecs_service" "s" {\n  name          = "s"\n  desired_count = 2\n\n  deployment_circuit_breaker {\n    enable   = false # later\n    rollback = true\n  }\n}\n'
    main.write_text("", encoding="utf-8")
    slug = "ecs-deployment-circuit-breaker"

    async def session(it: Editor) -> None:
        it.open(main)
        await it.codes(main)
        it.change(main, text)
        await it.codes(main, 2)
        (found,) = [each for each in it.last(main) if each.code == slug]
        (action,) = [each for each in await it.actions(main, found) if each.is_preferred]
        assert action.edit is not None
        assert action.edit.changes is not None
        lines = text.splitlines(keepends=True)
        for edit in sorted(action.edit.changes[main.as_uri()], key=lambda each: -each.range.start.line):
            assert isinstance(edit, types.TextEdit)
            line = edit.range.start.line
            assert edit.range.end.line == line
            lines[line] = lines[line][: edit.range.start.character] + edit.new_text + lines[line][edit.range.end.character :]
        assert "".join(lines) == text.replace("= false", "= true")
        it.change(main, "".join(lines))
        await it.codes(main, 3)
        assert slug not in {each.code for each in it.last(main)}

    workspace.run(session)


@pytest.mark.slow
def test_settings_that_forbid_suppressions_are_kept_to(workspace: Workspace) -> None:
    path = workspace.folder / "bucket.yaml"
    path.write_text("Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")
    (workspace.folder / "wa-iac.toml").write_text("[suppressions]\ninline = false\n", encoding="utf-8")

    async def session(it: Editor) -> list[str]:
        it.open(path)
        await it.codes(path)
        return [each.title for each in await it.actions(path, it.last(path)[-1])]

    titles = workspace.run(session)

    assert titles
    assert not any(each.startswith("Suppress") for each in titles)


@pytest.mark.slow
def test_the_best_practice_opens_in_a_browser_and_the_page_on_hovering(workspace: Workspace) -> None:
    path = workspace.folder / "bucket.yaml"
    path.write_text("Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")

    async def session(it: Editor) -> None:
        it.open(path)
        await it.codes(path)
        (found,) = [each for each in it.last(path) if each.code == "s3-versioning"]
        action = next(each for each in await it.actions(path, found) if each.title.startswith("Open "))
        assert action.command is not None
        command = types.ExecuteCommandParams(action.command.command, action.command.arguments)
        await it.client.workspace_execute_command_async(command)
        assert found.code_description is not None
        assert it.opened_pages == [found.code_description.href]

        page = await it.hover(path, 1, 4)
        assert "`s3-versioning`" in page
        assert "## Remedy\n\nAWS charges for each version" in page
        assert await it.hover(path, 0, 0) == ""

    workspace.run(session)
