"""AWS CloudTrail."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import any_of, holds
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Known, Value

from .kms import Key
from .logs import LogGroup
from .s3 import Bucket


class DataResource(Block):
    """Objects, functions or tables with recorded data events."""

    type: Annotated[Value[str], Cfn("Type"), Tf("type")]
    values: Annotated[Value[list[Value[str]]], Cfn("Values"), Tf("values")]


class EventSelector(Block):
    """A selection of recorded events. Without any selector: all management events, no data events."""

    management: Annotated[Value[bool], Cfn("IncludeManagementEvents"), Tf("include_management_events"), Default(True)]
    kind: Annotated[Value[str], Cfn("ReadWriteType"), Tf("read_write_type"), Default("All")]
    data: Annotated[list[DataResource], Cfn("DataResources[]"), Tf("data_resource[]")]


class FieldSelector(Block):
    """One condition on an event."""

    field: Annotated[Value[str], Cfn("Field"), Tf("field")]
    equals: Annotated[Value[list[Value[str]]], Cfn("Equals"), Tf("equals")]


class AdvancedSelector(Block):
    """A selection of recorded events by their fields. `eventCategory` is Management or Data, among others."""

    fields: Annotated[list[FieldSelector], Cfn("FieldSelectors[]"), Tf("field_selector[]")]


class Trail(Resource, cfn="AWS::CloudTrail::Trail", tf="aws_cloudtrail", cfn_key="TrailName", tf_key="name"):
    """A trail."""

    name: Annotated[Value[str], Cfn("TrailName"), Tf("name")]
    logging: Annotated[Value[bool], Cfn("IsLogging"), Tf("enable_logging", default=True)]
    multi_region: Annotated[Value[bool], Cfn("IsMultiRegionTrail"), Tf("is_multi_region_trail"), Default(False)]
    organization: Annotated[Value[bool], Cfn("IsOrganizationTrail"), Tf("is_organization_trail"), Default(False)]
    global_events: Annotated[Value[bool], Cfn("IncludeGlobalServiceEvents"), Tf("include_global_service_events", default=True)]
    validation: Annotated[Value[bool], Cfn("EnableLogFileValidation"), Tf("enable_log_file_validation"), Default(False)]
    # Without a key, the files have the bucket's encryption, usually with S3's own keys.
    key: Annotated[Link[Key], Cfn("KMSKeyId"), Tf("kms_key_id")]
    bucket: Annotated[Link[Bucket], Cfn("S3BucketName"), Tf("s3_bucket_name")]
    log_group: Annotated[Link[LogGroup], Cfn("CloudWatchLogsLogGroupArn"), Tf("cloud_watch_logs_group_arn")]
    topic: Annotated[Value[str], Cfn("SnsTopicName"), Tf("sns_topic_name")]
    selectors: Annotated[list[EventSelector], Cfn("EventSelectors[]"), Tf("event_selector[]")]
    advanced: Annotated[list[AdvancedSelector], Cfn("AdvancedEventSelectors[]"), Tf("advanced_event_selector[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def records_management(self) -> Value[bool]:
        """Whether it records management events. A trail without selectors does."""
        answers = [each.management for each in self.selectors]
        for selector in self.advanced:
            answers += [selector.unknown] if selector.unknown is not None else []
            categories = [field.equals for field in selector.fields if field.field == Known("eventCategory")]
            answers += [holds(each, lambda named: Known("Management") in named) for each in categories]
        return any_of(answers, self.absent.origin) if answers else Known(True)


class EventDataStore(
    Resource, cfn="AWS::CloudTrail::EventDataStore", tf="aws_cloudtrail_event_data_store", cfn_key="Name", tf_key="name"
):
    """Events kept in CloudTrail Lake."""

    multi_region: Annotated[Value[bool], Cfn("MultiRegionEnabled"), Tf("multi_region_enabled"), Default(True)]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
