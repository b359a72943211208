"""Amazon WorkSpaces."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Workspace(Resource, cfn="AWS::WorkSpaces::Workspace", tf="aws_workspaces_workspace"):
    """A desktop."""

    root_encrypted: Annotated[
        Value[bool], Cfn("RootVolumeEncryptionEnabled"), Tf("root_volume_encryption_enabled"), Default(False)
    ]
    user_encrypted: Annotated[
        Value[bool], Cfn("UserVolumeEncryptionEnabled"), Tf("user_volume_encryption_enabled"), Default(False)
    ]
