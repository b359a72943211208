"""What a rule says of a resource: flags, and the words in which a check asks its questions.

A check is a generator of flags. Most of its questions have an answer that ends it, and a value that is not known makes it undecided. The
words below say so in a line each, and leave the rest of the check to what it is about:

    accept(queue.managed_encryption)                              # all is well where it is on; undecided where that is not known
    exempt(group.is_spot(), "it may be interrupted at any time")  # the rule does not concern it; undecided where that is not known
    match settled(queue.retention): ...                           # known or absent from here on
    yield from expect(system.encrypted, True, "The files of this file system are not encrypted.")

| Word | Ends the check | Otherwise |
| --- | --- | --- |
| `accept(answer)` | if yes: all is well | goes on |
| `exempt(answer, why)`, `exempt_for(reason)` | if yes: the rule does not concern the resource | goes on |
| `settled(value)` | | gives the value, known or absent |
| `written(value)` | if absent: all is well | gives the known value |
| `all_known(*values)` | | goes on |
| `expect`, `refuse`, `require` | | flags a value that is not the wanted one, that is the unwanted one, that is absent |
| `each_of(things, check)` | | checks each thing; an answer ends the check of that thing only |
| `unless(answer, check)` | | the flags of the check; none if the answer is yes |

Each of them ends the check, undecided, if what it asks about is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from .logic import first_unknown
from .resource import Block, Resource
from .value import Absent, Known, Origin, Step, Tree, Unknown, Value

T = TypeVar("T")


class Severity(StrEnum):
    """How bad it is where it stays. `rank` grows with it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How often a finding is right. SARIF's `precision` takes the same words."""

    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very-high"


class Flag(NamedTuple):
    """One thing a rule says. `origin` is where; `resource` whose it is, where the rule looks at the whole unit; `why` is the
    unknown behind an undecided one."""

    verdict: Literal["fail", "unknown", "not-applicable"]
    origin: Origin
    message: str
    resource: Resource | None = None
    related: tuple[Step, ...] = ()
    why: Unknown | None = None
    instead: str = ""
    """What to write instead, where the rule's own remedy is none here; the tool then mends nothing."""
    severity: Severity | None = None
    """Where this fault is milder than its rule."""


Flags: TypeAlias = Iterator[Flag]
"""The result of a check."""


def flag(
    where: Tree | Block | Resource,
    message: str,
    *,
    resource: Resource | None = None,
    related: Sequence[Step] = (),
    instead: str = "",
    severity: Severity | None = None,
) -> Flag:
    """The fault. `where` is the value that is wrong or absent, the block, or the whole resource; `message` says what is
    wrong and what happens if it stays, in a sentence or two that name the resource's own facts. `instead` is what to write where
    the rule's remedy would do harm here; `severity` is that of a fault that is milder than the rule's."""
    return Flag("fail", _origin(where), message, _whose(where, resource), tuple(related), instead=instead, severity=severity)


def undecided(why: Unknown, *, resource: Resource | None = None) -> Flag:
    """It cannot be said before deployment, because of `why`."""
    message = f"{why.why}; {why.settle}" if why.settle else why.why
    return Flag("unknown", why.origin, message, resource, why=why)


def not_applicable(why: str) -> Flag:
    """The rule does not concern this resource, because of `why`; it is then no evidence for the practice either."""
    return Flag("not-applicable", Origin(), why)


def _origin(where: Tree | Block | Resource) -> Origin:
    return Origin(where.span) if isinstance(where, Resource) else where.origin


def _whose(where: Tree | Block | Resource, resource: Resource | None) -> Resource | None:
    return where if resource is None and isinstance(where, Resource) else resource


class Settled(Exception):  # noqa: N818 - an answer, not an error
    """The answer of a check, found in the middle of its questions; `answer` is None where all is well."""

    def __init__(self, answer: Flag | None) -> None:
        super().__init__()
        self.answer = answer


def flags_of(check: Iterable[Flag]) -> Iterator[Flag]:
    """The flags of a check, the one that ends it among them."""
    try:
        yield from check
    except Settled as found:
        if found.answer is not None:
            yield found.answer


def each_of(things: Iterable[T], check: Callable[[T], Iterable[Flag]]) -> Iterator[Flag]:
    """The flags of a check of each of some things: an answer that ends it for one says nothing of the next."""
    for thing in things:
        yield from flags_of(check(thing))


def unless(answer: Value[bool], check: Iterable[Flag]) -> Iterator[Flag]:
    """The flags of a check; none where the answer is yes. Where it is not known, what would be a fault is undecided."""
    if answer == Known(True):
        return
    for found in flags_of(check):
        yield undecided(answer) if isinstance(answer, Unknown) and found.verdict == "fail" else found


def settled(value: Value[T], *, resource: Resource | None = None) -> Known[T] | Absent:
    """The value, known or absent. Where it is unknown, the check ends here, undecided."""
    if isinstance(value, Unknown):
        raise Settled(undecided(value, resource=resource))
    return value


def written(value: Value[T]) -> Known[T]:
    """The value, known. Where it is absent, the check ends, since all is well then; where it is unknown, undecided."""
    found = settled(value)
    if isinstance(found, Absent):
        raise Settled(None)
    return found


def all_known(*values: object) -> None:
    """End the check, undecided, if one of some values is unknown. A value may be None: `block.unknown`, `link.unknown`."""
    unknown = first_unknown(*values)
    if unknown is not None:
        raise Settled(undecided(unknown))


def exempt(answer: Value[bool] | bool, why: str) -> None:
    """End the check where the answer is yes, since the rule does not concern this resource because of `why`."""
    if _is_yes(answer):
        raise Settled(not_applicable(why))


def accept(answer: Value[bool] | bool) -> None:
    """End the check where the answer is yes, since all is well then."""
    if _is_yes(answer):
        raise Settled(None)


def _is_yes(answer: Value[bool] | bool) -> bool:
    return answer if isinstance(answer, bool) else settled(answer) == Known(True)


def expect(value: Value[T], wanted: T, message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag a value that is not the wanted one, also where it is absent: at the value, or where `at` says."""
    if settled(value) != Known(wanted):
        yield flag(value if at is None else at, message)


def refuse(value: Value[T], unwanted: T, message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag a value that is the unwanted one; one that is absent is fine."""
    if settled(value) == Known(unwanted):
        yield flag(value if at is None else at, message)


def require(value: Value[T], message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag a value that is absent: where it would be written, or where `at` says."""
    if isinstance(settled(value), Absent):
        yield flag(value if at is None else at, message)


def exempt_for(reason: Value[str] | str) -> None:
    """End the check where there is a reason why the rule does not concern this resource; an empty one is none. For knowledge that gives
    its reason itself: what else manages a group of instances, or uses a function."""
    match reason if isinstance(reason, str) else settled(reason):
        case Known(str() as why) | (str() as why) if why:
            raise Settled(not_applicable(why))
        case _:
            return
