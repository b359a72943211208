"""# ElastiCache cache is in the default VPC

## Why

Everything that names no network of its own is together in the default VPC, and each of its subnets has a route to the internet. A cache there is a
neighbor of things that nobody meant to let near it, and no subnet of its own limits who reaches it.

## What it checks

The rule reports a cluster or a replication group without a subnet group, or with the group `default`, and a serverless cache without subnets.

## What is left out

A node of a replication group, which is where its group is. The rule does not look at a subnet group that you name: it may be of the default VPC
too. ElastiCache was once placed outside of a VPC without a subnet group; that network (EC2-Classic) is gone. The rule is in the profile `all`: nodes have
no public IP address, and a team decides once whether it uses the default VPC.

## Non-compliant

```yaml
Resources:
  Sessions:  # finding
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
```

```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id        = "pages"
  engine            = "memcached"
  node_type         = "cache.t4g.small"
  num_cache_nodes   = 2
  subnet_group_name = "default" # finding
}
```

## Compliant

```yaml
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      CacheSubnetGroupName: data
```

```hcl
resource "aws_elasticache_cluster" "pages" {
  cluster_id        = "pages"
  engine            = "memcached"
  node_type         = "cache.t4g.small"
  num_cache_nodes   = 2
  subnet_group_name = "data"
}
```

## Not applicable

```yaml
Resources:
  Pages:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheNodes: 1
      CacheSubnetGroupName: data
  Group:  # not applicable: its first node is where its cluster is
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: pages
      PrimaryClusterId: !Ref Pages
```

```hcl
resource "aws_elasticache_cluster" "another" { # not applicable: it is a node of a replication group
  cluster_id           = "another"
  replication_group_id = "sessions"
}
```

## Undecided

The result is undecided if the subnet group is not known before deployment, and may be empty.

```yaml
Parameters:
  Group:
    Type: String
Conditions:
  HasGroup: !Not [!Equals [!Ref Group, ""]]
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      CacheSubnetGroupName: !If [HasGroup, !Ref Group, !Ref AWS::NoValue]  # undecided: Fails when
```

```hcl
variable "group" {
  type = string
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id        = "pages"
  engine            = "memcached"
  node_type         = "cache.t4g.small"
  num_cache_nodes   = 2
  subnet_group_name = var.group # undecided: var.group has no default
}
```

## Sources

- [elasticache-subnet-group-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/elasticache-subnet-group-check.html), read on 2026-11-29
- [Subnets and subnet groups - Amazon ElastiCache](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html), read on 2026-11-29
"""

from wa_iac.aws.elasticache import Cluster, ReplicationGroup, Serverless
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, rule
from wa_iac.core.value import Absent
from wa_iac.pillars.judgements.default_vpc import placed


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="CacheSubnetGroupName: !Ref <the subnet group>",
        tf="subnet_group_name = <the subnet group>.name",
        of={
            "AWS::ElastiCache::ServerlessCache": "SubnetIds:\n  - !Ref <a private subnet>",
            "aws_elasticache_serverless_cache": "subnet_ids = [<a private subnet>.id]",
        },
        replaces=True,
        decision="The cache is replaced, and starts empty.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_196", "CKV_AWS_323"],
        "cdk_nag": ["AwsSolutions-AEC1"],
        "config": ["ELASTICACHE_SUBNET_GROUP_CHECK"],
        "security_hub": ["ElastiCache.7"],
    },
)
def check(cache: Cluster | ReplicationGroup | Serverless) -> Flags:
    exempt(isinstance(cache, Cluster) and cache.in_group(), "it is a node of a replication group")
    existing = isinstance(cache, ReplicationGroup) and not isinstance(cache.primary_cluster.value, Absent)
    exempt(existing, "its first node is where its cluster is")
    yield from placed(cache, "cache", cache.listed if isinstance(cache, Serverless) else cache.subnet_group.value)
