"""# Neptune cluster asks for no credentials

## Why

Neptune has no passwords. Without IAM authentication, everything that reaches the cluster in its VPC may read, change and delete the whole graph, and the audit log
names no user.

## What it checks

The rule reports a cluster that does not turn on `IamAuthEnabled` or `iam_database_authentication_enabled`. It is off by default.

## What is left out

Security groups still limit who reaches the cluster, so the severity is medium.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Neptune::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_neptune_cluster" "orders" {
  cluster_identifier                  = "orders"
  iam_database_authentication_enabled = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Neptune::DBCluster
    Properties:
      IamAuthEnabled: true
```

```hcl
resource "aws_neptune_cluster" "orders" {
  cluster_identifier                  = "orders"
  iam_database_authentication_enabled = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Iam:
    Type: String
Resources:
  Orders:
    Type: AWS::Neptune::DBCluster
    Properties:
      IamAuthEnabled: !Ref Iam  # undecided: parameter "Iam" has no default
```

```hcl
variable "iam" { # undecided: Fails when var.iam is false
  type = bool
}

resource "aws_neptune_cluster" "orders" {
  cluster_identifier                  = "orders"
  iam_database_authentication_enabled = var.iam
}
```

## Sources

- [Securing access to an Amazon Neptune cluster](https://docs.amazonaws.cn/en_us/neptune/latest/userguide/get-started-security.md), read on 2026-11-29
- [Amazon Neptune controls](https://docs.aws.amazon.com/controltower/latest/controlreference/neptune-rules.md), read on 2026-11-29
- [Security Hub CSPM controls for Neptune](https://docs.aws.amazon.com/securityhub/latest/userguide/neptune-controls.md), read on 2026-11-29
"""

from wa_iac.aws.neptune import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["SEC03-BP02", "SEC02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_359"],
        "cdk_nag": ["AwsSolutions-N5"],
        "config": ["NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION"],
        "security_hub": ["Neptune.7"],
    },
    fix=Recipe(
        cfn={"IamAuthEnabled": True},
        tf={"iam_database_authentication_enabled": True},
        unsafe_because="clients that do not sign their requests, or whose role does not allow actions of neptune-db, can no longer connect",
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from expect(
        cluster.iam_authentication,
        True,
        "This cluster asks for no credentials: everything that reaches it in its VPC may read, change and delete the whole graph.",
    )
