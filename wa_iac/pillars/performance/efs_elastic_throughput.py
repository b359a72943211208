"""# Throughput of an EFS file system depends on its size

## Why

With bursting throughput, a file system gets 50 KiB/s for each GiB that it holds. A small one with many readers uses up its credits, and
everything that waits for files slows down. Elastic throughput follows the work, and bills what is used.

## What it checks

The rule reports file systems with bursting throughput, which is the default of the API.

## What is left out

File systems with provisioned throughput. File systems with the performance mode Max I/O, for which there is no elastic throughput. A file system that is seldom read is well served by bursting, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Files:  # finding
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
```

```hcl
resource "aws_efs_file_system" "files" { # finding
  encrypted = true
}
```

## Compliant

```yaml
Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      ThroughputMode: elastic
```

```hcl
resource "aws_efs_file_system" "files" {
  encrypted       = true
  throughput_mode = "elastic"
}
```

## Not applicable

```yaml
Resources:
  Files:  # not applicable: not for this performance mode
    Type: AWS::EFS::FileSystem
    Properties: {PerformanceMode: maxIO}
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      ThroughputMode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_efs_file_system" "files" {
  encrypted       = true
  throughput_mode = var.mode # undecided: var.mode has no default
}
```

## Sources

- [Amazon EFS performance specifications](https://docs.aws.amazon.com/efs/latest/ug/performance.md), read on 2026-11-29
"""

from wa_iac.aws.efs import FileSystem
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["PERF03-BP02", "COST06-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"ThroughputMode": "elastic"},
        tf={"throughput_mode": "elastic"},
        decision="Elastic throughput bills each gigabyte that is read or written:",
    ),
)
def check(files: FileSystem) -> Flags:
    if files.throughput_mode == Known("bursting"):
        exempt(
            holds(files.performance_mode, lambda mode: mode == "maxIO"), "elastic throughput is not for this performance mode"
        )
    yield from refuse(
        files.throughput_mode,
        "bursting",
        "The throughput of this file system depends on how much it holds: while it is small, its readers soon wait.",
    )
