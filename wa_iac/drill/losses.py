"""Data that has no copy outside of what fails, and how much of it backups bring back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.aws import docdb, efs, fsx, neptune, rds, s3
from wa_iac.aws.backup import BackupPlan
from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.elasticache import Cluster as Memcached
from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.backups import Store, backed_up, tagged_for_backups

from . import sources
from .kinds import STORES
from .model import DataLoss
from .nodes import Node, State, to_settle
from .snapshots import copied_elsewhere, has_snapshot
from .strike import Strike

_EVERYTHING: Final = "everything"
_ON_VOLUMES: Final = "everything on its volumes"
_CACHED: Final = "everything, unless it only holds copies of what is kept elsewhere"
_FIVE_MINUTES: Final = "at most the last five minutes: automated backups restore any later point in time"
_DAILY: Final = "everything since the last daily snapshot"
_SNAPSHOT: Final = "everything since the snapshot that the code makes, once"
_PLAN: Final = "everything since the last backup of its plan"


def losses(nodes: Mapping[str, Node], own: Mapping[str, State], strike: Strike, graph: Graph) -> Iterator[DataLoss]:
    """The data at risk: in stores that the failure strikes by itself, and that do not come back by themselves.

    Args:
        own: what the failure does to each resource by itself, in the worst case.
    """
    for address, state in own.items():
        node = nodes[address]
        is_regional = strike.failure.kind == "region"
        if strike.failure.kind == "service" or state.outcome not in (
            "stops",
            "unknown",
            *(("degrades",) if is_regional else ()),
        ):
            continue
        if is_regional:
            found = _beyond_the_region(node, graph)
        elif node.shape in STORES | {"volume", "instance"} or strike.addresses:
            found = _since_snapshot(_beyond_the_zone(node, strike, graph), node, graph)
        else:
            continue
        if found is not None:
            yield found


def _since_snapshot(found: DataLoss | None, node: Node, graph: Graph) -> DataLoss | None:
    """A loss, if the code makes a snapshot of the data, once."""
    is_total = found is not None and found.window in (_EVERYTHING, _ON_VOLUMES)
    return found._replace(window=_SNAPSHOT) if found is not None and is_total and has_snapshot(node.declared, graph) else found


def _beyond_the_zone(node: Node, strike: Strike, graph: Graph) -> DataLoss | None:
    """The loss if a zone or the resource itself fails: backups are kept in the Region."""
    address = node.address
    match node.shape:
        case "database":
            return _of_database(node, graph)
        case "cluster":
            return None if strike.is_zonal else DataLoss(address, _FIVE_MINUTES, sources.AURORA_BACKUP)
        case "files":
            return _of_files(node, strike, graph)
        case "cache" | "memcached":
            return _of_cache(node, graph)
        case "volume" | "instance":
            return _of_server(node, graph)
        case "warehouse" | "search":
            source = sources.REDSHIFT if node.shape == "warehouse" else sources.SEARCH
            return DataLoss(address, "everything since the last automated snapshot", source)
        case "kafka":
            window = "the topics whose replicas are all in the zone that fails"
            return DataLoss(address, window, sources.KAFKA, "the replication factor of its topics")
        case "windows files":
            return _of_file_server(node, graph)
        case "broker":
            return DataLoss(address, "everything since the last backup", sources.MQ, "its backups")
        case _:
            pass
    if node.declared.type in Table.types() and strike.addresses:
        table = graph.typed(node.declared, Table)
        return _kept(
            node, table.point_in_time_recovery, "at most the last five minutes: point-in-time recovery", sources.DYNAMODB_BACKUP
        )
    return None


def _of_cache(node: Node, graph: Graph) -> DataLoss | None:
    if node.declared.type in ReplicationGroup.types():
        return _kept(node, graph.typed(node.declared, ReplicationGroup).snapshot_retention, _DAILY, sources.CACHE, _CACHED)
    if node.declared.type in Memcached.types():
        return _kept(node, graph.typed(node.declared, Memcached).snapshot_retention, _DAILY, sources.CACHE, _CACHED)
    return None


def _kept(node: Node, kept: Tree, window: str, source: str, without: str = _EVERYTHING) -> DataLoss:
    match kept:
        case Unknown() as unknown:
            return DataLoss(node.address, without, source, to_settle(unknown))
        case Known(value) if value:
            return DataLoss(node.address, window, source)
        case _:
            return DataLoss(node.address, without, source)


def _of_database(node: Node, graph: Graph) -> DataLoss | None:
    if node.declared.type not in rds.Instance.types():
        return None
    instance = graph.typed(node.declared, rds.Instance)
    if instance.is_replica() == Known(True):
        return None
    found = _kept(node, instance.backup_retention, _FIVE_MINUTES, sources.RDS_BACKUP)
    return found if found.window != _EVERYTHING or found.settle else _with_plan(node, instance, found, graph)


def _with_plan(node: Node, store: Store, found: DataLoss, graph: Graph) -> DataLoss:
    match backed_up(store, graph):
        case Known(True):
            return found._replace(window=_PLAN)
        case Unknown() as unknown:
            return found._replace(settle=to_settle(unknown))
        case _ if key := tagged_for_backups(store.tags):
            return found._replace(settle=f"whether a plan of AWS Backup elsewhere selects it by its tag {key!r}")
        case _:
            return found


def _of_files(node: Node, strike: Strike, graph: Graph) -> DataLoss | None:
    system = graph.typed(node.declared, efs.FileSystem)
    if strike.is_zonal and isinstance(system.zone, Absent):
        return None
    # CreateFileSystem, `Backup`: on by default for a file system in one zone.
    if system.backup == Known("ENABLED") or (isinstance(system.backup, Absent) and not isinstance(system.zone, Absent)):
        return DataLoss(node.address, _DAILY, sources.EFS_BACKUP)
    return _with_plan(node, system, DataLoss(node.address, _EVERYTHING, sources.EFS_BACKUP), graph)


def _of_file_server(node: Node, graph: Graph) -> DataLoss:
    system = graph.typed(node.declared, fsx.FileSystem)
    days = system.automatic_backups()
    if isinstance(days, Absent):
        return DataLoss(node.address, "everything since the last backup", sources.FSX, "its backups")
    found = _kept(node, days, _DAILY, sources.FSX)
    return found if found.window != _EVERYTHING or found.settle else _with_plan(node, system, found, graph)


def _of_server(node: Node, graph: Graph) -> DataLoss:
    plans = bool(graph.of(BackupPlan)) or any("dlm" in each.lower() for each in graph.types)
    settle = "whether a plan of AWS Backup or of Data Lifecycle Manager selects its volumes" if plans else ""
    return DataLoss(node.address, _ON_VOLUMES if node.shape == "instance" else _EVERYTHING, sources.VOLUME, settle)


def _beyond_the_region(node: Node, graph: Graph) -> DataLoss | None:
    """The loss if the Region fails: what has a copy in another one."""
    declared, address = node.declared, node.address
    if declared.type in s3.Bucket.types():
        return _of_bucket(node, graph)
    if declared.type in (*Table.types(), *GlobalTable.types()):
        table = graph.typed(declared, Table) if declared.type in Table.types() else graph.typed(declared, GlobalTable)
        if len(table.replicas) > (0 if isinstance(table, Table) else 1):
            return DataLoss(
                address, "the writes of the last second or so, which are not replicated yet", sources.DYNAMODB_GLOBAL
            )
    elif node.shape not in STORES | {"volume", "instance"} or node.shape == "member":
        return None
    if declared.type in rds.Cluster.types() and not isinstance(graph.typed(declared, rds.Cluster).global_cluster.value, Absent):
        return DataLoss(address, "the writes of the last second or so, which are not replicated yet", sources.AURORA_GLOBAL)
    if declared.type in rds.Instance.types():
        instance = graph.typed(declared, rds.Instance)
        if instance.is_replica() == Known(True):
            return None
        copied = not isinstance(instance.backup_region, Absent) or _has_copied_backups(node, graph)
        if copied:
            return DataLoss(address, "at most some minutes: its backups are copied to another Region", sources.RDS_COPY)
    copies = _copies(node, graph)
    if copies is None and (elsewhere := copied_elsewhere(declared, graph)) is not False:
        settle = "" if elsewhere else "the Region of the copy of its snapshot"
        source = sources.RDS_COPY if declared.type.startswith(("aws_db", "aws_rds")) else sources.SNAPSHOT_COPY
        return DataLoss(address, _SNAPSHOT.replace("makes", "copies"), source, settle)
    return copies or DataLoss(address, _EVERYTHING, sources.BACKUP_COPY)


def _of_bucket(node: Node, graph: Graph) -> DataLoss:
    bucket = graph.typed(node.declared, s3.Bucket)
    blocks = [node.declared, *graph.referring(bucket, _REPLICATIONS)]
    if all(isinstance(value_at(each.body, key), Absent) for each in blocks for key in _REPLICATION_ARGUMENTS):
        return DataLoss(node.address, _EVERYTHING, sources.S3_REPLICATION)
    settle = "whether the bucket that it replicates to is in another Region"
    return DataLoss(
        node.address, "the objects of the last minutes, which are not replicated yet", sources.S3_REPLICATION, settle
    )


_REPLICATIONS: Final = frozenset({"aws_s3_bucket_replication_configuration"})
_REPLICATION_ARGUMENTS: Final = ("ReplicationConfiguration", "replication_configuration", "rule")


def _has_copied_backups(node: Node, graph: Graph) -> bool:
    return "aws_db_instance_automated_backups_replication" in graph.types and any(
        each is node.declared
        for source in graph.declared
        if source.type == "aws_db_instance_automated_backups_replication"
        for each in graph.referred(source.body)
    )


def _copies(node: Node, graph: Graph) -> DataLoss | None:
    """The copies of its backups that a plan makes in a vault of another Region."""
    declared = node.declared
    classes: tuple[type[Store], ...] = (rds.Instance, rds.Cluster, efs.FileSystem, Table, docdb.Cluster, neptune.Cluster)
    for cls in classes:
        if declared.type in cls.types():
            store = graph.typed(declared, cls)
            selected = backed_up(store, graph)
            if selected == Known(False) or isinstance(selected, Absent):
                return None
            return _of_plans(node, selected, graph)
    return None


def _of_plans(node: Node, selected: Tree, graph: Graph) -> DataLoss | None:
    for plan in graph.of(BackupPlan):
        for rule in plan.rules:
            for copy in rule.copies:
                settle = to_settle(selected) if isinstance(selected, Unknown) else ""
                elsewhere = any(vault.declared.region != node.declared.region for vault in copy.vault)
                if not elsewhere and not _names_other_region(copy.vault_arn, node):
                    settle = settle or "the Region of the vault that its backups are copied to"
                return DataLoss(node.address, "everything since the last backup that was copied", sources.BACKUP_COPY, settle)
    return None


def _names_other_region(arn: Tree, node: Node) -> bool:
    if not isinstance(arn, Known) or str(arn.value).count(":") < 4:
        return False
    return Known(str(arn.value).split(":")[3]) != node.declared.region
