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
| `milder(check, severity, confidence)` | | the flags of the check, of at most that severity and that confidence |

Each of them ends the check, undecided, if what it asks about is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from .logic import first_unknown
from .remedy import Remedy
from .resource import Block, Resource
from .scales import Confidence, Severity
from .value import Absent, Known, Origin, Step, Tree, Unknown, Value

T = TypeVar("T")
S = TypeVar("S", Severity, Confidence)


class Flag(NamedTuple):
    """One statement of a rule. `origin` is its place. `resource` is the resource it is about, if the rule checks the whole
    unit. `why` is the unknown behind an undecided one."""

    verdict: Literal["fail", "unknown", "not-applicable"]
    origin: Origin
    message: str
    resource: Resource | None = None
    related: tuple[Step, ...] = ()
    why: Unknown | None = None
    instead: str | Remedy = ""
    """What to write instead, if the rule's own remedy does not apply here. There is then no fix."""
    severity: Severity | None = None
    """The severity of this fault, if it is milder than that of its rule."""
    confidence: Confidence | None = None
    """The confidence in this fault, if it is lower than that of its rule."""
    switch: Step | None = None
    """The default of the variable or parameter that switches the missing thing off, if the author has made such a switch."""
    explained: Severity | None = None
    """The severity of this fault, if a comment beside the value gives the author's reason for it."""
    about: tuple[str, ...] = ()
    """The single things of this fault that another analyzer's suppression may name: `Action::s3:*`, as cdk-nag does."""


Flags: TypeAlias = Iterator[Flag]
"""The result of a check."""


def flag(
    where: Tree | Block | Resource,
    message: str,
    *,
    resource: Resource | None = None,
    related: Sequence[Step] = (),
    instead: str | Remedy = "",
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    explained: Severity | None = None,
    about: Sequence[str] = (),
) -> Flag:
    """A fault. `where` is the value that is wrong or absent, the block, or the whole resource. `message` says what is wrong and
    what can happen, in one or two sentences with the resource's own facts. `instead` is what to write if the rule's remedy
    would do harm here. `severity` is for a fault that is milder than the rule's, `confidence` for one that is less certain.
    `explained` is its severity if a comment beside the value gives a reason.
    `about` names the single things of the fault, as cdk-nag does."""
    return Flag(
        "fail",
        _origin(where),
        message,
        _whose(where, resource),
        tuple(related),
        instead=instead,
        severity=severity,
        confidence=confidence,
        switch=None if isinstance(where, (Block, Resource)) else _switch(where),
        explained=explained,
        about=tuple(about),
    )


def undecided(why: Unknown, *, resource: Resource | None = None) -> Flag:
    """An undecided result: the answer is not known before deployment, because of `why`."""
    message = f"{why.why}; {why.settle}" if why.settle else why.why
    return Flag("unknown", why.origin, message, resource, why=why)


def not_applicable(why: str) -> Flag:
    """The rule does not apply to this resource, because of `why`. The resource is then not evidence for the practice."""
    return Flag("not-applicable", Origin(), why)


def _origin(where: Tree | Block | Resource) -> Origin:
    return Origin(where.span) if isinstance(where, Resource) else where.origin


_OFF: Final[tuple[object, ...]] = ("", 0, [], {})
"""Values that mean that a setting is off. False and true are 0 and 1."""


def _switch(value: Tree) -> Step | None:
    """The default that switches a setting on or off, if a value comes from such a default. Any other value is no switch: an
    address range, a size, a name."""
    if value.origin.switch is not None:
        return value.origin.switch
    is_setting = isinstance(value, Absent) or (isinstance(value, Known) and (value.value is True or value.value in _OFF))
    return value.origin.default_step if is_setting else None


def _whose(where: Tree | Block | Resource, resource: Resource | None) -> Resource | None:
    return where if resource is None and isinstance(where, Resource) else resource


class Settled(Exception):  # noqa: N818 - an answer, not an error
    """Raised when a question ends the check. `answer` is the flag to report; None if all is well."""

    def __init__(self, answer: Flag | None) -> None:
        super().__init__()
        self.answer = answer


def flags_of(check: Iterable[Flag]) -> Iterator[Flag]:
    """The flags of a check, including the one that ends it."""
    try:
        yield from check
    except Settled as found:
        if found.answer is not None:
            yield found.answer


def each_of(things: Iterable[T], check: Callable[[T], Iterable[Flag]]) -> Iterator[Flag]:
    """The flags of a check for each of some things. An answer that ends the check of one does not affect the others."""
    for thing in things:
        yield from flags_of(check(thing))


def unless(answer: Value[bool], check: Iterable[Flag]) -> Iterator[Flag]:
    """The flags of a check; none if the answer is yes. If the answer is not known, faults become undecided."""
    if answer == Known(True):
        return
    for found in flags_of(check):
        yield undecided(answer) if isinstance(answer, Unknown) and found.verdict == "fail" else found


def milder(
    check: Iterable[Flag],
    *,
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    more: str = "",
    instead: str | Remedy = "",
) -> Iterator[Flag]:
    """The flags of a check, whose faults are of at most a severity and a confidence: None leaves them as they are. `more` is a sentence
    that says why, and `instead` takes the place of the remedy. What is no fault stays as it is."""
    for found in check:
        if found.verdict != "fail":
            yield found
            continue
        yield found._replace(
            message=f"{found.message} {more}".rstrip(),
            severity=_least(found.severity, severity),
            confidence=_least(found.confidence, confidence),
            instead=instead or found.instead,
        )


def _least(one: S | None, other: S | None) -> S | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=lambda each: each.rank)


def settled(value: Value[T]) -> Known[T] | Absent:
    """The value, if it is known or absent. If it is unknown, the check ends as undecided."""
    if isinstance(value, Unknown):
        raise Settled(undecided(value))
    return value


def written(value: Value[T]) -> Known[T]:
    """The value, if it is known. If it is absent, the check ends and all is well; if it is unknown, the check ends as
    undecided."""
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
    """End the check if the answer is yes: the rule does not apply to this resource, because of `why`."""
    if _is_yes(answer):
        raise Settled(not_applicable(why))


def accept(answer: Value[bool] | bool) -> None:
    """End the check if the answer is yes: all is well."""
    if _is_yes(answer):
        raise Settled(None)


def _is_yes(answer: Value[bool] | bool) -> bool:
    return answer if isinstance(answer, bool) else settled(answer) == Known(True)


def expect(value: Value[T], wanted: T, message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag a value other than the wanted one, including an absent one: at the value, or at `at`."""
    if settled(value) != Known(wanted):
        yield flag(value if at is None else at, message)


def refuse(value: Value[T], unwanted: T, message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag the unwanted value. An absent one is accepted."""
    if settled(value) == Known(unwanted):
        yield flag(value if at is None else at, message)


def require(value: Value[T], message: str, *, at: Tree | Block | Resource | None = None) -> Iterator[Flag]:
    """Flag an absent value: where it would be written, or at `at`."""
    if isinstance(settled(value), Absent):
        yield flag(value if at is None else at, message)


def exempt_for(reason: Value[str] | str) -> None:
    """End the check if there is a reason why the rule does not apply to this resource. An empty text is not a reason. For
    knowledge that returns its reason itself: something else manages a group of instances, or uses a function."""
    match reason if isinstance(reason, str) else settled(reason):
        case Known(str() as why) | (str() as why) if why:
            raise Settled(not_applicable(why))
        case _:
            return
