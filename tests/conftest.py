"""What tests share: judging a text as if it were a file, and the corpus of real templates where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.paths import CORPUS
from wa_iac.core import budget


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real templates; a test that asks for it is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real templates is not beside the project")
    return CORPUS


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what a unit may use: what ends at a bound ends sooner."""
    for name, most in list(budget.MOST.items()):
        monkeypatch.setitem(budget.MOST, name, most // 10)
