"""# FSx file system is in one Availability Zone

## Why

All servers of this file system are in one Availability Zone. When that zone fails, everybody who works with the files has to wait until it is
back. A file system in two zones goes on with the standby in the other one.

## What it checks

The rule looks at file systems of Windows File Server, NetApp ONTAP and OpenZFS. It reports one with a deployment type of a single zone. For Windows
that is the default.

## What is left out

Lustre, which has no other deployment. The rule is in the profile `all`: a file system for computations in one zone, or for files that can be
made again, is right there.

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
resource "aws_fsx_ontap_file_system" "projects" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-0123456789abcdef0"]
  preferred_subnet_id = "subnet-0123456789abcdef0"
  deployment_type     = "SINGLE_AZ_1" # finding
  throughput_capacity = 512
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
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      WindowsConfiguration:
        DeploymentType: MULTI_AZ_1
        PreferredSubnetId: subnet-0123456789abcdef0
        ThroughputCapacity: 32
```

```hcl
resource "aws_fsx_ontap_file_system" "projects" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  preferred_subnet_id = "subnet-0123456789abcdef0"
  deployment_type     = "MULTI_AZ_1"
  throughput_capacity = 512
}
```

## Not applicable

```yaml
Resources:
  Scratch:  # not applicable: always in one zone
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      StorageCapacity: 1200
      SubnetIds: [subnet-0123456789abcdef0]
```

```hcl
resource "aws_fsx_lustre_file_system" "scratch" { # not applicable: always in one zone
  storage_capacity = 1200
  subnet_ids       = ["subnet-0123456789abcdef0"]
}
```

## Undecided

The result is undecided if the deployment type is not known before deployment.

```yaml
Parameters:
  Deployment:
    Type: String
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      WindowsConfiguration:
        DeploymentType: !Ref Deployment  # undecided: parameter "Deployment" has no default
        PreferredSubnetId: subnet-0123456789abcdef0
        ThroughputCapacity: 32
```

```hcl
variable "deployment" {
  type = string
}

resource "aws_fsx_ontap_file_system" "projects" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  preferred_subnet_id = "subnet-0123456789abcdef0"
  deployment_type     = var.deployment # undecided: var.deployment has no default
  throughput_capacity = 512
}
```

## Sources

- [deploymentType (CreateFileSystemWindowsConfiguration)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/fsx/aws.sdk.kotlin.services.fsx.model/-create-file-system-windows-configuration/deployment-type.html), read on 2026-11-29
- [deploymentType (CreateFileSystemOpenZfsConfiguration)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/fsx/aws.sdk.kotlin.services.fsx.model/-create-file-system-open-zfs-configuration/deployment-type.html), read on 2026-11-29
- [OntapFileSystemConfiguration - Amazon FSx](https://docs.aws.amazon.com/fsx/latest/APIReference/API_OntapFileSystemConfiguration.html), read on 2026-11-29
"""

from wa_iac.aws.fsx import FileSystem
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, settled, written
from wa_iac.core.value import Absent


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Make a new file system with a deployment type of several zones (MULTI_AZ_1 or MULTI_AZ_2) and a second subnet, and copy the "
        "files: the type of an existing one cannot be changed."
    ),
    equivalents={
        "config": [
            "FSX_OPENZFS_DEPLOYMENT_TYPE_CHECK",
            "FSX_ONTAP_DEPLOYMENT_TYPE_CHECK",
            "FSX_WINDOWS_DEPLOYMENT_TYPE_CHECK",
        ],
        "security_hub": ["FSx.3", "FSx.4", "FSx.5"],
    },
)
def check(system: FileSystem) -> Flags:
    kind = written(system.type_of()).value
    exempt(kind == "LUSTRE", "Lustre is always in one zone")
    deployment = settled(system.deployment)
    single = kind == "WINDOWS" if isinstance(deployment, Absent) else deployment.value.startswith("SINGLE_AZ")
    if single:
        yield flag(
            deployment,
            "All servers of this file system are in one Availability Zone: when it fails, nobody reaches the files until it is back.",
        )
