"""# EFS file system uses the Max I/O performance mode

## Why

Each operation on a file takes longer in the Max I/O mode than in the General Purpose mode. The mode is from a time when the other one had
a low limit of operations. AWS now recommends General Purpose for all file systems, and its limits have been raised above those of most
workloads.

## What it checks

The rule reports a file system whose performance mode is `maxIO`.

## What is left out

General Purpose is the default, so a file system without a mode is good.

## Non-compliant

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      PerformanceMode: maxIO  # finding
```

```hcl
resource "aws_efs_file_system" "shared" {
  encrypted        = true
  performance_mode = "maxIO" # finding
}
```

## Compliant

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
resource "aws_efs_file_system" "shared" {
  encrypted        = true
  performance_mode = "generalPurpose"
}
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      PerformanceMode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_efs_file_system" "shared" {
  encrypted        = true
  performance_mode = var.mode # undecided: var.mode has no default
}
```

## Sources

- [Amazon EFS performance specifications](https://docs.aws.amazon.com/efs/latest/ug/performance.md), read on 2026-11-29
- [performanceMode, CreateFileSystemRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/efs/aws.sdk.kotlin.services.efs.model/-create-file-system-request/performance-mode.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.efs import FileSystem
from wa_iac.core.fix import Recipe
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule
from wa_iac.knowledge.kept_when_replaced import KEPT_WHEN_REPLACED

_FIX: Final = Recipe(
    cfn={"PerformanceMode": "generalPurpose"},
    tf={"performance_mode": "generalPurpose"},
    unsafe_because="the file system is replaced by an empty one",
    replaced=KEPT_WHEN_REPLACED,
)


@rule(
    practices=["PERF03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=replace(
        Remedy.of_recipe(_FIX),
        replaces=True,
        decision="Changing this replaces the file system, with its mount targets and access points, by an empty one. To keep the files, make "
        "another one beside it, copy them with AWS DataSync or a backup, let the clients mount that, and only then remove this one.",
    ),
    fix=_FIX,
)
def check(system: FileSystem) -> Flags:
    yield from refuse(
        system.performance_mode,
        "maxIO",
        "Each operation on a file takes longer in this mode: AWS recommends General Purpose for all file systems.",
    )
