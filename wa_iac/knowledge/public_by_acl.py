"""Objects of a bucket that are public by their own ACLs: by code that uploads them so, or that may set their ACLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.aws.s3 import Bucket
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree, Value

from .iam_grants import Grantor, granted

_OBJECTS: Final = frozenset(and_awscc("aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"))
_PUBLIC: Final = frozenset({"public-read", "public-read-write", "authenticated-read"})
_SETS: Final = ("s3:putobjectacl", "s3:putobjectversionacl")
_NAMED: Final = late(r"arn:[\w-]+:s3:::([^/*?]+)")


class ByAcl(NamedTuple):
    """Something that makes objects public by their ACLs, or that may: `what` it is, as the beginning of a sentence, and its place."""

    what: str
    place: Span


def public_by_acl(bucket: Bucket, graph: Graph) -> ByAcl | None:
    """What makes objects of a bucket public by their ACLs, or may do so; None if nothing here does."""
    for each in graph.referring(bucket, _OBJECTS) if graph.types & _OBJECTS else ():
        acl = value_at(each.body, "acl")
        if isinstance(acl, Known) and acl.value in _PUBLIC and graph.refers(value_at(each.body, "bucket"), bucket):
            return ByAcl(f'{each.address} has the ACL "{acl.value}"', acl.origin.span)
    names = bucket.names()
    for holder, resource in graph.once(_may_set):
        if graph.refers(resource, bucket) or _name(resource) in names:
            return ByAcl(f"{holder.address} may make objects public, by s3:PutObjectAcl", resource.origin.span)
    return None


def _may_set(graph: Graph) -> list[tuple[Declared, Value[str]]]:
    """Who is granted the right to set ACLs of objects, by its name, and of which ones. All of S3's rights say nothing of ACLs."""
    return list(_grants(graph))


def _grants(graph: Graph) -> Iterator[tuple[Declared, Value[str]]]:
    kinds: tuple[type[Grantor], ...] = (Role, User, Group, Policy, ManagedPolicy)
    for holder in (each for kind in kinds for each in graph.of(kind)):
        for statement in granted(holder):
            actions = (each.value.lower() for each in statement.actions if isinstance(each, Known))
            if any(each in _SETS for each in actions):
                yield from ((holder.declared, resource) for resource in statement.resources)


def _name(resource: Tree) -> str:
    """The name of the bucket in the ARN of objects; empty if it is not known."""
    found = _NAMED.match(resource.value) if isinstance(resource, Known) and isinstance(resource.value, str) else None
    return "" if found is None else found[1]
