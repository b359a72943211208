"""# ElastiCache cluster is not encrypted in transit

## Why

Anyone who can listen on the network between the application and this cache can read every session and token, and the password
that the application uses. Redis also has no authentication without TLS, because AUTH needs it.

Once TLS is on, clients have to connect with it (`rediss://`). An existing group needs two steps: first `TransitEncryptionMode`
(`transit_encryption_mode`) `preferred`, which accepts connections with and without TLS, and then, when all clients use TLS, `required`
([Enabling in-transit encryption](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html)). The two
steps need [Redis 7.0 or Valkey
7.2](https://docs.aws.amazon.com/AmazonElastiCache/latest/red-ug/in-transit-encryption-enable-python.html): upgrade an older engine first.
A new group can have TLS from Redis 3.2.6 and 4.0.10. Memcached supports TLS from version 1.6.12.

## What it checks

The rule checks replication groups, and reports one on which encryption in transit is off. Encryption in transit is off by default, also
for Valkey, whose default is on only for encryption at rest
([CreateReplicationGroup](https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html)).

## What is left out

A member of a global datastore inherits the setting of its primary. The rule therefore does not check it.

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

```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r7g.large"
  num_cache_clusters   = 2
}
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = false # finding
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
      TransitEncryptionEnabled: true
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
}
```

## Not applicable

```yaml
Resources:
  Member:  # not applicable: a member of a global datastore
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      GlobalReplicationGroupId: sgaui-sessions
```

```hcl
resource "aws_elasticache_replication_group" "member" { # not applicable: a member of a global datastore
  replication_group_id        = "member"
  description                 = "Sessions"
  global_replication_group_id = "sgaui-sessions"
}
```

## Undecided

The result is undecided if `TransitEncryptionEnabled` or `transit_encryption_enabled` is not known before deployment.

```yaml
Parameters:
  TransitEncryptionEnabled:
    Type: String
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      TransitEncryptionEnabled: !Ref TransitEncryptionEnabled  # undecided: parameter "TransitEncryptionEnabled" has no default
```

```hcl
variable "transit_encryption_enabled" { # undecided: Fails when var.transit_encryption_enabled is false
  type = bool
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = var.transit_encryption_enabled
}
```

## Sources

- [CreateReplicationGroupRequest - AWS SDK for Kotlin](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/elasticache/aws.sdk.kotlin.services.elasticache.model/-create-replication-group-request), read on 2026-11-29
- [r/aws_elasticache_replication_group: Add support for `transit_encryption_mode`](https://github.com/hashicorp/terraform-provider-aws/pull/30403), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.pillars.judgements.cache_encryption import judge
from wa_iac.pillars.judgements.wording import listed

_TWO_STEPS: Final = (
    "An existing group needs two steps: with the mode preferred, clients connect with and without TLS, and the group has new endpoints beside the "
    "old ones. When all of them use TLS and the new endpoints, change it to required, which deletes the old ones."
)
_OWN_PARAMETERS: Final = "The upgrade takes a parameter group of the new version's family: change that together."
_OUTPUTS: Final = frozenset({"output"})
_IDS: Final = frozenset({"id", "replication_group_id"})
_MODE_SINCE: Final = (5, 47)
"""The version of the provider from which on it knows `transit_encryption_mode`, and turns TLS on in place (its changelog)."""
_NEWER: Final = "First upgrade the AWS provider to 5.47 or later: an older one does not know the mode, and replaces the group."


def _for_version(group: ReplicationGroup, graph: Graph) -> Remedy | None:
    """With an engine that cannot get TLS in place: an upgrade first."""
    old = _NEWER if group.dialect == "terraform" and not group.as_cloudformation and graph.once(_has_old_provider) else ""
    found = _by_version(group)
    upgraded = found is not _IN_PLACE and not isinstance(group.parameter_group, Absent)
    words = (old, found.decision, _OWN_PARAMETERS if upgraded else "", _made_names(group, graph))
    return replace(found, given=None, decision=" ".join(filter(None, words)))


def _made_names(group: ReplicationGroup, graph: Graph) -> str:
    """A sentence on outputs that make a name from a part of the primary endpoint, whose form TLS changes."""
    names = []
    for each in graph.referring(group, _OUTPUTS):
        read = {found.attribute for found in value_at(each.body, "value").origin.references}
        if "primary_endpoint_address" in read and not read.isdisjoint(_IDS):
            names.append(each.address)
    return (
        f"The new endpoints have another form: let {listed(names)} read an endpoint, and not make one of parts."
        if names
        else ""
    )


def _has_old_provider(graph: Graph) -> bool:
    # Imported here, since most groups have TLS or are in templates.
    from wa_iac.knowledge.provider_versions import is_older

    return is_older(graph, _MODE_SINCE)


def _by_version(group: ReplicationGroup) -> Remedy:
    if not isinstance(group.engine_version, Known) or not isinstance(group.engine, Known):
        return _TURNED_ON
    version = numbers(group.engine_version.value)
    first = (7, 2) if group.engine.value.lower() == "valkey" else (7, 0)
    if version[:1] > first[:1] or (*version, 0) >= first:
        return _IN_PLACE
    return replace(
        _IN_PLACE,
        decision=f"{group.engine.value} {group.engine_version.value} gets no TLS in place: upgrade to "
        f"{'Valkey 7.2' if first == (7, 2) else 'Redis 7.0'} first. {_TWO_STEPS}",
    )


_IN_PLACE: Final = Remedy(
    cfn="TransitEncryptionEnabled: true\nTransitEncryptionMode: preferred",
    tf='transit_encryption_enabled = true\ntransit_encryption_mode    = "preferred"',
    decision=_TWO_STEPS,
)
_TURNED_ON: Final = replace(
    _IN_PLACE,
    decision=f"{_TWO_STEPS} That needs Redis 7.0.5 or Valkey 7.2; upgrade an older engine first.",
    given=_for_version,
)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=_TURNED_ON,
    equivalents={
        "checkov": ["CKV_AWS_30"],
        "trivy": ["AVD-AWS-0051"],
        "cdk_nag": ["AwsSolutions-AEC3"],
        "guard": ["ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT"],
        "cfn_nag": ["F33"],
        "security_hub": ["ElastiCache.5"],
    },
)
def check(group: ReplicationGroup) -> Flags:
    yield from judge(
        group,
        group.encrypted_in_transit,
        "Data and passwords are sent to this cache unencrypted: anyone who listens on the network can read them.",
        on_for_valkey=False,
    )
