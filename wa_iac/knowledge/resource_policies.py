"""Statements of a resource's policy: whether they let anyone in, or keep some out."""

from wa_iac.core.iam_policy import Statement
from wa_iac.core.value import Known, Value


def opens(statement: Statement) -> Value[bool]:
    """Whether a statement allows something to anyone."""
    allows = statement.allows()
    return statement.to_anyone() if isinstance(allows, Known) and allows.value else allows


def closes(statement: Statement) -> bool:
    """Whether it denies what is not narrowed down: all but some, or who comes from elsewhere."""
    return statement.denies and (bool(statement.not_principals) or statement.narrowed() == Known(True))
