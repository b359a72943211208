"""Texts made at random, in Terraform's JSON and in files that `templatefile` fills in, come to what a real Terraform makes of them."""

from __future__ import annotations

import base64
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from helpers.generated_hcl import VARIABLE, Rejected, Writer, evaluated
from helpers.terraform import ReadOne, Sources, block
from wa_iac.core.value import Absent, Known, plain

TERRAFORM: Final = shutil.which("terraform")
_TEXTS: Final = 40
_VARIABLE: Final = re.compile(r"var ?\. ?x ?\. ?")
_EXPRESSION: Final = re.compile(r"[$%]\{[^}\"]*\n")


def _texts(seed: int) -> list[str]:
    """Texts without an error in them."""
    writer, found = Writer(random.Random(seed).choice), list[str]()
    while len(found) < _TEXTS:
        text = writer.text()
        if not text or "\r" in text or _EXPRESSION.search(text):
            continue
        try:
            evaluated(f"(<<WHOLE\n{text}\nWHOLE\n)")
        except Rejected:
            continue
        found.append(text)
    return found


def _sources(texts: list[str]) -> Sources:
    files = {f"t{number}.txt": _VARIABLE.sub("x.", text) for number, text in enumerate(texts)}
    named = {f"j{number}": _VARIABLE.sub("local.x.", text) for number, text in enumerate(texts)}
    filled = {f"f{number}": f'${{templatefile("t{number}.txt", {{ x = local.x }})}}' for number in range(len(texts))}
    outputs = {name: {"value": f"${{local.{name}}}"} for name in (*named, *filled)}
    return {"main.tf.json": json.dumps({"locals": {"x": VARIABLE, **named, **filled}, "output": outputs}), **files}


@pytest.mark.slow
@pytest.mark.skipif(TERRAFORM is None, reason="there is no Terraform on the path")
@pytest.mark.parametrize("seed", range(int(os.environ.get("WA_IAC_FUZZ", "200")) // 100))
def test_as_terraform(unit: ReadOne, tmp_path: Path, seed: int) -> None:
    texts = _texts(seed)
    found = unit(_sources(texts))
    assert found.errors == []
    names = [f"{kind}{number}" for kind in "jf" for number in range(len(texts))]
    values = [block(found, f"output.{name}").body.value["value"] for name in names]
    assert all(isinstance(each, Known | Absent) for each in values)
    (tmp_path / "empty.tfrc").touch()
    output = subprocess.run(
        [TERRAFORM or "", "console"], input=f"base64encode(jsonencode([{', '.join(f'local.{name}' for name in names)}]))\n",
        cwd=tmp_path, env={"HOME": str(tmp_path), "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": str(tmp_path / "empty.tfrc")},
        encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    ).stdout  # fmt: skip
    result = re.search(r'^"([\w+/=]+)"$', output, re.MULTILINE)
    assert result is not None, output
    wanted = json.loads(base64.b64decode(result[1]))
    assert [json.loads(json.dumps(plain(each))) for each in values] == wanted
