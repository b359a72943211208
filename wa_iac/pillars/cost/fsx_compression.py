"""# FSx file system does not compress its data

## Why

Lustre and OpenZFS can compress files as they are written. That makes less storage and smaller backups necessary, and reads faster, since
less comes from the disks. It costs no money and hardly any time.

## What it checks

The rule reports a file system of Lustre without `LZ4`, and one of OpenZFS whose root volume has neither `ZSTD` nor `LZ4`: both compress
nothing by default.

## What is left out

File systems from a backup, which have the backup's setting. Windows and ONTAP, which have settings of their own. Volumes of OpenZFS below
the root, and files that are compressed already.

## Non-compliant

```yaml
Resources:
  Scratch:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0123456789abcdef0]
      StorageCapacity: 1200
      LustreConfiguration:  # finding
        DeploymentType: PERSISTENT_2
        PerUnitStorageThroughput: 125
```

```hcl
resource "aws_fsx_openzfs_file_system" "home" {
  deployment_type     = "SINGLE_AZ_2"
  subnet_ids          = ["subnet-0123456789abcdef0"]
  storage_capacity    = 64
  throughput_capacity = 160

  root_volume_configuration {
    data_compression_type = "NONE" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Scratch:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0123456789abcdef0]
      StorageCapacity: 1200
      LustreConfiguration:
        DeploymentType: PERSISTENT_2
        PerUnitStorageThroughput: 125
        DataCompressionType: LZ4
```

```hcl
resource "aws_fsx_openzfs_file_system" "home" {
  deployment_type     = "SINGLE_AZ_2"
  subnet_ids          = ["subnet-0123456789abcdef0"]
  storage_capacity    = 64
  throughput_capacity = 160

  root_volume_configuration {
    data_compression_type = "ZSTD"
  }
}
```

## Not applicable

```yaml
Resources:
  Scratch:  # not applicable: from a backup
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0123456789abcdef0]
      StorageCapacity: 1200
      LustreConfiguration:
        DeploymentType: PERSISTENT_2
        PerUnitStorageThroughput: 125
      BackupId: backup-0123456789abcdef0
```

```hcl
resource "aws_fsx_openzfs_file_system" "home" { # not applicable: from a backup
  deployment_type     = "SINGLE_AZ_2"
  subnet_ids          = ["subnet-0123456789abcdef0"]
  storage_capacity    = 64
  throughput_capacity = 160
  backup_id           = "backup-0123456789abcdef0"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Compression:
    Type: String
Resources:
  Scratch:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      SubnetIds: [subnet-0123456789abcdef0]
      StorageCapacity: 1200
      LustreConfiguration:
        DeploymentType: PERSISTENT_2
        PerUnitStorageThroughput: 125
        DataCompressionType: !Ref Compression  # undecided: parameter "Compression" has no default
```

```hcl
variable "compression" {
  type = string
}

resource "aws_fsx_openzfs_file_system" "home" {
  deployment_type     = "SINGLE_AZ_2"
  subnet_ids          = ["subnet-0123456789abcdef0"]
  storage_capacity    = 64
  throughput_capacity = 160

  root_volume_configuration {
    data_compression_type = var.compression # undecided: var.compression has no default
  }
}
```

## Sources

- [enum LustreDataCompressionType](https://docs.amazonaws.cn/cdk/api/v2/docs/aws-cdk-lib.aws_fsx.LustreDataCompressionType.html), read on 2026-11-29
- [dataCompressionType, CreateOpenZfsVolumeConfiguration](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/fsx/aws.sdk.kotlin.services.fsx.model/-create-open-zfs-volume-configuration/data-compression-type.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.fsx import FileSystem
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled, written
from wa_iac.core.value import Absent, Known

_ZFS: Final = Remedy(
    cfn={"OpenZFSConfiguration": {"RootVolumeConfiguration": {"DataCompressionType": "ZSTD"}}},
    tf={"root_volume_configuration": {"data_compression_type": "ZSTD"}},
    decision="Only files that are written from then on are compressed.",
)


@rule(
    practices=["COST06-BP02", "SUS04-BP02", "PERF03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"LustreConfiguration": {"DataCompressionType": "LZ4"}},
        tf={"data_compression_type": "LZ4"},
        decision="Only files that are written from then on are compressed.",
    ),
)
def check(system: FileSystem) -> Flags:
    kind = written(system.type_of()).value
    if kind not in ("LUSTRE", "OPENZFS"):
        return
    exempt(given(system.backup), "it comes from a backup, and has its setting")
    compression = settled(system.lustre_compression if kind == "LUSTRE" else system.zfs_compression)
    if isinstance(compression, Absent) or compression == Known("NONE"):
        yield flag(
            compression,
            "Files are stored here as they are: compressed, they need less storage, and are read faster.",
            instead=_ZFS if kind == "OPENZFS" else "",
        )
