"""Names of environments, and choices by them: a setting that production has, and that the default of a parameter leaves out elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from .late_pattern import late
from .value import Known, Origin, Step, Tree

PRODUCTION: Final = frozenset({"prod", "production", "prd", "live"})
NOT_PRODUCTION: Final = frozenset(
    {
        *("dev", "development", "test", "testing", "qa", "staging", "stage", "stg", "uat", "sandbox", "nonprod", "preprod"),
        *(
            "demo",
            "demos",
            "poc",
            "playground",
            "lab",
            "labs",
            "tutorial",
            "workshop",
            "workshops",
            "handson",
            "fixtures",
            "test_data",
            "testdata",
        ),
    }
)
"""What environments are called that are not for production, and what is tried or shown. An example or a sample is read as code that its readers will deploy."""
_WORD: Final = late(r"[^a-z]+")
_NOT: Final = late(r"(?i)(?:non|not|pre)[-_.]?prod")
_OTHERS: Final = frozenset(
    {
        "dev",
        "development",
        "test",
        "testing",
        "qa",
        "uat",
        "staging",
        "stage",
        "stg",
        "nonprod",
        "non-prod",
        "preprod",
        "sandbox",
    }
)


def is_of_production(name: str) -> bool:
    """Whether a word of a name is that of production: `live-eu`, `prod.tfvars`."""
    return not PRODUCTION.isdisjoint(_WORD.split(name.lower())) and _NOT.search(name) is None


def names_one(text: str) -> bool:
    """Whether a text has the name of an environment among its words."""
    words = _WORD.split(text.lower())
    return not PRODUCTION.isdisjoint(words) or not NOT_PRODUCTION.isdisjoint(words)


def compared(origin: Origin, equal: Tree, *sides: Tree, allowed: Collection[str] = ()) -> Origin:
    """The origin of a comparison. If a default is compared with the name of an environment, and is not production, the default says so;
    not if all values that are `allowed` instead of the default, where they are limited, give the same answer. So does the argument of a
    module call that gives the name of an environment for development or tests."""
    if (
        (allowed and not _may_differ(equal, sides, allowed))
        or not isinstance(equal, Known)
        or not any(_decides(each, equal.value) for each in sides)
    ):
        return origin
    if origin.default_step is None:
        passed = next(filter(None, map(_passed, sides)), None)
        return origin if passed is None else origin._replace(switch=passed._replace(by_environment=True))
    switch = None if origin.switch is None else origin.switch._replace(by_environment=True)
    chain = tuple(step._replace(by_environment=True) if step.default_of else step for step in origin.chain)
    return origin._replace(switch=switch, chain=chain)


def _passed(side: Tree) -> Step | None:
    """The argument of a module call that gives the name of an environment for development or tests."""
    if not isinstance(side, Known) or not isinstance(side.value, str) or side.value.lower() not in _OTHERS:
        return None
    return next((step for step in reversed(side.origin.chain) if step.argument), None)


def _may_differ(equal: Tree, sides: Collection[Tree], allowed: Collection[str]) -> bool:
    fixed = [each.value for each in sides if isinstance(each, Known) and each.origin.default_step is None]
    return not isinstance(equal, Known) or any((each in fixed) is not equal.value for each in allowed)


def _decides(side: Tree, equal: object) -> bool:
    """Whether what a value was compared with, and the answer, say that it is not production."""
    if not isinstance(side, Known) or not isinstance(side.value, str) or side.origin.default_step is not None:
        return False
    return side.value.lower() in (_OTHERS if equal is True else PRODUCTION)
