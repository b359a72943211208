"""# Data in one Availability Zone has no copy outside of it

## Why

A volume and a One Zone file system are in one Availability Zone. If this zone is destroyed, or the volume itself fails, everything on it is lost: no
snapshot, backup or replica is left to start again from. A snapshot is kept in the Region, outside of the zone.

## What it checks

The rule looks at EBS volumes that are declared by themselves, and at One Zone file systems of EFS. It reports one of which everything is lost with
its zone, by what [the failure drill](../drill.md) says of data at risk: nothing here makes a snapshot of it, selects it for AWS Backup, backs it up
automatically or replicates it.

## What is left out

Stores that have a rule of their own: `rds-backup-retention`, `documentdb-backup-retention`, `neptune-backup-retention`, `redshift-automated-snapshots`,
`elasticache-backup`, `memorydb-snapshots`, `fsx-automatic-backups`. The root volume of an instance, which is made again from its image, and servers
with a database: `compute-self-hosted-database`. Volumes whose tags name a backup: a plan elsewhere selects them.

Of several volumes with the same name but for a number, the software may keep copies of its own: such findings have the confidence low. The rule is in
the profile `all`: many organizations back up volumes by their tags, from code that is not here.

## Non-compliant

```yaml
Resources:
  Data:  # finding: everything on it is lost
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Size: 100
      Encrypted: true
```

```hcl
resource "aws_efs_file_system" "shared" { # finding: everything in it is lost
  availability_zone_name = "eu-west-1a"
}

resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id

  backup_policy {
    status = "DISABLED"
  }
}
```

## Compliant

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      AvailabilityZoneName: eu-west-1a
      BackupPolicy:
        Status: ENABLED
```

```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}
```

## Not applicable

```yaml
Resources:
  Shared:  # not applicable: in several Availability Zones
    Type: AWS::EFS::FileSystem
    Properties:
      BackupPolicy:
        Status: DISABLED
```

```hcl
resource "aws_efs_file_system" "shared" { # not applicable: in several Availability Zones
  encrypted = true
}

resource "aws_ebs_volume" "data" { # not applicable: its tags say that a plan elsewhere backs it up
  availability_zone = "eu-west-1a"
  size              = 100
  tags              = { Backup = "daily" }
}
```

## Undecided

The result is undecided if it is not known before deployment whether there are backups.

```yaml
Parameters:
  Backups:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      AvailabilityZoneName: eu-west-1a
      BackupPolicy:
        Status: !Ref Backups  # undecided: parameter "Backups" has no default
```

```hcl
variable "backups" {
  type = string
}

resource "aws_efs_file_system" "shared" {
  availability_zone_name = "eu-west-1a"
}

resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id

  backup_policy {
    status = var.backups # undecided: var.backups has no default
  }
}
```

## Sources

- [Amazon EBS volumes](https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html), read on 2026-11-29
- [Availability and durability of EFS file systems](https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html), read on 2026-11-29
- [Automatic backups of EFS file systems](https://docs.aws.amazon.com/efs/latest/ug/automatic-backups.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.ec2 import Volume
from wa_iac.aws.efs import FileSystem
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Absent
from wa_iac.knowledge.backups import tagged_for_backups

_NUMBER: Final = late(r"\d+|\[.*?\]")


def _backed_up(resource: Resource, graph: Graph) -> Remedy | None:
    """The automatic backups of a file system."""
    del graph
    if not isinstance(resource, FileSystem):
        return None
    return Remedy(
        cfn={"BackupPolicy": {"Status": "ENABLED"}},
        decision="In Terraform, the backups are a resource of their own: aws_efs_backup_policy with the status ENABLED.",
    )


@rule(
    practices=["REL09-BP03", "REL09-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Let AWS Backup or Amazon Data Lifecycle Manager make snapshots of the volume by a tag, as often as you can afford to lose the changes "
        "since the last one. If what is on it can be made again, suppress the finding with this reason.",
        given=_backed_up,
    ),
)
def check(store: Volume | FileSystem, graph: Graph) -> Flags:
    if isinstance(store, FileSystem):
        exempt(isinstance(store.zone, Absent), "it keeps its files in several Availability Zones")
    exempt(bool(tagged_for_backups(store.tags)), "its tags say that a plan elsewhere backs it up")
    from wa_iac.drill.losses import loss_with_its_zone
    from wa_iac.drill.mesh import mesh

    node = mesh(graph).nodes.get(store.address)
    loss = None if node is None else loss_with_its_zone(node, graph)
    if loss is None or not loss.is_total:
        return
    all_known(loss.unknown)
    yield flag(
        store,
        f"If its Availability Zone is destroyed, everything {'in' if isinstance(store, FileSystem) else 'on'} it is lost: nothing here keeps a copy outside of the zone.",
        confidence=Confidence.LOW if isinstance(store, Volume) and len(graph.index(Volume, _kin)[_name(store)]) > 1 else None,
    )


def _kin(volume: Volume) -> Iterator[str]:
    yield _name(volume)


def _name(volume: Volume) -> str:
    """Its address without the numbers that tell it from others."""
    return _NUMBER.sub("", volume.address)
