"""# EFS file system policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, makes the policy public in the sense of the
Amazon EFS User Guide ("The meaning of public"). AWS Transfer Family servers of other accounts are then refused, and only the network
still limits who uses the files.

## What it checks

The rule reads the policy of a file system. It reports each `Allow` statement for every principal that no condition limits and no `Deny`
takes back.

## What is left out

A condition that `elasticfilesystem:AccessedViaMountTarget` is true is accepted. A file system without a policy is not reported. Anyone who reaches
a mount target may use that too, so the finding is advice.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      FileSystemPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: elasticfilesystem:Client*
            Resource: "*"
```

```hcl
resource "aws_efs_file_system" "orders" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "orders" {
  file_system_id = aws_efs_file_system.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "elasticfilesystem:Client*"
        Resource  = "*"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      FileSystemPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: elasticfilesystem:Client*
            Resource: "*"
            Condition:
              Bool:
                elasticfilesystem:AccessedViaMountTarget: "true"
```

```hcl
resource "aws_efs_file_system" "orders" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "orders" {
  file_system_id = aws_efs_file_system.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/orders" }
        Action    = "elasticfilesystem:ClientMount"
        Resource  = "*"
      }
    ]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Orders:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      FileSystemPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: elasticfilesystem:Client*
            Resource: "*"
```

```hcl
variable "principal" {
  type = string
}

resource "aws_efs_file_system" "orders" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "orders" {
  file_system_id = aws_efs_file_system.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.principal } # undecided: var.principal has no default
        Action    = "elasticfilesystem:ClientMount"
        Resource  = "*"
      }
    ]
  })
}
```

## Sources

- [Blocking public access to EFS file systems](https://docs.amazonaws.cn/en_us/efs/latest/ug/access-control-block-public-access.md), read on 2026-11-29
"""

from wa_iac.aws.efs import FileSystem
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.core.value import Absent
from wa_iac.knowledge.policies.own_resources import FILE_SYSTEM, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import judge


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the role that uses it>",
        tf="Principal = { AWS = <the role that uses it>.arn }",
        decision="Clients then have to mount it with TLS and their role (the mount options tls and iam). To let in anyone who reaches a mount target, "
        "add the condition that elasticfilesystem:AccessedViaMountTarget is true instead.",
    ),
)
def check(system: FileSystem, graph: Graph) -> Flags:
    yield from judge(
        system.policy,
        "Anyone who reaches a mount target may use this file system: the statement allows any principal, and no condition limits who.",
        OfOwners(graph, [owner(system, FILE_SYSTEM, Absent())]),
    )
