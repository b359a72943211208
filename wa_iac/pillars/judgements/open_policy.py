"""Statements of a resource's policy that let anyone in."""

from wa_iac.core.iam_policy import statements
from wa_iac.core.rule import Flags, each_of, refuse
from wa_iac.core.value import Tree
from wa_iac.knowledge.resource_policies import closes, opens


def judge(document: Tree, message: str) -> Flags:
    """Flag each statement that allows anyone at all; say what is undecided. A denial that says who or from where closes them."""
    listed = statements(document)
    if not any(map(closes, listed)):
        yield from each_of(listed, lambda statement: refuse(opens(statement), True, message, at=statement.place))
