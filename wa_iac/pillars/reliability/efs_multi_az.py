"""# EFS file system uses only one Availability Zone

## Why

A One Zone file system keeps its files in one Availability Zone. While that zone fails, nobody can read them, and if it is
destroyed, they are lost. A Regional file system keeps them in several zones and can be reached from each.

## What it checks

The rule checks file systems, and reports one with an Availability Zone name: it is a One Zone file system.

## What is left out

One Zone costs about half, and is always somebody's choice, so the finding is advice. For data that can be recreated, suppress the finding at the file system, with a reason. A Regional file system
is accepted, even if it has a mount target in one zone only.

## Non-compliant

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      AvailabilityZoneName: eu-west-1a  # finding
```

```hcl
resource "aws_efs_file_system" "shared" {
  encrypted              = true
  availability_zone_name = "eu-west-1a" # finding
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
  encrypted = true
}
```

## Undecided

The result is undecided if `AvailabilityZoneName` or `availability_zone_name` is not known before deployment.

```yaml
Parameters:
  AvailabilityZoneName:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      AvailabilityZoneName: !Ref AvailabilityZoneName  # undecided: parameter "AvailabilityZoneName" has no default
```

```hcl
variable "availability_zone_name" {
  type = string
}

resource "aws_efs_file_system" "shared" {
  encrypted              = true
  availability_zone_name = var.availability_zone_name # undecided: var.availability_zone_name has no default
}
```

## Sources

- [CreateFileSystemRequest - AWS SDK for Kotlin](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/efs/aws.sdk.kotlin.services.efs.model/-create-file-system-request), read on 2026-11-29
- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
"""

from wa_iac.aws.efs import FileSystem
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        removes=("AvailabilityZoneName", "availability_zone_name"),
        replaces=True,
        decision="Changing this replaces the file system, with its mount targets and access points, by an empty one. To keep the files, make a "
        "Regional one beside it with a mount target in each zone, copy them with AWS DataSync, let the clients mount that, and only then remove "
        "this one.",
    ),
)
def check(system: FileSystem) -> Flags:
    zone = system.zone
    # Where it is written at all, it names one zone; only a condition or an empty variable may leave it out.
    is_named = isinstance(zone, Unknown) and not zone.alternatives and bool(zone.origin.references)
    accept(not is_named and settled(zone) in (Known(""), Absent()))
    yield flag(zone, "All files are stored in one Availability Zone: when it fails, they cannot be read.")
