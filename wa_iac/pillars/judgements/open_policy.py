"""Statements of a resource's policy that let anyone in."""

from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Flags, each_of, refuse
from wa_iac.core.value import Tree
from wa_iac.knowledge.policies.access import ONE_RESOURCE, opened
from wa_iac.knowledge.policies.scopes import Scope


def judge(document: Tree, message: str, scope: Scope = ONE_RESOURCE) -> Flags:
    """Flag each statement that allows anyone at all something that no statement denies; say what is undecided."""
    listed = statements(document)
    yield from each_of(listed, lambda statement: refuse(opened(statement, listed, scope), True, message, at=statement.place))
