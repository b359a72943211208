"""# RDS database or ElastiCache cluster uses a previous-generation class

Previous generations are slower and cost more than current classes for the same work. AWS also retires them: it announces a
date, and then moves the remaining instances in a maintenance window that it chooses.

Changing the class needs a restart, or a failover if there are several instances.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m4.large  # finding
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = "db.t2.medium" # finding
  allocated_storage = 100
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  node_type            = "cache.m3.medium" # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r7g.large"
  num_cache_clusters   = 2
}
```
"""

import re

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.node_sizes import Database, current_class, node_size, size_in

PREVIOUS = re.compile(r"^(db\.(m[1-4]|r[34]|t[12])|cache\.(m[1-3]|r3|c1|t1))\.")


def _current(database: Database, graph: Graph) -> Remedy | None:
    """The class of today that is nearest, for the database's engine."""
    del graph
    size = node_size(database)
    if not isinstance(size, Known) or not PREVIOUS.match(size.value):
        return None
    cfn, tf = size_in(database, current_class(database, size.value))
    return Remedy(cfn=cfn, tf=tf)


@rule(
    practices=["PERF05-BP06", "COST06-BP02", "SUS05-BP02", "SUS06-BP03"],
    severity=Severity.LOW,
    remedy=Remedy(cfn={"DBInstanceClass": "db.m7g.large"}, tf={"instance_class": "db.m7g.large"}, given=_current),
)
def check(database: Database) -> Flags:
    size = settled(node_size(database))
    if isinstance(size, Known) and (found := PREVIOUS.match(size.value)):
        yield flag(
            size,
            f"{found[1]} is a previous generation: slower and more expensive than current classes, and AWS is retiring it.",
        )
