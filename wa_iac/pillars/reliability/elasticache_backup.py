"""# ElastiCache cluster has no automatic backups

## Why

When the nodes of this cache fail, or someone flushes it by mistake, it starts empty. Data that the application kept only here
is lost, and a large cache takes long to warm up. A daily backup only needs a retention period.

## What it checks

The rule checks replication groups and clusters, and reports a retention of 0 days, which is the default.

## What is left out

The rule does not check Memcached, which has no backups. If the cache only ever holds copies of a database's data, suppress the finding at
the cache, with a reason. A cluster in a replication group is not checked, because its group decides.

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
      AtRestEncryptionEnabled: true
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r7g.large"
  num_cache_clusters       = 2
  snapshot_retention_limit = 0 # finding

  at_rest_encryption_enabled = true
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
      SnapshotRetentionLimit: 7
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r7g.large"
  num_cache_clusters       = 2
  snapshot_retention_limit = 7
}
```

## Not applicable

```yaml
Resources:
  Pages:  # not applicable: Memcached has no backups
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 2
```

```hcl
resource "aws_elasticache_cluster" "pages" { # not applicable: Memcached has no backups
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 2
}

resource "aws_elasticache_cluster" "node" { # not applicable: its replication group decides
  cluster_id           = "node"
  replication_group_id = "sessions"
}
```

## Undecided

The result is undecided if `SnapshotRetentionLimit` or `snapshot_retention_limit` is not known before deployment.

```yaml
Parameters:
  SnapshotRetentionLimit:
    Type: Number
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      SnapshotRetentionLimit: !Ref SnapshotRetentionLimit  # undecided: parameter "SnapshotRetentionLimit" has no default
```

```hcl
variable "snapshot_retention_limit" {
  type = number
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r7g.large"
  num_cache_clusters       = 2
  snapshot_retention_limit = var.snapshot_retention_limit # undecided: var.snapshot_retention_limit has no default
}
```

## Sources

- [CreateReplicationGroupRequest - AWS SDK for Kotlin](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/elasticache/aws.sdk.kotlin.services.elasticache.model/-create-replication-group-request), read on 2026-11-29
"""

from wa_iac.aws.elasticache import Cluster, ReplicationGroup
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_134"],
        "trivy": ["AVD-AWS-0050"],
        "cdk_nag": ["ElastiCacheRedisClusterAutomaticBackup"],
        "config": ["ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK"],
        "security_hub": ["ElastiCache.1"],
    },
    fix=Recipe(
        cfn={"SnapshotRetentionLimit": 7},
        tf={"snapshot_retention_limit": 7},
        unsafe_because="AWS charges for all backups but one",
    ),
)
def check(cache: ReplicationGroup | Cluster) -> Flags:
    exempt(isinstance(cache, Cluster) and cache.in_group(), "its replication group decides")
    kept = cache.snapshot_retention
    if isinstance(kept, Known) and kept.value > 0:
        return
    exempt(holds(cache.engine, lambda engine: engine.lower() == "memcached"), "Memcached has no backups")
    yield from refuse(kept, 0, "This cache has no backups: after a loss of its nodes or an accidental flush it starts empty.")
