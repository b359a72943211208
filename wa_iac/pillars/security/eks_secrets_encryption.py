"""# EKS cluster's data is not encrypted with a key of your own

## Why

EKS encrypts the data of Kubernetes with a key that AWS owns, since version 1.28. With a KMS key of your own, you can see each use of it
in CloudTrail, and take the access away. Before version 1.28, secrets are not encrypted by EKS at all without one.

## What it checks

The rule reports a cluster without an encryption configuration. The severity is medium if its version is older than 1.28.

## What is left out

A cluster of version 1.28 or newer is encrypted in any case: the finding is then about the key alone.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: a key that AWS owns
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_eks_cluster" "orders" { # finding: not encrypted
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.27"

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
      EncryptionConfig:
        - Resources: [secrets]
          Provider:
            KeyArn: arn:aws:kms:eu-west-1:111122223333:key/1234
```

```hcl
resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234"
    }
  }

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
```

## Undecided

The result is undecided if it is not known whether there is a key.

```yaml
Parameters:
  Key:
    Type: String
Conditions:
  HasKey: !Not [!Equals [!Ref Key, ""]]
Resources:
  Orders:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/eks
      ResourcesVpcConfig:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      EncryptionConfig:
        Fn::If:
          - HasKey
          - - Resources: [secrets]
              Provider: {KeyArn: !Ref Key}
          - !Ref AWS::NoValue  # undecided: Fails when
```

```hcl
variable "key" {
  type = string
}

resource "aws_eks_cluster" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }

  dynamic "encryption_config" { # undecided: Fails when
    for_each = var.key == "" ? [] : [var.key]
    content {
      resources = ["secrets"]
      provider {
        key_arn = encryption_config.value
      }
    }
  }
}
```

## Sources

- [KMS Envelope Encryption for EKS clusters - Eksctl User Guide](https://docs.aws.amazon.com/eks/latest/eksctl/kms-encryption.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.eks import Cluster
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.engine_versions import numbers

_SINCE: Final = (1, 28)


@rule(
    practices=["SEC08-BP01", "SEC08-BP02"],
    severity=Severity.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"EncryptionConfig": [{"Resources": ["secrets"], "Provider": {"KeyArn": "<the key's ARN>"}}]},
        tf={"encryption_config": {"resources": ["secrets"], "provider": {"key_arn": "<the key's ARN>"}}},
        decision="It cannot be turned off again, and a cluster whose key is deleted cannot be restored.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_58"],
        "trivy": ["AVD-AWS-0039"],
        "guard": ["EKS_SECRETS_ENCRYPTED"],
        "config": ["EKS_SECRETS_ENCRYPTED", "EKS_CLUSTER_SECRETS_ENCRYPTED"],
        "security_hub": ["EKS.3"],
    },
)
def check(cluster: Cluster) -> Flags:
    accept(given(cluster.encryption))
    version = cluster.version
    old = isinstance(version, Known) and numbers(version.value) < _SINCE
    yield flag(
        Absent(cluster.encryption.origin) if not isinstance(cluster.encryption, Known) else cluster.encryption,
        "EKS does not encrypt the secrets of a cluster before version 1.28 without a key of yours: they are not encrypted in its database."
        if old
        else "The data of this cluster is encrypted with a key that AWS owns: you can neither see its use nor take the access away.",
        severity=None if old else Severity.LOW,
    )
