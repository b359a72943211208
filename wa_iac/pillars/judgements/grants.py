"""Statements that grant something to identities."""

from collections.abc import Callable, Iterable

from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import negate
from wa_iac.core.rule import Flag, Flags, undecided, unless
from wa_iac.knowledge.iam_grants import Grantor, bounded, granted


def judge(holder: Grantor, check: Callable[[Statement], Iterable[Flag]]) -> Flags:
    """The flags of a check of each statement that grants something, where no permissions boundary limits it."""
    if bounded(holder):
        return
    for statement in granted(holder):
        if statement.unknown is not None:
            yield undecided(statement.unknown)
        else:
            yield from unless(negate(statement.allows()), check(statement))
