"""Amazon Keyspaces (for Apache Cassandra)."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Table(Resource, cfn="AWS::Cassandra::Table", tf="aws_keyspaces_table", cfn_key="TableName", tf_key="table_name"):
    """A table of a keyspace."""

    recovery: Annotated[
        Value[str],
        Cfn("PointInTimeRecoveryEnabled", read={True: "ENABLED", False: "DISABLED"}),
        Tf("point_in_time_recovery.status"),
        Default("DISABLED"),
    ]
    # Seconds. Rows are deleted after that time, unless they say otherwise.
    time_to_live: Annotated[Value[int], Cfn("DefaultTimeToLive"), Tf("default_time_to_live")]
