"""Statements of a resource's policy that let anyone in."""

from collections.abc import Callable

from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.rule import Flags, each_of, refuse
from wa_iac.core.value import Tree
from wa_iac.knowledge.policies.access import ONE_RESOURCE, opened
from wa_iac.knowledge.policies.scopes import Scope


def judge(
    document: Tree,
    message: str | Callable[[Statement], str],
    scope: Scope = ONE_RESOURCE,
    *,
    unless: Callable[[Statement], bool] = lambda _: False,
) -> Flags:
    """Flag each statement that allows anyone at all something that no statement denies; say what is undecided. The message may depend on the statement. `unless` names
    statements that another rule checks."""
    listed = statements(document)
    checked = [each for each in listed if not unless(each)]
    yield from each_of(
        checked,
        lambda statement: refuse(
            opened(statement, listed, scope),
            True,
            message if isinstance(message, str) else message(statement),
            at=statement.place,
        ),
    )
