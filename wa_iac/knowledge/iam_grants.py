"""What identities are granted, wherever it is written: for the rules on IAM policies."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, first_unknown, holds
from wa_iac.core.resource import Link
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

Grantor: TypeAlias = Role | User | Group | Policy | ManagedPolicy
"""What a policy document for identities is written in."""
_ROLE: Final = "aws_iam_role"


def granted(holder: Grantor) -> Iterator[Statement]:
    """The statements written in it that allow something, or may."""
    documents: list[Tree] = (
        [each.document for each in holder.inline] if isinstance(holder, (Role, User, Group)) else [holder.document]
    )
    for document in documents:
        for statement in statements(document):
            allows = statement.allows()
            if isinstance(allows, Unknown) or allows == Known(True):
                yield statement


def bounded(holder: Grantor | Attachment) -> bool:
    """Whether a permissions boundary, for certain, limits everyone who is granted this."""
    if isinstance(holder, Group):
        return False
    if isinstance(holder, (Role, User)):
        return isinstance(holder.boundary.presence, Known)
    if holder.roles.elsewhere or holder.users.elsewhere or holder.groups.targets or holder.groups.elsewhere:
        return False
    holders: list[Role | User] = [*holder.roles, *holder.users]
    return bool(holders) and all(isinstance(each.boundary.presence, Known) for each in holders)


def bounded_by_lookup(holder: Grantor, graph: Graph) -> bool:
    """Whether a policy is for roles that a data source looks up, and that are made here with a permissions boundary: by their name, or by
    what the data source waits for."""
    if not isinstance(holder, Policy) or holder.users.presence == Known(True) or holder.groups.presence == Known(True):
        return False
    found = [each for each in graph.referred(holder.roles.value) if each.kind == "data" and each.type == _ROLE]
    made = [_looked_up(each, graph) for each in found]
    return bool(made) and all(roles and all(isinstance(each.boundary.presence, Known) for each in roles) for roles in made)


def _looked_up(data: Declared, graph: Graph) -> list[Role]:
    waits = graph.referred(data.attributes.get("depends_on", Absent()))
    roles = [graph.typed(each, Role) for each in waits if each.type == _ROLE]
    return roles or list(graph.index(Role, _names).get(value_at(data.body, "name"), ()))


def _names(role: Role) -> tuple[Tree]:
    return (role.name,)


def for_stacks(holder: Grantor | Attachment) -> bool:
    """Whether all roles that are granted this are those with which CloudFormation deploys stacks: the service may assume them, and
    otherwise at most identities that are named."""
    if isinstance(holder, (User, Group)):
        return False
    if isinstance(holder, Role):
        return _deploys_stacks(holder)
    if any(
        (holder.roles.elsewhere, holder.users.targets, holder.users.elsewhere, holder.groups.targets, holder.groups.elsewhere)
    ):
        return False
    return bool(holder.roles.targets) and all(map(_deploys_stacks, holder.roles))


def _deploys_stacks(role: Role) -> bool:
    trusting = [each for each in statements(role.trust) if each.allows() != Known(False)]
    if any(each.unknown is not None or each.names_anyone() != Known(False) for each in trusting):
        return False
    principals = [principal for each in trusting for principal in each.principals]
    services = {each.value for each in principals if each.kind == "Service"}
    return services == {Known("cloudformation.amazonaws.com")} and all(each.kind in ("AWS", "Service") for each in principals)


def is_machine(user: User) -> bool:
    """Whether a user is a program with one policy: it has an access key and no password, and nothing else is attached to it."""
    inline, arns = len(user.inline), len(user.managed_arns.value) if isinstance(user.managed_arns, Known) else 0
    written = len(user.attached.targets)
    unknown = first_unknown(user.attached.unknown, user.managed_arns, user.keys.unknown)
    return unknown is None and bool(user.keys.targets) and not user.login and inline + arns + written == 1


def is_everything(action: Value[str]) -> Value[bool]:
    """Whether it is every action there is: `*`, or `*:*`."""
    if isinstance(action, Unknown) and (action.parts or action.origin.references):
        return Known(False, action.origin)
    return holds(action, lambda text: text in ("*", "*:*"))


def mail_only(user: User) -> Value[bool]:
    """Whether all that the user may do, as written here, is to send mail: SES takes the credentials of users only, over SMTP."""
    groups = dict.fromkeys((*user.groups, *(group for each in user.memberships for group in each.groups)))
    identities: tuple[User | Group, ...] = (user, *groups)
    named = [link for each in identities for link in _named_policies(each)]
    if any(link.external for link in named):
        return Known(False)
    own = (holder for each in identities for holder in (each, *each.attached) if not isinstance(holder, Attachment))
    found = [statement for holder in (*own, *(policy for link in named for policy in link)) for statement in granted(holder)]
    if not found:
        return Known(False)
    memberships = (user.groups.unknown, user.memberships.unknown, *(each.groups.unknown for each in user.memberships))
    doubt = first_unknown(*memberships, *(each.attached.unknown for each in identities), *(link.unknown for link in named))
    return all_of((*map(_mails, found), Known(True) if doubt is None else doubt))


def _named_policies(identity: User | Group) -> list[Link[ManagedPolicy]]:
    """The policies that an identity, or an attachment to it, refers to."""
    return [identity.managed, *(each.policy for each in identity.attached if isinstance(each, Attachment))]


def _mails(statement: Statement) -> Value[bool]:
    """Whether all its actions are SES's."""
    if statement.unknown is not None:
        return statement.unknown
    if not statement.actions:
        return Known(False)
    return all_of(holds(action, lambda name: name.lower().startswith("ses:")) for action in statement.actions)
