"""What identities are granted, wherever it is written: for the rules on IAM policies."""

from collections.abc import Iterator
from typing import TypeAlias

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, first_unknown, holds
from wa_iac.core.value import Known, Tree, Unknown, Value

Grantor: TypeAlias = Role | User | Group | Policy | ManagedPolicy
"""What a policy document for identities is written in."""


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


def is_everything(action: Value[str]) -> Value[bool]:
    """Whether it is every action there is: `*`, or `*:*`."""
    if isinstance(action, Unknown) and (action.parts or action.origin.references):
        return Known(False, action.origin)
    return holds(action, lambda text: text in ("*", "*:*"))


def mail_only(user: User) -> Value[bool]:
    """Whether all that the user may do, as written here, is to send mail: SES takes the credentials of users only, over SMTP."""
    found = [*granted(user)]
    doubts: list[Unknown | None] = [user.managed.unknown, user.attached.unknown]
    for holder in user.attached:
        if isinstance(holder, Attachment):
            if holder.policy.external:
                return Known(False)
            doubts.append(holder.policy.unknown)
            found += [each for policy in holder.policy for each in granted(policy)]
        else:
            found += granted(holder)
    if user.managed.external or not found:
        return Known(False)
    doubt = first_unknown(*doubts)
    return all_of((*map(_mails, found), Known(True) if doubt is None else doubt))


def _mails(statement: Statement) -> Value[bool]:
    """Whether all its actions are SES's."""
    if statement.unknown is not None:
        return statement.unknown
    if not statement.actions:
        return Known(False)
    return all_of(holds(action, lambda name: name.lower().startswith("ses:")) for action in statement.actions)
