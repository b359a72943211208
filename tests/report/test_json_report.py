"""The report in the public schema `wa-iac/report/1`, compared whole: other programs rely on every name in it."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from helpers.sample_report import report
from wa_iac import __version__
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Report
from wa_iac.report import encode
from wa_iac.report.json import render

ONE: dict[str, Any] = {"unit": "", "environments": [], "related": []}
RELATED = [
    {"path": "vars.tf", "start_line": 3, "message": "default of var.multi_az"},
    {"path": "main.tf", "start_line": 2, "message": "module.db[0]"},
]
SECRET: dict[str, Any] = {
    "rule": "lambda-plaintext-secret",
    "pillar": "security",
    "best_practices": ["SEC02-BP03"],
    "severity": "critical",
    "confidence": "high",
    "verdict": "fail",
    "message": "DB_PASSWORD is readable for whoever may see the function.",
    "resource": {"address": "Function", "type": "AWS::Lambda::Function"},
    "location": {"path": "cfn/queue one.yaml", "start_line": 11, "start_column": 11, "end_line": 11, "end_column": 31},
    "related": [],
    "environments": [],
    "fingerprint": "f1",
    "item": "f1",
    "instances": [{**ONE, "address": "Function", "fingerprint": "f1"}],
    "suppressed": None,
    "cause": None,
    "fix": None,
    "no_fix": "",
}
UNDECIDED: dict[str, Any] = {
    "rule": "sqs-encryption",
    "pillar": "security",
    "best_practices": ["SEC08-BP02"],
    "severity": "medium",
    "confidence": "high",
    "verdict": "unknown",
    "message": "Cannot be decided: the parameter Key has no default.",
    "resource": {"address": "Queue", "type": "AWS::SQS::Queue"},
    "location": {"path": "cfn/queue one.yaml", "start_line": 5, "start_column": 23, "end_line": 5, "end_column": 31},
    "related": [],
    "environments": [],
    "fingerprint": "f2",
    "item": "f2",
    "instances": [{**ONE, "address": "Queue", "fingerprint": "f2"}],
    "suppressed": None,
    "cause": None,
    "fix": None,
    "no_fix": "",
}
MULTI_AZ: dict[str, Any] = {
    "rule": "rds-multi-az",
    "pillar": "reliability",
    "best_practices": ["REL10-BP01"],
    "severity": "high",
    "confidence": "high",
    "verdict": "fail",
    "message": "The database is lost with its zone: `multi_az` is false in [main](x).",
    "resource": {"address": "module.db.aws_db_instance.this[0]", "type": "aws_db_instance"},
    "location": {"path": "main.tf", "start_line": 4, "start_column": 14, "end_line": 4, "end_column": 26},
    "related": RELATED,
    "environments": [],
    "fingerprint": "f3",
    "item": "f3",
    "instances": [
        {**ONE, "address": "module.db.aws_db_instance.this[0]", "related": RELATED, "fingerprint": "f3"},
        {**ONE, "address": "module.db.aws_db_instance.this[1]", "related": RELATED, "fingerprint": "f3-1"},
        {**ONE, "address": "module.db.aws_db_instance.this[2]", "related": RELATED, "fingerprint": "f3-2"},
    ],
    "suppressed": None,
    "cause": None,
    "fix": {
        "safe": False,
        "title": "Set multi_az to true",
        "edits": [
            {"path": "main.tf", "start_line": 4, "start_column": 14, "end_line": 4, "end_column": 26, "new_text": "true"},
            {"path": "main.tf", "start_line": 7, "start_column": 52, "end_line": 7, "end_column": 52, "new_text": " # 🙂\n"},
        ],
    },
    "no_fix": "",
}
LIFECYCLE: dict[str, Any] = {
    "rule": "s3-lifecycle",
    "pillar": "sustainability",
    "best_practices": ["SUS04-BP03", "XXX00-BP00"],
    "severity": "low",
    "confidence": "high",
    "verdict": "fail",
    "message": "Old objects are kept.",
    "resource": {"address": "aws_s3_bucket.logs", "type": "aws_s3_bucket"},
    "location": {"path": "main.tf", "start_line": 7, "start_column": 35, "end_line": 7, "end_column": 53},
    "related": [],
    "environments": [],
    "fingerprint": "f4",
    "item": "f4",
    "instances": [{**ONE, "address": "aws_s3_bucket.logs", "fingerprint": "f4"}],
    "suppressed": None,
    "cause": None,
    "fix": None,
    "no_fix": "",
}
SUPPRESSED: dict[str, Any] = {
    **LIFECYCLE,
    "message": "Old objects are kept here too.",
    "resource": {"address": "aws_s3_bucket.kept", "type": "aws_s3_bucket"},
    "location": {"path": "main.tf", "start_line": 7, "start_column": 1, "end_line": 7, "end_column": 32},
    "environments": [],
    "fingerprint": "f5",
    "item": None,
    "instances": [{**ONE, "address": "aws_s3_bucket.kept", "fingerprint": "f5"}],
    "suppressed": {"reason": "the law wants it", "source": "inline"},
}


NONE = {"critical": 0, "high": 0, "medium": 0, "low": 0}


def single(fingerprint: str) -> dict[str, Any]:
    return {"kind": "finding", "findings": [fingerprint]}


@pytest.mark.parametrize(
    ("show_unknown", "findings"),
    [
        (False, [SECRET, MULTI_AZ, LIFECYCLE, SUPPRESSED]),
        (True, [SECRET, UNDECIDED, MULTI_AZ, LIFECYCLE, SUPPRESSED]),
    ],
)
def test_the_whole_report(show_unknown: bool, findings: list[dict[str, Any]]) -> None:
    document = json.loads(render(report(), show_unknown=show_unknown))

    assert document == {
        "schema": "wa-iac/report/1",
        "tool": {"name": "wa-iac", "version": __version__},
        "summary": {
            "files": 3,
            "resources": 4,
            "rules": 60,
            "fail": 3,
            "unknown": 1,
            "advice": 0,
            "milder": 0,
            "suppressed": 1,
            "errors": 2,
            "items": 3,
        },
        "coverage": {"types_without_rule": [], "undecided_resources": []},
        "causes": [],
        "by_pillar": [
            {"pillar": "security", **NONE, "critical": 1},
            {"pillar": "reliability", **NONE, "high": 1},
            {"pillar": "sustainability", **NONE, "low": 1},
        ],
        "by_rule": [
            {"rule": "lambda-plaintext-secret", "pillar": "security", "severity": "critical", "findings": 1},
            {"rule": "rds-multi-az", "pillar": "reliability", "severity": "high", "findings": 1},
            {"rule": "s3-lifecycle", "pillar": "sustainability", "severity": "low", "findings": 1},
        ],
        "items": [
            {"id": "f1", "heading": "Function has a secret in its environment", "severity": "critical", **single("f1")},
            {"id": "f3", "heading": "Database lives in one zone", "severity": "high", **single("f3")},
            {"id": "f4", "heading": "Bucket keeps everything for ever", "severity": "low", **single("f4")},
            *(
                [{"id": "f2", "heading": "Queue is not encrypted", "severity": "medium", **single("f2")}]
                if show_unknown
                else []
            ),
        ],
        "findings": findings,
        "errors": [
            {"path": "broken.tf", "line": 3, "message": "a closing bracket `}` is missing"},
            {"path": "main.tf", "line": 2, "message": "a bug in wa-iac: rule x raised ValueError: 1"},
        ],
        "notes": [],
    }
    assert list(document) == [
        "schema",
        "tool",
        "summary",
        "findings",
        "errors",
        "notes",
        "items",
        "coverage",
        "causes",
        "by_pillar",
        "by_rule",
    ]
    assert list(document["findings"][0]) == list(SECRET)


def test_an_error_without_a_place() -> None:
    document = json.loads(render(Report(errors=[UsageError("nothing to check")]), show_unknown=False))

    assert document["errors"] == [{"path": None, "line": None, "message": "nothing to check"}]
    assert document["findings"] == []


def test_slashes_in_paths_are_forward() -> None:
    assert '"path": "a/b.tf"' in render(Report(errors=[UsageError("x", path=os.path.join("a", "b.tf"))]), show_unknown=False)


def test_a_long_report_is_compact_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    indented = render(report(), show_unknown=False)
    monkeypatch.setattr(encode, "PRETTY_LIMIT", 0)
    compact = render(report(), show_unknown=False)

    assert compact.count("\n") == 1
    assert json.loads(compact) == json.loads(indented)
