"""# EKS cluster can be deleted by one command

## Why

A wrong command, or a plan that nobody read, deletes the cluster with everything that runs in it. With deletion protection, somebody has
to turn that off first.

## What it checks

The rule reports a cluster without deletion protection, which is off by default.

## What is left out

Node groups and add-ons, which EKS makes again.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" { # finding
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      DeletionProtection: true
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  deletion_protection = true

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Keep:
    Type: String
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      DeletionProtection: !Ref Keep  # undecided: parameter "Keep" has no default
```

```hcl
variable "keep" { # undecided: Fails when var.keep is false
  type = bool
}

resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  deletion_protection = var.keep

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Sources

- [Protect EKS clusters from accidental deletion](https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html), read on 2026-11-29
"""

from wa_iac.aws.eks import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, expect, rule


@rule(
    practices=["OPS06-BP01", "SEC08-BP04"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    fix=Recipe(cfn={"DeletionProtection": True}, tf={"deletion_protection": True}),
)
def check(cluster: Cluster) -> Flags:
    yield from expect(
        cluster.deletion_protection,
        True,
        "One command, or one plan that nobody read, deletes this cluster with all that runs in it.",
    )
