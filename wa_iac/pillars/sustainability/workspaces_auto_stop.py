"""# Desktop of WorkSpaces runs day and night

## Why

A person uses a desktop for a quarter of the week at most. One that is always on computes for nobody the rest of the time. With AutoStop,
it stops an hour after its user has left, and starts again at the next login.

## What it checks

The rule reports desktops whose running mode is ALWAYS_ON.

## What is left out

Desktops without a mode. Somebody who works there all day pays less by the month, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-0123456789
      DirectoryId: d-0123456789
      UserName: anna
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: true
      WorkspaceProperties: {RunningMode: ALWAYS_ON}  # finding
```

```hcl
resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-0123456789"
  directory_id                   = "d-0123456789"
  user_name                      = "anna"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true

  workspace_properties {
    running_mode = "ALWAYS_ON" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-0123456789
      DirectoryId: d-0123456789
      UserName: anna
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: true
      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 60}
```

```hcl
resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-0123456789"
  directory_id                   = "d-0123456789"
  user_name                      = "anna"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true

  workspace_properties {
    running_mode                              = "AUTO_STOP"
    running_mode_auto_stop_timeout_in_minutes = 60
  }
}
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Desktop:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-0123456789
      DirectoryId: d-0123456789
      UserName: anna
      RootVolumeEncryptionEnabled: true
      UserVolumeEncryptionEnabled: true
      WorkspaceProperties: {RunningMode: !Ref Mode}  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_workspaces_workspace" "desktop" {
  bundle_id                      = "wsb-0123456789"
  directory_id                   = "d-0123456789"
  user_name                      = "anna"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true

  workspace_properties {
    running_mode = var.mode # undecided: var.mode has no default
  }
}
```

## Sources

- [runningMode](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/workspaces/aws.sdk.kotlin.services.workspaces.model/-workspace-properties/running-mode.html), read on 2026-11-29
"""

from wa_iac.aws.workspaces import Workspace
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule


@rule(
    practices=["SUS02-BP05", "COST09-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"WorkspaceProperties": {"RunningMode": "AUTO_STOP", "RunningModeAutoStopTimeoutInMinutes": 60}},
        tf={"workspace_properties": {"running_mode": "AUTO_STOP", "running_mode_auto_stop_timeout_in_minutes": 60}},
    ),
)
def check(desktop: Workspace) -> Flags:
    yield from refuse(
        desktop.running_mode, "ALWAYS_ON", "This desktop also runs while nobody uses it, at night and on weekends."
    )
