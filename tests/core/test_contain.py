"""A crash while something is read becomes an error that says where; what is the user's to mend stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wa_iac.core.budget import MOST, current
from wa_iac.core.contain import contained
from wa_iac.core.errors import BoundError, InternalError, SourceError, UsageError, WaIacError
from wa_iac.core.files import Superseded
from wa_iac.core.span import Span


def _failing(error: BaseException, at: Span | None = None) -> Callable[[], None]:
    def run() -> None:
        current().step(at=at)
        raise error

    return run


def _errors(make: Callable[[], object]) -> list[WaIacError]:
    errors: list[WaIacError] = []
    assert contained("main.tf", make, errors.append) is None
    return errors


def test_what_works_is_handed_on() -> None:
    errors: list[WaIacError] = []
    assert contained("main.tf", lambda: 3, errors.append) == 3
    assert errors == []


def test_a_crash_names_its_kind_and_the_place_that_was_looked_at_but_no_value() -> None:
    (error,) = _errors(_failing(TypeError("secret-value"), Span("other.tf", 7, 3, 7, 9)))
    assert isinstance(error, InternalError)
    assert error.where == "other.tf:7:3"
    assert "reading main.tf raised TypeError" in error.message
    assert "secret-value" not in str(error)


def test_a_crash_without_a_place_is_at_the_file() -> None:
    (error,) = _errors(_failing(KeyError("x")))
    assert error.where == "main.tf"


@pytest.mark.parametrize("raised", [RecursionError(), MemoryError()])
def test_too_deep_or_too_large_is_a_bound(raised: Exception) -> None:
    (error,) = _errors(_failing(raised))
    assert isinstance(error, BoundError)


def test_a_spent_budget_is_a_bound_at_the_place_where_it_ran_out() -> None:
    def spend() -> None:
        while True:
            current().step(1_000_000, Span("main.tf", 4, 1, 4, 2))

    (error,) = _errors(spend)
    assert isinstance(error, BoundError)
    assert error.where == "main.tf:4:1"


def test_each_thing_that_is_read_has_a_budget_of_its_own() -> None:
    for _ in range(10):
        assert _errors(lambda: current().step(MOST["steps"])) == []


def test_an_error_of_ours_is_handed_on_as_it_is() -> None:
    said = SourceError("it is broken", path="a.tf", line=2)
    assert _errors(_failing(said)) == [said]


def test_a_file_that_vanished_is_told() -> None:
    (error,) = _errors(_failing(FileNotFoundError(2, "No such file or directory")))
    assert str(error) == "main.tf: it cannot be read: No such file or directory"


@pytest.mark.parametrize("raised", [UsageError("no"), Superseded(), KeyboardInterrupt()])
def test_what_ends_a_run_is_not_contained(raised: BaseException) -> None:
    with pytest.raises(type(raised)):
        contained("main.tf", _failing(raised), lambda _: None)
