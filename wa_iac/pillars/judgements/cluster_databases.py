"""Databases whose storage is that of a cluster, with instances of their own: documents and graphs are judged alike."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from wa_iac.aws import docdb, neptune
from wa_iac.aws.parts.zones import to_settle
from wa_iac.core.algebra import count_distinct
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import INDEX
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.partial import unknown_in
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    all_known,
    exempt,
    expect,
    flag,
    milder,
    settled,
    undecided,
    written,
)
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.backups import backed_up
from wa_iac.knowledge.fixtures import is_fixture
from wa_iac.knowledge.instance_endpoints import who_names_the_endpoint_of
from wa_iac.knowledge.kept_when_replaced import KEPT_WHEN_REPLACED
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.knowledge.workshops import without_need
from wa_iac.pillars.judgements.let_go import MAY_GO, may_go
from wa_iac.pillars.judgements.wording import all_of, first_of

from .replaced_databases import cluster_without_protection, kept_from_deletion, members_too
from .workshops import where_needed

Cluster: TypeAlias = docdb.Cluster | neptune.Cluster
_SHORT: Final = 2
"""Days that a weekend outlasts. More days are a choice."""
_WEEK: Final = 7
"""The days that are wanted if a team sets no other number: few people would change five days to seven."""
ENCRYPTION: Final = Recipe(
    cfn={"StorageEncrypted": True},
    tf={"storage_encrypted": True},
    unsafe_because="the cluster is replaced by an empty one",
    replaced=KEPT_WHEN_REPLACED,
)
RESTORED: Final = (
    "If the cluster exists, this replaces it by an empty one: take a snapshot first, and restore the new cluster from it (SnapshotIdentifier, snapshot_identifier) "
    "with a KMS key. A copy of a cluster's snapshot cannot be encrypted."
)
_THROWN_AWAY: Final = "It is part of a test, or of an example that keeps no snapshot when it is deleted."
ENCRYPTED: Final = Remedy(cfn=ENCRYPTION.cfn, tf=ENCRYPTION.tf, replaces=True, decision=RESTORED)


_MOVED: Final = "Let one of the instances, but not the writer, name another Availability Zone: it is replaced, and the others serve meanwhile."
_BY_CLUSTER: Final = (
    "If clients have the endpoint of the instance, let them use the cluster's: the other one stays with that instance."
)
_BY_KEY: Final = "One block makes them: let the index or the key of each choose its zone."
GLOBAL: Final = frozenset(
    and_awscc(
        *("AWS::RDS::GlobalCluster", "aws_rds_global_cluster", "AWS::DocDB::GlobalCluster", "aws_docdb_global_cluster"),
        *("AWS::Neptune::GlobalCluster", "aws_neptune_global_cluster"),
    )
)
OF_ALL_REGIONS: Final = (
    "Its global cluster then has to be made again too, under another name if it has a fixed one. Each secondary cluster also needs to be "
    "encrypted, with a key of its own Region and the Region of the primary as its source."
)


def restored(cluster: Cluster, graph: Graph) -> Remedy:
    """The remedy for a cluster that is not encrypted: what is replaced with it, and what comes into effect."""
    words = [RESTORED, members_too(cluster, cluster.members), kept_from_deletion(cluster)]
    if given(cluster.global_cluster) != Known(False) or graph.referring(cluster, GLOBAL):
        words.append(OF_ALL_REGIONS)
    if not isinstance(cluster.key.value, Absent):
        words.append("Its key, which does nothing today, comes into effect with that: see that it exists.")
    return replace(ENCRYPTED, decision=" ".join(filter(None, words)))


def encryption(cluster: Cluster) -> Flags:
    """Flag a cluster whose storage is not encrypted; advice where nobody keeps its data."""
    accept(cluster.storage_encrypted)
    off = cluster.storage_encrypted
    if settled(cluster.copied()) == Known(True):
        why = "its encryption may be that of the snapshot or the cluster it is made from"
        yield undecided(Unknown(Said(why), ("restored", cluster.address), off.origin))
        return
    dropped = value_at(cluster.declared.body, "skip_final_snapshot") == Known(True)
    found = flag(
        off,
        "The data of this cluster, its backups and its snapshots are not encrypted, and encryption cannot be turned on later.",
        # Nothing is kept of a cluster that is replaced, so a fix would lose its data.
        instead=replace(ENCRYPTED, given=restored)
        if dropped or cluster.declared.attributes.get("UpdateReplacePolicy") == Known("Delete")
        else "",
    )
    if is_fixture(cluster):
        yield from milder([found], severity=Severity.MEDIUM, confidence=Confidence.LOW, more=_THROWN_AWAY)
        return
    # What is for tests, and is deleted without a last snapshot, keeps no data that anyone would copy.
    yield from where_needed(cluster, [found], cluster.tags) if dropped else [found]


def backups(cluster: Cluster, graph: Graph, wanted: int) -> Flags:
    """Flag a cluster that keeps its backups for less than the wanted number of days."""
    kept = written(cluster.backup_retention)
    if kept.value < wanted:
        exempt(backed_up(cluster, graph), "AWS Backup keeps backups of it")
        period = "one day" if kept.value == 1 else f"{kept.value} days"
        found = flag(
            kept,
            f"Backups are kept for only {period}: they do not undo an error that is noticed later.",
            severity=Severity.LOW if kept.value > _SHORT else None,
            confidence=Confidence.MEDIUM if kept.value > _SHORT and wanted == _WEEK else None,
        )
        yield from where_needed(cluster, [found], cluster.tags)


def deletion(cluster: Cluster) -> Flags:
    """Flag a cluster without deletion protection."""
    found = expect(
        cluster.deletion_protection,
        True,
        cluster_without_protection(cluster),
    )
    found = milder(found, more=MAY_GO, severity=Severity.LOW, confidence=Confidence.MEDIUM) if may_go(cluster) else found
    yield from where_needed(cluster, found, cluster.tags)


def audit_log(cluster: Cluster, message: str) -> Flags:
    """Flag a cluster that does not export its audit log."""
    exports = settled(cluster.log_exports)
    kinds = exports.value if isinstance(exports, Known) else []
    accept(Known("audit") in kinds)
    all_known(unknown_in(*kinds))
    yield flag(exports, message)


def several_zones(cluster: Cluster) -> Flags:
    """Flag a cluster that has one instance, or all of them in one Availability Zone."""
    members = cluster.members
    accept(spread([member.zone for member in members if members.surely(member)]) == Known(True))
    all_known(members.unknown)
    exempt(not members.targets, "its instances are declared elsewhere")
    accept(spread([member.zone for member in members]))
    why = MAY_GO if may_go(cluster) else without_need(cluster) or why_not_production(cluster, cluster.tags)
    found = flag(
        cluster,
        "This cluster has a single instance: when it fails, the database is down until a new one has been created."
        if len(members) == 1
        else f"{all_of(len(members))} instances of this cluster are in one Availability Zone: when it fails, so does the database.",
        instead="" if len(members) == 1 else moved(members.targets),
    )
    yield from milder([found], more=why, severity=Severity.MEDIUM, confidence=Confidence.LOW) if why else [found]


def with_another(cluster: Resource, members: Sequence[Resource], graph: Graph, another: Remedy) -> Remedy | None:
    """For a single instance: `another` one, or more of the same if a `count` or `for_each` makes it; and what connects to it alone."""
    if len(members) != 1:
        return None
    [member] = members
    if member.address.endswith("]") and not is_for_each_of(cluster, member):
        block = INDEX.sub("", member.address)
        another = Remedy(
            decision=f"Let {block} make two instances, of which the second costs as much: raise its `count`, or add a key to its `for_each`.",
            more_of=member.address,
        )
    return replace(another, decision=f"{another.decision} {by_its_endpoint(member, graph) or _BY_CLUSTER}")


def by_its_endpoint(member: Resource, graph: Graph) -> str:
    """A sentence on what names the endpoint of an instance, which is not moved to another one; empty if nothing does."""
    named = who_names_the_endpoint_of(member, graph)
    if not named:
        return ""
    return (
        f"{first_of(named)} {'has' if len(named) == 1 else 'have'} the endpoint of {member.address}, which stays with that instance: clients that connect by it "
        "gain nothing from a second one, until they use the cluster's endpoint."
    )


def moved(members: Sequence[Resource]) -> str:
    """The remedy for instances that are in one zone: another one for one of them."""
    blocks = {INDEX.sub("", each.address) for each in members}
    return f"{_MOVED} {_BY_KEY}" if len(blocks) < len(members) else _MOVED


def is_for_each_of(cluster: Resource, member: Resource) -> bool:
    """Whether a block makes one instance for each cluster of a block, by the keys of both: another key would make another cluster."""
    own, made = ([each.key for each in resource.declared.keys] for resource in (cluster, member))
    return cluster.address.endswith('"]') and own == made


def spread(zones: Sequence[Value[str]]) -> Value[bool]:
    """Whether there are several instances, and not all in one zone as far as is written: AWS spreads those without a zone of their own."""
    least, most = count_distinct(zones)
    unknown = to_settle(zones)
    if len(zones) < 2 or most == 1:
        return Known(len(zones) > 1 and any(isinstance(zone, Absent) for zone in zones))
    if least > 1 or unknown is None or any(isinstance(zone, Absent) for zone in zones):
        return Known(True)
    return unknown
