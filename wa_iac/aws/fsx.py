"""Amazon FSx."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class FileSystem(
    Resource,
    cfn="AWS::FSx::FileSystem",
    tf=("aws_fsx_lustre_file_system", "aws_fsx_openzfs_file_system"),
):
    """A file system. In Terraform, Lustre and OpenZFS have types of their own; the other kinds are not read there."""

    kind: Annotated[Value[str], Cfn("FileSystemType")]
    lustre_compression: Annotated[Value[str], Cfn("LustreConfiguration.DataCompressionType"), Tf("data_compression_type")]
    zfs_compression: Annotated[
        Value[str],
        Cfn("OpenZFSConfiguration.RootVolumeConfiguration.DataCompressionType"),
        Tf("root_volume_configuration.data_compression_type"),
    ]
    backup: Annotated[Value[str], Cfn("BackupId"), Tf("backup_id")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
