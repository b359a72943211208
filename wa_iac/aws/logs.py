"""Amazon CloudWatch Logs."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .kms import Key


class LogGroup(Resource, cfn="AWS::Logs::LogGroup", tf="aws_cloudwatch_log_group", cfn_key="LogGroupName", tf_key="name"):
    """A log group."""

    name: Annotated[Value[str], Cfn("LogGroupName"), Tf("name")]
    # 0 is Terraform's value for never; it is also the default in both dialects.
    retention_days: Annotated[Value[int], Cfn("RetentionInDays"), Tf("retention_in_days"), Default(0)]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    # With DELIVERY, logs on their way to S3 or Firehose are kept for a day, regardless of this setting.
    log_class: Annotated[Value[str], Cfn("LogGroupClass"), Tf("log_group_class"), Default("STANDARD")]
    deletion_protection: Annotated[
        Value[bool], Cfn("DeletionProtectionEnabled"), Tf("deletion_protection_enabled"), Default(False)
    ]
    metric_filters: Annotated[Link["MetricFilter"], Back("log_group")]
    subscription_filters: Annotated[Link["SubscriptionFilter"], Back("log_group")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class MetricTransformation(Block):
    """The metric that a filter writes."""

    name: Annotated[Value[str], Cfn("MetricName"), Tf("name")]
    namespace: Annotated[Value[str], Cfn("MetricNamespace"), Tf("namespace")]
    value: Annotated[Value[str], Cfn("MetricValue"), Tf("value")]


class MetricFilter(Resource, cfn="AWS::Logs::MetricFilter", tf="aws_cloudwatch_log_metric_filter"):
    """Counts log events that match a pattern."""

    log_group: Annotated[Link[LogGroup], Cfn("LogGroupName"), Tf("log_group_name")]
    pattern: Annotated[Value[str], Cfn("FilterPattern"), Tf("pattern")]
    transformations: Annotated[list[MetricTransformation], Cfn("MetricTransformations[]"), Tf("metric_transformation[]")]


class SubscriptionFilter(Resource, cfn="AWS::Logs::SubscriptionFilter", tf="aws_cloudwatch_log_subscription_filter"):
    """Sends log events that match a pattern to a stream or a function."""

    log_group: Annotated[Link[LogGroup], Cfn("LogGroupName"), Tf("log_group_name")]
    pattern: Annotated[Value[str], Cfn("FilterPattern"), Tf("filter_pattern")]
    destination: Annotated[Value[str], Cfn("DestinationArn"), Tf("destination_arn")]
