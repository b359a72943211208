"""Buckets to which AWS delivers logs, records or mails, and those from which it only takes code."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.s3 import Bucket, BucketPolicy
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.partial import pieces_of
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known

_DELIVERING: Final = frozenset(
    and_awscc(
        *("AWS::Config::DeliveryChannel", "aws_config_delivery_channel"),
        *("AWS::EC2::FlowLog", "aws_flow_log"),
        *("AWS::KinesisFirehose::DeliveryStream", "aws_kinesis_firehose_delivery_stream"),
        *("AWS::Config::ConformancePack", "aws_config_conformance_pack"),
        *("AWS::Config::OrganizationConformancePack", "aws_config_organization_conformance_pack"),
        *("AWS::SES::ReceiptRule", "aws_ses_receipt_rule"),
    )
)
"""Types that name a bucket only to write to it."""
_TRAILS: Final = frozenset(and_awscc("AWS::CloudTrail::Trail", "aws_cloudtrail"))
_LOAD_BALANCERS: Final = frozenset(and_awscc("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"))
_DISTRIBUTIONS: Final = frozenset(
    and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution")
)


_CONFORMANCE: Final = "awsconfigconforms"
"""The beginning of the name that a bucket for conformance packs must have ("Prerequisites", AWS Config Developer Guide)."""
_MAIL: Final = "ses.amazonaws.com"
_CODE: Final = frozenset(
    and_awscc("AWS::Lambda::Function", "AWS::Lambda::LayerVersion", "aws_lambda_function", "aws_lambda_layer_version")
)
_OF_BUCKETS: Final = ("aws_s3_", "awscc_s3_", "output")
"""How the types begin that say something of a bucket or hand on its name."""


def receives_deliveries(bucket: Bucket, graph: Graph) -> bool:
    """Whether AWS writes logs, records or mails into it."""
    return (
        bool(bucket.logged_by.targets)
        or any(name.startswith(_CONFORMANCE) for name in pieces_of(bucket.name))
        or any(map(_lets_mails_in, bucket.policies))
        or bool(graph.referring(bucket, _DELIVERING))
        or any(id(bucket.declared) in graph.pointing(cls, field).at for cls, field in _links(graph))
    )


def _lets_mails_in(policy: BucketPolicy) -> bool:
    """Whether it allows SES to put the mails into the bucket that it receives."""
    return any(
        statement.allows() == Known(True)
        and any(each.kind == "Service" and each.value == Known(_MAIL) for each in statement.principals)
        and statement.covers_action("s3:PutObject") == Known(True)
        for statement in statements(policy.document)
    )


def only_for_code(bucket: Bucket, graph: Graph) -> bool:
    """Whether it only holds the packages of functions and layers, and may be deleted together with them: a pipeline can make them
    again."""
    if bucket.force_destroy != Known(True):
        return False
    types = frozenset(each for each in graph.types if not each.startswith(_OF_BUCKETS))
    users = graph.referring(bucket, types)
    return bool(users) and all(each.type in _CODE or _is_call_for_lambda(each) for each in users)


def _is_call_for_lambda(declared: Declared) -> bool:
    """Whether it is a call of a module that makes functions or layers, and gets the bucket for their code."""
    source = declared.body.value.get("source")
    return (
        declared.type == "module"
        and isinstance(source, Known)
        and "lambda" in str(source.value)
        and "s3_bucket" in declared.body.value
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
