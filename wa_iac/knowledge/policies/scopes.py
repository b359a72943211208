"""What statements are about: actions and resources, and whether a denial is about all of what another statement allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from wa_iac.core.iam_policy import Statement, covers, matches
from wa_iac.core.logic import all_of, any_of, first_unknown, negate
from wa_iac.core.value import Known, Unknown, Value

from .texts import has_mark, pattern_of, without_marks

_EVERYTHING: Final = Known("*")
_OBJECTS: Final = Known("/*")
_SOME: Final = "\ue000"
"""Stands for an action that is not known."""
_OF_OBJECTS: Final = (
    "s3:getobject*",
    "s3:putobject*",
    "s3:deleteobject*",
    "s3:restoreobject",
    "s3:abortmultipartupload",
    "s3:listmultipartuploadparts",
    "s3:bypassgovernanceretention",
    "s3:replicate*",
    "s3:objectowneroverridetobucketowner",
)
_OF_BUCKETS: Final = ("s3:listbucket*", "s3:getbucket*", "s3:putbucket*", "s3:deletebucket*", "s3:createbucket*")


class Request(NamedTuple):
    """Requests that a statement is about: an action and a resource, or patterns of them."""

    action: Value[str]
    resource: Value[str]


class Scope(Protocol):
    """How policies of one kind of resource name what they are about."""

    def requests(self, statement: Statement) -> Iterator[Request]:
        """The requests that a statement is about."""

    def includes(self, statement: Statement, resource: Value[str]) -> Value[bool]:
        """Whether a statement is about every resource of a pattern."""


def covers_request(statement: Statement, request: Request, scope: Scope) -> Value[bool]:
    """Whether a statement is about all of some requests."""
    if statement.unknown is not None:
        return statement.unknown
    return all_of((_covers_action(statement, request.action), scope.includes(statement, request.resource)))


def _covers_action(statement: Statement, action: Value[str]) -> Value[bool]:
    wanted = action.value if isinstance(action, Known) else _SOME
    if statement.not_actions:
        answer = negate(any_of((_touches(each, wanted) for each in statement.not_actions), statement.origin))
    else:
        answer = any_of((covers(_of_service(each, wanted), wanted) for each in statement.actions), statement.origin)
    return action if isinstance(action, Unknown) and answer == Known(False) else answer


def _of_service(entry: Value[str], wanted: str) -> Value[str]:
    """`*` if an entry is all actions of the only service that a resource's policy can be about, and the action is not known."""
    whole = isinstance(entry, Known) and entry.value.endswith(":*") and wanted in (_SOME, "*")
    return Known("*", entry.origin) if whole else entry


def _touches(entry: Value[str], wanted: str) -> Value[bool]:
    """Whether two patterns of actions have an action in common."""
    if not isinstance(entry, Known):
        return covers(entry, wanted)
    return Known(_overlap(entry.value.lower(), wanted.lower()), entry.origin)


def _overlap(one: str, other: str) -> bool:
    """Whether some text matches both patterns. Exact if at most one of them has a wildcard before its end."""
    if matches(one, other) or matches(other, one):
        return True
    first, star, _ = one.partition("*")
    second, mark_, _ = other.partition("*")
    return bool(star and mark_) and (first.startswith(second) or second.startswith(first))


def _actions(statement: Statement) -> Sequence[Value[str]]:
    return [_EVERYTHING] if statement.not_actions or not statement.actions else statement.actions


class OneResource:
    """Policies of a queue, a topic, a key, ...: every statement that has an effect is about this resource, however it is named."""

    def requests(self, statement: Statement) -> Iterator[Request]:
        for action in _actions(statement):
            for resource in statement.resources or [_EVERYTHING]:
                yield Request(action, resource)

    def includes(self, statement: Statement, resource: Value[str]) -> Value[bool]:
        if statement.not_resources:
            return negate(any_of((_same(each, resource) for each in statement.not_resources), statement.origin))
        if not statement.resources:
            return Known(True, statement.origin)
        return any_of((_same(each, resource) for each in statement.resources), statement.origin)


def _same(entry: Value[str], resource: Value[str]) -> Value[bool]:
    """Whether an entry is about the resource that another statement names. `*` in that other statement is the resource itself."""
    pattern, wanted = pattern_of(entry), pattern_of(resource)
    if isinstance(pattern, Unknown):
        return pattern
    if pattern == "*" or wanted == "*":
        return Known(True, entry.origin)
    if isinstance(wanted, Unknown):
        return wanted
    if matches(pattern, wanted):
        return Known(True, entry.origin)
    ours, theirs = ({each.address for each in value.origin.references} for value in (entry, resource))
    unknown = first_unknown(entry, resource)
    if unknown is None or (ours and theirs):
        return Known(ours == theirs and unknown is not None, entry.origin)
    return unknown


class OfBucket:
    """Policies of a bucket. Resources are read relative to it: empty for the bucket itself, `/*` for all objects."""

    def requests(self, statement: Statement) -> Iterator[Request]:
        actions, resources = _actions(statement), [_relative(each) for each in statement.resources] or [_EVERYTHING]
        yield from list(_split(actions, resources)) or (Request(action, each) for action in actions for each in resources)

    def includes(self, statement: Statement, resource: Value[str]) -> Value[bool]:
        entries = map(_relative, statement.not_resources or statement.resources)
        if statement.not_resources:
            return negate(any_of((_relates(each, resource, _overlap) for each in entries), statement.origin))
        return any_of((_relates(each, resource, matches) for each in entries), statement.origin)


def _split(actions: Sequence[Value[str]], resources: Sequence[Value[str]]) -> Iterator[Request]:
    """The pairs that exist: actions on objects do not apply to the bucket, and the other way round."""
    for action in actions:
        name = action.value.lower() if isinstance(action, Known) else ""
        of_objects, of_bucket = (any(matches(each, name) for each in known) for known in (_OF_OBJECTS, _OF_BUCKETS))
        for resource in resources:
            whole = resource == _EVERYTHING
            if not of_bucket and resource != Known(""):
                yield Request(action, _OBJECTS if whole else resource)
            if not of_objects and (whole or resource == Known("")):
                yield Request(action, Known(""))


def _relative(entry: Value[str]) -> Value[str]:
    """An ARN relative to its bucket: `arn:aws:s3:::shop/*` is `/*`, `arn:aws:s3:::shop` is empty, `*` is `*`. Unknown pieces of the
    name of the bucket do not matter; those of the key remain as marks."""
    references = entry.origin.references
    if isinstance(entry, Unknown) and not entry.parts and references and not any(each.attribute for each in references):
        # A plan alone: the text is made of the bucket's ARN, and the text around it is not shown.
        return Known("*", entry.origin)
    text = pattern_of(entry)
    if isinstance(text, Unknown):
        return text
    bucket, slash, key = text.rpartition(":::")[2].partition("/")
    relative = f"/{key}" if slash else "*" * bucket.endswith("*")
    unknown = isinstance(entry, Unknown) and has_mark(relative) and not without_marks(relative[1:], "").strip("*")
    return entry if unknown else Known(relative, entry.origin)


def _relates(entry: Value[str], resource: Value[str], relation: Callable[[str, str], bool]) -> Value[bool]:
    """Whether a relation holds between an entry of a statement and a resource, both relative to the bucket."""
    if entry == _EVERYTHING:
        return Known(True, entry.origin)
    if isinstance(entry, Known) and isinstance(resource, Known):
        return Known(relation(entry.value, resource.value), entry.origin)
    unknown = first_unknown(entry, resource)
    return Known(False) if unknown is None else unknown
