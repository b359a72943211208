"""The report as SARIF: compared whole with a file, held to the standard's schema, and to what GitHub asks beyond it.

`WA_IAC_WRITE_GOLDEN=1 pytest tests/report/test_sarif_report.py` writes fixtures/golden/report.sarif anew; read the difference
before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import pytest
from report.samples import ENCRYPTION, LIFECYCLE, MULTI_AZ, SECRET, report

from wa_iac.core.finding import Report
from wa_iac.core.rule import Severity
from wa_iac.core.value import Span
from wa_iac.report import sarif
from wa_iac.report.sarif_rules import descriptor
from wa_iac.report.sarif_serializer import default
from wa_iac.report.severity import SCALES

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
GOLDEN = FIXTURES / "golden" / "report.sarif"


def _rendered(whole: Report, tmp_path: Path, *, show_unknown: bool = True) -> str:
    return sarif.render(whole, show_unknown=show_unknown, root=tmp_path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory and root of the repository; with a version that no release changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sarif, "__version__", "1.2.3")
    return tmp_path


@pytest.fixture(scope="session")
def schema() -> jsonschema_rs.Validator:
    """OASIS's schema of SARIF 2.1.0 with errata 01. Its definition of `region` holds `anyOf` in the wrong place as published;
    here it is mended."""
    return jsonschema_rs.validator_for(json.loads((FIXTURES / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def _run(text: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(text)["runs"][0])


def test_the_whole_report(here: Path) -> None:
    text = _rendered(report(), here)
    if os.environ.get("WA_IAC_WRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")

    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("whole", [report(), Report()], ids=["full", "empty"])
def test_the_schema_accepts_it(whole: Report, here: Path, schema: jsonschema_rs.Validator) -> None:
    document = json.loads(_rendered(whole, here))

    assert [f"{error.instance_path}: {error.message}" for error in schema.iter_errors(document)] == []
    assert isinstance(document["runs"][0]["results"], list)


def test_github_accepts_it(here: Path) -> None:
    """What makes GitHub refuse a file or lose an alert, and no schema says."""
    run = _run(_rendered(report(), here))
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
        score = rule["properties"].get("security-severity")
        assert (
            ("security" in rule["properties"]["tags"]) == (score is not None) == ("problem.severity" not in rule["properties"])
        )
        if score is not None:
            assert isinstance(score, str)
            assert 0.1 <= float(score) <= 10.0
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"} or result["kind"] == "open"
        assert re.fullmatch(r"[0-9a-f]+:\d+", result["partialFingerprints"]["primaryLocationLineHash"])
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert not physical["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert {"startLine", "startColumn", "endLine", "endColumn"} == set(physical["region"])
        targets = {each["id"] for each in result.get("relatedLocations", ())}
        links = re.findall(r"(?<!\\)\]\(([^)]*)\)", result["message"]["text"])
        assert {int(link) for link in links} == targets
    assert run["invocations"][0]["executionSuccessful"] is True


def test_what_is_undecided_is_open_and_only_there_on_request(here: Path) -> None:
    listed = _run(_rendered(report(), here))["results"]
    assert [each["ruleId"] for each in listed if each.get("kind") == "open" and each["level"] == "none"] == ["sqs-encryption"]

    run = _run(_rendered(report(), here, show_unknown=False))
    assert [each["ruleId"] for each in run["results"]] == ["lambda-plaintext-secret", "rds-multi-az", "s3-lifecycle"]
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == [
        "lambda-plaintext-secret",
        "rds-multi-az",
        "s3-lifecycle",
    ]


def test_paths_are_relative_to_the_repository(here: Path) -> None:
    below = here / "infra"
    below.mkdir()
    os.chdir(below)
    whole = report()
    whole.findings = [replace(whole.findings[3], span=Span(path, 1, 1, 1, 2)) for path in ("main.tf", "../x.tf", "/else/y.tf")]

    locations = [
        each["locations"][0]["physicalLocation"]["artifactLocation"] for each in _run(_rendered(whole, here))["results"]
    ]

    assert locations == [
        {"uri": "infra/main.tf", "uriBaseId": "%SRCROOT%"},
        {"uri": "x.tf", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///else/y.tf"},
    ]


def test_a_file_that_was_not_kept_has_no_line_hash(here: Path) -> None:
    whole = report()
    whole.sources = {}

    assert _run(_rendered(whole, here))["results"][0]["partialFingerprints"] == {"waIacFingerprint/v1": "f1"}


def test_beyond_the_limit_the_gravest_stay_and_the_file_says_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    run = _run(_rendered(report(), here))

    assert [each["ruleId"] for each in run["results"]] == ["lambda-plaintext-secret", "rds-multi-az"]
    assert run["invocations"][0]["toolExecutionNotifications"][-1] == {
        "message": {"text": "Only the gravest 2 of 4 findings are in this file: GitHub refuses more."},
        "level": "warning",
    }


@pytest.mark.parametrize(
    ("rule", "level", "grave"),
    [
        (SECRET, "error", {"security-severity": "9.5"}),
        (ENCRYPTION, "warning", {"security-severity": "5.5"}),
        (MULTI_AZ, "error", {"problem.severity": "error"}),
        (LIFECYCLE, "note", {"problem.severity": "recommendation"}),
    ],
)
def test_a_rule_has_its_severity_in_githubs_scales(rule: Any, level: str, grave: dict[str, str]) -> None:
    written = json.loads(json.dumps(descriptor(rule), default=default))

    assert written["defaultConfiguration"] == {"level": level}
    assert written["properties"] == {"precision": "high", **grave, "tags": [rule.pillar, *rule.practices]}


def test_a_rule_keeps_within_githubs_limits() -> None:
    long = replace(MULTI_AZ, page=f"# {'t' * 2000}\n\n{'d' * 2000}\n", practices=tuple(f"REL{i:02}-BP01" for i in range(1, 20)))
    written = json.loads(json.dumps(descriptor(long), default=default))

    assert len(written["shortDescription"]["text"]) == 1024
    assert len(written["fullDescription"]["text"]) == 1024
    assert len(written["properties"]["tags"]) == 10


def test_every_severity_has_a_scale_and_a_worse_one_a_higher_score() -> None:
    assert set(SCALES) == set(Severity)
    scores = [float(SCALES[each].security) for each in Severity]
    assert scores == sorted(scores)
    assert 9.0 not in scores
