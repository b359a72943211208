"""# FSx file system has no automatic backups

## Why

Files that a person or a program deletes or overwrites by mistake, or that ransomware encrypts, are lost: this file system makes no backups that
they could be restored from.

## What it checks

The rule looks at file systems of Windows File Server, NetApp ONTAP and OpenZFS. It reports one whose automatic backups are kept for 0 days, which
turns them off. FSx keeps them for 30 days by default, but Terraform turns them off for ONTAP and OpenZFS if nothing is written.

Volumes of ONTAP make snapshots by default, from which files or a whole volume can be restored, but which are lost with the file system: the severity is
then medium.

The confidence is low if a tag with the word "backup" may select the file system for a plan elsewhere. If its own backups are also turned off
expressly, the finding is advice: the author has decided who makes the backups.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

Lustre, which mostly is a fast copy of data in S3. A file system that a plan of AWS Backup selects here is not reported.

## Non-compliant

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
        AutomaticBackupRetentionDays: 0  # finding
```

```hcl
resource "aws_fsx_openzfs_file_system" "projects" { # finding
  storage_capacity    = 64
  subnet_ids          = ["subnet-0123456789abcdef0"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
}
```

```hcl
resource "aws_fsx_ontap_file_system" "shares" { # finding: are lost with it
  storage_capacity    = 1024
  deployment_type     = "SINGLE_AZ_1"
  subnet_ids          = ["subnet-0a1b2c3d4e5f6a7b8"]
  preferred_subnet_id = "subnet-0a1b2c3d4e5f6a7b8"
  throughput_capacity = 128
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
```

```hcl
resource "aws_fsx_openzfs_file_system" "projects" {
  storage_capacity                = 64
  subnet_ids                      = ["subnet-0123456789abcdef0"]
  deployment_type                 = "SINGLE_AZ_1"
  throughput_capacity             = 64
  automatic_backup_retention_days = 30
}
```

## Not applicable

```yaml
Resources:
  Scratch:  # not applicable: fast copy
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      StorageCapacity: 1200
      SubnetIds: [subnet-0123456789abcdef0]
  Shares:  # not applicable: AWS Backup keeps
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      WindowsConfiguration:
        ThroughputCapacity: 32
        AutomaticBackupRetentionDays: 0
  Weekly:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 11111111-2222-3333-4444-555555555555
      BackupSelection:
        SelectionName: files
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources:
          - "arn:aws:fsx:*:*:file-system/*"
```

```hcl
resource "aws_fsx_openzfs_file_system" "projects" { # not applicable: AWS Backup keeps
  storage_capacity    = 64
  subnet_ids          = ["subnet-0123456789abcdef0"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
}

resource "aws_backup_selection" "weekly" {
  name         = "files"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_fsx_openzfs_file_system.projects.arn]
}
```

## Undecided

The result is undecided if the number of days is not known before deployment.

```yaml
Parameters:
  Days:
    Type: Number
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      WindowsConfiguration:
        ThroughputCapacity: 32
        AutomaticBackupRetentionDays: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_fsx_openzfs_file_system" "projects" {
  storage_capacity                = 64
  subnet_ids                      = ["subnet-0123456789abcdef0"]
  deployment_type                 = "SINGLE_AZ_1"
  throughput_capacity             = 64
  automatic_backup_retention_days = var.days # undecided: var.days has no default
}
```

## Sources

- [OntapFileSystemConfiguration - Amazon FSx](https://docs.aws.amazon.com/fsx/latest/APIReference/API_OntapFileSystemConfiguration.html), read on 2026-11-29
- [Protecting your data with backups](https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/using-backups.md), read on 2026-11-29
- [CreateOntapVolumeConfiguration - Amazon FSx](https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateOntapVolumeConfiguration.html), read on 2026-11-29
- [aws_fsx_ontap_file_system - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_ontap_file_system), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.fsx import CONFIGURATIONS, FileSystem
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, settled, written
from wa_iac.core.value import Known
from wa_iac.knowledge.backups import backed_up, tagged_for_backups
from wa_iac.pillars.judgements.workshops import where_needed

_OF_ONTAP: Final = "if it is lost, so are its files. The snapshots that volumes make by default are lost with it."


def _for_its_kind(system: FileSystem, graph: Graph) -> Remedy | None:
    del graph
    kind = system.type_of()
    configuration = CONFIGURATIONS.get(kind.value if isinstance(kind, Known) else "", "WindowsConfiguration")
    return Remedy(
        cfn={configuration: {"AutomaticBackupRetentionDays": 30}},
        tf={"automatic_backup_retention_days": 30},
        decision="AWS charges for the backups.",
    )


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn={"WindowsConfiguration": {"AutomaticBackupRetentionDays": 30}},
        tf={"automatic_backup_retention_days": 30},
        decision="AWS charges for the backups.",
        given=_for_its_kind,
    ),
)
def check(system: FileSystem, graph: Graph) -> Flags:
    yield from where_needed(system, _judge(system, graph), system.tags)


def _judge(system: FileSystem, graph: Graph) -> Flags:
    exempt(written(system.type_of()) == Known("LUSTRE"), "Lustre mostly is a fast copy of data that is kept elsewhere")
    days = system.automatic_backups()
    if isinstance(days, Known) and days.value > 0:
        return
    exempt(backed_up(system, graph), "AWS Backup keeps backups of it")
    if settled(days) != Known(0):
        return
    is_ontap = system.type_of() == Known("ONTAP")
    lost = _OF_ONTAP if is_ontap else "nothing here can restore files that are deleted or damaged."
    tag = tagged_for_backups(system.tags)
    more = f' The tag "{tag}" may select it for a plan of AWS Backup elsewhere.' if tag else ""
    yield flag(
        days,
        f"This file system makes no automatic backups: {lost}{more}",
        severity=Severity.MEDIUM if is_ontap or (tag and days.origin.how == "explicit") else None,
        confidence=Confidence.LOW if tag else None,
    )
