"""# Aurora DSQL cluster has no deletion protection

## Why

One request deletes this cluster with all its data, and no snapshot is taken. With deletion protection, Aurora DSQL rejects the request until
someone disables the protection.

## What it checks

The rule reports a cluster whose deletion protection is turned off. Terraform turns it off if nothing is written.

A cluster with `DeletionPolicy: Delete` is reported as advice: its author lets the data go with the stack.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

In CloudFormation, the rule reports only an explicit `false`: AWS does not document what a cluster gets without the property. If clusters come and go
with a test environment, let the setting depend on the environment.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::DSQL::Cluster
    Properties:
      DeletionProtectionEnabled: false  # finding
```

```hcl
resource "aws_dsql_cluster" "orders" { # finding
  kms_encryption_key = "AWS_OWNED_KMS_KEY"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DSQL::Cluster
    Properties:
      DeletionProtectionEnabled: true
```

```hcl
resource "aws_dsql_cluster" "orders" {
  deletion_protection_enabled = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Protected:
    Type: String
Resources:
  Orders:
    Type: AWS::DSQL::Cluster
    Properties:
      DeletionProtectionEnabled: !Ref Protected  # undecided: parameter "Protected" has no default
```

```hcl
variable "protected" { # undecided: Fails when var.protected is false
  type = bool
}

resource "aws_dsql_cluster" "orders" {
  deletion_protection_enabled = var.protected
}
```

## Sources

- [interface ClusterProps](https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_aws-dsql-alpha.ClusterProps.html), read on 2026-11-29
"""

from wa_iac.aws.dsql import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, milder, refuse, rule
from wa_iac.core.value import Absent
from wa_iac.pillars.judgements.let_go import MAY_GO, may_go
from wa_iac.pillars.judgements.workshops import where_needed


@rule(
    practices=["SEC08-BP04", "OPS06-BP01"],
    severity=Severity.HIGH,
    fix=Recipe(
        cfn={"DeletionProtectionEnabled": True},
        tf={"deletion_protection_enabled": True},
        unsafe_because="the cluster, and a stack with it, can no longer be deleted or replaced until the protection is off",
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from where_needed(cluster, _judge(cluster), Absent())


def _judge(cluster: Cluster) -> Flags:
    found = refuse(
        cluster.deletion_protection,
        False,
        "This cluster has no deletion protection: a single request, by mistake or by an intruder, deletes it with all its data.",
    )
    yield from (milder(found, more=MAY_GO, severity=Severity.LOW, confidence=Confidence.MEDIUM) if may_go(cluster) else found)
