"""A runner of composite actions, as much of GitHub's as ours needs: expressions, `if`, `env`, outputs. What is used is only noted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Ran:
    """What came of a run. `used` are the other actions with their inputs, in order; `code` is that of the step that failed."""

    code: int = 0
    log: str = ""
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""


def action(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def run(
    path: Path,
    *,
    workspace: Path,
    temp: Path,
    environment: Mapping[str, str],
    inputs: Mapping[str, str],
    fork: bool = False,
    skip: frozenset[str] = frozenset(),
) -> Ran:
    """Run the action in `path` on the checkout `workspace`; steps named in `skip` are left out."""
    document = action(path)
    context: dict[str, Any] = {
        "inputs": {name: inputs.get(name, each.get("default", "")) for name, each in document["inputs"].items()},
        "github": {"event": {"pull_request": {"head": {"repo": {"fork": True}}}} if fork else {}},
        "steps": {},
    }
    assert set(inputs) <= set(document["inputs"])
    ran = Ran()
    for number, step in enumerate(document["runs"]["steps"]):
        if step["name"] in skip or not _truth(evaluated(step.get("if", "true"), context)):
            continue
        if "uses" in step:
            ran.used[step["uses"].partition("@")[0]] = {key: filled(each, context) for key, each in step["with"].items()}
            continue
        output, summary = temp / f"output-{number}", temp / f"summary-{number}"
        output.touch()
        done = subprocess.run(
            # What `shell: bash` means to GitHub.
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=workspace,
            env={
                **environment,
                "RUNNER_TEMP": str(temp),
                "GITHUB_ACTION_PATH": str(path.parent),
                "GITHUB_WORKSPACE": str(workspace),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
                **{key: filled(each, context) for key, each in step["env"].items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        ran.log += done.stdout.decode()
        lines = output.read_text(encoding="utf-8").splitlines()
        context["steps"][step.get("id", number)] = {"outputs": dict(line.split("=", 1) for line in lines)}
        if summary.exists():
            ran.summary += summary.read_text(encoding="utf-8")
        if done.returncode:
            ran.code = done.returncode
            break
    ran.outputs = {name: filled(each["value"], context) for name, each in document["outputs"].items()}
    return ran


def filled(text: str, context: Mapping[str, Any]) -> str:
    """A text with its expressions' values."""
    return _EXPRESSION.sub(lambda found: evaluated(found[1], context), str(text))


def evaluated(expression: str, context: Mapping[str, Any]) -> str:
    """The value of an expression of names, texts, `==`, `!=` and `&&`."""
    parts = expression.split(" && ")
    if len(parts) > 1:
        values = [evaluated(each, context) for each in parts]
        return next((each for each in values if not _truth(each)), values[-1])
    for operator, equal in ((" == ", True), (" != ", False)):
        left, found, right = expression.partition(operator)
        if found:
            return "true" if (evaluated(left, context) == evaluated(right, context)) is equal else "false"
    if expression.startswith("'"):
        return expression.strip("'")
    if expression in ("true", "false"):
        return expression
    value: Any = context
    for name in expression.split("."):
        value = value.get(name, {})
    return "" if value == {} else str(value).lower() if isinstance(value, bool) else str(value)


def _truth(value: str) -> bool:
    return value not in ("", "false", "0")
