"""Whether there are backups of a resource: by AWS Backup, or by its own service."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Final, TypeAlias

from wa_iac.aws import docdb, fsx, neptune, redshift
from wa_iac.aws.backup import BackupSelection
from wa_iac.aws.dynamodb import Table
from wa_iac.aws.efs import FileSystem
from wa_iac.aws.parts.tags import entries
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.algebra import references
from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value, plain

Store: TypeAlias = Table | FileSystem | Instance | Cluster | docdb.Cluster | neptune.Cluster | redshift.Cluster | fsx.FileSystem
_SERVICES: Final[Mapping[type[Resource], str]] = {
    Table: "dynamodb",
    FileSystem: "elasticfilesystem",
    Instance: "rds",
    Cluster: "rds",
    docdb.Cluster: "rds",
    neptune.Cluster: "rds",
    redshift.Cluster: "redshift",
    fsx.FileSystem: "fsx",
}
"""What ARNs call the service of a resource."""
_OFF: Final = (*("", "false", "False", "FALSE", "no", "No", "none", "None", "off", "0", "disabled", "Disabled"), False, 0)
"""The values of a tag that say that there are no backups."""
_ANYTHING: Final = None
"""Stands for whatever a selection may select, by a wildcard or by what is not known."""


def backed_up(store: Store, graph: Graph) -> Value[bool]:
    """Whether a selection of AWS Backup in this unit selects a resource; absent where none may."""
    service = _SERVICES[store.own_class]
    return any_of(each.selects(store, service, store.tags) for each in _selections(store, graph))


def tagged_for_backups(tags: Value[Tags]) -> str:
    """The key of a tag by which a plan of AWS Backup elsewhere probably selects a resource; empty where there is none."""
    found = entries(tags).items()
    return next((key for key, value in found if "backup" in key.lower() and plain(value) not in (None, *_OFF)), "")


def keeps_itself(store: Table | FileSystem | Instance) -> Value[bool]:
    """Whether it is backed up without a plan, or holds nothing of its own."""
    match store:
        case Table():
            return any_of((store.point_in_time_recovery, store.locks_state()))
        case FileSystem():
            return holds(store.backup, lambda status: status == "ENABLED")
        case Instance():
            return any_of((store.depends(), holds(store.backup_retention, lambda days: days > 0)))


def _selections(store: Store, graph: Graph) -> Iterator[BackupSelection]:
    """The selections that may be about a resource: they name it, or a tag of it, or may select anything."""
    index = graph.index(BackupSelection, _selected)
    address = store.address
    blocks = (address[: found.start()] for found in re.finditer(r"\[", address))
    for key in (_ANYTHING, address, *blocks, *map(_last_part, store.names()), *_tags(store.tags)):
        yield from index.get(key, ())


def _tags(tags: Value[Tags]) -> Iterator[Hashable]:
    """The tags of a resource as `_selected` gives them."""
    for key, value in entries(tags).items():
        yield ("tag", key) if isinstance(value, Unknown) else ("tag", key, value)
    if isinstance(tags, Unknown):
        yield "tag"


def _selected(selection: BackupSelection) -> Iterator[Hashable]:
    """What a selection selects by: addresses, names, and tags with and without their values."""
    for tag in selection.tags:
        if isinstance(tag.key, Known) and not isinstance(tag.value, Unknown):
            yield from ("tag", ("tag", tag.key.value), ("tag", tag.key.value, tag.value))
        else:
            yield _ANYTHING
    for pattern in selection.resources.value if isinstance(selection.resources, Known) else [selection.resources]:
        addresses = [reference.address for reference in references(pattern)]
        yield from addresses
        match pattern:
            case Known(text) if not text.endswith("*"):
                yield _last_part(text)
            case Known():
                yield _ANYTHING
            case Unknown(parts=parts) if parts or not addresses:
                yield _ANYTHING
            case _:
                pass


def _last_part(name: str) -> str:
    return re.split("[/:]", name)[-1]
