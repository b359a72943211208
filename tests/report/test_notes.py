"""What leaves the exit code alone is told in every format that has a place for it: notes, and warnings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.finding import Report
from wa_iac.report.formats import Format, View, render

SOURCE = """\
Transform: Mine
Resources:
  Q:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    DeletionPolicy: Delete
"""
NOTE = 'the macro "Mine" runs only in AWS'
WARNING = 'the key "DeletionPolicy" appears twice in one object, first on line 5'


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return judge_files(tmp_path, {"t.yaml": SOURCE}, "ebs-encryption")


def test_macros_inside_of_resources_are_one_note_in_text(tmp_path: Path) -> None:
    queue = "  {}:\n    Type: AWS::SQS::Queue\n    Properties:\n      Fn::Transform: {{Name: Ours}}\n"
    source = "Resources:\n" + queue.format("A") + queue.format("B")

    told = render(judge_files(tmp_path, {"t.yaml": source}, "ebs-encryption"), Format.TEXT, View())

    assert "note: 2 macros run only in AWS, or their snippets are not available: what they add is not checked" in told


def test_neither_is_an_error(report: Report) -> None:
    assert (report.mistakes(), report.exit_code()) == ([], 0)
    assert [each.level for each in report.notes()] == ["warning", "note"]


def test_texts_say_which_is_which(report: Report) -> None:
    for name in (Format.TEXT, Format.GITHUB, Format.JUNIT):
        told = render(report, name, View())
        before = told.partition(WARNING)[0]
        assert "warning" in before, name
        assert WARNING in told, name
        assert NOTE in told, name


def test_documents_say_which_is_which(report: Report) -> None:
    notes = json.loads(render(report, Format.JSON, View()))["notes"]
    assert [each["line"] for each in notes] == [6, 1]
    (run,) = json.loads(render(report, Format.SARIF, View()))["runs"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert sorted(each["level"] for each in told) == ["note", "warning"]
