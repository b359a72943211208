"""What the README shows is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.paths import PROJECT
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.text import render


def test_the_finding_in_the_readme_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\n(.*?)```", readme, re.DOTALL)

    printed = render(check([Path("fixtures/twins/badly-built")], Selection()), show_unknown=False)
    assert shown in printed


def test_every_rule_the_documents_name_exists() -> None:
    documents = [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]
    named = {slug for path in documents for slug in re.findall(r"ignore\[([\w, -]+)\]", path.read_text(encoding="utf-8"))}
    assert [
        each for slugs in named for each in slugs.split(",") if each.strip() != "slug" and not OURS.knows(each.strip())
    ] == []
