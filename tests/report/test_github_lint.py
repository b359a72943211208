"""Our own lint of what GitHub refuses finds each fault that it is there for."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from helpers.github_lint import complaints
from helpers.sample_report import report
from wa_iac.report import sarif

Run: TypeAlias = dict[str, Any]


def _set(path: str, value: object) -> Callable[[Run], None]:
    """Sets what `path`, names and numbers separated by blanks, leads to."""

    def spoil(run: Run) -> None:
        *way, last = (int(step) if step.isdigit() else step for step in path.split())
        at: Any = run
        for step in way:
            at = at[step]
        at[last] = value

    return spoil


def _drop(path: str) -> Callable[[Run], None]:
    def spoil(run: Run) -> None:
        *way, last = (int(step) if step.isdigit() else step for step in path.split())
        at: Any = run
        for step in way:
            at = at[step]
        del at[last]

    return spoil


RULE = "tool driver rules 0"
PLACE = "results 0 locations 0 physicalLocation"
SPOILT = [
    (_set("results", [{}] * 25_001), "over 25,000 results"),
    (_set("invocations 0 executionSuccessful", False), "an unsuccessful execution"),
    (_set("automationDetails", {"id": "infra"}), "a category that no slash ends"),
    (_set(f"{RULE} help text", ""), "rule lambda-plaintext-secret: an empty text"),
    (_set(f"{RULE} fullDescription text", "x" * 1025), "rule lambda-plaintext-secret: a text that is too long"),
    (_set(f"{RULE} name", "x" * 256), "rule lambda-plaintext-secret: a text that is too long"),
    (_set(f"{RULE} properties tags", ["security"] * 11), "rule lambda-plaintext-secret: over 10 tags"),
    (_set(f"{RULE} properties precision", "certain"), "rule lambda-plaintext-secret: an unknown precision"),
    (_set(f"{RULE} properties tags", []), "rule lambda-plaintext-secret: the tag security and a score go together"),
    (_set(f"{RULE} properties problem.severity", "error"), "rule lambda-plaintext-secret: either a score or a problem.severity"),
    (_set(f"{RULE} properties security-severity", 9.5), "rule lambda-plaintext-secret: a score that is no number in a string"),
    (_set(f"{RULE} properties security-severity", "high"), "rule lambda-plaintext-secret: a score that is no number in a string"),
    (_set(f"{RULE} properties security-severity", "9.0"), "rule lambda-plaintext-secret: a score that is in no band"),
    (_set("results 0 properties", {"security-severity": "nan"}), "result 0: a score that is no number in a string"),
    (_set("results 0 ruleIndex", 99), "result 0: another rule by its id than by its index"),
    (_set("results 0 ruleId", "x"), "result 0: another rule by its id than by its index"),
    (_set("results 0 message text", ""), "result 0: no message"),
    (_drop("results 0 level"), "result 0: no level of its own"),
    (_drop("results 0 partialFingerprints primaryLocationLineHash"), "result 0: no primaryLocationLineHash"),
    (_set("results 0 locations", []), "result 0: not one location"),
    (_set("results 0 message text", "See [it](1)."), "result 0: other links than related locations"),
    (_set("results 1 relatedLocations", []), "result 1: other links than related locations"),
    (_set("results 1 codeFlows 0 threadFlows 0 locations 0", {"index": 1}), "result 1: a code flow of too many places, of one, or"),
    (_set(f"{PLACE} artifactLocation uri", "/a.tf"), "result 0: a path that does not start at the root of the repository"),
    (_set(f"{PLACE} artifactLocation uri", "file:///a.tf"), "result 0: a path that does not start at the root of the repository"),
    (_set(f"{PLACE} artifactLocation uri", "../a.tf"), "result 0: a path that does not start at the root of the repository"),
    (_drop(f"{PLACE} region endColumn"), "result 0: a region without all four numbers"),
    (_set(f"{PLACE} region endLine", 1), "result 0: a region that ends before it starts"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "complaint"), SPOILT, ids=[complaint for _, complaint in SPOILT])
def test_each_fault_is_found(
    spoil: Callable[[Run], None], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = report()
    whole.errors = []
    good = json.loads(sarif.render(whole, show_unknown=True, root=tmp_path))
    assert complaints(good) == []

    bad = copy.deepcopy(good)
    spoil(bad["runs"][0])
    if "over 25,000" in complaint:
        bad["runs"][0]["results"] = good["runs"][0]["results"] * 8_334
    assert any(each.startswith(complaint) for each in complaints(bad)), complaints(bad)[:5]


def test_two_runs_are_found() -> None:
    assert complaints({"runs": [{}, {}]}) == ["2 runs: one tool and category may stand in a file once"]
