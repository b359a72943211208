"""# DocumentDB accepts connections without TLS

## Why

With the parameter `tls` set to `disabled`, clients cannot use TLS at all: passwords, queries and documents cross the network in plain text.

## What it checks

The rule reports a cluster parameter group whose parameter `tls` is `disabled`.

## What is left out

TLS is required by default, so a group that does not set the parameter is fine. A cluster is always in a VPC, where few can listen: the severity is
medium. A parameter group that nothing here uses, beside clusters with others or with the default one, changes nothing.

## Non-compliant

```yaml
Resources:
  Settings:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties:
      Description: Orders
      Family: docdb5.0
      Parameters:
        tls: disabled  # finding
```

```hcl
resource "aws_docdb_cluster_parameter_group" "settings" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Settings:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties:
      Description: Orders
      Family: docdb5.0
      Parameters:
        tls: tls1.2+
```

```hcl
resource "aws_docdb_cluster_parameter_group" "settings" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }
}
```

## Not applicable

```hcl
resource "aws_docdb_cluster_parameter_group" "settings" { # not applicable: no cluster here uses this parameter group
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
}
```

## Undecided

The result is undecided if the value is not known before deployment.

```yaml
Parameters:
  Tls:
    Type: String
Resources:
  Settings:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties:
      Description: Orders
      Family: docdb5.0
      Parameters:
        tls: !Ref Tls  # undecided: parameter "Tls" has no default
```

```hcl
variable "tls" {
  type = string
}

resource "aws_docdb_cluster_parameter_group" "settings" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = var.tls # undecided: var.tls has no default
  }
}
```

## Sources

- [Amazon DocumentDB cluster parameters reference - Amazon DocumentDB](https://docs.aws.amazon.com/documentdb/latest/developerguide/cluster_parameter_groups-list_of_parameters.html), read on 2026-11-29
"""

from wa_iac.aws.docdb import Cluster, ClusterParameterGroup
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, refuse, rule
from wa_iac.knowledge.users_of import is_left_out


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"Parameters": {"tls": "enabled"}},
        tf={"parameter[]": {"value": "enabled"}},
        decision="It takes effect once the instances are restarted. Clients then need TLS, and the certificates of Amazon RDS: change them at the "
        "same time, since the cluster accepts either kind of connection only.",
    ),
    equivalents={"checkov": ["CKV_AWS_90"], "config": ["DOCDB_CLUSTER_ENCRYPTED_IN_TRANSIT"], "security_hub": ["DocumentDB.6"]},
)
def check(settings: ClusterParameterGroup, graph: Graph) -> Flags:
    exempt(is_left_out(settings, Cluster, "parameter_group", graph), "no cluster here uses this parameter group")
    yield from refuse(
        settings.setting("tls"),
        "disabled",
        "TLS is turned off here: queries and documents cross the network in plain text.",
    )
