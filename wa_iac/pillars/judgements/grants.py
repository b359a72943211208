"""Statements that grant something to identities."""

from collections.abc import Callable, Iterable
from typing import Final

from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import negate
from wa_iac.core.rule import Flag, Flags, undecided, unless
from wa_iac.knowledge.iam_grants import Grantor, bounded, granted

APART: Final = "Move the permission to a statement of its own. The other actions stay in this one."
"""What to decide about a permission in a statement with others."""


def judge(holder: Grantor, check: Callable[[Statement], Iterable[Flag]]) -> Flags:
    """The flags of a check of each statement that grants something, where no permissions boundary limits it."""
    if bounded(holder):
        return
    for statement in granted(holder):
        if statement.unknown is not None:
            yield undecided(statement.unknown)
        else:
            yield from unless(negate(statement.allows()), check(statement))
