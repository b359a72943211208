"""# Cache does not survive the loss of its Availability Zone

When the primary node or its zone fails, this cache is gone until ElastiCache has replaced the node, with everything it held;
the databases behind it take the whole load meanwhile. Multi-AZ with automatic failover keeps a replica in another zone, which
takes over.

A Redis or Valkey cluster outside a replication group has no replica at all. Of Memcached, only a cluster of several nodes
that is kept in one zone on purpose is reported.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
```

```yaml
Resources:
  Sessions:  # finding
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
  multi_az_enabled     = false # finding
}
```

```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
  az_mode         = "single-az" # finding
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
"""

from collections.abc import Iterator

from wa_iac.aws.elasticache import Cluster, ReplicationGroup
from wa_iac.core.algebra import distinct
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="AutomaticFailoverEnabled: true\nMultiAZEnabled: true",
        tf="automatic_failover_enabled = true\nmulti_az_enabled           = true",
    ),
    equivalents={"checkov": ["CKV2_AWS_50"], "cdk_nag": ["AwsSolutions-AEC4"]},
)
def check(cache: ReplicationGroup | Cluster) -> Iterator[Flag]:
    if isinstance(cache, Cluster):
        yield from _cluster(cache)
        return
    match cache.multi_az:
        case Known(True):
            return
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield from _without(cache, value)


def _without(cache: ReplicationGroup, value: Known[bool] | Absent) -> Iterator[Flag]:
    """Without Multi-AZ, failover still works where the template itself puts the nodes into several zones."""
    match cache.automatic_failover:
        case Unknown() as why:
            yield undecided(why)
            return
        case Known(False) | Absent():
            yield flag(
                value, "When this cache's primary fails, no replica takes over: automatic failover and Multi-AZ are off."
            )
            return
        case Known():
            pass
    match cache.zones:
        case Unknown() as why:
            yield undecided(why)
        case Known([_, _, *_] as zones):
            least, most = distinct(zones)
            unsure = next((zone for zone in zones if isinstance(zone, Unknown)), None)
            if least < 2 and unsure is not None and most > 1:
                yield undecided(unsure)
            elif most < 2:
                yield flag(
                    value,
                    "All nodes of this cache are in one Availability Zone: when it fails, there is nothing to fail over to.",
                )
        case _ if cache.node_groups:
            yield undecided(Unknown(Said("its shards say which zones they are in"), ("shards", cache.address), value.origin))
        case _:
            yield flag(
                value, "Multi-AZ is off: the replicas of this cache may be in the zone of the primary, and fail with it."
            )


def _cluster(cache: Cluster) -> Iterator[Flag]:
    match cache.engine:
        case Unknown() as why:
            yield undecided(why)
        case Known(engine) if engine.lower() == "memcached":
            yield from _memcached(cache)
        case Known(engine):
            if cache.groups.targets or not isinstance(cache.replication_group.value, Absent):
                yield not_applicable("it belongs to a replication group")
            else:
                yield flag(cache, f"This {engine} cache is a single node: when it fails, everything in it is gone.")
        case Absent():
            yield not_applicable("its replication group decides")


def _memcached(cache: Cluster) -> Iterator[Flag]:
    match cache.az_mode, cache.nodes:
        case Known("single-az") as value, Known(nodes) if nodes > 1 and value.origin.how != "service default":
            yield flag(
                value, f"All {nodes} nodes of this cache are in one Availability Zone: when it fails, all of it is gone."
            )
        case _:
            return
