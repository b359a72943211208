"""Requests that statements are about: actions and resources.

Whether a denial leaves something of what another statement allows is found by samples. A sample of a pattern is a name that matches
it and that no other pattern names (`s3:Get*` becomes `s3:Get` and a mark). Names in denials that match the pattern are samples, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from wa_iac.core.iam_policy import Statement, covers, matches
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, first_unknown, negate
from wa_iac.core.value import Known, Unknown, Value

from .condition_keys import STRANGER
from .texts import has_mark, pattern_of, without_marks

_EVERYTHING: Final = Known("*")
_WILDCARD: Final = late(r"[*?]")
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
    """A request, as far as statements distinguish it: the names of an action and of a resource, and whose policy decides, where that is told apart."""

    action: Value[str]
    resource: Value[str]
    owner: object = None


class Scope(Protocol):
    """How policies of one kind of resource name what they are about. `always` has the keys that each of their requests has, `never` those that none
    has."""

    always: frozenset[str]
    never: frozenset[str]

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        """Samples of the requests that a statement is about, enough to find one that no other statement is about."""

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        """Whether a statement is about the resource of a request."""


def covers_request(statement: Statement, request: Request, scope: Scope) -> Value[bool]:
    """Whether a statement is about a request."""
    if statement.unknown is not None:
        return statement.unknown
    return all_of((_covers_action(statement, request.action), scope.includes(statement, request)))


def _covers_action(statement: Statement, action: Value[str]) -> Value[bool]:
    name = action.value if isinstance(action, Known) else _SOME
    answer = any_of((covers(each, name) for each in statement.not_actions or statement.actions), statement.origin)
    if statement.not_actions:
        answer = negate(answer)
    return action if isinstance(action, Unknown) and answer == Known(False) else answer


def _actions(statement: Statement, others: Sequence[Statement]) -> Iterator[Value[str]]:
    """Samples of the actions of a statement."""
    entries = [entry for each in (statement, *others) for entry in (*each.actions, *each.not_actions)]
    names = [entry.value.lower() for entry in entries if isinstance(entry, Known)]
    # A policy of a resource is about one service.
    service = next((name.partition(":")[0] for name in names if ":" in name), "")
    for entry in (_EVERYTHING,) if statement.not_actions or not statement.actions else statement.actions:
        if not isinstance(entry, Known):
            yield entry
            continue
        pattern = f"{service}:*" if entry.value == "*" and service else entry.value.lower()
        for name in _samples(pattern, names):
            yield Known(name, entry.origin)


def _samples(pattern: str, names: Iterable[str]) -> Iterator[str]:
    yield _sample(pattern)
    if _WILDCARD.search(pattern):
        yield from {name: None for name in map(_sample, names) if matches(pattern, name)}


def _sample(pattern: str) -> str:
    return _WILDCARD.sub(STRANGER, pattern)


class OneResource:
    """Policies of a queue, a topic, a key, ...: every statement that has an effect is about this resource, however it is named."""

    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        for action in _actions(statement, others):
            for resource in statement.resources or [_EVERYTHING]:
                yield Request(action, resource)

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        answer = any_of(
            (same(each, request.resource) for each in statement.not_resources or statement.resources), statement.origin
        )
        if statement.not_resources:
            return negate(answer)
        return answer if statement.resources else Known(True, statement.origin)


def same(entry: Value[str], resource: Value[str]) -> Value[bool]:
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
    """Policies of a bucket. Resources are named relative to it: empty for the bucket itself, `/key` for an object."""

    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        entries = [entry for each in (statement, *others) for entry in (*each.resources, *each.not_resources)]
        names = [entry.value for entry in map(_relative, entries) if isinstance(entry, Known)]
        for resource in map(_relative, statement.resources or [_EVERYTHING]):
            for action in _actions(statement, others):
                if not isinstance(resource, Known):
                    yield Request(action, resource)
                    continue
                for pattern in ("", "/*") if resource.value == "*" else (resource.value,):
                    for name in _samples(pattern, names):
                        if _exists(action, name):
                            yield Request(action, Known(name, resource.origin))

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        entries = map(_relative, statement.not_resources or statement.resources)
        answer = any_of((_matches(each, request.resource) for each in entries), statement.origin)
        return negate(answer) if statement.not_resources else answer


def _exists(action: Value[str], resource: str) -> bool:
    """Whether a request exists: actions on objects do not apply to buckets, nor the other way round."""
    if not isinstance(action, Known):
        return True
    return not any(matches(each, action.value.lower()) for each in (_OF_BUCKETS if resource else _OF_OBJECTS))


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


def _matches(entry: Value[str], resource: Value[str]) -> Value[bool]:
    """Whether an entry of a statement is about a resource, both relative to the bucket."""
    if entry == _EVERYTHING:
        return Known(True, entry.origin)
    unknown = first_unknown(entry, resource)
    if unknown is not None:
        return unknown
    return Known(
        isinstance(entry, Known) and isinstance(resource, Known) and matches(entry.value, resource.value), entry.origin
    )
