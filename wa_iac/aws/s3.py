"""Amazon S3."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Document, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class LifecycleRule(Block):
    """One rule of a bucket's lifecycle."""

    status: Annotated[Value[str], Cfn("Status"), Tf("status"), Tf("enabled", read={True: "Enabled", False: "Disabled"})]
    expiration_days: Annotated[Value[int], Cfn("ExpirationInDays"), Tf("expiration.days")]
    transitions: Annotated[list["Transition"], Cfn("Transitions[]"), Tf("transition[]")]
    noncurrent_days: Annotated[
        Value[int],
        Cfn("NoncurrentVersionExpiration.NoncurrentDays"),
        Tf("noncurrent_version_expiration.noncurrent_days"),
        Tf("noncurrent_version_expiration.days", until="4.0"),
    ]
    abort_multipart_days: Annotated[
        Value[int],
        Cfn("AbortIncompleteMultipartUpload.DaysAfterInitiation"),
        Tf("abort_incomplete_multipart_upload.days_after_initiation"),
        Tf("abort_incomplete_multipart_upload_days", until="4.0"),
    ]


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
        Cfn("BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm"),
        Tf(
            "rule.apply_server_side_encryption_by_default.sse_algorithm",
            of="aws_s3_bucket_server_side_encryption_configuration",
            by="bucket",
        ),
        Tf("server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm"),
        Default("AES256"),
    ]
    lifecycle_rules: Annotated[
        list[LifecycleRule],
        Cfn("LifecycleConfiguration.Rules[]"),
        Tf("rule[]", of="aws_s3_bucket_lifecycle_configuration", by="bucket"),
        Tf("lifecycle_rule[]"),
    ]
    # Nothing written means all four on, for buckets made since April 2023; a block that is written decides each switch itself.
    public_access_block: Annotated[
        list["PublicAccessBlock"],
        Cfn("PublicAccessBlockConfiguration"),
        Tf("", of="aws_s3_bucket_public_access_block", by="bucket"),
    ]
    acl: Annotated[Value[str], Cfn("AccessControl"), Tf("acl", of="aws_s3_bucket_acl", by="bucket"), Tf("acl")]
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
    policies: Annotated[Link["BucketPolicy"], Back("bucket")]
    policy: Annotated[Value[Document], Tf("policy")]


class PublicAccessBlock(Block):
    """The four switches against public access, where they are written."""

    block_public_acls: Annotated[Value[bool], Cfn("BlockPublicAcls"), Tf("block_public_acls"), Default(False)]
    block_public_policy: Annotated[Value[bool], Cfn("BlockPublicPolicy"), Tf("block_public_policy"), Default(False)]
    ignore_public_acls: Annotated[Value[bool], Cfn("IgnorePublicAcls"), Tf("ignore_public_acls"), Default(False)]
    restrict_public_buckets: Annotated[Value[bool], Cfn("RestrictPublicBuckets"), Tf("restrict_public_buckets"), Default(False)]


class Website(Block):
    """Static website hosting."""

    index: Annotated[Value[str], Cfn("IndexDocument"), Tf("index_document.suffix"), Tf("index_document")]


class Replication(Block):
    """A rule that copies objects to another bucket."""

    destination: Annotated[Value[str], Cfn("Destination.Bucket"), Tf("destination.bucket")]


class BucketPolicy(Resource, cfn="AWS::S3::BucketPolicy", tf="aws_s3_bucket_policy"):
    """A bucket's policy."""

    bucket: Annotated[Link[Bucket], Cfn("Bucket"), Tf("bucket")]
    document: Annotated[Value[Document], Cfn("PolicyDocument"), Tf("policy")]
