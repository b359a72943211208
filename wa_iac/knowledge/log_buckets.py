"""Buckets to which AWS delivers logs, records or mails, and those to which pipelines and builds write."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.s3 import Bucket, BucketPolicy
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.partial import pieces_of
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

_DELIVERING: Final = frozenset(
    and_awscc(
        *("AWS::Config::DeliveryChannel", "aws_config_delivery_channel"),
        *("AWS::EC2::FlowLog", "aws_flow_log"),
        *("AWS::KinesisFirehose::DeliveryStream", "aws_kinesis_firehose_delivery_stream"),
        *("AWS::Config::ConformancePack", "aws_config_conformance_pack"),
        *("AWS::Config::OrganizationConformancePack", "aws_config_organization_conformance_pack"),
        *("AWS::SES::ReceiptRule", "aws_ses_receipt_rule"),
        *("AWS::CUR::ReportDefinition", "aws_cur_report_definition"),
        *("AWS::BCMDataExports::Export", "aws_bcmdataexports_export"),
        *("AWS::GuardDuty::PublishingDestination", "aws_guardduty_publishing_destination"),
        *("AWS::NetworkFirewall::LoggingConfiguration", "aws_networkfirewall_logging_configuration"),
        *("AWS::WAFv2::LoggingConfiguration", "aws_wafv2_web_acl_logging_configuration"),
        *("AWS::Route53Resolver::ResolverQueryLoggingConfig", "aws_route53_resolver_query_log_config"),
        *("AWS::MSK::Cluster", "aws_msk_cluster"),
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
_DELIVERERS: Final = frozenset(
    f"{name}.amazonaws.com"
    for name in (
        *("ses", "cloudtrail", "config", "guardduty", "billingreports", "bcm-data-exports"),
        *("delivery.logs", "logdelivery.elasticloadbalancing", "logging.s3"),
    )
)
"""Services that write mails, records or logs."""
_INVENTORIES: Final = frozenset({"aws_s3_bucket_inventory"})
_PIPELINES: Final = frozenset(and_awscc("AWS::CodePipeline::Pipeline", "aws_codepipeline"))
_BUILDS: Final = frozenset(and_awscc("AWS::CodeBuild::Project", "aws_codebuild_project"))


def receives_deliveries(bucket: Bucket, graph: Graph) -> bool:
    """Whether AWS writes logs, records or mails into it."""
    return (
        bool(bucket.logged_by.targets)
        or any(name.startswith(_CONFORMANCE) for name in pieces_of(bucket.name))
        or any(map(_lets_deliveries_in, bucket.policies))
        or bool(graph.referring(bucket, _DELIVERING))
        or _gets_inventories(bucket, graph)
        or any(id(bucket.declared) in graph.pointing(cls, field).at for cls, field in _links(graph))
    )


def _gets_inventories(bucket: Bucket, graph: Graph) -> bool:
    """Whether S3 lists the objects of another bucket in it."""
    return any(
        not graph.refers(each.body.value.get("bucket", Absent()), bucket) for each in graph.referring(bucket, _INVENTORIES)
    )


def _lets_deliveries_in(policy: BucketPolicy) -> bool:
    """Whether it lets objects be written, and only by services that deliver something."""
    writers = [
        each
        for each in statements(policy.document)
        if each.allows() == Known(True) and each.covers_action("s3:PutObject") == Known(True)
    ]
    return bool(writers) and all(map(_is_of_deliverers, writers))


def _is_of_deliverers(statement: Statement) -> bool:
    return bool(statement.principals) and all(
        each.kind == "Service" and isinstance(each.value, Known) and each.value.value in _DELIVERERS
        for each in statement.principals
    )


def holds_artifacts(bucket: Bucket, graph: Graph) -> bool:
    """Whether it is a pipeline's store of artifacts, and the pipeline takes no source from it: a new run makes all of them again."""
    if _PIPELINES.isdisjoint(graph.types):
        return False
    from wa_iac.aws.codepipeline import Pipeline

    found = graph.pointing(Pipeline, "artifact_buckets").at.get(id(bucket.declared), ())
    # A bucket that comes from another module may hold other things also.
    pipelines = [each for each, _ in found if isinstance(each, Pipeline) and each.declared.calls == bucket.declared.calls]
    return bool(pipelines) and not any(
        graph.refers(action.setting("S3Bucket"), bucket) for each in pipelines for action in each.actions()
    )


def holds_builds(bucket: Bucket, graph: Graph) -> bool:
    """Whether CodeBuild writes its output into it, and takes no source from it: the next build makes all of it again."""
    return not _BUILDS.isdisjoint(graph.types) and id(bucket.declared) in graph.once(_of_builds)


def _of_builds(graph: Graph) -> frozenset[int]:
    """The `id` of each declared bucket into which CodeBuild only writes."""
    from wa_iac.aws.codebuild import Project

    written: set[int] = set()
    read: set[int] = set()
    for project in graph.of(Project):
        for output in (*project.artifacts, *project.secondary_artifacts):
            written.update(id(each.declared) for each in output.bucket.targets)
        for source in project.sources():
            read.update(id(each) for each in graph.referred(source.location))
    return frozenset(written - read)


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
