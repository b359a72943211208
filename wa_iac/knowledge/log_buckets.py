"""Buckets to which AWS delivers logs or records."""

from typing import Final

from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.cloudtrail import Trail
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.s3 import Bucket
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource

_DELIVERING: Final = frozenset(
    and_awscc(
        *("AWS::Config::DeliveryChannel", "aws_config_delivery_channel"),
        *("AWS::EC2::FlowLog", "aws_flow_log"),
        *("AWS::KinesisFirehose::DeliveryStream", "aws_kinesis_firehose_delivery_stream"),
    )
)
"""Types that name a bucket only to write to it."""
_LINKS: Final[tuple[tuple[type[Resource], str], ...]] = (
    (Trail, "bucket"),
    (LoadBalancer, "access_logs_bucket"),
    (Distribution, "logging"),
)


def receives_deliveries(bucket: Bucket, graph: Graph) -> bool:
    """Whether AWS writes logs or records into it."""
    return (
        bool(bucket.logged_by.targets)
        or bool(graph.referring(bucket, _DELIVERING))
        or any(id(bucket.declared) in graph.pointing(cls, field).at for cls, field in _LINKS)
    )
