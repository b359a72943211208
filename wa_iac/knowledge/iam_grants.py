"""What identities are granted, wherever it is written: for the rules on IAM policies."""

from collections.abc import Callable, Hashable, Iterator
from typing import Final, TypeAlias

from wa_iac.aws.iam import Attachment, Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.algebra import references
from wa_iac.core.binding import value_at
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, first_unknown, holds
from wa_iac.core.resource import Link
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

Grantor: TypeAlias = Role | User | Group | Policy | ManagedPolicy
"""What a policy document for identities is written in."""
Identity: TypeAlias = Role | User | Group
_ROLE: Final = "aws_iam_role"
_CREDENTIALS: Final = frozenset(
    {
        "AWS::IAM::AccessKey",
        "aws_iam_access_key",
        "awscc_iam_access_key",
        "aws_iam_user_login_profile",
        "aws_iam_virtual_mfa_device",
    }
)
"""Types that give a user a way in, and no rights."""
_OF_SMTP: Final = frozenset({"ses_smtp_password_v4", "ses_smtp_password"})
_OF_APIS: Final = frozenset({"secret", "encrypted_secret", "SecretAccessKey"})
"""What the code can take from an access key: the password for SMTP that is computed from its secret, or the secret ("aws_iam_access_key",
Terraform AWS provider)."""
_EXECUTION: Final = late(r"(?i)stack-?_?sets?-?_?execution|control-?_?tower-?_?execution")
_SCANNERS: Final = ("macie.amazonaws.com", "config.amazonaws.com", "backup.amazonaws.com")
_BOUNDARY_KEY: Final = "iam:permissionsboundary"


def granted(holder: Grantor) -> Iterator[Statement]:
    """The statements written in it that allow something, or may."""
    for document in _documents(holder):
        for statement in statements(document):
            allows = statement.allows()
            if isinstance(allows, Unknown) or allows == Known(True):
                yield statement


def denied(holder: Grantor) -> Iterator[str]:
    """The actions that its policies deny on every resource, without a condition."""
    for document in _documents(holder):
        for statement in statements(document):
            if statement.denies and not statement.conditional and statement.covers_every_resource() == Known(True):
                yield from (each.value for each in statement.actions if isinstance(each, Known))


def takes_back(holder: Grantor, wanted: str) -> Value[bool]:
    """Whether its policies deny an action, or all that a pattern of actions covers, on every resource and without a condition. What they deny beside
    what another policy allows counts as well, since a denial always does ("Policy evaluation logic", IAM User Guide)."""
    return any_of(_takes_back(each, wanted) for document in _documents(holder) for each in statements(document))


def _takes_back(denial: Statement, wanted: str) -> Value[bool]:
    """Whether a statement does that. One of which nothing is known, such as one from outside, is rarely a denial of all that another allows."""
    if denial.unknown is not None or denial.conditions or denial.not_resources or denial.allows() == Known(True):
        return Known(False)
    if denial.not_actions and "*" in wanted:
        # All but some: it covers a pattern if these are of other services.
        service = wanted.partition(":")[0].lower()
        names = [str(each.value).lower() if isinstance(each, Known) else "*" for each in denial.not_actions]
        apart = all(each.partition(":")[0] != service and "*" not in each.partition(":")[0] for each in names)
        covered: Value[bool] = Known(apart and "*" not in service)
    else:
        covered = denial.covers_action(wanted)
    certain = Known(True) if denial.conditions_unknown is None else denial.conditions_unknown
    return all_of((holds(denial.effect, lambda effect: effect == "Deny"), covered, denial.covers_every_resource(), certain))


def _documents(holder: Grantor) -> list[Tree]:
    return [each.document for each in holder.inline] if isinstance(holder, (Role, User, Group)) else [holder.document]


def bounded(holder: Grantor | Attachment) -> bool:
    """Whether a permissions boundary, for certain, limits everyone who is granted this."""
    holders = _holders(holder)
    return bool(holders) and all(isinstance(each.boundary.presence, Known) for each in holders)


def boundaries(holder: Grantor) -> list[ManagedPolicy]:
    """The permissions boundaries of everyone who is granted this, as far as they are written here."""
    return [policy for each in _holders(holder) for policy in each.boundary]


def identities(holder: Grantor | Attachment) -> list[Identity]:
    """The roles, users and groups that are granted this; none if somebody else is, or may be."""
    if isinstance(holder, (Role, User, Group)):
        return [holder]
    if holder.roles.elsewhere or holder.users.elsewhere or holder.groups.elsewhere:
        return []
    own: list[Identity] = [*holder.roles, *holder.users, *holder.groups]
    if not isinstance(holder, ManagedPolicy):
        return own
    if holder.attachments.unknown is not None or holder.holders.unknown is not None:
        return []
    more = [*map(identities, holder.attachments), *map(identities, holder.holders)]
    return [*own, *(each for found in more for each in found)] if all(more) else []


def _holders(holder: Grantor | Attachment) -> list[Role | User]:
    """The roles and users that are granted this; none if somebody else is, or may be."""
    found = identities(holder)
    return [] if any(isinstance(each, Group) for each in found) else [each for each in found if not isinstance(each, Group)]


def managed_names(identity: Identity) -> frozenset[str]:
    """The names of the policies of AWS that an identity certainly has."""
    arns: list[Tree] = list(identity.managed_arns.value) if isinstance(identity.managed_arns, Known) else []
    arns += [each.policy.value for each in identity.attached if isinstance(each, Attachment)]
    texts = [
        each.value if isinstance(each, Known) else each.parts[-1] if isinstance(each, Unknown) and each.parts else ""
        for each in arns
    ]
    return frozenset(text.rpartition("/")[2] for text in texts if isinstance(text, str) and ":aws:policy/" in text)


def only_limits(holder: Grantor, graph: Graph) -> Value[bool]:
    """Whether a managed policy is only a permissions boundary: of roles or users, or the one that a condition of another policy demands. A
    boundary grants nothing. Unknown where something attaches a policy that is not known."""
    if not isinstance(holder, ManagedPolicy) or any((holder.roles.targets, holder.users.targets, holder.groups.targets)):
        return Known(False)
    if holder.attachments.targets or holder.holders.targets:
        return Known(False)
    if not holder.limits.targets and id(holder.declared) not in graph.once(_demanded):
        return Known(False)
    links = (holder.roles, holder.users, holder.groups, holder.attachments, holder.holders)
    doubt = first_unknown(*(each.unknown for each in links))
    return Known(not any(each.external for each in links)) if doubt is None else doubt


def _demanded(graph: Graph) -> frozenset[int]:
    """The policies that the condition key `iam:PermissionsBoundary` of a statement names."""
    holders: list[Grantor] = [*graph.of(Role), *graph.of(User), *graph.of(Group), *graph.of(Policy), *graph.of(ManagedPolicy)]
    return frozenset(
        id(found)
        for holder in holders
        for statement in granted(holder)
        for condition in statement.conditions
        if condition.key.lower() == _BOUNDARY_KEY
        for found in graph.referred(condition.value)
    )


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
    return _for_service(holder, "cloudformation.amazonaws.com", ("AWS", "Service"))


def deploys_stack_sets(holder: Grantor | Attachment) -> bool:
    """Whether all that are granted this are the roles with which StackSets or Control Tower deploys into an account, by their names or that of their file
    ("Grant self-managed permissions", AWS CloudFormation User Guide; "How AWS Control Tower works with roles", AWS Control Tower User Guide)."""
    found = identities(holder)
    return bool(found) and all(
        isinstance(each, Role)
        and any(_EXECUTION.search(name) for name in (each.declared.name, *each.names(), each.span.path.rpartition("/")[2]))
        for each in found
    )


def for_scanners(holder: Grantor | Attachment) -> bool:
    """Whether all roles that are granted this are for a service of AWS that looks at all data of an account, and nobody else may assume
    them."""
    return any(_for_service(holder, each, ("Service",)) for each in _SCANNERS)


def for_products(holder: Grantor | Attachment) -> bool:
    """Whether all roles that are granted this are those with which AWS Service Catalog launches products."""
    return _for_service(holder, "servicecatalog.amazonaws.com", ("Service",))


def for_responders(holder: Grantor | Attachment) -> bool:
    """Whether all roles that are granted this are for AWS's Shield Response Team, and nobody else may assume them."""
    return _for_service(holder, "drt.shield.amazonaws.com", ("Service",))


def _for_service(holder: Grantor | Attachment, service: str, kinds: tuple[str, ...]) -> bool:
    holders = _holders(holder)
    return bool(holders) and all(isinstance(each, Role) and _trusts(each, service, kinds) for each in holders)


def _trusts(role: Role, service: str, kinds: tuple[str, ...]) -> bool:
    """Whether a role trusts one service, and otherwise at most identities of these kinds that are named."""
    trusting = [each for each in statements(role.trust) if each.allows() != Known(False)]
    if any(each.unknown is not None or each.names_anyone() != Known(False) for each in trusting):
        return False
    principals = [principal for each in trusting for principal in each.principals]
    services = {each.value for each in principals if each.kind == "Service"}
    return services == {Known(service)} and all(each.kind in kinds for each in principals)


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


def may_do_everything(holder: Grantor, graph: Graph) -> bool:
    """Whether another policy allows everything on every resource to each of those whose policy this is."""
    if not isinstance(holder, Policy):
        return False
    keys = _owners(holder)
    allowing = graph.index(Policy, _owners_with_everything)
    return bool(keys) and all(any(each is not holder for each in allowing.get(key, ())) for key in keys)


def _owners_with_everything(policy: Policy) -> tuple[Hashable, ...]:
    """Those whose policy this is, if it allows everything on every resource, without a condition and a boundary."""
    allowed = any(
        any(is_everything(action) == Known(True) for action in each.actions)
        and not each.conditional
        and each.allows() == Known(True)
        and each.covers_every_resource() == Known(True)
        for each in granted(policy)
    )
    return _owners(policy) if allowed and not bounded(policy) else ()


def _owners(policy: Policy) -> tuple[Hashable, ...]:
    """What tells the identities of a policy apart: their resources, and the values that name others."""
    links: tuple[Link[Role] | Link[User] | Link[Group], ...] = (policy.roles, policy.users, policy.groups)
    found: list[Hashable] = []
    for link in links:
        found += [id(each.declared) for each in link.targets]
        found += [each.identity for each in link.unclear]
    return tuple(found)


def has_no_rights(user: User, graph: Graph) -> bool:
    """Whether a user certainly has no policy and no group, and nothing here names it that could grant it something."""
    links = (user.managed, user.attached, user.groups, user.memberships)
    if user.inline or any(each.targets or each.elsewhere for each in links) or isinstance(user.managed_arns, Unknown):
        return False
    return all(each.type in _CREDENTIALS for each in graph.referring(user, graph.types))


_LISTING: Final = frozenset({"iam:listroles", "iam:listaccountaliases"})


def mail_only(user: User, graph: Graph) -> Value[bool]:
    """Whether all that the user may do, as written here, is to send mail: SES takes the credentials of users only, over SMTP."""
    found = _may_only(user, _mails)
    return Known(_is_for_smtp(user, graph)) if found is None else found


def lists_roles_only(user: User) -> bool:
    """Whether all that the user may do, as written here, is to list the roles of the account. Microsoft Entra ID does that for single
    sign-on, with nothing but an access key ("AWS Single-Account Access", tutorials of Microsoft Entra ID)."""
    return _may_only(user, _lists_roles) == Known(True)


def _may_only(user: User, test: Callable[[Statement], Value[bool]]) -> Value[bool] | None:
    """Whether a test holds for all statements on what a user may do, as written here; None if there is none."""
    groups = dict.fromkeys((*user.groups, *(group for each in user.memberships for group in each.groups)))
    identities: tuple[User | Group, ...] = (user, *groups)
    named = [link for each in identities for link in _named_policies(each)]
    if any(link.external for link in named):
        return Known(False)
    own = (holder for each in identities for holder in (each, *each.attached) if not isinstance(holder, Attachment))
    found = [statement for holder in (*own, *(policy for link in named for policy in link)) for statement in granted(holder)]
    if not found:
        return None
    memberships = (user.groups.unknown, user.memberships.unknown, *(each.groups.unknown for each in user.memberships))
    doubt = first_unknown(*memberships, *(each.attached.unknown for each in identities), *(link.unknown for link in named))
    return all_of((*map(test, found), Known(True) if doubt is None else doubt))


def _is_for_smtp(user: User, graph: Graph) -> bool:
    """Whether all that the code takes from a user's keys is their password for SMTP, not their secret."""
    taken: set[str] = set()
    for key in user.keys:
        own = INDEX.sub("", key.address)
        for reader in graph.referring(key, graph.types):
            taken.update(each.attribute for each in references(reader.body) if INDEX.sub("", each.address) == own)
    return bool(taken & _OF_SMTP) and taken.isdisjoint(_OF_APIS)


def _named_policies(identity: User | Group) -> list[Link[ManagedPolicy]]:
    """The policies that an identity, or an attachment to it, refers to."""
    return [identity.managed, *(each.policy for each in identity.attached if isinstance(each, Attachment))]


def _mails(statement: Statement) -> Value[bool]:
    """Whether all its actions are SES's."""
    return _all_actions(statement, lambda name: name.lower().startswith("ses:"))


def _lists_roles(statement: Statement) -> Value[bool]:
    """Whether all its actions list roles, or the names of accounts."""
    return _all_actions(statement, lambda name: name.lower() in _LISTING)


def _all_actions(statement: Statement, test: Callable[[str], bool]) -> Value[bool]:
    if statement.unknown is not None:
        return statement.unknown
    if not statement.actions:
        return Known(False)
    return all_of(holds(action, test) for action in statement.actions)
