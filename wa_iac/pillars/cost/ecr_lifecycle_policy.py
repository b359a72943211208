"""# ECR repository has no lifecycle policy

## Why

Every build adds an image, and nobody deletes the old ones. Storage and cost grow for as long as the repository exists. A
lifecycle policy keeps only the latest images, or those of the last weeks.

## What it checks

The rule checks repositories, and reports one that no lifecycle policy belongs to. For a mirror of the images of others, by the word in
the name, the finding is advice: no builds of one's own go there. So it is for a repository that may be
deleted with its images (`EmptyOnDelete`, `force_delete`): its author expects that to happen.

## What is left out

The rule does not look at what the policy deletes, or when.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: IMMUTABLE
```

```hcl
resource "aws_ecr_repository" "orders" { # finding
  name = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECR::Repository
    Properties:
      LifecyclePolicy:
        LifecyclePolicyText: |
          {"rules": [{"rulePriority": 1, "action": {"type": "expire"},
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 50}}]}
```

```hcl
resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_lifecycle_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }
      action       = { type = "expire" }
    }]
  })
}
```

## Undecided

The result is undecided if `LifecyclePolicy` or `repository` is not known before deployment.

```yaml
Parameters:
  Policy:
    Type: String
Conditions:
  Expires: !Not [!Equals [!Ref Policy, ""]]
Resources:
  Orders:  # undecided: Fails when Policy is
    Type: AWS::ECR::Repository
    Properties:
      LifecyclePolicy:
        Fn::If:
          - Expires
          - LifecyclePolicyText: !Ref Policy
          - !Ref AWS::NoValue
```

```hcl
variable "repository" {
  type = string
}

resource "aws_ecr_repository" "orders" {
  name = "orders"
}

resource "aws_ecr_lifecycle_policy" "orders" {
  repository = var.repository # undecided: var.repository has no default
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }
      action       = { type = "expire" }
    }]
  })
}
```

## Sources

- [Creating a lifecycle policy for a repository in Amazon ECR - Amazon ECR](https://docs.aws.amazon.com/AmazonECR/latest/userguide/lp_creation.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecr import Repository
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.called import called

_MIRRORS: Final = frozenset({"mirror", "mirrors", "mirrored"})
"""What copies of the images of others are called. They grow with the releases of others, not with one's own builds."""


@rule(
    practices=["COST04-BP05", "SUS04-BP03", "SUS04-BP05"],
    severity=Severity.LOW,
    convention=True,
    remedy=Remedy(
        decision="The policy deletes images, also one that is still deployed. Choose a number or an age that keeps every image which may "
        "be started again.",
        cfn="LifecyclePolicy:\n  LifecyclePolicyText: |\n"
        '    {"rules": [{"rulePriority": 1, "action": {"type": "expire"},\n'
        '      "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 50}}]}',
        tf='resource "aws_ecr_lifecycle_policy" "this" {\n  repository = <this repository>.name\n  policy = jsonencode({\n'
        '    rules = [{\n      rulePriority = 1\n      action       = { type = "expire" }\n'
        '      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }\n    }]\n  })\n}',
    ),
    equivalents={
        "config": ["ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED"],
        "security_hub": ["ECR.3"],
    },
)
def check(repository: Repository) -> Flags:
    policies = repository.lifecycle_policies
    accept(any(policy.unknown is None for policy in policies))
    all_known(*(policy.unknown for policy in policies))
    thrown_away = repository.emptied == Known(True)
    mirrors = any(not _MIRRORS.isdisjoint(words.split()) for words in called(repository, repository.tags))
    yield flag(
        repository,
        "This repository has no lifecycle policy: nothing here deletes old images, and its cost grows with every new one.",
        confidence=Confidence.LOW if mirrors or thrown_away else None,
    )
