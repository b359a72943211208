"""Statements of a resource's policy that let anyone in."""

from collections.abc import Iterator

from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Flag, flag, undecided
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.resource_policies import closes, opens


def let_in(document: Tree, message: str) -> Iterator[Flag]:
    """Flag each statement that allows anyone at all; say what is undecided. A denial that says who or from where closes them."""
    listed = statements(document)
    if any(closes(each) for each in listed):
        return
    for statement in listed:
        match opens(statement):
            case Known(True):
                yield flag(statement.place, message)
            case Unknown() as why:
                yield undecided(why)
            case _:
                pass
