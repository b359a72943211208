"""Whose policy it is: whether an ARN in a policy is that of the resource that has the policy.

A denial counts only where it matches the resource of the request ("IAM JSON policy elements: Resource", IAM User Guide). The ARN of a resource is
known before deployment as far as its name is: a Region and an account are taken for its own, and an unknown piece may be anything. The ARNs are those
of the Service Authorization Reference (the tables "Resource types" of each service). That of a secret ends with six characters that Secrets Manager adds
("Create an AWS Secrets Manager secret", AWS Secrets Manager User Guide). The policy of an OpenSearch domain is about what is inside it, not about the
domain itself ("Identity and Access Management in Amazon OpenSearch Service", Amazon OpenSearch Service Developer Guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from wa_iac.core.budget import current
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, matches
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, first_unknown, negate
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .condition_keys import STRANGER
from .scopes import OneResource, Request, same
from .texts import expanded, mark, pattern_of, without_marks

QUEUE: Final = "arn:*:sqs:*:*:{}"
TOPIC: Final = "arn:*:sns:*:*:{}"
SECRET: Final = "arn:*:secretsmanager:*:*:secret:{}-??????"  # noqa: S105 - an ARN
KEY: Final = "arn:*:kms:*:*:key/{}"
FILE_SYSTEM: Final = "arn:*:elasticfilesystem:*:*:file-system/{}"
GLACIER_VAULT: Final = "arn:*:glacier:*:*:vaults/{}"
BACKUP_VAULT: Final = "arn:*:backup:*:*:backup-vault:{}"
EVENT_BUS: Final = "arn:*:events:*:*:event-bus/{}"
REPOSITORY: Final = "arn:*:ecr:*:*:repository/{}"
DOMAIN: Final = "arn:*:es:*:*:domain/{}"
LOG_DESTINATION: Final = "arn:*:logs:*:*:destination:{}"
PACKAGE_DOMAIN: Final = "arn:*:codeartifact:*:*:domain/{}"
PACKAGE_REPOSITORY: Final = "arn:*:codeartifact:*:*:repository/{}/{}"
SCHEMA_REGISTRY: Final = "arn:*:schemas:*:*:registry/{}"
IDENTITY: Final = "arn:*:ses:*:*:identity/{}"
DATA_CATALOG: Final = "arn:*:glue:*:*:catalog"
"""The ARNs of resources, around their names."""
INSIDE: Final = f"/{STRANGER}"
"""What is inside a resource, by a name that no policy has."""
_PARTS: Final = 5
_TOKEN: Final = late("\ue100[^\ue101]*\ue101|(?s:.)")
_NO_ACCOUNT: Final = late("[^0-9*?]")
_ANY: Final = "\ue003"
"""Stands for a text that nobody knows before deployment."""
_DEPLOYED: Final = Said(
    "whether the Deny is for this resource depends on its ARN, which is known only after deployment",
    "compare the ARN in the Deny with that of the deployed resource",
)


class Owner(NamedTuple):
    """A resource that has the policy: its block, the types of its kind, a pattern for its ARN, and why that is not known. `inside` is the end of the
    ARN if the policy is about what is inside the resource; `named` is what names it, if it is declared elsewhere."""

    declared: Declared | None
    types: tuple[str, ...]
    arn: str
    doubt: Unknown | None
    inside: str = ""
    named: Value[str] = Absent()


ACCOUNT: Final = Owner(None, (), f"arn:*:*:*:*:{STRANGER}", None)
"""For policies of all resources of a kind that an account has: one that no policy names."""


def owner(resource: Resource, arn: str, name: Value[str], inside: str = "") -> Owner:
    """The owner that is declared here, by the shape of its ARN and its name."""
    doubt = name if isinstance(name, Unknown) else None
    return Owner(resource.declared, resource.types(), arn.format(_text_of(name)) + inside, doubt, inside)


def owner_elsewhere(named: Value[str], arn: str = "{}", *before: Value[str]) -> Owner:
    """The owner that a policy names by its ARN or, by the shape of that, by its name, with the names `before` it."""
    text = _text_of(named)
    whole = text if text.startswith("arn:") else arn.format(*map(_text_of, before), text)
    return Owner(None, (), whole, first_unknown(named, *before), "", named)


def _text_of(name: Value[str]) -> str:
    match name:
        case Unknown(alternatives=()):
            pattern = pattern_of(name)
            return mark(name) if isinstance(pattern, Unknown) else pattern
        case Known(known) if known:
            return str(known)
        case _:
            return "*"


class OfOwners(OneResource):
    """Policies of some resources, which are told apart only where something is denied."""

    def __init__(self, graph: Graph, owners: Sequence[Owner]) -> None:
        self._graph = graph
        self._owners = owners

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        for request in super().requests(statement, others):
            if not others or not self._owners:
                yield request
                continue
            answers = [(each, self._is(request.resource, each, statement)) for each in self._owners]
            # A statement that has an effect is about one of them, however it is named.
            certain = [each for each, answer in answers if answer == Known(True)]
            possible = [each for each, answer in answers if answer != Known(False)]
            for each in certain or possible or self._owners:
                yield request._replace(owner=each)

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        if not isinstance(request.owner, Owner) or not statement.denies:
            return super().includes(statement, request)
        owner = request.owner
        entries = statement.not_resources or statement.resources
        answer = any_of((self._denied(each, request, owner, statement) for each in entries), statement.origin)
        if statement.not_resources:
            return negate(answer)
        return answer if statement.resources else Known(True, statement.origin)

    def _denied(self, entry: Value[str], request: Request, owner: Owner, statement: Statement) -> Value[bool]:
        """Whether an entry of a denial is about the owner, which the allowing statement may name too."""
        answer = self._is(entry, owner, statement)
        by_parts = bool(owner.inside) or owner is ACCOUNT
        if answer == Known(True) or request.resource == Known("*") or (answer == Known(False) and not by_parts):
            return answer
        if answer == Known(False) and self._is(request.resource, owner, statement) == Known(True):
            return answer  # What is allowed is more than what is denied.
        alike = same(entry, request.resource)
        if answer == Known(False):
            return alike
        named = isinstance(request.resource, Known) and not any(each in request.resource.value for each in "*?$")
        return alike if alike == Known(True) or (alike == Known(False) and named) else answer

    def _is(self, entry: Value[str], owner: Owner, statement: Statement) -> Value[bool]:
        """Whether an ARN, or a pattern of some, is the owner's."""
        referred = self._by_reference(entry, owner)
        if referred is not None:
            return Known(referred, entry.origin)
        pattern = pattern_of(entry)
        if isinstance(pattern, Unknown):
            return pattern
        if matches(pattern, _example(pattern, owner.arn)):
            return Known(True, entry.origin)
        if not _may_be(expanded(pattern, statement.version), owner.arn):
            return Known(False, entry.origin)
        if owner.doubt is not None:
            return owner.doubt
        return entry if isinstance(entry, Unknown) else Unknown(_DEPLOYED, ("own ARN", owner.arn, pattern), entry.origin)

    def _by_reference(self, entry: Value[str], owner: Owner) -> bool | None:
        """Whether a reference is to the owner; None if there is none to a resource of its kind, or it may be to several."""
        found = _reference(entry)
        if found is None:
            return None
        reference, tail = found
        whole = matches(tail, owner.inside)
        if isinstance(owner.named, Unknown):
            ours, theirs = ({each.address for each in value.origin.references} for value in (reference, owner.named))
            if not ours or not theirs or owner.named.parts:
                return None
            return ours == theirs and whole if ours == theirs or ours.isdisjoint(theirs) else None
        if not whole and not owner.inside:
            return None
        referred = list(self._graph.referred(reference))
        if not referred or any(each.kind != "resource" or each.type not in owner.types for each in referred):
            return None
        if owner.declared is None or all(each is not owner.declared for each in referred):
            return False
        return whole if len(referred) == 1 else None


def _reference(entry: Value[str]) -> tuple[Unknown, str] | None:
    """The reference to one thing that an ARN is made of, and what follows it; None if it is made of more."""
    if not isinstance(entry, Unknown) or entry.alternatives:
        return None
    before = [*(entry.parts or (entry,))]
    last, tail = before.pop(), ""
    if isinstance(last, str):
        if not before or (last.strip("*") and not last.startswith("/")) or (len(before) > 1 and not last.startswith("/")):
            return None
        tail, last = last, before.pop()
    if not isinstance(last, Unknown) or (before and not (isinstance(before[-1], str) and before[-1].endswith((":", "/")))):
        return None
    return last, tail


def owners_of(link: Link[Resource], found: Sequence[Owner], arn: str, types: tuple[str, ...]) -> list[Owner]:
    """The owners that a policy names: those declared here (`found`), and those elsewhere by their ARNs, URLs or names."""
    elsewhere = [Owner(None, types, _written(each.value, arn), None) for each in link.external]
    return [*found, *elsewhere, *(Owner(None, (), "*", each) for each in link.unclear)]


def _written(value: object, arn: str) -> str:
    text = str(value)
    return text if text.startswith("arn:") else arn.format(text.rpartition("/")[2])


def _example(pattern: str, own: str) -> str:
    """An ARN of the owner, with the Region and the account that a pattern names, and else with texts that no pattern names."""
    parts = own.split(":", _PARTS)
    for index, given in enumerate(pattern.split(":", _PARTS)[:_PARTS]):
        if len(parts) > _PARTS and parts[index] == "*" and "*" not in given:
            parts[index] = given
    return ":".join(parts).replace("*", _ANY * 9).replace("?", _ANY)


def _may_be(pattern: str, own: str) -> bool:
    """Whether an ARN may be the owner's. Its parts are compared one by one where they can be told apart: no Region and no account has a colon."""
    ours, theirs = pattern.split(":", _PARTS), own.split(":", _PARTS)
    if len(ours) != len(theirs) or len(ours) <= _PARTS or _NO_ACCOUNT.search(without_marks(ours[_PARTS - 1], "")):
        return _meet(pattern, own)
    return all(map(_meet, ours, theirs))


def _meet(one: str, other: str) -> bool:
    """Whether a text matches both of two patterns. Pieces that are not known may be anything, but are the same in both."""
    ours, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    for end in (0, -1):
        while ours and theirs and ours[end] == theirs[end] and ours[end] not in "*?":
            del ours[end], theirs[end]
    ours, theirs = (["*" if len(each) > 1 else each for each in tokens] for tokens in (ours, theirs))
    current().compare((len(ours) + 1) * (len(theirs) + 1))
    # Whether the rests of both match a text, from their ends.
    below = [False] * (len(theirs) + 1)
    for i in range(len(ours), -1, -1):
        row = [False] * (len(theirs) + 1)
        for j in range(len(theirs), -1, -1):
            a, b = ours[i] if i < len(ours) else "", theirs[j] if j < len(theirs) else ""
            if not a and not b:
                row[j] = True
            elif a == "*" or b == "*":
                row[j] = (bool(a) and below[j]) or (bool(b) and row[j + 1])
            else:
                row[j] = bool(a) and bool(b) and (a == b or "?" in (a, b)) and below[j + 1]
        below = row
    return below[0]
