"""Minimums of what scales: of the instances of a group, and of the tasks of a service."""

from dataclasses import replace

from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag
from wa_iac.core.value import Known, Tree, Value


def too_low(
    least: Tree,
    message: str,
    wanted: int,
    most: Value[int] | None,
    both: Remedy,
    *,
    stops: bool,
    instead: str | Remedy = "",
    desired: Remedy | None = None,
) -> Flag:
    """A minimum that is too low. `both` is the code for the minimum and the maximum: they change together if the maximum is also
    below the `wanted` number, unless there is another remedy. `desired` is the code for the minimum and the desired number, if that is
    below it too. The finding is advice if a schedule `stops` everything."""
    if not instead and isinstance(most, Known) and most.value < wanted:
        message = f"{message} Its maximum is {most.value}."
        instead = replace(both, decision="The minimum must not exceed the maximum, so they change together:")
    elif not instead and desired is not None:
        instead = replace(desired, decision="The minimum must not exceed the desired number, so they change together:")
    if stops:
        message = f"{message} A scheduled action also stops it."
    severity, confidence = (Severity.LOW, Confidence.LOW) if stops else (None, None)
    return flag(least, message, instead=instead, severity=severity, confidence=confidence)
