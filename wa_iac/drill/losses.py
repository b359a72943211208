"""Data that has no copy outside of what fails, and how much of it backups bring back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wa_iac.aws import docdb, efs, fsx, neptune, rds, s3
from wa_iac.aws.backup import BackupPlan, BackupSelection
from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.elasticache import Cluster as Memcached
from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.algebra import are_equal
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Link
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.backups import Store, backed_up, tagged_for_backups

from . import sources
from .kinds import STORES
from .model import EVERYTHING, ON_VOLUMES, DataLoss, Failure
from .nodes import Node, State, to_settle
from .read_replicas import read_replicas
from .snapshots import copied_elsewhere, has_snapshot
from .strike import Strike
from .zones import Zone

_CACHED: Final = "everything, unless it only holds copies of what is kept elsewhere"
_FIVE_MINUTES: Final = "at most the last five minutes: automated backups restore any later point in time"
_DAILY: Final = "everything since the last daily snapshot"
_REPLICATED: Final = "the changes of the last minutes, which are not replicated yet"
_LAST_SECOND: Final = "the writes of the last second or so, which are not replicated yet"
_COPIED: Final = "everything since the last backup that was copied"
_SOME_VAULT: Final = Unknown(
    Said("the Region of the vault that its backups are copied to is not known", "name the vault by its ARN"), "vault"
)
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
    if found is None or not found.is_total:
        return found
    match has_snapshot(node.declared, graph):
        case Known(True):
            return found._replace(window=_SNAPSHOT)
        case Unknown() as unknown:
            return found._replace(settle=to_settle(unknown), doubt=unknown)
        case _:
            return found


def loss_with_its_zone(node: Node, graph: Graph) -> DataLoss | None:
    """The data of a store that has no copy outside of the store's own zone, if that fails; None if there is nothing to lose."""
    zone = Strike(failure=Failure("zone", ""), zone=Zone("", Absent(), ""))
    return _since_snapshot(_beyond_the_zone(node, zone, graph), node, graph)


def loss_with_its_region(node: Node, graph: Graph) -> DataLoss | None:
    """The same for the Region."""
    return _beyond_the_region(node, graph)


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


def _kept(node: Node, kept: Tree, window: str, source: str, without: str = EVERYTHING) -> DataLoss:
    match kept:
        case Unknown() as unknown:
            return DataLoss(node.address, without, source, to_settle(unknown), unknown)
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
    return found if found.window != EVERYTHING or found.settle else _with_plan(node, instance, found, graph)


def _with_plan(node: Node, store: Store, found: DataLoss, graph: Graph) -> DataLoss:
    match backed_up(store, graph):
        case Known(True):
            return found._replace(window=_PLAN)
        case Unknown() as unknown:
            return found._replace(settle=to_settle(unknown), doubt=unknown)
        case _ if key := tagged_for_backups(store.tags):
            return found._replace(settle=f"whether a plan of AWS Backup elsewhere selects it by its tag {key!r}")
        case _:
            return found


def _of_files(node: Node, strike: Strike, graph: Graph) -> DataLoss | None:
    system = graph.typed(node.declared, efs.FileSystem)
    if strike.is_zonal and isinstance(system.zone, Absent):
        return None
    if strike.is_zonal and isinstance(system.zone, Unknown):
        return DataLoss(node.address, EVERYTHING, sources.EFS_BACKUP, to_settle(system.zone), system.zone)
    if isinstance(system.backup, Unknown):
        return DataLoss(node.address, EVERYTHING, sources.EFS_BACKUP, to_settle(system.backup), system.backup)
    if system.replication_regions and strike.is_zonal:
        return DataLoss(node.address, _REPLICATED, sources.EFS_REPLICATION)
    # CreateFileSystem, `Backup`: on by default for a file system in one zone.
    if system.backup == Known("ENABLED") or (isinstance(system.backup, Absent) and not isinstance(system.zone, Absent)):
        return DataLoss(node.address, _DAILY, sources.EFS_BACKUP)
    return _with_plan(node, system, DataLoss(node.address, EVERYTHING, sources.EFS_BACKUP), graph)


def _of_file_server(node: Node, graph: Graph) -> DataLoss:
    system = graph.typed(node.declared, fsx.FileSystem)
    days = system.automatic_backups()
    if isinstance(days, Absent):
        return DataLoss(node.address, "everything since the last backup", sources.FSX, "its backups")
    found = _kept(node, days, _DAILY, sources.FSX)
    return found if found.window != EVERYTHING or found.settle else _with_plan(node, system, found, graph)


def _of_server(node: Node, graph: Graph) -> DataLoss:
    plans = bool(graph.of(BackupPlan)) or any("dlm" in each.lower() for each in graph.types)
    settle = "whether a plan of AWS Backup or of Data Lifecycle Manager selects its volumes" if plans else ""
    why = Said(f"a plan may back up {node.address}: the code does not say so", settle.replace("whether", "look up whether"))
    doubt = Unknown(why, ("plans for", node.address)) if plans else None
    return DataLoss(node.address, ON_VOLUMES if node.shape == "instance" else EVERYTHING, sources.VOLUME, settle, doubt)


def _beyond_the_region(node: Node, graph: Graph) -> DataLoss | None:
    """The loss if the Region fails: what has a copy in another one."""
    declared, address = node.declared, node.address
    if declared.type in s3.Bucket.types():
        return _of_bucket(node, graph)
    if declared.type in (*Table.types(), *GlobalTable.types()):
        table = graph.typed(declared, Table) if declared.type in Table.types() else graph.typed(declared, GlobalTable)
        hidden = first_unknown(*(each.unknown for each in table.replicas))
        if len(table.replicas) > (0 if isinstance(table, Table) else 1) and hidden is None:
            return DataLoss(address, _LAST_SECOND, sources.DYNAMODB_GLOBAL)
        if hidden is not None:
            return DataLoss(address, EVERYTHING, sources.DYNAMODB_GLOBAL, to_settle(hidden), hidden)
    elif node.shape not in STORES | {"volume", "instance"} or node.shape == "member":
        return None
    if declared.type in rds.Cluster.types() and not isinstance(graph.typed(declared, rds.Cluster).global_cluster.value, Absent):
        return DataLoss(address, _LAST_SECOND, sources.AURORA_GLOBAL)
    if declared.type in rds.Instance.types():
        instance = graph.typed(declared, rds.Instance)
        if instance.is_replica() == Known(True):
            return None
        replicas = read_replicas(node, graph)
        if replicas and (found := _of_replicas(node, replicas)) is not None:
            return found
        copied = not isinstance(instance.backup_region, Absent) or _has_copied_backups(node, graph)
        if copied:
            return DataLoss(address, "at most some minutes: its backups are copied to another Region", sources.RDS_COPY)
    copies = _copies(node, graph)
    if copies is None and (elsewhere := copied_elsewhere(declared, graph)) is not False:
        settle = "" if elsewhere else "the Region of the copy of its snapshot"
        source = sources.RDS_COPY if declared.type.startswith(("aws_db", "aws_rds")) else sources.SNAPSHOT_COPY
        return DataLoss(address, _SNAPSHOT.replace("makes", "copies"), source, settle)
    return copies or DataLoss(address, EVERYTHING, sources.BACKUP_COPY)


def _of_replicas(node: Node, replicas: Sequence[rds.Instance]) -> DataLoss | None:
    """The loss with read replicas; None if all of them are in the same Region."""
    answers = [are_equal(each.declared.region, node.declared.region) for each in replicas]
    if False in answers:
        return DataLoss(node.address, _LAST_SECOND, sources.RDS_REPLICA)
    if None not in answers:
        return None
    region = replicas[answers.index(None)].declared.region
    doubt = first_unknown(
        region, node.declared.region, Unknown(Said("the Region of a read replica is not known", _NAME_IT), "replica")
    )
    return DataLoss(node.address, _LAST_SECOND, sources.RDS_REPLICA, _NAME_IT, doubt)


_NAME_IT: Final = "name the Region of its provider"


def _of_bucket(node: Node, graph: Graph) -> DataLoss:
    bucket = graph.typed(node.declared, s3.Bucket)
    blocks = [node.declared, *graph.referring(bucket, _REPLICATIONS)]
    if all(isinstance(value_at(each.body, key), Absent) for each in blocks for key in _REPLICATION_ARGUMENTS):
        return DataLoss(node.address, EVERYTHING, sources.S3_REPLICATION)
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
                doubt = first_unknown(selected)
                elsewhere = any(vault.declared.region != node.declared.region for vault in copy.vault)
                if not elsewhere and not _names_other_region(copy.vault_arn, node):
                    doubt = first_unknown(doubt, copy.vault_arn, _SOME_VAULT)
                settle = "" if doubt is None else to_settle(doubt)
                return DataLoss(node.address, _COPIED, sources.BACKUP_COPY, settle, doubt)
    unnamed = first_unknown(*(_link(each.plan) for each in graph.of(BackupSelection)))
    return None if unnamed is None else DataLoss(node.address, EVERYTHING, sources.BACKUP_COPY, to_settle(unnamed), unnamed)


def _link(link: Link[BackupPlan]) -> Unknown | None:
    """Why a selection may be of a plan that is not declared here."""
    named = (
        Unknown(Said(f"{each.value} is not declared here", "look at it there"), ("plan", each), each.origin)
        for each in link.external
    )
    return first_unknown(link.unknown, *named)


def _names_other_region(arn: Tree, node: Node) -> bool:
    if not isinstance(arn, Known) or str(arn.value).count(":") < 4:
        return False
    return Known(str(arn.value).split(":")[3]) != node.declared.region
