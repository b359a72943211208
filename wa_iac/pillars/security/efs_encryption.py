"""# EFS file system is not encrypted

## Why

The files, names and directories of this file system are stored unencrypted. (Its backups are encrypted.) Encryption cannot be turned
on later: you have to create a new file system and copy all files.

## What it checks

The rule checks file systems, and reports one on which encryption is off. Encryption is the default only in the console. Templates have to
request it.

## What is left out

No file system is exempt. The rule accepts the key of EFS and a key of your own.

## Non-compliant

```yaml
Resources:
  Shared:  # finding
    Type: AWS::EFS::FileSystem
    Properties:
      ThroughputMode: elastic
```

```yaml
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: false  # finding
```

```hcl
resource "aws_efs_file_system" "shared" { # finding
  throughput_mode = "elastic"
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

The result is undecided if `Encrypted` or `encrypted` is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Shared:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_efs_file_system" "shared" {
  encrypted = var.encrypted
}
```

## Sources

- [CreateFileSystemRequest - AWS SDK for Kotlin](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/efs/aws.sdk.kotlin.services.efs.model/-create-file-system-request), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.efs import FileSystem
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, expect, rule
from wa_iac.core.value import Absent
from wa_iac.knowledge.kept_when_replaced import KEPT_WHEN_REPLACED

_FIX: Final = Recipe(
    cfn={"Encrypted": True},
    tf={"encrypted": True},
    unsafe_because="the file system is replaced by an empty one",
    replaced=KEPT_WHEN_REPLACED,
)
_REPLACED: Final = (
    "Changing this replaces the file system, with its mount targets and access points, by an empty one. To keep the files, make an encrypted "
    "one beside it{}, copy them with AWS DataSync, let the clients mount that, and only then remove this one."
)
_BESIDE: Final = ", with another `creation_token`, since each is used once, and with mount targets and access points of its own"
_REMEDY: Final = replace(Remedy.of_recipe(_FIX), replaces=True, decision=_REPLACED.format(""))


def _beside(system: FileSystem, graph: Graph) -> Remedy | None:
    """What a second file system needs that has to differ from the first."""
    del graph
    if isinstance(value_at(system.declared.body, "creation_token"), Absent):
        return None
    return replace(_REMEDY, decision=_REPLACED.format(_BESIDE))


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_beside),
    equivalents={
        "checkov": ["CKV_AWS_42"],
        "trivy": ["AVD-AWS-0037"],
        "cdk_nag": ["AwsSolutions-EFS1"],
        "guard": ["EFS_ENCRYPTED_CHECK"],
        "config": ["EFS_ENCRYPTED_CHECK"],
        "cfn_nag": ["F32"],
        "security_hub": ["EFS.1", "EFS.8"],
    },
    fix=_FIX,
)
def check(system: FileSystem) -> Flags:
    yield from expect(
        system.encrypted,
        True,
        "The files of this file system are not encrypted, and encryption cannot be turned on later.",
    )
