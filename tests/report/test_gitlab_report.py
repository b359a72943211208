"""The report for GitLab's Code Quality: compared whole, and held to what GitLab documents."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from helpers.sample_report import report
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Report
from wa_iac.report.gitlab import render

SCHEMA = jsonschema_rs.validator_for(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^(?!\\./|/).+"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
"""https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _entries(whole: Report, root: Path, *, show_unknown: bool = False) -> list[dict[str, Any]]:
    """The entries; GitLab must take them, and know each from all others."""
    entries: list[dict[str, Any]] = json.loads(render(whole, show_unknown=show_unknown, root=root))
    assert [f"{error.instance_path}: {error.message}" for error in SCHEMA.iter_errors(entries)] == []
    assert len({each["fingerprint"] for each in entries}) == len(entries)
    return entries


def test_an_entry_has_all_that_gitlab_reads(here: Path) -> None:
    assert _entries(report(), here)[3] == {
        "description": "module.db.aws_db_instance.this[0] and 2 more: "
        "The database is lost with its zone: `multi_az` is false in [main](x). Also: module.db.aws_db_instance.this[1], module.db.aws_db_instance.this[2]. Fix: multi_az = true",
        "check_name": "rds-multi-az",
        "fingerprint": "f3",
        "severity": "critical",
        "location": {"path": "main.tf", "lines": {"begin": 4, "end": 4}},
    }


def test_errors_come_first_then_the_gravest(here: Path) -> None:
    assert [(each["check_name"], each["severity"], each["location"]["path"]) for each in _entries(report(), here)] == [
        ("not-judged", "blocker", "broken.tf"),
        ("not-judged", "blocker", "main.tf"),
        ("lambda-plaintext-secret", "blocker", "cfn/queue one.yaml"),
        ("rds-multi-az", "critical", "main.tf"),
        ("s3-lifecycle", "minor", "main.tf"),
    ]


def test_undecided_ones_on_request_are_for_information(here: Path) -> None:
    last = _entries(report(), here, show_unknown=True)[-1]

    assert (last["check_name"], last["severity"]) == ("sqs-encryption", "info")


def test_no_entry_hides_another(here: Path) -> None:
    whole = report()
    whole.findings = [
        whole.findings[0],
        replace(whole.findings[0], message="Again."),
        replace(whole.findings[0], message="And again."),
    ]
    whole.errors = [whole.errors[0], whole.errors[0]]

    assert len(_entries(whole, here)) == 5


def test_paths_start_at_the_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "infra").mkdir()
    monkeypatch.chdir(here / "infra")

    assert {each["location"]["path"] for each in _entries(report(), here)} == {
        "infra/main.tf",
        "infra/broken.tf",
        "infra/cfn/queue one.yaml",
    }


def test_nothing_found_is_an_empty_list_and_an_error_without_a_place_is_an_entry(here: Path) -> None:
    assert _entries(Report(), here) == []
    (entry,) = _entries(Report(errors=[UsageError("nothing to check")]), here)
    assert (entry["description"], entry["location"]) == ("nothing to check", {"path": ".", "lines": {"begin": 1, "end": 1}})
