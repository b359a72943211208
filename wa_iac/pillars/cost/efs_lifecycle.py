"""# EFS file system has no lifecycle policy

## Why

Without a lifecycle policy, every file stays in the Standard class, no matter when it was last read. Infrequent Access costs
less than a tenth per gigabyte, plus a small charge for reads, and most files are never read again after some weeks. A file
moves back at its first access, if the policy says so.

## What it checks

The rule checks file systems, and reports one without a policy that moves files to Infrequent Access or Archive.

## What is left out

The rule does not look at the number of days after which files move, or at whether they move back.

## Non-compliant

```yaml
Resources:
  Shared:  # finding
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
resource "aws_efs_file_system" "shared" { # finding
  encrypted = true
}
```

## Compliant

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      LifecyclePolicies:
        - TransitionToIA: AFTER_30_DAYS
```

```hcl
resource "aws_efs_file_system" "shared" {
  encrypted = true

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
}
```

## Undecided

The result is undecided if `TransitionToIA` or `transition_to_ia` is not known before deployment.

```yaml
Parameters:
  TransitionToIA:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      LifecyclePolicies:
        - TransitionToIA: !Ref TransitionToIA  # undecided: parameter "TransitionToIA" has no default
```

```hcl
variable "transition_to_ia" {
  type = string
}

resource "aws_efs_file_system" "shared" {
  encrypted = true

  lifecycle_policy {
    transition_to_ia = var.transition_to_ia # undecided: var.transition_to_ia has no default
  }
}
```

## Sources

- [Managing storage lifecycle - Amazon Elastic File System](https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html), read on 2026-11-29
"""

from wa_iac.aws.efs import FileSystem
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.rule import Confidence, Flags, Severity, accept, flag, rule


@rule(
    practices=["COST04-BP05", "SUS04-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    fix=Recipe(
        cfn={"LifecyclePolicies": [{"TransitionToIA": "AFTER_30_DAYS"}]},
        tf={"lifecycle_policy": {"transition_to_ia": "AFTER_30_DAYS"}},
        unsafe_because="reading a file that was moved is slower, and AWS charges for it",
    ),
)
def check(system: FileSystem) -> Flags:
    accept(any_of(is_set(move) for policy in system.lifecycle for move in (policy.to_infrequent, policy.to_archive)))
    yield flag(
        system,
        "This file system has no lifecycle policy: every file stays in the most expensive storage class, even if nobody reads it.",
    )
