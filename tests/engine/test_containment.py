"""A crash costs the unit that it happens in: every other unit is reported in every format, and the crash is an error that says where."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import wa_iac.engine.build
import wa_iac.engine.discover
import wa_iac.engine.fixes.find
import wa_iac.engine.unit_run
import wa_iac.parsers.cloudformation.read
import wa_iac.parsers.cloudformation.text.documents
import wa_iac.parsers.terraform.modules.configuration
import wa_iac.report.github
import wa_iac.report.gitlab
import wa_iac.report.json
import wa_iac.report.junit
import wa_iac.report.markdown
import wa_iac.report.sarif_results
import wa_iac.report.text
from wa_iac.cli.check import Check
from wa_iac.core.errors import BoundError, InternalError
from wa_iac.core.finding import Report
from wa_iac.core.inputs import NOTHING_GIVEN
from wa_iac.core.rule import Rule, Severity
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Settings
from wa_iac.lsp.targets import UnitTarget
from wa_iac.lsp.units import judge_unit
from wa_iac.report.formats import Format, View
from wa_iac.report.items import Item

TRAIL_TF = 'resource "aws_cloudtrail" "{0}" {{\n  name                       = join("-", ["a", "{0}"])\n  enable_log_file_validation = false\n}}\n'
TRAIL_YAML = "Resources:\n  {0}:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      EnableLogFileValidation: false\n"
UNSEEN = "a value that nobody should see"
SOUND = {"aws_cloudtrail.sound", "Sound"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sound units, and two called `broken`, which the tests below break over."""
    (tmp_path / ".git").mkdir()
    for name in ("broken", "sound"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(TRAIL_TF.format(name), encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(TRAIL_YAML.format(name.capitalize()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Break = Callable[[type[Exception]], None]


@pytest.fixture
def break_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, type[Exception]], None]:
    """Makes one stage raise over what is `broken`."""

    def broken(at: str, raised: type[Exception] = ZeroDivisionError) -> None:
        for owner, name in STAGES[at]:
            function = owner[name] if isinstance(owner, dict) else getattr(owner, name)

            def breaking(*arguments: Any, _function: Callable[..., Any] = function, **named: Any) -> Any:
                if any(map(_is_broken, (*arguments, *named.values()))):
                    raise raised(UNSEEN)
                return _function(*arguments, **named)

            if isinstance(owner, dict):
                monkeypatch.setitem(owner, name, breaking)
            else:
                monkeypatch.setattr(owner, name, breaking)

    return broken


def _is_broken(argument: Any) -> bool:
    """Whether an argument is of a unit that is to break: its path, or something with a path or an address."""
    if isinstance(argument, Item):
        argument = list(argument.findings)
    if isinstance(argument, list):
        return any(map(_is_broken, argument))
    named = (getattr(argument, name, "") for name in ("path", "address", "value"))
    texts = [str(each) for each in (*named, argument if isinstance(argument, str | Path) else "")]
    return any("broken" in text.lower() for text in texts)


CALL = importlib.import_module("wa_iac.parsers.terraform.evaluation.functions.call")
"""The module; its package has a function of the same name."""
STAGES: dict[str, list[tuple[Any, str]]] = {
    "discovery": [(Settings, "excludes")],
    "parse": [
        (wa_iac.parsers.terraform.modules.configuration, "_blocks"),
        (wa_iac.parsers.cloudformation.text.documents, "read_text"),
    ],
    "evaluate": [(CALL, "_called"), (wa_iac.parsers.cloudformation.read, "declare")],
    "graph": [(wa_iac.engine.build, "build")],
    "suppressions": [(wa_iac.engine.unit_run, "Suppressions")],
    "rule": [(Rule, "run")],
    "verdict": [(wa_iac.engine.unit_run.UnitRun, "_judged")],
    "fix": [(wa_iac.engine.fixes.find.Fixes, "_target")],
}
WRITERS: dict[Format, tuple[Any, str]] = {
    Format.TEXT: (wa_iac.report.text, "closest"),
    Format.JSON: (wa_iac.report.json, "_finding"),
    Format.SARIF: (wa_iac.report.sarif_results.Results, "finding"),
    Format.JUNIT: (wa_iac.report.junit, "_findings"),
    Format.GITLAB: (wa_iac.report.gitlab, "_finding"),
    Format.GITHUB: (wa_iac.report.github, "_item"),
    Format.MARKDOWN: (wa_iac.report.markdown, "_row"),
}


def checked(format_: Format, *, diff: bool = False) -> tuple[Report, str, int]:
    """A report, what is written of it, and the exit code."""
    output = Path("report.out")
    asked = Check(
        paths=[Path("broken"), Path("sound"), Path("broken.yaml"), Path("sound.yaml")],
        selection=Selection(select=("cloudtrail-log-validation",)),
        inputs=[NOTHING_GIVEN],
        fail_on=Severity.LOW,
        view=View(paths=[Path()]),
        format=format_,
        output=output,
        diff=diff,
    )
    report, said = asked.judge()
    code = asked.write_report(report, said)
    return report, output.read_text(encoding="utf-8"), code


def assert_told(report: Report, text: str, code: int) -> None:
    """What is sound is reported; what broke is an error with a place and without values, in the report and in what is written."""
    assert {each.address for each in report.findings} >= SOUND
    assert all(each.split(".")[-1] in text for each in SOUND)
    crashes = [each for each in report.errors if isinstance(each, InternalError)]
    assert crashes
    assert all("broken" in (each.path or "") for each in crashes)
    assert all("ZeroDivisionError" in each.message and "report it" in each.message for each in crashes)
    assert "ZeroDivisionError" in text
    assert UNSEEN not in text
    assert code == 2


@pytest.mark.parametrize("format_", list(Format))
@pytest.mark.parametrize("stage", STAGES)
def test_every_other_unit_is_reported_in_every_format(
    stage: str, format_: Format, here: Path, break_at: Callable[[str], None]
) -> None:
    break_at(stage)
    assert_told(*checked(format_, diff=stage == "fix"))


@pytest.mark.parametrize("format_", list(Format))
def test_a_finding_that_cannot_be_written_costs_itself(format_: Format, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STAGES, "report", [WRITERS[format_]])
    owner, name = WRITERS[format_]
    function = getattr(owner, name)

    def breaking(*arguments: Any, **named: Any) -> Any:
        if any(map(_is_broken, arguments)):
            raise ZeroDivisionError(UNSEEN)
        return function(*arguments, **named)

    monkeypatch.setattr(owner, name, breaking)
    assert_told(*checked(format_))


@pytest.mark.parametrize("raised", [RecursionError, MemoryError])
@pytest.mark.parametrize("stage", ["parse", "evaluate", "graph", "rule"])
def test_too_deep_and_too_large_are_bounds(
    stage: str, raised: type[Exception], here: Path, break_at: Callable[[str, type[Exception]], None]
) -> None:
    break_at(stage, raised)
    report, text, code = checked(Format.JSON)

    assert {each.address for each in report.findings} >= SOUND
    assert {type(each) for each in report.mistakes()} == {BoundError}
    assert all("broken" in (each["path"] or "") for each in json.loads(text)["errors"])
    assert code == 2


def test_a_report_that_cannot_be_written_at_all_does_not_cost_the_others(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*arguments: object) -> str:
        raise ZeroDivisionError(UNSEEN)

    monkeypatch.setattr(wa_iac.report.json, "dumps", nothing)
    asked = Check(
        paths=[Path("sound")],
        selection=Selection(select=("cloudtrail-log-validation",)),
        inputs=[NOTHING_GIVEN],
        fail_on=Severity.LOW,
        view=View(paths=[Path()]),
        format=Format.JSON,
        also=[(Format.MARKDOWN, Path("report.md"))],
    )
    assert asked.run() == 2
    assert "cloudtrail-log-validation" in Path("report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("stage", ["parse", "evaluate", "graph", "suppressions", "rule", "verdict"])
@pytest.mark.parametrize("name", ["main.tf", "broken.yaml"])
def test_the_language_server_shows_the_crash_and_judges_the_next_file(
    stage: str, name: str, here: Path, break_at: Callable[[str], None]
) -> None:
    break_at(stage)
    target = UnitTarget("terraform", here / "broken") if name == "main.tf" else UnitTarget("cloudformation", here / name)
    other = UnitTarget("terraform", here / "sound") if name == "main.tf" else UnitTarget("cloudformation", here / "sound.yaml")

    assert any(isinstance(each, InternalError) and "ZeroDivisionError" in each.message for each in judge_unit(target).errors)
    assert "cloudtrail-log-validation" in {each.rule.slug for each in judge_unit(other).findings}
