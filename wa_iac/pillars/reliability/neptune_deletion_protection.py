"""# Neptune cluster has no deletion protection

## Why

Once a cluster has no instances, one request deletes it with all its data. A script in the wrong account, the deletion of its stack, or
`terraform destroy` in the wrong directory deletes the instances first. With deletion protection, Neptune rejects the request until someone disables the protection.

## What it checks

The rule reports a cluster for which the deletion protection is not turned on; it is off by default.

A cluster with `DeletionPolicy: Delete` is reported as advice: its author lets the data go with the stack. So is a
cluster in a file of a workshop, a demonstration, or an environment for development or tests, by its path.

## What is left out

The rule does not look at snapshots that are taken when a cluster is deleted: a new cluster has to be restored from them, and meanwhile the
workload stands still. A `DeletionPolicy` of `Delete` is a decision: the finding is then advice. If clusters come and go with a test environment, let the setting depend on the environment.

## Non-compliant

```yaml
Resources:
  Friends:  # finding
    Type: AWS::Neptune::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_neptune_cluster" "friends" {
  cluster_identifier  = "friends"
  deletion_protection = false # finding
}
```

```yaml
Resources:
  Orders:  # finding: may be deleted with its stack
    Type: AWS::Neptune::DBCluster
    DeletionPolicy: Delete
    Properties:
      StorageEncrypted: true
```

## Compliant

```yaml
Resources:
  Friends:
    Type: AWS::Neptune::DBCluster
    Properties:
      DeletionProtection: true
```

```hcl
resource "aws_neptune_cluster" "friends" {
  cluster_identifier  = "friends"
  deletion_protection = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Protected:
    Type: String
Resources:
  Friends:
    Type: AWS::Neptune::DBCluster
    Properties:
      DeletionProtection: !Ref Protected  # undecided: parameter "Protected" has no default
```

```hcl
variable "protected" { # undecided: Fails when var.protected is false
  type = bool
}

resource "aws_neptune_cluster" "friends" {
  cluster_identifier  = "friends"
  deletion_protection = var.protected
}
```

## Sources

- [AWS::Neptune::DBCluster - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-neptune-dbcluster.html), read on 2026-11-29
- [Security Hub CSPM controls for Neptune](https://docs.aws.amazon.com/securityhub/latest/userguide/neptune-controls.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.neptune import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, milder, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.cluster_databases import deletion

_CHOSEN: Final = "Its DeletionPolicy says that it may be deleted with its stack."


@rule(
    practices=["SEC08-BP04", "OPS06-BP01"],
    severity=Severity.HIGH,
    equivalents={"config": ["NEPTUNE_CLUSTER_DELETION_PROTECTION_ENABLED"], "security_hub": ["Neptune.4"]},
    fix=Recipe(
        cfn={"DeletionProtection": True},
        tf={"deletion_protection": True},
        unsafe_because="a deployment that deletes or replaces the cluster then fails until it is turned off, as does the deletion of everything together",
    ),
)
def check(cluster: Cluster) -> Flags:
    if cluster.deletion_policy == Known("Delete"):
        yield from milder(deletion(cluster), severity=Severity.LOW, confidence=Confidence.MEDIUM, more=_CHOSEN)
        return
    yield from deletion(cluster)
