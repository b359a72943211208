"""Amazon FSx."""

from typing import Annotated, Final

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Value

_KINDS: Final = {
    "aws_fsx_lustre_file_system": "LUSTRE",
    "aws_fsx_openzfs_file_system": "OPENZFS",
    "aws_fsx_ontap_file_system": "ONTAP",
    "aws_fsx_windows_file_system": "WINDOWS",
}
CONFIGURATIONS: Final = {
    "LUSTRE": "LustreConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
    "ONTAP": "OntapConfiguration",
    "WINDOWS": "WindowsConfiguration",
}
"""What CloudFormation calls the settings of a kind of file system."""


class FileSystem(Resource, cfn="AWS::FSx::FileSystem", tf=tuple(_KINDS)):
    """A file system. In Terraform, each kind has a type of its own."""

    kind: Annotated[Value[str], Cfn("FileSystemType")]
    deployment: Annotated[
        Value[str],
        Cfn("LustreConfiguration.DeploymentType"),
        Cfn("OpenZFSConfiguration.DeploymentType"),
        Cfn("OntapConfiguration.DeploymentType"),
        Cfn("WindowsConfiguration.DeploymentType"),
        Tf("deployment_type"),
    ]
    retention: Annotated[
        Value[int],
        Cfn("LustreConfiguration.AutomaticBackupRetentionDays"),
        Cfn("OpenZFSConfiguration.AutomaticBackupRetentionDays"),
        Cfn("OntapConfiguration.AutomaticBackupRetentionDays"),
        Cfn("WindowsConfiguration.AutomaticBackupRetentionDays"),
        Tf("automatic_backup_retention_days"),
    ]
    # ONTAP has no such setting.
    copy_tags: Annotated[
        Value[bool],
        Cfn("LustreConfiguration.CopyTagsToBackups"),
        Cfn("OpenZFSConfiguration.CopyTagsToBackups"),
        Cfn("WindowsConfiguration.CopyTagsToBackups"),
        Tf("copy_tags_to_backups"),
    ]
    copy_tags_to_volumes: Annotated[Value[bool], Cfn("OpenZFSConfiguration.CopyTagsToVolumes"), Tf("copy_tags_to_volumes")]
    file_audit: Annotated[
        Value[str],
        Cfn("WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel"),
        Tf("audit_log_configuration.file_access_audit_log_level"),
    ]
    share_audit: Annotated[
        Value[str],
        Cfn("WindowsConfiguration.AuditLogConfiguration.FileShareAccessAuditLogLevel"),
        Tf("audit_log_configuration.file_share_access_audit_log_level"),
    ]
    lustre_compression: Annotated[Value[str], Cfn("LustreConfiguration.DataCompressionType"), Tf("data_compression_type")]
    zfs_compression: Annotated[
        Value[str],
        Cfn("OpenZFSConfiguration.RootVolumeConfiguration.DataCompressionType"),
        Tf("root_volume_configuration.data_compression_type"),
    ]
    backup: Annotated[Value[str], Cfn("BackupId"), Tf("backup_id")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def type_of(self) -> Value[str]:
        """LUSTRE, OPENZFS, ONTAP or WINDOWS."""
        kind = _KINDS.get(self.declared.type)
        return self.kind if kind is None else Known(kind, self.kind.origin)

    def automatic_backups(self) -> Value[int]:
        """For how many days automatic backups are kept. Absent for Lustre, whose default AWS documents in two ways.

        The API keeps them for 30 days, those of Windows once for 7. The provider sends 0 for OpenZFS and ONTAP."""
        if not isinstance(self.retention, Absent) or self.type_of() == Known("LUSTRE"):
            return self.retention
        off = self.declared.type in ("aws_fsx_openzfs_file_system", "aws_fsx_ontap_file_system")
        return Known(0 if off else 30, self.retention.origin)
