"""Amazon WorkSpaces."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Workspace(Resource, cfn="AWS::WorkSpaces::Workspace", tf="aws_workspaces_workspace"):
    """A desktop of one user."""

    # Without a mode, the desktop is always on.
    running_mode: Annotated[Value[str], Cfn("WorkspaceProperties.RunningMode"), Tf("workspace_properties.running_mode")]
    root_encrypted: Annotated[
        Value[bool], Cfn("RootVolumeEncryptionEnabled"), Tf("root_volume_encryption_enabled"), Default(False)
    ]
    user_encrypted: Annotated[
        Value[bool], Cfn("UserVolumeEncryptionEnabled"), Tf("user_volume_encryption_enabled"), Default(False)
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
