"""Whether a user needs a second factor, as far as the unit says."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, MfaDevice, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import any_of, first_unknown
from wa_iac.core.resource import Link
from wa_iac.core.value import Known, Origin, Tree, Value

_KEYS: Final = ("aws:multifactorauthpresent", "aws:multifactorauthage")
_OF_AWS: Final = ":iam::aws:policy/"


def needs_second_factor(user: User, graph: Graph) -> Value[bool]:
    """Whether a policy of a user or of its groups asks for a second factor, or the user has a device here. Unknown where it is not known
    which policies and groups there are."""
    if graph.pointing(MfaDevice, "users").at[id(user.declared)]:
        return Known(True)
    groups = dict.fromkeys((*user.groups, *(group for each in user.memberships for group in each.groups)))
    identities: tuple[User | Group, ...] = (user, *groups)
    found = (_asks(statement) for each in identities for document in _documents(each) for statement in statements(document))
    doubt = first_unknown(
        user.groups.unknown, user.memberships.unknown, *(link.unknown for each in identities for link in _links(each))
    )
    return any_of((*found, *([] if doubt is None else [doubt])), Origin())


def only_with_second_factor(role: Role) -> bool:
    """Whether only identities of AWS accounts may assume a role, and each statement that lets them asks for a second factor."""
    trusting = [each for each in statements(role.trust) if each.allows() != Known(False)]
    return bool(trusting) and all(
        _asks(each) == Known(True) and each.principals and all(principal.kind == "AWS" for principal in each.principals)
        for each in trusting
    )


def may_need_elsewhere(user: User) -> bool:
    """Whether a user has a policy or a group that is declared elsewhere, and is not AWS's own."""
    groups = dict.fromkeys((*user.groups, *(group for each in user.memberships for group in each.groups)))
    named = [*user.groups.external, *(each for membership in user.memberships for each in membership.groups.external)]
    identities: tuple[User | Group, ...] = (user, *groups)
    named += [value for each in identities for link in _links(each) for value in link.external]
    return any(_OF_AWS not in str(each.value) for each in named)


def has_no_rights(user: User, graph: Graph) -> bool:
    """Whether a user has no policy and no group here, where other users get theirs."""
    return not _is_given_any(user) and graph.once(_gives_rights)


def _gives_rights(graph: Graph) -> bool:
    """Whether a user of the unit has a policy or a group here."""
    return any(map(_is_given_any, graph.of(User)))


def _is_given_any(user: User) -> bool:
    """Whether a user has a policy or a group, or may have one."""
    groups = (each.groups for each in user.memberships.targets)
    links = (user.groups, *groups, user.managed, user.attached)
    return (
        bool(user.inline)
        or any(each.targets or each.external or each.unknown is not None for each in links)
        or user.memberships.unknown is not None
    )


def _links(identity: User | Group) -> Iterator[Link[ManagedPolicy]]:
    yield identity.managed
    yield from (each.policy for each in identity.attached if isinstance(each, Attachment))


def _documents(identity: User | Group) -> Iterator[Tree]:
    yield from (each.document for each in identity.inline)
    yield from (each.document for each in identity.attached if not isinstance(each, Attachment))
    yield from (policy.document for link in _links(identity) for policy in link)


def _asks(statement: Statement) -> Value[bool]:
    if statement.unknown is not None:
        return statement.unknown
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    opaque = first_unknown(*(each.value for each in statement.conditions if not each.key))
    asks = any(each.key.lower() in _KEYS for each in statement.conditions)
    return Known(asks) if asks or opaque is None else opaque
