"""Mending source texts: what the tests of fixes share."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from helpers.cloudformation import plain
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.fixes.write import Outcome, write_fixes
from wa_iac.engine.selection import Selection
from wa_iac.parsers.cloudformation.text.documents import parsed

TERRAFORM = shutil.which("terraform")


def mended(directory: Path, *slugs: str, unsafe: bool = True, write: bool = True, profile: str = "all") -> Outcome:
    """What mending a directory by the rules named comes to."""
    return write_fixes(
        [directory], Selection(select=slugs, profile="all" if profile == "all" else "default"), unsafe=unsafe, write=write
    )


def after(directory: Path, name: str, source: str | bytes, *slugs: str, unsafe: bool = True) -> str:
    """The text of one file once it is mended by the rules named."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    outcome = mended(directory, *slugs, unsafe=unsafe)
    assert outcome.report.mistakes() == []
    return path.read_bytes().decode()


def everything(directory: Path, *, advice: bool = False) -> Report:
    """The report of all rules of the default profile; with advice, that of all rules: what was advice before is nothing new."""
    return check([directory], Selection(profile="all" if advice else "default"))


def failing(report: Report) -> Counter[tuple[str, str]]:
    """How often each rule fails on each resource."""
    return Counter((each.rule.slug, each.address) for each in report.failing())


def as_json(source: str, indent: int | str | None) -> str:
    """A template in YAML as JSON, with the given indentation; compact in one line where it is None."""
    document = parsed(source.encode(), "template.yaml")
    assert document is not None
    separators = (",", ":") if indent is None else None
    return json.dumps(plain(document.root), indent=indent, separators=separators)


def formatted(sources: Mapping[str, str]) -> dict[str, str]:
    """What one `terraform fmt` makes of sources, by their names. Skips the test where Terraform is not installed."""
    if TERRAFORM is None:
        pytest.skip("Terraform is not installed")
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{number}.tf") for number, name in enumerate(sources)}
        for name, path in paths.items():
            path.write_text(sources[name], encoding="utf-8", newline="")
        subprocess.run([TERRAFORM, "fmt", "-list=false", folder], capture_output=True, check=True)
        return {name: path.read_bytes().decode() for name, path in paths.items()}
