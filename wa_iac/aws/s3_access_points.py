"""Access points of Amazon S3: names with policies of their own, through which a bucket is used."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class AccessPointBlock(Block):
    """The four settings that block public access through an access point, as far as they are written. By default all are on."""

    block_public_acls: Annotated[Value[bool], Cfn("BlockPublicAcls"), Tf("block_public_acls")]
    block_public_policy: Annotated[Value[bool], Cfn("BlockPublicPolicy"), Tf("block_public_policy")]
    ignore_public_acls: Annotated[Value[bool], Cfn("IgnorePublicAcls"), Tf("ignore_public_acls")]
    restrict_public_buckets: Annotated[Value[bool], Cfn("RestrictPublicBuckets"), Tf("restrict_public_buckets")]


class AccessPoint(Resource, cfn="AWS::S3::AccessPoint", tf="aws_s3_access_point", cfn_key="Name", tf_key="name"):
    """An access point of a bucket. One with a VPC accepts requests from there only."""

    vpc: Annotated[Value[Any], Cfn("VpcConfiguration"), Tf("vpc_configuration")]
    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("Policy"),
        Tf("policy", of="aws_s3control_access_point_policy", by="access_point_arn"),
        Tf("policy"),
    ]
    public_access_block: Annotated[
        list[AccessPointBlock], Cfn("PublicAccessBlockConfiguration"), Tf("public_access_block_configuration[]")
    ]


class MultiRegionAccessPoint(Resource, cfn="AWS::S3::MultiRegionAccessPoint", tf="aws_s3control_multi_region_access_point"):
    """One access point for buckets in several Regions."""

    public_access_block: Annotated[
        list[AccessPointBlock], Cfn("PublicAccessBlockConfiguration"), Tf("details.public_access_block[]")
    ]
