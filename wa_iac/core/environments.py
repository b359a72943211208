"""Names of environments, and choices by them: a setting that production has, and that the default of a parameter leaves out elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Final

from .late_pattern import late
from .value import Known, Origin, Step, Tree

PRODUCTION: Final = frozenset({"prod", "production", "prd", "live"})
_OTHERS: Final = frozenset(
    {
        *("dev", "development", "test", "testing", "qa", "uat", "staging", "stage", "stg"),
        *("nonprod", "non-prod", "preprod", "sandbox"),
    }
)
NOT_PRODUCTION: Final = _OTHERS | {
    *(
        "demo",
        "demos",
        "poc",
        "prototype",
        "prototypes",
        "playground",
        "lab",
        "labs",
        "tutorial",
        "workshop",
        "workshops",
        "handson",
    ),
    *("fixtures", "test_data", "testdata"),
}
"""What environments are called that are not for production, and what is tried or shown. An example or a sample is read as code that its
readers will deploy."""
_COMPARED: Final = _OTHERS | {"local", "localhost", "localstack", "ephemeral"}
"""What the value of a parameter means that a condition asks for; in the name of a resource, such a word may mean something else."""
_WORD: Final = late(r"[^a-z]+")
_NOT: Final = late(r"(?i)(?:non|not|pre)[-_.]?prod")
_MOST: Final = 16
"""Names of environments in a list. A longer one has other names."""


def is_of_production(name: str) -> bool:
    """Whether a word of a name is that of production: `live-eu`, `prod.tfvars`."""
    return not PRODUCTION.isdisjoint(_WORD.split(name.lower())) and _NOT.search(name) is None


def is_always_read(name: str) -> bool:
    """Whether Terraform reads a variables file beside a root module without being asked, by its name."""
    return name in ("terraform.tfvars", "terraform.tfvars.json") or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def names_one(text: str) -> bool:
    """Whether a text has the name of an environment among its words."""
    words = _WORD.split(text.lower())
    return not PRODUCTION.isdisjoint(words) or not NOT_PRODUCTION.isdisjoint(words)


def compared(origin: Origin, equal: Tree, *sides: Tree, allowed: Collection[str] = ()) -> Origin:
    """The origin of a comparison. If a default is compared with the name of an environment, and is not production, the default says so;
    not if all values that are `allowed` instead of the default, where they are limited, give the same answer. So does the argument of a
    module call that gives the name of an environment for development or tests, and a variables file that Terraform always reads."""
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


def found_among(origin: Origin, names: Tree, wanted: Tree, *, is_in: bool) -> Origin:
    """The origin of whether a list has the name of an environment: as if each of its names were compared with that."""
    if not wanted.origin.chain or not isinstance(names, Known) or not isinstance(names.value, list) or len(names.value) > _MOST:
        return origin
    decided = origin._replace(switch=wanted.origin.default_step)
    if is_in and any(isinstance(each, Known) and str(each.value).lower() in PRODUCTION for each in names.value):
        return decided
    return compared(decided, Known(is_in), *names.value, wanted)


def entry_for(value: Tree, key: Tree, entries: object) -> Tree:
    """An entry of a map that a default, or what a call passes, chooses by the name of an environment: each value in it says so that is another
    one in the entry of production."""
    if not key.origin.chain or not isinstance(key, Known) or not isinstance(key.value, str) or not isinstance(entries, dict):
        return value
    if is_of_production(key.value):
        return value
    switch = key.origin.default_step or _passed(key)
    production = next((entries[name] for name in entries if is_of_production(name)), None)
    if switch is None or production is None:
        return value
    return _differing(value, production, switch._replace(by_environment=True))


def _differing(value: Tree, production: Tree, switch: Step) -> Tree:
    match value, production:
        case Known(dict() as own), Known(dict() as theirs):
            made = copy(own)
            made.update({name: _differing(each, theirs[name], switch) for name, each in own.items() if name in theirs})
            return Known(made, value.origin)
        case Known(dict() | list()), _:
            return value
        case Known(content), Known(other) if value.origin.switch is None and content != other:
            return Known(content, value.origin._replace(switch=switch))
        case _:
            return value


def _passed(side: Tree) -> Step | None:
    """The argument of a module call, or the line of a variables file that Terraform always reads, that gives the name of an environment for
    development or tests."""
    if not isinstance(side, Known) or not isinstance(side.value, str) or side.value.lower() not in _COMPARED:
        return None
    return next((step for step in reversed(side.origin.chain) if step.argument or is_always_read(step.note)), None)


def _may_differ(equal: Tree, sides: Collection[Tree], allowed: Collection[str]) -> bool:
    fixed = [each.value for each in sides if isinstance(each, Known) and each.origin.default_step is None]
    return not isinstance(equal, Known) or any((each in fixed) is not equal.value for each in allowed)


def _decides(side: Tree, equal: object) -> bool:
    """Whether what a value was compared with, and the answer, say that it is not production."""
    if not isinstance(side, Known) or not isinstance(side.value, str) or side.origin.default_step is not None:
        return False
    return side.value.lower() in (_COMPARED if equal is True else PRODUCTION)
