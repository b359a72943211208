"""A byte-order mark at the start of a file moves nothing on its first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.finding import Report
from wa_iac.lsp.positions import Lines

MARK = "\ufeff"
QUEUE = 'resource "aws_sqs_queue" "é🙂" { sqs_managed_sse_enabled = false }\n'
MODULE = 'variable "encrypted" { default = false }\nresource "aws_sqs_queue" "it" { sqs_managed_sse_enabled = var.encrypted }\n'
JSON = '{"resource": {"aws_sqs_queue": {"it": {"sqs_managed_sse_enabled": false}}}}\n'
TEMPLATE = 'Resources: {It: {Type: "AWS::SQS::Queue", Properties: {SqsManagedSseEnabled: false}}}\n'
SOURCES = [
    ("main.tf", QUEUE),
    ("main.tf", MODULE),
    ("main.tf.json", JSON),
    ("template.yaml", TEMPLATE),
    ("main.tf", 'resource "aws_sqs_queue" "it" { fifo_queue = = }\n'),
    ("main.tf.json", '{"resource": }\n'),
]


def columns(report: Report) -> list[tuple[int | None, ...]]:
    """The places of the findings, of what they come from, and of the errors."""
    spans = [span for each in report.failing() for span in (each.span, *(step.span for step in each.related))]
    places = [(each.start_line, each.start_column, each.end_line, each.end_column) for each in spans]
    return [*places, *((each.line, each.column) for each in report.errors)]


@pytest.mark.parametrize(("name", "source"), SOURCES)
def test_places_are_those_without_the_mark(tmp_path: Path, name: str, source: str) -> None:
    marked = judge_files(tmp_path / "marked", {name: MARK + source}, "sqs-encryption")
    plain = judge_files(tmp_path / "plain", {name: source}, "sqs-encryption")
    assert columns(marked) == columns(plain) != []


def test_an_editor_gets_the_place_without_the_mark() -> None:
    column = QUEUE.index("sqs_managed") + 1
    marked, plain = (Lines(each.encode(), "utf-16") for each in (MARK + QUEUE, QUEUE))
    assert marked.position(1, column) == plain.position(1, column)
