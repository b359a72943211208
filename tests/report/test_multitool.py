"""What Microsoft's validator of SARIF says of our files. `npm ci` in tests/report/multitool brings it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from helpers.paths import PROJECT
from helpers.sample_report import report
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report import sarif

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parent / "multitool"


def _complaints(text: str, folder: Path) -> list[str]:
    """Its errors and warnings, by the rules of the standard and of GitHub. Its exit code says only whether it ran."""
    # The program itself: what npm puts in front of it hands its arguments to a shell.
    program = next(iter(sorted((FOLDER / "node_modules").glob("@microsoft/sarif-multitool-*/Sarif.Multitool*"))), None)
    if program is None:
        pytest.skip("Sarif.Multitool is not installed: npm ci in tests/report/multitool")
    (folder / "in.sarif").write_text(text, encoding="utf-8")
    rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"]
    done = subprocess.run(
        [program, "validate", "in.sarif", *rules, "-o", "out.sarif", "--log", "ForceOverwrite"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = json.loads((folder / "out.sarif").read_text(encoding="utf-8-sig"))["runs"]
    return [f"{each['ruleId']} {each['message'].get('arguments', each['message'])}" for each in run.get("results", [])]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_whole_sample(here: Path) -> None:
    text = sarif.render(report(), show_unknown=True, show_suppressed=True, category="infra", root=here)

    assert _complaints(text, here) == []


def test_an_empty_report(here: Path) -> None:
    assert _complaints(sarif.render(Report(), show_unknown=False, root=here), here) == []


def test_a_real_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    found = check([Path("fixtures/twins/badly-built")], Selection(profile="all"))

    assert len(found.failing()) > 50
    assert _complaints(sarif.render(found, show_unknown=True, root=PROJECT), tmp_path) == []


def test_a_fault_is_told(here: Path) -> None:
    document: dict[str, Any] = json.loads(sarif.render(report(), show_unknown=False, root=here))
    document["runs"][0]["results"][0]["locations"] = []

    assert any(each.startswith("GH1015") for each in _complaints(json.dumps(document), here))
