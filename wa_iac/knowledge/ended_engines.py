"""Versions of database engines that AWS does not offer any longer."""

from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known, Value

from .dated import facts
from .engine_versions import numbers

FIRST_AURORA: Final = "aurora"
"""The name of the engine of Aurora MySQL version 1 only ("Preparing for Amazon Aurora MySQL-Compatible Edition version 1 end of life", Amazon
Aurora User Guide)."""
_IS_MAJOR: Final = late(r"5\.[0-9]|[89]\.[0-9]|[0-9]{2}")
"""A version that begins with that of MySQL or PostgreSQL, not with one of Aurora's own (`2.11.5`)."""


def is_ended(engine: Value[str], version: Value[str]) -> bool:
    """Whether AWS certainly offers the version of a database's engine no longer, not even in Extended Support."""
    name = engine.value.lower() if isinstance(engine, Known) else ""
    if name == FIRST_AURORA:
        return True
    calendar: dict[str, str] = facts("rds_versions").get(name, {})
    if not calendar or not isinstance(version, Known):
        return False
    first = min(map(numbers, calendar))
    return () < numbers(version.value)[: len(first)] < first and _IS_MAJOR.match(version.value) is not None
