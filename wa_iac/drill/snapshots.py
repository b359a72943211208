"""Snapshots that the code makes of what stores data, and their copies in other Regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from wa_iac.core.algebra import are_equal
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Known, Unknown, Value

_SNAPSHOTS: Final = {
    "aws_ebs_snapshot": "volume_id",
    "aws_ami_from_instance": "source_instance_id",
    "aws_db_snapshot": "db_instance_identifier",
    "aws_db_cluster_snapshot": "db_cluster_identifier",
    "aws_redshift_cluster_snapshot": "cluster_identifier",
    "aws_fsx_backup": "file_system_id",
}
"""Types of snapshots in Terraform, with the argument that names what they are of. CloudFormation makes none."""
_COPIES: Final = {
    "aws_ebs_snapshot_copy": "source_snapshot_id",
    "aws_ami_copy": "source_ami_id",
    "aws_db_snapshot_copy": "source_db_snapshot_identifier",
    "aws_rds_cluster_snapshot_copy": "source_db_cluster_snapshot_identifier",
}
"""Types of copies of snapshots, with the argument that names the snapshot."""


class Snapshots(NamedTuple):
    """The snapshots that a unit makes, and the copies of snapshots, by the `id` of the declaration of what they are made of.
    `loose` is set if it is not known what a snapshot is made of."""

    own: Mapping[int, Sequence[Declared]]
    loose: Unknown | None
    copies: Mapping[int, Sequence[Declared]]


def has_snapshot(declared: Declared, graph: Graph) -> Value[bool]:
    """Whether the code makes a snapshot of a resource."""
    found = graph.once(_found)
    if id(declared) in found.own:
        return Known(True)
    return Known(False) if found.loose is None else found.loose


def copied_elsewhere(declared: Declared, graph: Graph) -> bool | None:
    """Whether the code copies a snapshot of a resource into another Region; None if it copies one and the Region is not known."""
    found = graph.once(_found)
    regions = [
        are_equal(copy.region, declared.region)
        for snapshot in found.own.get(id(declared), ())
        for copy in found.copies.get(id(snapshot), ())
    ]
    return True if False in regions else None if None in regions else False


def _found(graph: Graph) -> Snapshots:
    if graph.types.isdisjoint(_SNAPSHOTS):
        return Snapshots({}, None, {})
    sources = [value_at(each.body, _SNAPSHOTS[each.type]) for each in graph.declared if each.type in _SNAPSHOTS]
    loose = first_unknown(*(each for each in sources if next(graph.referred(each), None) is None))
    return Snapshots(_by_source(_SNAPSHOTS, graph), loose, _by_source(_COPIES, graph))


def _by_source(arguments: Mapping[str, str], graph: Graph) -> dict[int, list[Declared]]:
    found: dict[int, list[Declared]] = defaultdict(list)
    for each in graph.declared:
        if each.kind == "resource" and each.type in arguments:
            for source in graph.referred(value_at(each.body, arguments[each.type])):
                found[id(source)].append(each)
    return dict(found)
