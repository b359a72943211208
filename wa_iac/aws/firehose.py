"""Amazon Data Firehose."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
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
    encrypted: Annotated[Value[bool], Tf("server_side_encryption.enabled", default=False)]
    encryption: Annotated[Value[Any], Cfn("DeliveryStreamEncryptionConfigurationInput"), Tf("server_side_encryption")]
    stream: Annotated[Value[Any], Cfn("KinesisStreamSourceConfiguration"), Tf("kinesis_source_configuration")]
    kafka: Annotated[Value[Any], Cfn("MSKSourceConfiguration"), Tf("msk_source_configuration")]
    database: Annotated[Value[Any], Cfn("DatabaseSourceConfiguration")]
    compression: Annotated[
        Value[str],
        Cfn("ExtendedS3DestinationConfiguration.CompressionFormat"),
        Cfn("S3DestinationConfiguration.CompressionFormat"),
        Tf("extended_s3_configuration.compression_format"),
    ]
    to_s3: Annotated[
        Value[Any],
        Cfn("ExtendedS3DestinationConfiguration"),
        Cfn("S3DestinationConfiguration"),
        Tf("extended_s3_configuration"),
    ]
    # The older place for a destination in S3.
    plain_s3: Annotated[Value[Any], Cfn("S3DestinationConfiguration")]
    conversion: Annotated[
        Value[Any],
        Cfn("ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration"),
        Tf("extended_s3_configuration.data_format_conversion_configuration"),
    ]
    converts: Annotated[
        Value[bool],
        Cfn("ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration.Enabled"),
        Tf("extended_s3_configuration.data_format_conversion_configuration.enabled"),
        Default(True),
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def reads(self) -> Value[bool]:
        """Whether it reads its records from a stream, from Kafka or from a database, which keeps them."""
        return any_of(map(given, (self.stream, self.kafka, self.database)))
