"""The report as SARIF: compared whole with a file, held to the standard's schema, and to what GitHub asks beyond it.

`WA_IAC_WRITE_GOLDEN=1 pytest tests/report/test_sarif_report.py` writes fixtures/golden/report.sarif anew; read the difference
before you keep it.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import pytest

from helpers.github_lint import complaints
from helpers.sample_report import ENCRYPTION, LIFECYCLE, MULTI_AZ, SECRET, report
from wa_iac.core.errors import SourceError, UnavailableError, UsageError
from wa_iac.core.finding import Report, Suppression
from wa_iac.core.rule import Severity
from wa_iac.core.span import Span
from wa_iac.core.value import Step
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report import sarif
from wa_iac.report.sarif_rules import descriptor
from wa_iac.report.sarif_serializer import default
from wa_iac.report.severity import SCALES

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
GOLDEN = FIXTURES / "golden" / "report.sarif"
ERRORS = ["not-judged", "not-judged"]
"""The sample's two errors come before its findings."""


def _rendered(
    whole: Report, tmp_path: Path, *, show_unknown: bool = True, show_suppressed: bool = False, category: str = ""
) -> str:
    return sarif.render(whole, show_unknown=show_unknown, root=tmp_path, show_suppressed=show_suppressed, category=category)


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
    """Errors lie in files that the sample does not hold: GitHub's action hashes their lines."""
    document = json.loads(_rendered(report(), here))

    assert complaints(document) == ["result 0: no primaryLocationLineHash"]


def test_what_is_undecided_is_open_and_only_there_on_request(here: Path) -> None:
    listed = _run(_rendered(report(), here))["results"]
    assert [each["ruleId"] for each in listed if each.get("kind") == "open" and each["level"] == "none"] == ["sqs-encryption"]

    run = _run(_rendered(report(), here, show_unknown=False))
    assert [each["ruleId"] for each in run["results"]] == [*ERRORS, "lambda-plaintext-secret", "rds-multi-az", "s3-lifecycle"]
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == [
        "lambda-plaintext-secret",
        "not-judged",
        "rds-multi-az",
        "s3-lifecycle",
    ]


def test_paths_are_relative_to_the_repository(here: Path) -> None:
    below = here / "infra"
    below.mkdir()
    os.chdir(below)
    whole = report()
    whole.errors = []
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

    assert _run(_rendered(whole, here))["results"][2]["partialFingerprints"] == {"waIacFingerprint/v1": "f1"}


def test_beyond_the_limit_the_gravest_stay_and_the_file_says_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 4)
    run = _run(_rendered(report(), here))

    assert [each["ruleId"] for each in run["results"]] == [*ERRORS, "lambda-plaintext-secret", "rds-multi-az"]
    assert run["invocations"][0]["toolExecutionNotifications"][-1] == {
        "message": {"text": "Only the most severe 2 of 4 findings are in this file: GitHub does not accept more."},
        "level": "warning",
    }


def test_what_could_not_be_judged_is_a_result_at_its_place_and_a_notification(here: Path) -> None:
    whole = Report(
        errors=[
            SourceError("a bracket `}` is missing", path="main.tf", line=2, column=3),
            SourceError("it is empty", path="gone.tf"),
            SourceError("it ends too early", path="main.tf", line=9, column=1),
            UsageError("nothing to check"),
            UnavailableError("the module x is not installed", path="main.tf", line=1),
        ],
        sources={"main.tf": "é\n🙂 {x\n".encode()},
    )
    run = _run(_rendered(whole, here))

    assert [(each["message"]["text"], each["level"], _place(each)) for each in run["results"]] == [
        ("a bracket '}' is missing", "error", ("main.tf", 2, 4, 2, 6)),
        ("it is empty", "error", ("gone.tf", 1, 1, 1, 2)),
        ("it ends too early", "error", ("main.tf", 3, 1, 3, 2)),
    ]
    assert [(each["message"]["text"], each["level"]) for each in run["invocations"][0]["toolExecutionNotifications"]] == [
        ("a bracket '}' is missing", "error"),
        ("it is empty", "error"),
        ("it ends too early", "error"),
        ("nothing to check", "error"),
        ("the module x is not installed", "note"),
    ]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].startswith("# File could not be read or checked in full\n\n")
    assert rule["properties"] == {"precision": "very-high", "problem.severity": "error", "tags": ["configuration"]}


def _place(located: dict[str, Any]) -> tuple[str, int, int, int, int]:
    physical = (located["locations"][0] if "locations" in located else located["location"])["physicalLocation"]
    region = physical["region"]
    numbers = (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"])
    return (physical["artifactLocation"]["uri"], *numbers)


def test_the_way_of_a_value_goes_from_where_it_is_set_to_where_it_takes_effect(here: Path) -> None:
    (here / "db").mkdir()
    (here / "main.tf").write_text(
        'variable "standby" {\n  default = false\n}\nmodule "db" {\n  source   = "./db"\n  multi_az = var.standby\n}\n'
    )
    (here / "db" / "main.tf").write_text(
        'variable "multi_az" {}\nresource "aws_db_instance" "x" {\n  engine = "mysql"\n  multi_az = var.multi_az\n}\n'
    )
    run = _run(_rendered(check([Path("main.tf")], Selection(select=("rds-multi-az",))), here))

    (result,) = run["results"]
    (flow,) = result["codeFlows"]
    (thread,) = flow["threadFlows"]
    assert [(_place(each)[:2], each["location"]["message"]["text"]) for each in thread["locations"]] == [
        (("main.tf", 2), 'default of variable "standby"'),
        (("main.tf", 6), 'module argument "multi_az"'),
        (("db/main.tf", 4), "takes effect in module.db.aws_db_instance.x"),
    ]
    assert result["message"]["text"].endswith(
        ' See [module argument "multi_az"](1), [default of variable "standby"](2), [module "db"](3).'
    )


def test_a_long_way_keeps_its_ends(here: Path) -> None:
    whole = report()
    steps = tuple(Step(Span("vars.tf", line, 1, line, 2), f"local.x{line}") for line in range(1, 301))
    whole.findings = [replace(whole.findings[2], related=steps, chain=steps)]
    (result,) = _run(_rendered(replace(whole, errors=[]), here))["results"]

    places = [each["location"]["message"]["text"] for each in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert len(places) == 100
    assert (places[0], places[1], places[-2]) == ("local.x300", "local.x98", "local.x1")
    assert [each["message"]["text"] for each in result["relatedLocations"]] == [
        *(f"local.x{line}" for line in range(1, 10)),
        "local.x300",
    ]


def test_a_value_that_is_written_where_it_takes_effect_has_no_way(here: Path) -> None:
    results = _run(_rendered(report(), here))["results"]

    assert [each["ruleId"] for each in results if "codeFlows" in each] == ["rds-multi-az"]


def test_what_is_suppressed_is_there_on_request_and_says_so(here: Path) -> None:
    whole = report()
    kept = whole.findings[4]
    standing = replace(kept, suppressed=None)
    whole.findings = [kept, replace(kept, suppressed=Suppression("", "baseline")), standing]

    assert [each["ruleId"] for each in _run(_rendered(whole, here))["results"]] == [*ERRORS, "s3-lifecycle"]
    assert [each.get("suppressions") for each in _run(_rendered(whole, here, show_suppressed=True))["results"]] == [
        *(None, None, None),
        [{"kind": "inSource", "status": "accepted", "justification": "the law wants it"}],
        [{"kind": "external", "status": "accepted"}],
    ]


@pytest.mark.parametrize(
    ("category", "written"),
    [("", None), ("infra", {"id": "infra/"}), ("infra/", {"id": "infra/"}), ("a/b", {"id": "a/b/"}), ("/", None)],
)
def test_the_category_is_there_on_request(category: str, written: object, here: Path) -> None:
    assert _run(_rendered(report(), here, category=category)).get("automationDetails") == written


@pytest.mark.parametrize(
    ("number", "properties"), [(0, {"security-severity": "2.0"}), (2, None)], ids=["security", "reliability"]
)
def test_a_severity_of_the_settings_is_the_results_own(number: int, properties: object, here: Path) -> None:
    whole = report()
    whole.errors = []
    whole.findings = [replace(whole.findings[number], graded=Severity.LOW)]
    (result,) = _run(_rendered(whole, here))["results"]

    assert (result["level"], result.get("properties")) == ("note", properties)


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
