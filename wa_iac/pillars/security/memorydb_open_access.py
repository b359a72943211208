"""# MemoryDB cluster asks nobody for a password

## Why

Anyone who reaches this database over the network can read and delete all its data: its access control list, `open-access`, lets every
connection do everything, without a name or a password.

## What it checks

The rule reports a cluster with the access control list `open-access`, which MemoryDB provides.

## What is left out

The rule does not look at what the users of another list may do. A cluster without TLS, which cannot have users, is reported by `memorydb-tls`.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: open-access  # finding
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "open-access" # finding
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

```yaml
Resources:
  Clients:
    Type: AWS::MemoryDB::ACL
    Properties:
      ACLName: clients
      UserNames: [orders]
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: !Ref Clients
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: users need TLS, which is off
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: open-access
      TLSEnabled: false
```

```hcl
resource "aws_memorydb_cluster" "orders" { # not applicable: users need TLS, which is off
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "open-access"

  tls_enabled = false
}
```

## Undecided

The result is undecided if the list is not known before deployment.

```yaml
Parameters:
  Acl:
    Type: String
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: !Ref Acl  # undecided: parameter "Acl" has no default
```

```hcl
variable "acl" {
  type = string
}

resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = var.acl # undecided: var.acl has no default
}
```

## Sources

- [Features of MemoryDB - Amazon MemoryDB](https://docs.aws.amazon.com/memorydb/latest/devguide/servicename-feature-overview.html), read on 2026-11-29
- [aws_memorydb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/memorydb_cluster), read on 2026-11-29
"""

from wa_iac.aws.memorydb import Cluster
from wa_iac.core.logic import negate
from wa_iac.core.presence import is_made_here
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="ACLName: !Ref <the access control list>",
        tf="acl_name = <the access control list>.name",
        decision="Give each client a user with a password, or with IAM authentication, in an access control list of your own, and let the "
        "clients use it: those without one are refused once the list changes.",
    ),
)
def check(cluster: Cluster) -> Flags:
    accept(is_made_here(cluster.acl))
    accept(settled(cluster.acl) != Known("open-access"))
    exempt(negate(cluster.tls), "users need TLS, which is off")
    yield flag(
        cluster.acl,
        "Anyone who reaches this database over the network can read and delete all its data: it asks for no password.",
    )
