"""Amazon Elastic File System."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup, Subnet


class LifecyclePolicy(Block):
    """One transition of files between storage classes."""

    to_infrequent: Annotated[Value[str], Cfn("TransitionToIA"), Tf("transition_to_ia")]
    to_archive: Annotated[Value[str], Cfn("TransitionToArchive"), Tf("transition_to_archive")]


class FileSystem(Resource, cfn="AWS::EFS::FileSystem", tf="aws_efs_file_system", tf_key="creation_token"):
    """A file system, with Terraform's satellite resources folded in."""

    # The API's default. Only the console suggests encryption.
    encrypted: Annotated[Value[bool], Cfn("Encrypted"), Tf("encrypted"), Default(False)]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    # Set for a One Zone file system.
    zone: Annotated[Value[str], Cfn("AvailabilityZoneName"), Tf("availability_zone_name")]
    backup: Annotated[
        Value[str],
        Cfn("BackupPolicy.Status"),
        Tf("backup_policy.status", of="aws_efs_backup_policy", by="file_system_id"),
    ]
    replication_regions: Annotated[
        list["Destination"],
        Cfn("ReplicationConfiguration.Destinations[]"),
        Tf("destination[]", of="aws_efs_replication_configuration", by="source_file_system_id"),
    ]
    lifecycle: Annotated[list[LifecyclePolicy], Cfn("LifecyclePolicies[]"), Tf("lifecycle_policy[]")]
    throughput_mode: Annotated[Value[str], Cfn("ThroughputMode"), Tf("throughput_mode"), Default("bursting")]
    performance_mode: Annotated[Value[str], Cfn("PerformanceMode"), Tf("performance_mode"), Default("generalPurpose")]
    policy: Annotated[
        Value[EmbeddedDocument], Cfn("FileSystemPolicy"), Tf("policy", of="aws_efs_file_system_policy", by="file_system_id")
    ]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Delete")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    tags: Annotated[Value[Tags], Cfn("FileSystemTags"), Tf("tags_all"), Tf("tags")]
    mount_targets: Annotated[Link["MountTarget"], Back("file_system")]


class Destination(Block):
    """A replica of a file system."""

    region: Annotated[Value[str], Cfn("Region"), Tf("region")]
    zone: Annotated[Value[str], Cfn("AvailabilityZoneName"), Tf("availability_zone_name")]


class MountTarget(Resource, cfn="AWS::EFS::MountTarget", tf="aws_efs_mount_target"):
    """A file system's network interface in one subnet."""

    file_system: Annotated[Link[FileSystem], Cfn("FileSystemId"), Tf("file_system_id")]
    subnet: Annotated[Link[Subnet], Cfn("SubnetId"), Tf("subnet_id")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroups[]"), Tf("security_groups[]")]


class AccessPoint(Resource, cfn="AWS::EFS::AccessPoint", tf="aws_efs_access_point"):
    """An application's entry point into a file system."""

    file_system: Annotated[Link[FileSystem], Cfn("FileSystemId"), Tf("file_system_id")]
    user_id: Annotated[Value[str], Cfn("PosixUser.Uid"), Tf("posix_user.uid")]
    # Without a path, the access point leads to the root of the file system.
    path: Annotated[Value[str], Cfn("RootDirectory.Path"), Tf("root_directory.path"), Default("/")]
