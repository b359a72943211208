"""# WorkSpace's volumes are not encrypted

## Why

The volumes of a desktop hold documents, mail and the sign-ins of its user. Without encryption, they and their snapshots are
stored as they are. Encryption can be chosen only when a WorkSpace is made.

## What it checks

The root volume and the user volume of each WorkSpace. Neither is encrypted by default. The finding is advice if a name or the path of the file
says `unencrypted` or `no-encrypt`: the author offers it beside another one.

## What is left out

Pools of WorkSpaces, whose volumes are deleted after each session.

## Non-compliant

```yaml
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-12345678
      DirectoryId: d-1234567890
      UserName: ada
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: false  # finding: user
```

```hcl
resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-12345678"
  directory_id                   = "d-1234567890"
  user_name                      = "ada"
  root_volume_encryption_enabled = false # finding: root and the user
  user_volume_encryption_enabled = false
}
```

## Compliant

```yaml
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-12345678
      DirectoryId: d-1234567890
      UserName: ada
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: true
```

```hcl
resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-12345678"
  directory_id                   = "d-1234567890"
  user_name                      = "ada"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
}
```

## Undecided

The result is undecided if a setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-12345678
      DirectoryId: d-1234567890
      UserName: ada
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-12345678"
  directory_id                   = "d-1234567890"
  user_name                      = "ada"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = var.encrypted
}
```

## Sources

- [AWS::WorkSpaces::Workspace - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-workspaces-workspace.html), read on 2026-11-29
- [interface CfnWorkspaceProps](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_workspaces.CfnWorkspaceProps.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.workspaces import Workspace
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, milder, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.workshops import named_unencrypted

_MANAGED: Final = "alias/aws/workspaces"
_AGAIN: Final = (
    "CloudFormation does not change this, and a user has one WorkSpace in a directory: let the user save the files, remove the WorkSpace from the "
    "template, and add it again encrypted."
)


def _in_template(workspace: Workspace, graph: Graph) -> Remedy | None:
    del graph
    if workspace.dialect != "cloudformation":
        return None
    return Remedy(
        cfn={"RootVolumeEncryptionEnabled": True, "UserVolumeEncryptionEnabled": True, "VolumeEncryptionKey": _MANAGED},
        decision=_AGAIN,
    )


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_155", "CKV_AWS_156"],
        "trivy": ["AVD-AWS-0109"],
        "guard": ["WORKSPACE_ENCRYPTION_ENABLED"],
    },
    remedy=Remedy(
        cfn={
            "RootVolumeEncryptionEnabled": True,
            "UserVolumeEncryptionEnabled": True,
            "VolumeEncryptionKey": _MANAGED,
        },
        tf={
            "root_volume_encryption_enabled": True,
            "user_volume_encryption_enabled": True,
            "volume_encryption_key": _MANAGED,
        },
        decision="A WorkSpace cannot be encrypted later: a new and empty one takes its place, so let the user save the files first.",
        given=_in_template,
    ),
)
def check(workspace: Workspace) -> Flags:
    volumes = {"root": workspace.root_encrypted, "user": workspace.user_encrypted}
    plain = [name for name, encrypted in volumes.items() if encrypted == Known(False)]
    if not plain:
        all_known(*volumes.values())
        return
    which = f"The {' and the '.join(plain)} volume{'s' if len(plain) > 1 else ''} of this WorkSpace"
    found = flag(
        volumes[plain[0]], f"{which} {'are' if len(plain) > 1 else 'is'} not encrypted: documents are stored as they are."
    )
    meant = named_unencrypted(workspace)
    yield from milder([found], confidence=Confidence.LOW, more=meant) if meant else [found]
