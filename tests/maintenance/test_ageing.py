"""The command that lists facts which are due to be checked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from wa_iac.knowledge.dated import subjects
from wa_iac.maintenance.__main__ import app
from wa_iac.maintenance.ageing import older


def at(days_after_the_newest: int) -> datetime:
    newest = max(each.as_of for each in subjects())
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC) + timedelta(days=days_after_the_newest)


def test_a_fact_is_due_after_a_year_and_not_on_its_anniversary() -> None:
    (first, *_) = subjects()

    assert list(older([first], first.as_of + timedelta(days=365), 365)) == []
    assert list(older([first], first.as_of + timedelta(days=366), 365)) == [first]


def test_the_command_names_what_is_due_with_its_sources_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at(366).timestamp())))
    result = CliRunner().invoke(app, ["ageing"])

    assert result.exit_code == 1
    for each in subjects():
        assert f"{each.name}: " in result.output
        assert all(source in result.output for source in each.sources)


def test_the_command_says_that_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    oldest = min(each.as_of for each in subjects())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(oldest.year, oldest.month, oldest.day, tzinfo=UTC).timestamp())))
    result = CliRunner().invoke(app, ["ageing"])

    assert (result.exit_code, result.output) == (0, "No facts are older than 365 days.\n")
