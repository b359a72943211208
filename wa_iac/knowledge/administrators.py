"""Roles and groups of the people who administer an account."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.iam import Attachment, Group, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Known

from .called import words_of
from .iam_grants import Grantor, bounded, granted, identities, is_everything, managed_names

_CALLED: Final = late(
    r"\b(?:admins?|administrators?|power ?users?|break ?glass|emergency|(?:organi[sz]ation|master|management) account access)\b"
)
_EMERGENCY: Final = late(r"\b(?:break ?glass|emergency)\b")
_WHOLE: Final = late(r"^(?:arn:[a-z-]+:iam::)?\d+(?::root)?$")
"""The name of a whole account as a principal."""
_MACHINES: Final = late(r"(?i:oidc|open_?id|token\.actions|oauth|gitlab|circleci|app\.terraform|cognito)")
"""What stands in the name of an identity provider by which programs sign in."""
_SAML: Final = late(r"(?i:saml[-_]provider)")
_BY_SAML: Final = "sts:assumerolewithsaml"


def for_administrators(holder: Grantor | Attachment) -> bool:
    """Whether all who are granted this are called administrators, and are people: groups, or roles that neither a service nor a program
    elsewhere may assume."""
    found = identities(holder)
    return bool(found) and all(_is_called(each) and _is_for_people(each) for each in found)


def for_groups_of_administrators(holder: Grantor | Attachment) -> bool:
    """The same, of groups alone: nothing but people with a sign-in of their own can be in one."""
    return for_administrators(holder) and all(isinstance(each, Group) for each in identities(holder))


def is_for_emergencies(user: User) -> bool:
    """Whether a user is for the day on which no sign-in elsewhere works, by its name ("SEC03-BP03 Establish emergency access process")."""
    return any(_EMERGENCY.search(words_of(name)) for name in _names(user))


def only_people_sign_in(holder: Grantor | Attachment) -> bool:
    """Whether all who are granted this are roles that only people may assume, who sign in at an identity provider of SAML."""
    found = identities(holder)
    return bool(found) and all(isinstance(each, Role) and _is_for_people(each) and _is_federated(each) for each in found)


def assumed_by_those_named(holder: Grantor | Attachment) -> bool:
    """Whether all who are granted this are roles that only identities of AWS accounts may assume. A whole account that is written as a number, without a
    condition, is somebody else's, and anyone there may be let in."""
    found = identities(holder)
    return bool(found) and all(isinstance(each, Role) and _names_who(each) for each in found)


def _names_who(role: Role) -> bool:
    trusting = [each for each in statements(role.trust) if each.allows() != Known(False)]
    principals = [(each, principal) for each in trusting for principal in each.principals]
    if not principals or any(each.unknown is not None or each.names_anyone() == Known(True) for each in trusting):
        return False
    return all(
        principal.kind == "AWS" and (each.conditional or not _WHOLE.search(str(getattr(principal.value, "value", ""))))
        for each, principal in principals
    )


def almighty(service: str, graph: Graph) -> list[Role]:
    """The roles that a service may assume, and that may certainly do everything in the account."""
    return [each for each in graph.index(Role, _services).get(service, ()) if not bounded(each) and _may_do_everything(each)]


def _services(role: Role) -> Iterator[str]:
    """The services that a role certainly trusts."""
    for statement in statements(role.trust):
        if statement.allows() == Known(True):
            for principal in statement.principals:
                if principal.kind == "Service" and isinstance(principal.value, Known):
                    yield str(principal.value.value)


def _may_do_everything(role: Role) -> bool:
    if "AdministratorAccess" in managed_names(role):
        return True
    own = (role, *(each for each in role.attached if not isinstance(each, Attachment)), *role.managed)
    return any(_allows_everything(statement) for each in own for statement in granted(each))


def _allows_everything(statement: Statement) -> bool:
    if statement.unknown is not None or statement.conditional or statement.not_actions:
        return False
    return all_of((any_of(map(is_everything, statement.actions)), statement.covers_every_resource())) == Known(True)


def _is_federated(role: Role) -> bool:
    """Whether it surely trusts providers of SAML alone: programs sign in at those of OpenID Connect, as pipelines do."""
    principals = [
        (statement, each)
        for statement in statements(role.trust)
        if statement.allows() != Known(False)
        for each in statement.principals
    ]
    return bool(principals) and all(
        each.kind == "Federated" and (_SAML.search(str(each.value)) is not None or _is_by_saml(statement))
        for statement, each in principals
    )


def _is_by_saml(statement: Statement) -> bool:
    """Whether a statement of a trust policy is for those who come from a provider of SAML, by its actions."""
    names = [str(each.value).lower() for each in statement.actions if isinstance(each, Known)]
    return len(names) == len(statement.actions) and _BY_SAML in names and not any("webidentity" in each for each in names)


def _is_called(holder: Role | User | Group) -> bool:
    # Not by the modules it is in: `module.admin.aws_iam_role.worker` is a worker.
    return any(_CALLED.search(words_of(name)) for name in _names(holder))


def _names(holder: Role | User | Group) -> tuple[str, ...]:
    """Its names, also one of which only a part is known."""
    return holder.declared.name, *holder.names(), "".join(pieces_of(holder.name))


def _is_for_people(holder: Role | User | Group) -> bool:
    if isinstance(holder, User):
        return is_for_emergencies(holder)
    if isinstance(holder, Group):
        return True
    trusting = [each for each in statements(holder.trust) if each.allows() != Known(False)]
    if not trusting or any(each.unknown is not None or each.names_anyone() == Known(True) for each in trusting):
        return False
    return all(
        principal.kind == "AWS" or (principal.kind == "Federated" and not _MACHINES.search(str(principal.value)))
        for each in trusting
        for principal in each.principals
    )
