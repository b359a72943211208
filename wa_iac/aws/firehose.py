"""Amazon Data Firehose."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class DeliveryStream(
    Resource,
    cfn="AWS::KinesisFirehose::DeliveryStream",
    tf="aws_kinesis_firehose_delivery_stream",
    cfn_key="DeliveryStreamName",
    tf_key="name",
):
    """A stream that delivers records to a store."""

    name: Annotated[Value[str], Cfn("DeliveryStreamName"), Tf("name")]
    kind: Annotated[Value[str], Cfn("DeliveryStreamType")]
    key_type: Annotated[Value[str], Cfn("DeliveryStreamEncryptionConfigurationInput.KeyType")]
    encrypted: Annotated[Value[bool], Tf("server_side_encryption.enabled", default=False)]
    encryption: Annotated[Value[Any], Cfn("DeliveryStreamEncryptionConfigurationInput"), Tf("server_side_encryption")]
    stream: Annotated[Value[Any], Cfn("KinesisStreamSourceConfiguration"), Tf("kinesis_source_configuration")]
    kafka: Annotated[Value[Any], Cfn("MSKSourceConfiguration"), Tf("msk_source_configuration")]
    database: Annotated[Value[Any], Cfn("DatabaseSourceConfiguration")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def reads(self) -> Value[bool]:
        """Whether it reads its records from a stream, from Kafka or from a database, which keeps them."""
        return any_of(map(given, (self.stream, self.kafka, self.database)))
