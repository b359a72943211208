"""What the tests of the CloudFormation parser share: templates from text, and what becomes of one property."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.paths import SourcePath
from wa_iac.core.span import Span
from wa_iac.core.value import Tree
from wa_iac.parsers.cloudformation.read import read_template
from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, Node


def unit(text: str | bytes, shown: str = "t.yaml") -> Unit:
    """A template, read; text is dedented."""
    data = text if isinstance(text, bytes) else dedent(text).encode()
    found = read_template(SourcePath(Path("/nowhere") / shown, shown), data)
    assert found is not None, "not recognised as a template"
    return found


def plain(node: Node) -> Any:
    """What a node says, as JSON data."""
    match node:
        case MapNode(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}
        case ListNode(items=items):
            return [plain(item) for item in items]
        case _:
            return node.value


def resources(text: str | bytes) -> dict[str, Declared]:
    """The resources of a template that has no errors, by logical id."""
    found = unit(text)
    assert found.errors == []
    return {each.address: each for each in found.declared if each.kind == "resource"}


def template(expression: str, more: str = "") -> str:
    """A template with one resource `R` whose property `P` is `expression`, and two buckets to refer to."""
    return "\n".join((
        dedent(more),
        "Resources:",
        "  Bucket: {Type: AWS::S3::Bucket}",
        "  Other: {Type: AWS::S3::Bucket}",
        "  R:",
        "    Type: AWS::X::Y",
        "    Properties:",
        f"      P: {expression}",
    ))  # fmt: skip


def value(expression: str, more: str = "") -> Tree:
    """What `expression` evaluates to in a template that has no errors."""
    return resources(template(expression, more).encode())["R"].body.value["P"]


def failure(expression: str, more: str = "") -> list[str]:
    """The messages of the errors that `expression` leads to."""
    return [error.message for error in unit(template(expression, more).encode()).errors]


def places(found: Unit) -> list[str]:
    """The errors, each as `path:line:column: message`."""
    return [str(error) for error in found.errors]


def marked(text: str, span: Span) -> str:
    """The stretch of `text` that a span covers, found by lines and columns; the bytes must say the same."""
    lines = text.removeprefix("\ufeff").split("\n")
    start = sum(len(line) + 1 for line in lines[: span.start_line - 1]) + span.start_column - 1
    end = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
    covered = text.removeprefix("\ufeff")[start:end]
    assert text.encode()[span.start_byte : span.end_byte].decode() == covered
    return covered
