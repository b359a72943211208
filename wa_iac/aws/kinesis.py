"""Amazon Kinesis Data Streams."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key


class Stream(Resource, cfn="AWS::Kinesis::Stream", tf="aws_kinesis_stream", cfn_key="Name", tf_key="name"):
    """A stream of records."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    encryption: Annotated[Value[str], Cfn("StreamEncryption.EncryptionType"), Tf("encryption_type"), Default("NONE")]
    key: Annotated[Link[Key], Cfn("StreamEncryption.KeyId"), Tf("kms_key_id")]
    retention_hours: Annotated[Value[int], Cfn("RetentionPeriodHours"), Tf("retention_period"), Default(24)]
    mode: Annotated[
        Value[str], Cfn("StreamModeDetails.StreamMode"), Tf("stream_mode_details.stream_mode"), Default("PROVISIONED")
    ]
    shards: Annotated[Value[int], Cfn("ShardCount"), Tf("shard_count")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
