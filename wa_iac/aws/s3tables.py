"""Amazon S3 Tables."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class TableBucket(
    Resource, cfn="AWS::S3Tables::TableBucket", tf="aws_s3tables_table_bucket", cfn_key="TableBucketName", tf_key="name"
):
    """A bucket of Iceberg tables."""

    unreferenced: Annotated[
        Value[str],
        Cfn("UnreferencedFileRemoval.Status"),
        Tf("maintenance_configuration.iceberg_unreferenced_file_removal.status"),
    ]


class Table(Resource, cfn="AWS::S3Tables::Table", tf="aws_s3tables_table", cfn_key="TableName", tf_key="name"):
    """An Iceberg table."""

    snapshots: Annotated[
        Value[str],
        Cfn("SnapshotManagement.Status"),
        Tf("maintenance_configuration.iceberg_snapshot_management.status"),
    ]
