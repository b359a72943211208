"""A state around a task guards it against errors, and a task inside others is found."""

import json
from pathlib import Path

import pytest

from helpers.reports import judge

TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
RETRY = {"Retry": [{"ErrorEquals": ["States.ALL"]}]}
CATCH = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}]}


def machine(states: dict[str, object]) -> str:
    definition = json.dumps({"StartAt": "First", "States": states})
    resource = {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": definition}}
    return json.dumps({"Resources": {"Orders": resource}})


def inside(states: dict[str, object], kind: str) -> dict[str, object]:
    part = {"StartAt": "Inner", "States": states}
    return {"Type": kind, "End": True} | ({"Branches": [part]} if kind == "Parallel" else {"ItemProcessor": part})


@pytest.mark.parametrize("guard", [RETRY, CATCH])
@pytest.mark.parametrize("kind", ["Parallel", "Map"])
def test_a_state_around_a_task_guards_it(tmp_path: Path, kind: str, guard: dict[str, object]) -> None:
    around = inside({"Inner": TASK}, kind)

    assert len(judge(tmp_path, machine({"First": around}), "cloudformation", "stepfunctions-retry-catch").failing()) == 1
    assert judge(tmp_path, machine({"First": around | guard}), "cloudformation", "stepfunctions-retry-catch").failing() == []


def test_a_finding_names_the_tasks_of_a_machine(tmp_path: Path) -> None:
    source = machine({"First": TASK, "Second": TASK | RETRY, "Third": inside({"Inner": TASK}, "Map")})
    (finding,) = judge(tmp_path, source, "cloudformation", "stepfunctions-retry-catch").failing()

    assert "First and Inner" in finding.message


def test_other_states_need_no_guard(tmp_path: Path) -> None:
    source = machine({"First": {"Type": "Wait", "Seconds": 1, "Next": "Last"}, "Last": {"Type": "Succeed"}})

    assert judge(tmp_path, source, "cloudformation", "stepfunctions-retry-catch").failing() == []
