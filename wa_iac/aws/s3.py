"""Amazon S3."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.logic import any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .kms import Key


class CorsRule(Block):
    """From where browsers may do what with a bucket."""

    methods: Annotated[Value[list[Value[str]]], Cfn("AllowedMethods"), Tf("allowed_methods")]


class LifecycleRule(Block):
    """One rule of a bucket's lifecycle."""

    status: Annotated[Value[str], Cfn("Status"), Tf("status"), Tf("enabled", read={True: "Enabled", False: "Disabled"})]
    expiration_days: Annotated[Value[int], Cfn("ExpirationInDays"), Tf("expiration[0].days")]
    transitions: Annotated[list["Transition"], Cfn("Transitions[]"), Cfn("Transition"), Tf("transition[]")]
    expiration_date: Annotated[Value[str], Cfn("ExpirationDate"), Tf("expiration[0].date")]
    noncurrent_transitions: Annotated[
        list["Transition"],
        Cfn("NoncurrentVersionTransitions[]"),
        Cfn("NoncurrentVersionTransition"),
        Tf("noncurrent_version_transition[]"),
    ]
    noncurrent_days: Annotated[
        Value[int],
        Cfn("NoncurrentVersionExpiration.NoncurrentDays"),
        Cfn("NoncurrentVersionExpirationInDays"),
        Tf("noncurrent_version_expiration[0].noncurrent_days"),
        Tf("noncurrent_version_expiration[0].days", until="4.0"),
    ]
    abort_multipart_days: Annotated[
        Value[int],
        Cfn("AbortIncompleteMultipartUpload.DaysAfterInitiation"),
        Tf("abort_incomplete_multipart_upload[0].days_after_initiation"),
        Tf("abort_incomplete_multipart_upload_days"),
    ]
    # Filters that restrict it to some objects. An empty prefix means every object.
    prefix: Annotated[Value[str], Cfn("Prefix"), Tf("filter[0].prefix"), Tf("filter[0].and[0].prefix"), Tf("prefix")]
    tag_filter: Annotated[
        Value[Any], Cfn("TagFilters"), Tf("filter[0].tag"), Tf("filter[0].and[0].tags"), Tf("tags", until="5.0")
    ]
    size_above: Annotated[
        Value[int],
        Cfn("ObjectSizeGreaterThan"),
        Tf("filter[0].object_size_greater_than"),
        Tf("filter[0].and[0].object_size_greater_than"),
    ]
    size_below: Annotated[
        Value[int],
        Cfn("ObjectSizeLessThan"),
        Tf("filter[0].object_size_less_than"),
        Tf("filter[0].and[0].object_size_less_than"),
    ]

    def narrowed(self) -> Value[bool]:
        """Whether it applies to only some objects, by name or tags. A limit on their size does not count: it excludes objects
        not worth a transition."""
        return narrowed(self.prefix, self.tag_filter)

    def in_force(self) -> Value[bool]:
        """Whether it is enabled."""
        return _on(self.status)


def narrowed(prefix: Value[str], tags: Tree) -> Value[bool]:
    """Whether a filter excludes objects. An empty prefix and missing tags do not."""
    return any_of((_written(prefix), _written(tags)))


def _written(value: Tree) -> Value[bool]:
    match value:
        case Unknown():
            return value
        case Known(content):
            return Known(content not in ("", [], {}), value.origin)
        case Absent():
            return Known(False, value.origin)


def _on(status: Value[str]) -> Value[bool]:
    return status if isinstance(status, Unknown) else Known(status == Known("Enabled"), status.origin)


class Transition(Block):
    """A move to a cheaper storage class."""

    storage_class: Annotated[Value[str], Cfn("StorageClass"), Tf("storage_class")]


class Bucket(Resource, cfn="AWS::S3::Bucket", tf="aws_s3_bucket", cfn_key="BucketName", tf_key="bucket"):
    """A bucket, with Terraform's satellite resources folded in."""

    name: Annotated[Value[str], Cfn("BucketName"), Tf("bucket")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    versioning: Annotated[
        Value[str],
        Cfn("VersioningConfiguration.Status"),
        Tf("versioning_configuration.status", of="aws_s3_bucket_versioning", by="bucket"),
        Tf("versioning.enabled", read={True: "Enabled", False: "Suspended"}),
    ]
    # S3 has encrypted every new object with SSE-S3 since January 2023.
    encryption: Annotated[
        Value[str],
        Cfn("BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm"),
        Tf(
            "rule[0].apply_server_side_encryption_by_default.sse_algorithm",
            of="aws_s3_bucket_server_side_encryption_configuration",
            by="bucket",
        ),
        Tf("server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm"),
        Default("AES256"),
    ]
    encryption_key: Annotated[
        Link[Key],
        Cfn("BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID"),
        Tf(
            "rule[].apply_server_side_encryption_by_default.kms_master_key_id",
            of="aws_s3_bucket_server_side_encryption_configuration",
            by="bucket",
        ),
        Tf("server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id"),
    ]
    bucket_key: Annotated[
        Value[bool],
        Cfn("BucketEncryption.ServerSideEncryptionConfiguration[0].BucketKeyEnabled"),
        Tf("rule[0].bucket_key_enabled", of="aws_s3_bucket_server_side_encryption_configuration", by="bucket"),
        Tf("server_side_encryption_configuration.rule.bucket_key_enabled"),
        Default(False),
    ]
    cors_rules: Annotated[
        list[CorsRule],
        Cfn("CorsConfiguration.CorsRules[]"),
        Tf("cors_rule[]"),
    ]
    lifecycle_rules: Annotated[
        list[LifecycleRule],
        Cfn("LifecycleConfiguration.Rules[]"),
        Tf("rule[]", of="aws_s3_bucket_lifecycle_configuration", by="bucket"),
        Tf("lifecycle_rule[]"),
    ]
    # By default all four are on, for buckets made since April 2023. If a block is written, it decides each setting itself.
    public_access_block: Annotated[
        list["PublicAccessBlock"],
        Cfn("PublicAccessBlockConfiguration"),
        Tf("", of="aws_s3_bucket_public_access_block", by="bucket"),
    ]
    # Who pays for requests. A bucket whose requester pays refuses requests without a signature.
    payer: Annotated[
        Value[str], Tf("payer", of="aws_s3_bucket_request_payment_configuration", by="bucket"), Tf("request_payer")
    ]
    acl: Annotated[Value[str], Cfn("AccessControl"), Tf("acl", of="aws_s3_bucket_acl", by="bucket"), Tf("acl")]
    grants: Annotated[
        list["Grant"],
        Tf("access_control_policy.grant[]", of="aws_s3_bucket_acl", by="bucket"),
        Tf("grant[]"),
    ]
    # ACLs are disabled by default for buckets made since April 2023.
    ownership: Annotated[
        Value[str],
        Cfn("OwnershipControls.Rules[0].ObjectOwnership"),
        Tf("rule.object_ownership", of="aws_s3_bucket_ownership_controls", by="bucket"),
        Default("BucketOwnerEnforced"),
    ]
    intelligent_tiering: Annotated[
        list["IntelligentTiering"],
        Cfn("IntelligentTieringConfigurations[]"),
        Tf("", of="aws_s3_bucket_intelligent_tiering_configuration", by="bucket", many=True),
    ]
    notifications: Annotated[
        list["Notification"],
        Cfn("NotificationConfiguration"),
        Tf("", of="aws_s3_bucket_notification", by="bucket"),
    ]
    object_lock: Annotated[Value[bool], Cfn("ObjectLockEnabled"), Tf("object_lock_enabled"), Default(False)]
    lock: Annotated[
        Value[str], Cfn("ObjectLockConfiguration.ObjectLockEnabled"), Tf("object_lock_configuration.object_lock_enabled")
    ]
    lock_retention: Annotated[
        list["Retention"],
        Cfn("ObjectLockConfiguration.Rule.DefaultRetention"),
        Tf("rule.default_retention[]", of="aws_s3_bucket_object_lock_configuration", by="bucket"),
        Tf("object_lock_configuration.rule.default_retention[]"),
    ]
    force_destroy: Annotated[Value[bool], Tf("force_destroy", default=False)]
    website: Annotated[
        list["Website"],
        Cfn("WebsiteConfiguration"),
        Tf("", of="aws_s3_bucket_website_configuration", by="bucket"),
        Tf("website[]"),
    ]
    logging_target: Annotated[
        Link["Bucket"],
        Cfn("LoggingConfiguration.DestinationBucketName"),
        Tf("target_bucket", of="aws_s3_bucket_logging", by="bucket"),
        Tf("logging.target_bucket"),
    ]
    replication: Annotated[
        list["Replication"],
        Cfn("ReplicationConfiguration.Rules[]"),
        Tf("rule[]", of="aws_s3_bucket_replication_configuration", by="bucket"),
        Tf("replication_configuration.rules[]"),
    ]
    policies: Annotated[Link["BucketPolicy"], Back("bucket", one=True)]
    logged_by: Annotated[Link["Bucket"], Back("logging_target")]
    policy: Annotated[Value[EmbeddedDocument], Tf("policy")]

    def policy_documents(self) -> list[Value[EmbeddedDocument]]:
        """The documents of its policies: its own in the old style, and those of resources beside it."""
        return [self.policy, *(each.document for each in self.policies)]

    def versions(self) -> Value[str]:
        """The status of its versioning. Object Lock needs versioning, so S3 enables it for a new bucket that has Object Lock ("Configuring S3
        Object Lock", Amazon S3 User Guide)."""
        if not isinstance(self.versioning, Absent):
            return self.versioning
        match any_of((self.object_lock, holds(self.lock, "Enabled".__eq__))):
            case Known(True, origin=origin):
                return Known("Enabled", origin)
            case Unknown() as why:
                return why
            case _:
                return self.versioning

    def only_redirects(self) -> bool:
        """Whether it is a website that certainly redirects every request, so that it need not hold any object."""
        return any(each.serves_nothing() for each in self.website)


class PublicAccessBlock(Block):
    """The four settings that block public access, as far as they are written."""

    block_public_acls: Annotated[Value[bool], Cfn("BlockPublicAcls"), Tf("block_public_acls"), Default(False)]
    block_public_policy: Annotated[Value[bool], Cfn("BlockPublicPolicy"), Tf("block_public_policy"), Default(False)]
    ignore_public_acls: Annotated[Value[bool], Cfn("IgnorePublicAcls"), Tf("ignore_public_acls"), Default(False)]
    restrict_public_buckets: Annotated[Value[bool], Cfn("RestrictPublicBuckets"), Tf("restrict_public_buckets"), Default(False)]


class Website(Block):
    """Static website hosting."""

    index: Annotated[Value[str], Cfn("IndexDocument"), Tf("index_document.suffix"), Tf("index_document")]
    # A bucket that only redirects every request.
    redirect: Annotated[Value[Any], Cfn("RedirectAllRequestsTo"), Tf("redirect_all_requests_to")]
    routing: Annotated[list["RoutingRule"], Cfn("RoutingRules[]"), Tf("routing_rule[]")]
    # In Terraform, the rules may also be a text in JSON.
    routing_text: Annotated[Value[str], Tf("routing_rules")]

    def redirects(self) -> bool:
        """Whether it only redirects, or may do so. A `dynamic` block without instances is an empty list."""
        return not isinstance(self.redirect, Absent) and self.redirect != Known([])

    def serves_nothing(self) -> bool:
        """Whether it certainly redirects every request, and therefore serves no object: by a setting of its own, or by a routing rule
        without a condition ("Configuring a webpage redirect", Amazon S3 User Guide)."""
        if self.unknown is not None:
            return False
        if (isinstance(self.redirect, Known) and self.redirect.value) or any(pieces_of(self.redirect)):
            return True
        return any(each.unknown is None and each.condition in (Absent(), Known([])) for each in self.routing)


class RoutingRule(Block):
    """A redirect of some requests to a website; of all, if it has no condition."""

    condition: Annotated[Value[Any], Cfn("RoutingRuleCondition"), Tf("condition")]


class Grant(Block):
    """One grant in an ACL."""

    uri: Annotated[Value[str], Tf("grantee.uri"), Tf("uri")]
    permissions: Annotated[Value[list[Value[str]]], Tf("permission"), Tf("permissions")]


class IntelligentTiering(Block):
    """The archive tiers for objects of the Intelligent-Tiering class that nobody reads."""

    status: Annotated[Value[str], Cfn("Status"), Tf("status"), Default("Enabled")]
    prefix: Annotated[Value[str], Cfn("Prefix"), Tf("filter.prefix")]
    tag_filter: Annotated[Value[Any], Cfn("TagFilters"), Tf("filter.tags")]

    def narrowed(self) -> Value[bool]:
        """Whether it applies to only some objects."""
        return narrowed(self.prefix, self.tag_filter)

    def in_force(self) -> Value[bool]:
        """Whether it is enabled."""
        return _on(self.status)


class Notification(Block):
    """A notification: its events and its receivers."""

    event_bridge: Annotated[Value[bool], Cfn("EventBridgeConfiguration.EventBridgeEnabled"), Tf("eventbridge"), Default(False)]
    functions: Annotated[Value[Any], Cfn("LambdaConfigurations"), Tf("lambda_function")]
    queues: Annotated[Value[Any], Cfn("QueueConfigurations"), Tf("queue")]
    topics: Annotated[Value[Any], Cfn("TopicConfigurations"), Tf("topic")]


class Retention(Block):
    """The time for which a version cannot be deleted."""

    mode: Annotated[Value[str], Cfn("Mode"), Tf("mode")]
    days: Annotated[Value[int], Cfn("Days"), Tf("days")]


class Replication(Block):
    """A rule that copies objects to another bucket."""

    status: Annotated[Value[str], Cfn("Status"), Tf("status")]
    destination: Annotated[Value[str], Cfn("Destination.Bucket"), Tf("destination.bucket")]
    target: Annotated[Link[Bucket], Cfn("Destination.Bucket"), Tf("destination.bucket")]
    prefix: Annotated[
        Value[str],
        Cfn("Filter.Prefix"),
        Cfn("Filter.And.Prefix"),
        Cfn("Prefix"),
        Tf("filter.prefix"),
        Tf("filter.and.prefix"),
        Tf("prefix"),
    ]
    tag_filter: Annotated[
        Value[Any],
        Cfn("Filter.TagFilter"),
        Cfn("Filter.And.TagFilters"),
        Tf("filter.tag"),
        Tf("filter.and.tags"),
        Tf("filter.tags"),
    ]

    def narrowed(self) -> Value[bool]:
        """Whether it copies only some objects."""
        return narrowed(self.prefix, self.tag_filter)

    def in_force(self) -> Value[bool]:
        """Whether it is enabled."""
        return _on(self.status)


class BucketPolicy(Resource, cfn="AWS::S3::BucketPolicy", tf="aws_s3_bucket_policy"):
    """A bucket's policy."""

    bucket: Annotated[Link[Bucket], Cfn("Bucket"), Tf("bucket")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]


class AccountPublicAccessBlock(Resource, tf="aws_s3_account_public_access_block"):
    """The four settings for every bucket of the account. CloudFormation has no such resource."""

    block_public_acls: Annotated[Value[bool], Tf("block_public_acls"), Default(False)]
    block_public_policy: Annotated[Value[bool], Tf("block_public_policy"), Default(False)]
    ignore_public_acls: Annotated[Value[bool], Tf("ignore_public_acls"), Default(False)]
    restrict_public_buckets: Annotated[Value[bool], Tf("restrict_public_buckets"), Default(False)]
