"""# ECR repository policy allows public access

## Why

An `Allow` for every principal, without a condition on who they are or where they come from, lets any AWS account pull the
images, and with them the code, or push others in their place.

## What it checks

The rule reads the policy of a repository, also of one that is declared elsewhere. It reports each `Allow` statement for every principal that no condition limits and no `Deny`
takes back.

A statement that only lets others read what describes the repository, such as `ecr:DescribeImages`, is of low severity.

## What is left out

A policy for named accounts is accepted, even if they are not yours. Repositories of Amazon ECR Public are not checked: everyone may pull
from them. A `Deny` counts only where it is for the repository.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryPolicyText:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding
            Principal: "*"
            Action: ecr:*
```

```hcl
resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_repository_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      }
    ]
  })
}
```

```hcl
data "aws_ecr_repository" "shared" {
  name = "shared"
}

resource "aws_ecr_repository_policy" "shared" {
  repository = data.aws_ecr_repository.shared.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "ecr:BatchGetImage"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryPolicyText:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: arn:aws:iam::123456789012:root
            Action: ecr:BatchGetImage
```

```hcl
resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_repository_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "ecr:BatchGetImage"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```

## Undecided

The result is undecided if `AWS` or `Principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryPolicyText:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: ecr:BatchGetImage
```

```hcl
variable "principal" {
  type = string
}

resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_repository_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.principal } # undecided: var.principal has no default
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      }
    ]
  })
}
```

## Sources

- [Private repository policies in Amazon ECR - Amazon ECR](https://docs.aws.amazon.com/AmazonECR/latest/userguide/delete-repository-policy.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecr import Repository, RepositoryPolicy
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, rule
from wa_iac.knowledge.policies.own_resources import REPOSITORY, OfOwners, owner, owners_of
from wa_iac.pillars.judgements.open_policy import judge

_OPEN: Final = "This statement allows any AWS account to use the repository and its images."


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Principal:\n  AWS: <the account's ARN>",
        tf='Principal = { AWS = "<the account\'s ARN>" }',
        decision="Name all accounts that pull from it: the others are refused from then on. For the accounts of an organization, keep the principal "
        "and add a condition on aws:PrincipalOrgID. If everybody is to pull them, publish them in Amazon ECR Public.",
    ),
    equivalents={"checkov": ["CKV_AWS_32"], "trivy": ["AVD-AWS-0032"], "cdk_nag": ["AwsSolutions-ECR1"]},
)
def check(holder: Repository | RepositoryPolicy, graph: Graph) -> Flags:
    if isinstance(holder, Repository):
        yield from judge(holder.policy, _OPEN, OfOwners(graph, [owner(holder, REPOSITORY, holder.name)]))
    elif not holder.repository.targets:  # a repository of the code has this policy itself
        scope = OfOwners(graph, owners_of(holder.repository, [], REPOSITORY, Repository.types()))
        yield from judge(holder.document, _OPEN, scope)
