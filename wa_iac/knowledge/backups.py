"""Whether there are backups of a resource: by AWS Backup, or by its own service."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Final, TypeAlias

from wa_iac.aws.backup import Selection
from wa_iac.aws.dynamodb import Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value

Store: TypeAlias = Table | FileSystem | Instance | Cluster
_SERVICES: Final[Mapping[type[Resource], str]] = {
    Table: "dynamodb",
    FileSystem: "elasticfilesystem",
    Instance: "rds",
    Cluster: "rds",
}
"""What ARNs call the service of a resource."""


def backed_up(store: Store, graph: Graph) -> Value[bool]:
    """Whether a selection of AWS Backup in this unit selects a resource; absent where none may."""
    service = _SERVICES[type(store)]
    return any_of(each.selects(store, service, store.tags) for each in _selections(store, graph))


def keeps_itself(store: Table | FileSystem | Instance) -> Value[bool]:
    """Whether it is backed up without a plan, or holds nothing of its own."""
    match store:
        case Table():
            return store.point_in_time_recovery
        case FileSystem():
            return holds(store.backup, lambda status: status == "ENABLED")
        case Instance():
            return any_of((store.depends(), holds(store.backup_retention, lambda days: days > 0)))


def _selections(resource: Resource, graph: Graph) -> Iterator[Selection]:
    """The selections that may be about a resource: each names it, or may select anything."""
    index = graph.index(Selection, _named)
    address = resource.address
    blocks = (address[: found.start()] for found in re.finditer(r"\[", address))
    for key in (None, address, *blocks, *map(_last_part, resource.names())):
        yield from index.get(key, ())


def _named(selection: Selection) -> Iterator[Hashable]:
    """The addresses and the names that a selection consists of; None where it may select anything."""
    if selection.tags:
        yield None
    for pattern in selection.resources.value if isinstance(selection.resources, Known) else [selection.resources]:
        addresses = [reference.address for reference in references(pattern)]
        yield from addresses
        match pattern:
            case Known(text) if not text.endswith("*"):
                yield _last_part(text)
            case Known():
                yield None
            case Unknown(parts=parts) if parts or not addresses:
                yield None
            case _:
                pass


def _last_part(name: str) -> str:
    return re.split("[/:]", name)[-1]
