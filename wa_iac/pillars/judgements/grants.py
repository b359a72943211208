"""Statements that grant something to identities."""

from collections.abc import Callable, Iterable, Iterator

from wa_iac.core.iam_policy import Statement
from wa_iac.core.rule import Flag, each_of, known_to_exist
from wa_iac.knowledge.iam_grants import Grantor, bounded, granted


def judge(holder: Grantor, check: Callable[[Statement], Iterable[Flag]]) -> Iterator[Flag]:
    """The flags of a check of each statement that grants something, where no permissions boundary limits it."""

    def check_known(statement: Statement) -> Iterator[Flag]:
        known_to_exist(statement.unknown)
        yield from check(statement)

    if not bounded(holder):
        yield from each_of(granted(holder), check_known)
