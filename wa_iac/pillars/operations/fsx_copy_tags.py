"""# Backups of a tagged FSx file system have no tags

## Why

The file system says by its tags who owns it and who pays for it. Its backups, and the volumes of OpenZFS, have none of these tags. So nobody
knows whose they are, and their cost is charged to nobody.

## What it checks

The rule looks at file systems of Windows File Server, OpenZFS and Lustre that have tags. It reports one that makes automatic backups and does not
copy its tags to them, and one of OpenZFS that does not copy them to its volumes; by default neither is done.

## What is left out

A file system without tags has nothing to copy. A `Name` tag and tags that tools add do not count. ONTAP has no such setting, and Lustre makes no
automatic backups unless it says so. The rule is in the profile `all`: a team decides once about tags.

## Non-compliant

```yaml
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      Tags:
        - Key: team
          Value: office
      WindowsConfiguration:
        ThroughputCapacity: 32
        CopyTagsToBackups: false  # finding
```

```hcl
resource "aws_fsx_openzfs_file_system" "projects" { # finding: volumes
  storage_capacity     = 64
  subnet_ids           = ["subnet-0123456789abcdef0"]
  deployment_type      = "SINGLE_AZ_1"
  throughput_capacity  = 64
  copy_tags_to_backups = true
  tags = {
    team = "office"
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
      Tags:
        - Key: team
          Value: office
      WindowsConfiguration:
        ThroughputCapacity: 32
        CopyTagsToBackups: true
```

```hcl
resource "aws_fsx_openzfs_file_system" "projects" {
  storage_capacity     = 64
  subnet_ids           = ["subnet-0123456789abcdef0"]
  deployment_type      = "SINGLE_AZ_1"
  throughput_capacity  = 64
  copy_tags_to_backups = true
  copy_tags_to_volumes = true
  tags = {
    team = "office"
  }
}
```

## Not applicable

```yaml
Resources:
  Scratch:  # not applicable: no automatic backups
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      StorageCapacity: 1200
      SubnetIds: [subnet-0123456789abcdef0]
      Tags:
        - Key: team
          Value: research
```

```hcl
resource "aws_fsx_ontap_file_system" "projects" { # not applicable: ONTAP has no such setting
  storage_capacity    = 1024
  subnet_ids          = ["subnet-0123456789abcdef0"]
  preferred_subnet_id = "subnet-0123456789abcdef0"
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 512
  tags = {
    team = "office"
  }
}
```

## Undecided

The result is undecided if the setting or the tags are not known before deployment.

```yaml
Parameters:
  Copy:
    Type: String
Resources:
  Shares:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      StorageCapacity: 300
      SubnetIds: [subnet-0123456789abcdef0]
      Tags:
        - Key: team
          Value: office
      WindowsConfiguration:
        ThroughputCapacity: 32
        CopyTagsToBackups: !Ref Copy  # undecided: parameter "Copy" has no default
```

```hcl
variable "copy" { # undecided: Fails when var.copy is false
  type = bool
}

resource "aws_fsx_windows_file_system" "shares" {
  storage_capacity     = 300
  subnet_ids           = ["subnet-0123456789abcdef0"]
  throughput_capacity  = 32
  copy_tags_to_backups = var.copy
  tags = {
    team = "office"
  }
}
```

## Sources

- [fsx-openzfs-copy-tags-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/fsx-openzfs-copy-tags-enabled.html), read on 2026-11-29
- [fsx-lustre-copy-tags-to-backups - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/fsx-lustre-copy-tags-to-backups.html), read on 2026-11-29
- [AWS::FSx::FileSystem OpenZFSConfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-fsx-filesystem-openzfsconfiguration.html), read on 2026-11-29
"""

from wa_iac.aws.fsx import CONFIGURATIONS, FileSystem
from wa_iac.aws.parts.tags import say_more_than_a_name
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule, settled, written
from wa_iac.core.value import Absent, Known


def _for_its_kind(system: FileSystem, graph: Graph) -> Remedy | None:
    del graph
    kind = system.type_of()
    name = kind.value if isinstance(kind, Known) else "WINDOWS"
    settings = {"CopyTagsToBackups": True, **({"CopyTagsToVolumes": True} if name == "OPENZFS" else {})}
    of_openzfs = {"copy_tags_to_volumes": True} if name == "OPENZFS" else {}
    return Remedy(
        cfn={CONFIGURATIONS.get(name, "WindowsConfiguration"): settings}, tf={"copy_tags_to_backups": True, **of_openzfs}
    )


@rule(
    practices=["COST03-BP02", "OPS02-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"WindowsConfiguration": {"CopyTagsToBackups": True}}, tf={"copy_tags_to_backups": True}, given=_for_its_kind
    ),
    equivalents={
        "config": ["FSX_OPENZFS_COPY_TAGS_ENABLED", "FSX_LUSTRE_COPY_TAGS_TO_BACKUPS"],
        "security_hub": ["FSx.1", "FSx.2"],
    },
)
def check(system: FileSystem) -> Flags:
    accept(negate(say_more_than_a_name(system.tags)))
    kind = written(system.type_of()).value
    exempt(kind == "ONTAP", "ONTAP has no such setting")
    none = _no_backups(system)
    exempt(kind != "OPENZFS" and none, "it makes no automatic backups")
    if not none and settled(system.copy_tags) != Known(True):
        yield flag(
            system.copy_tags,
            "This file system has tags, and its backups get none of them: they do not show whose they are, and who pays for them.",
        )
    elif kind == "OPENZFS" and settled(system.copy_tags_to_volumes) != Known(True):
        yield flag(
            system.copy_tags_to_volumes,
            "This file system has tags, and its volumes get none of them: they do not show whose they are, and who pays for them.",
        )


def _no_backups(system: FileSystem) -> bool:
    """Whether automatic backups are off. Those of Lustre are, unless it says otherwise."""
    days = settled(system.automatic_backups())
    return isinstance(days, Absent) or days.value == 0
