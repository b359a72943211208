"""Amazon DynamoDB."""

from typing import Annotated, Final

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import holds
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Known, Value

from .kms import Key

LOCK: Final = "LockID"
"""The partition key of a table that locks Terraform's state: "S3" in "Backends" of Terraform's documentation."""
_FEW: Final = 10
"""The capacity units of a small table: those that the console proposes and most examples have."""


class Index(Block):
    """A global secondary index, which has its own capacity."""

    name: Annotated[Value[str], Cfn("IndexName"), Tf("name")]
    read_capacity: Annotated[Value[int], Cfn("ProvisionedThroughput.ReadCapacityUnits"), Tf("read_capacity")]
    write_capacity: Annotated[Value[int], Cfn("ProvisionedThroughput.WriteCapacityUnits"), Tf("write_capacity")]


class Replica(Block):
    """A replica of a table in another Region, in Terraform."""

    region: Annotated[Value[str], Tf("region_name")]
    point_in_time_recovery: Annotated[Value[bool], Tf("point_in_time_recovery"), Default(False)]
    # No default: older provider versions cannot set it.
    deletion_protection: Annotated[Value[bool], Tf("deletion_protection_enabled")]
    key: Annotated[Link[Key], Tf("kms_key_arn")]


class RegionalTable(Block):
    """A global table in one of its Regions, in CloudFormation."""

    region: Annotated[Value[str], Cfn("Region")]
    point_in_time_recovery: Annotated[
        Value[bool], Cfn("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"), Default(False)
    ]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtectionEnabled"), Default(False)]
    key: Annotated[Link[Key], Cfn("SSESpecification.KMSMasterKeyId")]


class Table(Resource, cfn="AWS::DynamoDB::Table", tf="aws_dynamodb_table", cfn_key="TableName", tf_key="name"):
    """A table."""

    name: Annotated[Value[str], Cfn("TableName"), Tf("name")]
    billing_mode: Annotated[Value[str], Cfn("BillingMode"), Tf("billing_mode"), Default("PROVISIONED")]
    read_capacity: Annotated[Value[int], Cfn("ProvisionedThroughput.ReadCapacityUnits"), Tf("read_capacity")]
    write_capacity: Annotated[Value[int], Cfn("ProvisionedThroughput.WriteCapacityUnits"), Tf("write_capacity")]
    # The partition key: in CloudFormation, AWS requires that it comes first.
    hash_key: Annotated[Value[str], Cfn("KeySchema[0].AttributeName"), Tf("hash_key")]
    indexes: Annotated[list[Index], Cfn("GlobalSecondaryIndexes[]"), Tf("global_secondary_index[]")]
    local_indexes: Annotated[list[Index], Cfn("LocalSecondaryIndexes[]"), Tf("local_secondary_index[]")]
    table_class: Annotated[Value[str], Cfn("TableClass"), Tf("table_class"), Default("STANDARD")]
    point_in_time_recovery: Annotated[
        Value[bool],
        Cfn("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"),
        Tf("point_in_time_recovery.enabled"),
        Default(False),
    ]
    deletion_protection: Annotated[
        Value[bool], Cfn("DeletionProtectionEnabled"), Tf("deletion_protection_enabled"), Default(False)
    ]
    # Tables are always encrypted. True means with a KMS key in this account instead of a key that AWS owns.
    kms_encryption: Annotated[
        Value[bool], Cfn("SSESpecification.SSEEnabled"), Tf("server_side_encryption.enabled"), Default(False)
    ]
    key: Annotated[Link[Key], Cfn("SSESpecification.KMSMasterKeyId"), Tf("server_side_encryption.kms_key_arn")]
    ttl: Annotated[Value[bool], Cfn("TimeToLiveSpecification.Enabled"), Tf("ttl.enabled"), Default(False)]
    stream: Annotated[Value[str], Cfn("StreamSpecification.StreamViewType"), Tf("stream_view_type")]
    replicas: Annotated[
        list[Replica], Tf("replica[]"), Tf("", of="aws_dynamodb_table_replica", by="global_table_arn", many=True)
    ]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Delete")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def is_small(self) -> bool:
        """Whether a fixed capacity hardly matters: it locks Terraform's state, or has few units and no index."""
        few = all(isinstance(each, Known) and each.value <= _FEW for each in (self.read_capacity, self.write_capacity))
        return self.locks_state() == Known(True) or (few and not self.indexes)

    def locks_state(self) -> Value[bool]:
        """Whether it locks Terraform's state, by its partition key. Then it holds locks while Terraform runs, and a digest of each state."""
        return holds(self.hash_key, lambda name: name == LOCK)

    def regional(self) -> list["Table | Replica"]:
        """The table in each of its Regions: itself, and its replicas."""
        return [self, *self.replicas]


class GlobalTable(Resource, cfn="AWS::DynamoDB::GlobalTable", cfn_key="TableName"):
    """A table in one or more Regions, which includes the autoscaling of its capacity. Terraform's is a `Table`."""

    name: Annotated[Value[str], Cfn("TableName")]
    billing_mode: Annotated[Value[str], Cfn("BillingMode", default="PROVISIONED")]
    hash_key: Annotated[Value[str], Cfn("KeySchema[0].AttributeName")]
    replicas: Annotated[list[RegionalTable], Cfn("Replicas[]")]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Delete")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]

    def locks_state(self) -> Value[bool]:
        """Whether it locks Terraform's state, as `Table.locks_state` says."""
        return holds(self.hash_key, lambda name: name == LOCK)

    def regional(self) -> list[RegionalTable]:
        """The table in each of its Regions."""
        return self.replicas
