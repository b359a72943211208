"""Statements that grant something to identities."""

from collections.abc import Callable, Iterable
from typing import Final, TypeGuard

from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import negate
from wa_iac.core.reasons import UnsetParameter, UnsetVariable
from wa_iac.core.rule import Confidence, Flag, Flags, Severity, exempt, milder, undecided, unless
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.core.verdicts import flags_of
from wa_iac.knowledge.administrators import for_groups_of_administrators
from wa_iac.knowledge.iam_grants import (
    Grantor,
    boundaries,
    bounded,
    deploys_stack_sets,
    for_stacks,
    granted,
    may_do_everything,
    only_limits,
)

APART: Final = "Move the permission to a statement of its own. The other actions stay in this one."
"""What to decide about a permission in a statement with others."""
FOR_SINGLE_SIGN_ON: Final = (
    "IAM Identity Center takes people and groups from Entra ID without a user of IAM: move the sign-in there, and remove the user and the key "
    "then. Until that, replace the key from time to time."
)
"""What to do about a user who lists the roles of an account for another sign-in."""


BY_CLOUDFORMATION: Final = "CloudFormation uses this role: anyone who may pass it to a stack has these permissions."
FOR_ADMINISTRATORS: Final = "By its name, this is for the people who administer the account."
BY_ANOTHER_POLICY: Final = "Another policy here allows the same identities everything: change that first."
BY_STACK_SETS: Final = "By its name or that of its file, StackSets or Control Tower deploys with this role."


def milder_where_meant(holder: Grantor, graph: Graph, found: Flags) -> Flags:
    """Findings that are advice at a role with which CloudFormation deploys, which has to create what its stacks hold, and for those who administer the
    account: all permissions together are advice there too, and no workload has their credentials. So are those at a policy of somebody who may do
    everything by another one, which has to change first."""
    flags = list(flags_of(found))
    if all(each.verdict != "fail" for each in flags):
        # Most identities may do little, and who they are need not be asked.
        yield from flags
        return
    if for_stacks(holder):
        more = BY_CLOUDFORMATION
    elif deploys_stack_sets(holder):
        more = BY_STACK_SETS
    elif for_groups_of_administrators(holder):
        more = FOR_ADMINISTRATORS
    else:
        more = BY_ANOTHER_POLICY if may_do_everything(holder, graph) else ""
    yield from milder(flags, more=more, severity=Severity.MEDIUM, confidence=Confidence.LOW) if more else flags


def judge(holder: Grantor, graph: Graph, check: Callable[[Statement], Iterable[Flag]]) -> Flags:
    """The flags of a check of each statement that grants something, if no permissions boundary limits it: one that is written here, and
    fails the same check, limits nothing. A policy that is only a boundary itself grants nothing."""
    if bounded(holder) and not any(_fails(each, check) for each in boundaries(holder)):
        return
    yield from where_granted(holder, graph, _judge(holder, check))


def where_granted(holder: Grantor, graph: Graph, found: Iterable[Flag]) -> Flags:
    """The flags of a check; not applicable for a policy that is only a permissions boundary."""
    limits = only_limits(holder, graph)
    exempt(limits == Known(True), "it is only used as a permissions boundary, which grants nothing")
    yield from unless(limits, found)


def unset_resource(statement: Statement) -> Unknown | None:
    """The first of its resources that is a parameter or a variable as a whole, which may be anything, `*` too."""
    return next((each for each in statement.resources if _is_unset(each)), None)


def _is_unset(resource: Value[str]) -> TypeGuard[Unknown]:
    return isinstance(resource, Unknown) and not resource.parts and isinstance(resource.reason, UnsetParameter | UnsetVariable)


def _fails(holder: Grantor, check: Callable[[Statement], Iterable[Flag]]) -> bool:
    """Whether a statement certainly fails a check. What cannot be told of a boundary does not count."""
    return any(each.verdict == "fail" for each in flags_of(_judge(holder, check)))


def _judge(holder: Grantor, check: Callable[[Statement], Iterable[Flag]]) -> Flags:
    for statement in granted(holder):
        if statement.unknown is not None:
            yield undecided(statement.unknown)
        else:
            yield from unless(negate(statement.allows()), check(statement))
