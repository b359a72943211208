"""# FSx for Windows records no access to files

## Why

Nobody can find out afterwards who read, changed or deleted files of this file system, whether it was a mistake or an intruder who copied them all.

## What it checks

The rule looks at file systems of Windows File Server. It reports one that records the access neither to files and folders nor to shares; both are off by
default.

## What is left out

Other kinds of file systems, which have no such setting. The rule does not look at the audit rules of single folders, which decide what is
recorded. It is in the profile `all`: a team decides once about such logs.

## Non-compliant

```yaml
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      WindowsConfiguration:  # finding
        ThroughputCapacity: 32
```

```hcl
resource "aws_fsx_windows_file_system" "shares" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0123456789abcdef0"]
  throughput_capacity = 32

  audit_log_configuration {
    file_access_audit_log_level       = "DISABLED" # finding
    file_share_access_audit_log_level = "DISABLED"
  }
}
```

## Compliant

```yaml
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      WindowsConfiguration:
        ThroughputCapacity: 32
        AuditLogConfiguration:
          FileAccessAuditLogLevel: SUCCESS_AND_FAILURE
          FileShareAccessAuditLogLevel: FAILURE_ONLY
```

```hcl
resource "aws_fsx_windows_file_system" "shares" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0123456789abcdef0"]
  throughput_capacity = 32

  audit_log_configuration {
    file_access_audit_log_level       = "SUCCESS_AND_FAILURE"
    file_share_access_audit_log_level = "FAILURE_ONLY"
  }
}
```

## Undecided

The result is undecided if the levels are not known before deployment.

```yaml
Parameters:
  Level:
    Type: String
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      WindowsConfiguration:
        ThroughputCapacity: 32
        AuditLogConfiguration:
          FileAccessAuditLogLevel: !Ref Level  # undecided: parameter "Level" has no default
          FileShareAccessAuditLogLevel: DISABLED
```

```hcl
variable "level" {
  type = string
}

resource "aws_fsx_windows_file_system" "shares" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0123456789abcdef0"]
  throughput_capacity = 32

  audit_log_configuration {
    file_access_audit_log_level       = var.level # undecided: var.level has no default
    file_share_access_audit_log_level = "DISABLED"
  }
}
```

## Sources

- [WindowsAuditLogConfiguration - Amazon FSx](https://docs.aws.amazon.com/fsx/latest/APIReference/API_WindowsAuditLogConfiguration.html), read on 2026-11-29
"""

from wa_iac.aws.fsx import FileSystem
from wa_iac.core.logic import any_of, holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, flag, rule, written
from wa_iac.core.value import Known


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={
            "WindowsConfiguration": {
                "AuditLogConfiguration": {
                    "FileAccessAuditLogLevel": "SUCCESS_AND_FAILURE",
                    "FileShareAccessAuditLogLevel": "SUCCESS_AND_FAILURE",
                }
            }
        },
        tf={
            "audit_log_configuration": {
                "file_access_audit_log_level": "SUCCESS_AND_FAILURE",
                "file_share_access_audit_log_level": "SUCCESS_AND_FAILURE",
            }
        },
        decision="FSx needs a throughput capacity of 32 MB/s or more for this. The folders need audit rules too, or nothing is recorded.",
    ),
    equivalents={"config": ["FSX_WINDOWS_AUDIT_LOG_CONFIGURED"]},
)
def check(system: FileSystem) -> Flags:
    if written(system.type_of()) != Known("WINDOWS"):
        return
    levels = (system.file_audit, system.share_audit)
    accept(any_of(holds(each, lambda level: level.upper() != "DISABLED") for each in levels))
    yield flag(system.file_audit, "This file system does not record who read, changed or deleted a file.")
