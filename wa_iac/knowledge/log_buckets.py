"""Buckets to which AWS delivers logs or records."""

from collections.abc import Iterator
from typing import Final

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
_TRAILS: Final = frozenset(and_awscc("AWS::CloudTrail::Trail", "aws_cloudtrail"))
_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"))
_DISTRIBUTIONS: Final = frozenset(
    and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution")
)


def receives_deliveries(bucket: Bucket, graph: Graph) -> bool:
    """Whether AWS writes logs or records into it."""
    return (
        bool(bucket.logged_by.targets)
        or bool(graph.referring(bucket, _DELIVERING))
        or any(id(bucket.declared) in graph.pointing(cls, field).at for cls, field in _links(graph))
    )


def _links(graph: Graph) -> Iterator[tuple[type[Resource], str]]:
    """The links to buckets of logs, of the types that a unit has. Services of other types are not imported."""
    if not _TRAILS.isdisjoint(graph.types):
        from wa_iac.aws.cloudtrail import Trail

        yield Trail, "bucket"
    if not _LOAD_BALANCERS.isdisjoint(graph.types):
        from wa_iac.aws.elbv2 import LoadBalancer

        yield LoadBalancer, "access_logs_bucket"
    if not _DISTRIBUTIONS.isdisjoint(graph.types):
        from wa_iac.aws.cloudfront import Distribution

        yield Distribution, "logging"
