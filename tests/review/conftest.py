"""Reviews of small modules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.cli import run
from helpers.reviews import Reviewed


@pytest.fixture
def reviewed(tmp_path: Path) -> Reviewed:
    """Writes a module, and returns its review as JSON. Further arguments are those of the command."""

    def review(module: str, *arguments: str) -> dict[str, Any]:
        (tmp_path / "main.tf").write_text(module, encoding="utf-8")
        done = run(tmp_path, "review", ".", "--format", "json", *arguments)
        assert done.returncode == 0, done.stderr
        made: dict[str, Any] = json.loads(done.stdout)
        return made

    return review
