"""# ElastiCache cluster depends on a single Availability Zone

## Why

When the primary node or its zone fails, the cache and its data are gone until ElastiCache has replaced the node. Meanwhile, the
databases behind it carry the whole load. With Multi-AZ and automatic failover, a replica in another zone takes over.

## What it checks

The rule checks replication groups without Multi-AZ. It reports one without automatic failover, and one whose nodes are all in one zone or
may be.

A Redis or Valkey cluster outside a replication group has no replica at all. For Memcached, the rule reports only a cluster of several
nodes that is explicitly kept in one zone.

It is of medium severity for a single node that is called a cache, and nothing else: what it loses is read from the databases behind it again.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, for a cache that is not
for production, by its names or tags, and for one that the author names `single_node` or the like.

## What is left out

A group with automatic failover whose nodes are put into several zones is accepted. A cluster in a replication group is not checked,
because its group is checked instead.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding: automatic failover and Multi-AZ turned off
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
```

```yaml
Resources:
  Sessions:  # finding: is a single node
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 1
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r7g.large"
  num_cache_clusters   = 2
  multi_az_enabled     = false # finding: automatic failover and Multi-AZ turned off
}
```

```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
  az_mode         = "single-az" # finding: in one Availability Zone
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
  Carts:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
```

```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
  az_mode         = "cross-az"
}
```

## Not applicable

```hcl
resource "aws_elasticache_cluster" "node" { # not applicable: its replication group decides
  cluster_id           = "node"
  replication_group_id = "sessions"
}

resource "aws_elasticache_cluster" "replica" { # not applicable: it belongs to a replication group
  cluster_id           = "replica"
  engine               = "redis"
  replication_group_id = "sessions"
}
```

## Undecided

The result is undecided if `MultiAZEnabled` or `az_mode` is not known before deployment.

```yaml
Parameters:
  MultiAZEnabled:
    Type: String
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: !Ref MultiAZEnabled  # undecided: parameter "MultiAZEnabled" has no default
```

```hcl
variable "az_mode" {
  type = string
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
  az_mode         = var.az_mode # undecided: var.az_mode has no default
}
```

## Sources

- [Resilience in Amazon ElastiCache](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/disaster-recovery-resiliency.md), read on 2026-11-29
- [Minimizing downtime in ElastiCache by using Multi-AZ with Valkey and Redis OSS](https://docs.amazonaws.cn/en_us/AmazonElastiCache/latest/dg/AutoFailover.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.elasticache import Cluster, ReplicationGroup
from wa_iac.aws.parts.zones import zones
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.rule import (
    Flags,
    Remedy,
    Severity,
    accept,
    all_known,
    exempt,
    flag,
    not_applicable,
    refuse,
    rule,
    settled,
    undecided,
)
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.called import called
from wa_iac.pillars.judgements.wording import all_of
from wa_iac.pillars.judgements.workshops import where_needed


def _of_cluster(cache: ReplicationGroup | Cluster, graph: Graph) -> Remedy | None:
    """A single node can have no replica: that takes a replication group. Memcached spreads its nodes itself."""
    del graph
    if isinstance(cache, ReplicationGroup):
        return _of_group(cache)
    if isinstance(cache.engine, Known) and cache.engine.value.lower() == "memcached":
        return Remedy(
            cfn={"AZMode": "cross-az"},
            tf={"az_mode": "cross-az"},
            decision="Nodes that exist stay where they are, and only new ones are spread.",
        )
    return Remedy(
        decision="A cluster of one node cannot fail over: replace it by a replication group with automatic failover and at least one "
        "replica in another Availability Zone, which costs as much as the first node. It starts empty unless you restore a backup to it, and clients need its endpoint. "
        f"{_SUBNETS}"
    )


def _of_group(group: ReplicationGroup) -> Remedy:
    """Both settings, and a replica if the group has none, in the way in which its nodes are counted."""
    words = [_SUBNETS]
    if not isinstance(group.zones, Absent):
        words.append(
            "PreferredCacheClusterAZs needs a zone for each node, and a change of it replaces the group."
            if group.as_cloudformation
            else "The list of preferred zones needs one for each node."
        )
    cfn, tf = dict(_ON_CFN), dict(_ON_TF)
    if (chosen := _by_number(group)) is not None:
        return chosen
    alone = group.nodes == Known(1) or (isinstance(group.nodes, Absent) and group.replicas_per_shard == Known(0))
    if alone:
        by_shard = isinstance(group.nodes, Absent)
        words.insert(
            0,
            "Automatic failover needs a replica in each shard, which costs as much as the primary."
            if by_shard
            else "Automatic failover needs a replica, so a second node comes too, which costs as much as the first.",
        )
        cfn |= {"ReplicasPerNodeGroup": 1} if by_shard else {"NumCacheClusters": 2}
        tf |= {"replicas_per_node_group": 1} if by_shard else {"num_cache_clusters": 2}
    elif (
        group.automatic_failover != Known(True)
        and not isinstance(group.nodes, Known)
        and not isinstance(group.replicas_per_shard, Known)
        and not group.node_groups
    ):
        words.insert(0, "Automatic failover needs at least one replica.")
    return Remedy(cfn=cfn, tf=tf, decision=" ".join(words))


def _by_number(group: ReplicationGroup) -> Remedy | None:
    """For a template whose conditions turn both settings on as soon as the parameter with the number of nodes is two."""
    switch = group.multi_az.origin.default_step
    steps = group.nodes.origin.chain
    is_number = not any(each.chooses for each in steps)
    if switch is None or group.nodes != Known(1) or not is_number or group.nodes.origin.default_of != switch.default_of:
        return None
    return Remedy(
        decision=f"Give {switch.default_of} ({switch.span.path}:{switch.span.start_line}) the value 2, and see that automatic failover and Multi-AZ come on with "
        f"it: both need a second node, which costs as much as the first. {_SUBNETS}"
    )


_ON_CFN: Final[dict[str, bool | int]] = {"AutomaticFailoverEnabled": True, "MultiAZEnabled": True}
_ON_TF: Final[dict[str, bool | int]] = {"automatic_failover_enabled": True, "multi_az_enabled": True}
_CACHE: Final = late(r"(?<!elasti )\bcach(?:e|es|ing)\b(?! cluster)")
_HOLDS: Final = late(
    r"\b(?:sessions?|tokens?|carts?|queues?|jobs?|tasks?|broker|celery|sidekiq|resque|bull|horizon|pub ?sub|streams?|store|state|locks?|"
    r"rate ?limit\w*)\b"
)
"""What is said of data that is kept in Redis alone."""
_MADE_AGAIN: Final = (
    "By its name, it is a cache: what is lost is read again from the databases behind it, which carry the load meanwhile."
)
_SUBNETS: Final = "Its subnet group needs subnets in two zones."


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn=_ON_CFN,
        tf=_ON_TF,
        decision=_SUBNETS,
        given=_of_cluster,
    ),
    equivalents={
        "checkov": ["CKV2_AWS_50"],
        "cdk_nag": ["AwsSolutions-AEC4"],
        "security_hub": ["ElastiCache.3"],
    },
)
def check(cache: ReplicationGroup | Cluster) -> Flags:
    yield from where_needed(cache, _judge(cache), cache.tags)


def _judge(cache: ReplicationGroup | Cluster) -> Flags:
    if isinstance(cache, Cluster):
        yield from _cluster(cache)
        return
    accept(cache.multi_az)
    off = cache.multi_az
    if settled(cache.automatic_failover) != Known(True):
        yield flag(
            off, "This cache has automatic failover and Multi-AZ turned off: when its primary fails, no replica takes over."
        )
        return
    # Without Multi-AZ, failover still works where the template itself puts the nodes into several zones.
    match settled(cache.zones):
        case Known([_, _, *_]):
            message = "All nodes of this cache are in one Availability Zone: when it fails, there is nothing to fail over to."
            yield from refuse(zones(cache.zones), 1, message, at=off)
        case _ if cache.node_groups:
            yield undecided(Unknown(Said("its shards say which zones they are in"), ("shards", cache.address), off.origin))
        case _ if isinstance(cache.nodes, Absent) and cache.replicas_per_shard == Known(0):
            yield flag(
                off, "The shards of this cache have no replicas: when the primary of one fails, its part of the data is gone."
            )
        case _:
            yield flag(
                off, "This cache has Multi-AZ turned off: its replicas may be in the zone of the primary, and fail with it."
            )


def _cluster(cache: Cluster) -> Flags:
    match settled(cache.engine):
        case Known(engine) if engine.lower() == "memcached":
            yield from _memcached(cache)
        case Known(engine):
            exempt(cache.in_group(), "it belongs to a replication group")
            message = f"This {engine} cache is a single node: when it fails, everything in it is gone."
            made_again = _is_called_cache(cache)
            yield flag(
                cache, f"{message} {_MADE_AGAIN}" if made_again else message, severity=Severity.MEDIUM if made_again else None
            )
        case Absent():
            yield not_applicable("its replication group decides")


def _is_called_cache(cache: Cluster) -> bool:
    """Whether its names say that it is a cache, and none that it holds what is nowhere else."""
    names = [*called(cache, cache.tags)]
    return any(map(_CACHE.search, names)) and not any(map(_HOLDS.search, names))


def _memcached(cache: Cluster) -> Flags:
    match cache.az_mode, cache.nodes:
        case Known("single-az") as value, Known(nodes) if nodes > 1 and value.origin.how != "service default":
            yield flag(
                value, f"{all_of(nodes)} nodes of this cache are in one Availability Zone: when it fails, all of it is gone."
            )
        case Known("single-az") | Unknown() as value, nodes if not (isinstance(nodes, Known) and nodes.value <= 1):
            all_known(value, nodes)
        case _:
            return
