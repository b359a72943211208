"""Statements of a resource's policy that let anyone in."""

from collections.abc import Callable
from typing import Final

from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, flags_of, milder, refuse
from wa_iac.core.value import Known, Step, Tree, Value
from wa_iac.knowledge.policies.access import ONE_RESOURCE, asks_for, opened
from wa_iac.knowledge.policies.descriptions import only_describes
from wa_iac.knowledge.policies.scopes import Scope

_SERVICE: Final = late(r"[a-z0-9-]+")
_OF_MEMBERS: Final = ("aws:principalorgid", "aws:principalorgpaths", "aws:principalorgmasteraccountid")
_OF_SIGNED: Final = ("aws:principalarn", "aws:userid")
"""Keys that an anonymous request lacks, and, before them, those that only a member of an organization has ("AWS global condition context
keys", IAM User Guide)."""
_TO_READ: Final = (
    "Remove the statement, or name the accounts or roles that read this: all others lose access. Roles of this account need no statement, if their own "
    "policies allow it."
)


def judge(
    document: Tree,
    message: str | Callable[[Statement], str],
    scope: Scope = ONE_RESOURCE,
    *,
    unless: Callable[[Statement], bool] = lambda _: False,
) -> Flags:
    """Flag each statement that allows anyone at all something that no statement denies; say what is undecided. The message may depend on the statement. `unless` names
    statements that another rule checks. One that names only resources of another service than its actions allows nothing. One that only lets
    others read what describes the resource is milder."""
    listed = statements(document)
    checked = [each for each in listed if not (unless(each) or is_of_another_service(each))]
    yield from each_of(
        checked,
        lambda statement: _with_place(statement, _refused(statement, listed, scope, message)),
    )


def _refused(statement: Statement, listed: list[Statement], scope: Scope, message: str | Callable[[Statement], str]) -> Flags:
    """The flag of a statement that lets anyone in, by what it lets them do."""
    let_in = opened(statement, listed, scope)
    if reads := only_describes(statement):
        found = refuse(let_in, True, f"This statement allows anyone to {reads}.", at=statement.place)
        yield from milder(found, severity=Severity.LOW, instead=Remedy(decision=_TO_READ))
        return
    yield from refuse(let_in, True, message if isinstance(message, str) else message(statement), at=statement.place)


def everyone(statement: Statement) -> str:
    """Whom a statement for everyone lets in, as its conditions limit them."""
    if asks_for(statement, _OF_MEMBERS):
        return "every AWS account that is in an organization, whichever that is,"
    return "every AWS account" if asks_for(statement, _OF_SIGNED) else "anyone, with or without an AWS account,"


def is_of_another_service(statement: Statement) -> bool:
    """Whether all of a statement's resources surely are of other services than all of its actions: no request is for both."""
    actions = {_service_of(each, 0) for each in statement.actions}
    resources = {_service_of(each, 2) for each in statement.resources}
    return bool(actions and resources) and "" not in actions | resources and actions.isdisjoint(resources)


def _service_of(name: Tree, position: int) -> str:
    """The service in the name of an action, or of a resource (its ARN); empty if it is not written."""
    parts = "".join(pieces_of(name)).lower().split(":")
    found = parts[position] if len(parts) > position + 1 and (position == 0 or parts[0] == "arn") else ""
    return found if _SERVICE.fullmatch(found) is not None else ""


def _with_place(statement: Statement, found: Flags) -> Flags:
    """The flags of a statement, with the place in another file that names everyone, such as the default of a variable."""
    places = dict.fromkeys(each.value.origin.span for each in statement.principals if each.value == Known("*"))
    elsewhere = [Step(each, "everyone is named here") for each in places if each.path not in ("", statement.origin.span.path)]
    for each in found:
        yield each if each.verdict != "fail" else each._replace(related=(*each.related, *elsewhere))


def lets_anyone_in(document: Tree, scope: Scope = ONE_RESOURCE) -> Value[bool]:
    """Whether a statement of a policy allows anyone at all something."""
    found = list(flags_of(judge(document, "", scope)))
    if any(each.verdict == "fail" for each in found):
        return Known(True, document.origin)
    return next((each.why for each in found if each.why is not None), Known(False, document.origin))
