"""# ElastiCache cluster requires no authentication

## Why

Anyone who reaches this cache over the network can read, change and flush all of it, for example from a compromised host in the
same network or through a security group that is too open. An AUTH token, or better, users with their own permissions (RBAC),
authenticate clients.

## What it checks

The rule checks caches with TLS. It reports a replication group with neither an AUTH token nor a user group.

## What is left out

If a variable or a parameter can bring the token or the user group, and brings none by default, the finding is advice: a deployment may give one.

Without TLS there can be no AUTH, and `elasticache-encryption-in-transit` reports that. Members of a global datastore are not checked.

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
      TransitEncryptionEnabled: true
```

```hcl
resource "aws_elasticache_replication_group" "sessions" { # finding
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
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
      UserGroupIds: [sessions]
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
}

resource "random_password" "token" {
  length  = 64
  special = false
}
```

## Not applicable

```yaml
Resources:
  Plain:  # not applicable: AUTH needs TLS
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Pages
      Engine: redis
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: false
  Member:  # not applicable: a member of a global datastore
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      GlobalReplicationGroupId: sgaui-sessions
      TransitEncryptionEnabled: true
```

```hcl
resource "aws_elasticache_replication_group" "plain" { # not applicable: AUTH needs TLS
  replication_group_id       = "plain"
  description                = "Pages"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "member" { # not applicable: a member of a global datastore
  replication_group_id        = "member"
  description                 = "Sessions"
  global_replication_group_id = "sgaui-sessions"
  transit_encryption_enabled  = true
}
```

## Undecided

The result is undecided if `UserGroupIds` or `auth_token` is not known before deployment.

```yaml
Parameters:
  UserGroupIds:
    Type: CommaDelimitedList
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      CacheNodeType: cache.r7g.large
      NumCacheClusters: 2
      TransitEncryptionEnabled: true
      UserGroupIds: !Ref UserGroupIds  # undecided: parameter "UserGroupIds" has no default
```

```hcl
variable "auth_token" {
  type = string
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
  auth_token                 = var.auth_token # undecided: var.auth_token has no default
}
```

## Sources

- [Authentication and Authorization - Amazon ElastiCache](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-redis.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.engine_versions import numbers

_USERS_SINCE: Final = (6,)
_CREDENTIALS: Final = ("AuthToken", "UserGroupIds", "auth_token", "auth_token_wo", "user_group_ids")
_ROTATES_SINCE: Final = (5, 0, 6)
"""The first version whose AUTH token can be changed ("Authenticating with the Valkey and Redis OSS AUTH command", Amazon ElastiCache User Guide)."""


_CHOICE: Final = (
    "Decide how the clients sign in: as users of a user group (UserGroupIds, user_group_ids), each with its own permissions, or with one AUTH token. Let them send "
    "that first."
)
_IN_STEPS: Final = (
    "A token that is set with the strategy ROTATE also lets in clients without one, until it is set with SET. The users of a group of the engine redis may "
    "include `default` without a password, until all clients sign in; a group of the engine valkey takes only users who sign in."
)
"""By "Authenticating with the Valkey and Redis OSS AUTH command" and "Role-Based Access Control (RBAC)" (Amazon ElastiCache User Guide)."""
_OF_OLD_ENGINE: Final = "Redis {} knows no users: upgrade it to 6.0 or later, and then give it a user group."
_ROTATE: Final = "Or set an AUTH token with the strategy ROTATE, which also lets clients in without it, and, when all of them send it, with SET."
_ONLY_THEN: Final = (
    "Before Redis 5.0.6, a token can only be set when a group is made: a new group, whose clients send the token from the start. Restore a backup "
    "into it to keep the data."
)


def _by_version(group: ReplicationGroup, graph: Graph) -> Remedy | None:
    """For an engine that knows no users: an upgrade, or a token."""
    del graph
    switch = group.auth_token.origin.default_of
    own = f"{switch[0].upper()}{switch[1:]}, which is empty by default, sets the AUTH token." if switch else ""
    version = numbers(group.engine_version.value) if isinstance(group.engine_version, Known) else ()
    if group.engine == Known("valkey") or not version or version >= _USERS_SINCE:
        words = (_CHOICE, _IN_STEPS, own)
    else:
        known = _OF_OLD_ENGINE.format(".".join(map(str, version)))
        words = (known, _ONLY_THEN if version < _ROTATES_SINCE else _ROTATE, own)
    return Remedy(decision=" ".join(filter(None, words)))


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(decision=f"{_CHOICE} {_IN_STEPS}", given=_by_version),
    equivalents={
        "checkov": ["CKV_AWS_31"],
        "cdk_nag": ["AwsSolutions-AEC6"],
        "config": ["ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED"],
        "security_hub": ["ElastiCache.6"],
    },
)
def check(group: ReplicationGroup) -> Flags:
    exempt(negate(group.encrypted_in_transit) == Known(True), "AUTH needs TLS, which is off")
    in_datastore = not isinstance(group.global_datastore, Absent)
    exempt(in_datastore, "a member of a global datastore uses the settings of its primary")
    for credential in (group.token_version, group.auth_token, group.user_groups):
        accept(given(credential))
    all_known(group.encrypted_in_transit)
    # What writes a credential that is empty by default lets its caller give one.
    may_be_given = any(each in group.declared.body.value for each in _CREDENTIALS)
    yield flag(
        group,
        "Anyone who reaches this cache over the network can read and delete all its data: it requires no password.",
        confidence=Confidence.LOW if may_be_given else None,
    )
