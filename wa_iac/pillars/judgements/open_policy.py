"""Statements of a resource's policy that let anyone in."""

from collections.abc import Iterator

from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.rule import Flag, flag, undecided
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.core.value import Tree as _Tree


def let_in(document: _Tree, message: str) -> Iterator[Flag]:
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


def opens(statement: Statement) -> Value[bool]:
    """Whether a statement allows something to anyone."""
    allows = statement.allows()
    return statement.to_anyone() if isinstance(allows, Known) and allows.value else allows


def closes(statement: Statement) -> bool:
    """Whether it denies what is not narrowed down: all but some, or who comes from elsewhere."""
    return statement.denies and (bool(statement.not_principals) or statement.narrowed() == Known(True))
