"""Minimums of what scales: of the instances of a group, and of the tasks of a service."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from wa_iac.core.fix import Content
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag
from wa_iac.core.value import Known, Tree, Unknown, Value

from .wording import first_of

ONCE: Final = Remedy(
    decision="Do not add a second one that knows nothing of the first. If an outage of minutes matters, use the high availability "
    "mode of the software, if it has one. Otherwise suppress this finding, and say so."
)


class Bound(NamedTuple):
    """A minimum, or a number that it must not exceed. `cfn` and `tf` are the code for the wanted number."""

    what: str
    value: Value[int]
    cfn: Content
    tf: Content


def too_low(
    least: Tree,
    message: str,
    wanted: int,
    minimum: Bound,
    most: Bound | None,
    desired: Bound | None = None,
    *,
    stops: bool,
    first: str = "",
    more: str = "",
) -> Flag:
    """A minimum that is too low. `minimum` has the code for it. The maximum and the desired number change together with it if they are
    also below the `wanted` number. Where one variable, parameter or argument sets them too, it changes only there: the remedy is then
    the code for the minimum alone, which reports write at that place. `first` says what must come first, `more` what else has to change. The finding is advice if a schedule `stops` everything."""
    low = [each for each in (most, desired) if each is not None and isinstance(each.value, Known) and each.value.value < wanted]
    shared = [each for each in low if have_one_source(least, each.value)]
    instead: str | Remedy = ""
    if most is not None and most in shared:
        message = f"{message} Its minimum and maximum have one source."
        instead = Remedy(
            cfn=minimum.cfn,
            tf=minimum.tf,
            decision="If the software can run on several instances at once, raise that value. If it cannot, suppress this finding, and say so.",
        )
    elif low:
        if most is not None and most in low and isinstance(most.value, Known):
            message = f"{message} Its maximum is {most.value.value}."
        together = _together(minimum, [each for each in low if each not in shared], shared)
        instead = replace(together, decision=" ".join(filter(None, (first, more, together.decision))))
    elif more:
        instead = Remedy(cfn=minimum.cfn, tf=minimum.tf, decision=f"{first} {more}".strip())
    if stops:
        message = f"{message} A scheduled action also stops it."
    severity, confidence = (Severity.LOW, Confidence.LOW) if stops else (None, None)
    return flag(least, message, instead=instead, severity=severity, confidence=confidence)


def beside(desired: Value[int], schedules: Iterable[tuple[str, Value[int]]], wanted: int) -> str:
    """Sentences on what else has to change with a minimum: a desired number that is not known, and schedules, by their addresses, that set a lower
    minimum again."""
    words = [f"The desired number has to be {wanted} or more too."] if isinstance(desired, Unknown) else []
    lower = [name for name, least in schedules if isinstance(least, Known) and 0 < least.value < wanted]
    if lower:
        words.append(f"{first_of(lower)} set{'s' if len(lower) == 1 else ''} a lower minimum again: raise it there too.")
    return " ".join(words)


def _together(minimum: Bound, others: Sequence[Bound], shared: Sequence[Bound]) -> Remedy:
    """The code for a minimum and the other numbers that have a source of their own."""
    words = [f"The {each.what} has the same source, and changes with it." for each in shared]
    if others:
        words.append(f"The minimum must not exceed the {others[0].what}, so they change together:")
    cfn, tf = dict(minimum.cfn), dict(minimum.tf)
    for each in others:
        cfn |= each.cfn
        tf |= each.tf
    return Remedy(cfn=cfn, tf=tf, decision=" ".join(words))


def have_one_source(one: Tree, other: Tree) -> bool:
    """Whether one variable, parameter or argument of a module sets both."""
    ends = [each.origin.chain[-1].span for each in (one, other) if each.origin.chain]
    return len(ends) == 2 and ends[0] == ends[1]
