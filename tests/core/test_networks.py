"""Ranges of addresses that are not known, or not quite."""

from __future__ import annotations

import pytest

from wa_iac.core.networks import is_a_part, is_everybody
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Unknown, Value

ADDRESS = Unknown(Said("it is given later"), "address")


def ending(text: str) -> Unknown:
    return Unknown(ADDRESS.reason, ("range", text), parts=(ADDRESS, text))


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (Known("0.0.0.0/0"), True),
        (Known("10.0.0.0/8"), False),
        (ending("/32"), False),
        (ending("/128"), False),
        (ending("/0"), None),
        (ending("/1"), None),  # with another half, it would be everybody
        (ending("/"), None),
        (ADDRESS, None),
    ],
)
def test_the_end_of_a_range_says_that_it_is_not_everybody(addresses: Value[str], expected: bool | None) -> None:
    found = is_everybody(addresses)
    assert (found.value if isinstance(found, Known) else None) is expected
    assert is_a_part(addresses) is (expected is False and isinstance(addresses, Unknown))
