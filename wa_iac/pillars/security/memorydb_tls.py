"""# MemoryDB cluster without TLS

## Why

Clients and nodes send all data in plain text. Anyone who can listen in the network reads the data. Without TLS, the cluster accepts no
users with passwords either: anyone who reaches it can read and delete everything.

## What it checks

The rule reports a cluster for which TLS is turned off. It is on by default.

## What is left out

The rule does not look at the clients, which have to use TLS too.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: open-access
      TLSEnabled: false  # finding
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "open-access"

  tls_enabled = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Tls:
    Type: String
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      TLSEnabled: !Ref Tls  # undecided: parameter "Tls" has no default
```

```hcl
variable "tls" { # undecided: Fails when var.tls is false
  type = bool
}

resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"

  tls_enabled = var.tls
}
```

## Sources

- [Features of MemoryDB - Amazon MemoryDB](https://docs.aws.amazon.com/memorydb/latest/devguide/servicename-feature-overview.html), read on 2026-11-29
- [aws_memorydb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/memorydb_cluster), read on 2026-11-29
"""

from wa_iac.aws.memorydb import Cluster
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn={"TLSEnabled": True},
        tf={"tls_enabled": True},
        replaces=True,
        decision="The cluster is replaced: restore the new one from a snapshot, let the clients use TLS, and give them "
        "users in an access control list of your own.",
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from refuse(
        cluster.tls,
        False,
        "Clients send all data in plain text, and the cluster can ask nobody for a password: that needs TLS.",
    )
