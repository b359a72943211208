"""Amazon CloudFront."""

from collections.abc import Iterator
from typing import Annotated, Any

from wa_iac.core.algebra import are_equal
from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .s3 import Bucket


class CustomOrigin(Block):
    """The connection from CloudFront to an origin that is a web server."""

    protocol: Annotated[Value[str], Cfn("OriginProtocolPolicy"), Tf("origin_protocol_policy")]
    tls: Annotated[Value[list[Value[str]]], Cfn("OriginSSLProtocols"), Tf("origin_ssl_protocols")]


class S3Origin(Block):
    """The older way to give CloudFront access to a bucket. An empty identity counts as none."""

    identity: Annotated[Value[str], Cfn("OriginAccessIdentity"), Tf("origin_access_identity")]


class Origin(Block):
    """A source from which CloudFront fetches content that is not in its cache."""

    id: Annotated[Value[str], Cfn("Id"), Tf("origin_id"), Tf("id")]
    domain: Annotated[Value[str], Cfn("DomainName"), Tf("domain_name")]
    bucket: Annotated[Link[Bucket], Cfn("DomainName"), Tf("domain_name")]
    access_control: Annotated[Value[str], Cfn("OriginAccessControlId"), Tf("origin_access_control_id")]
    custom: Annotated[list[CustomOrigin], Cfn("CustomOriginConfig"), Tf("custom_origin_config[]")]
    s3: Annotated[list[S3Origin], Cfn("S3OriginConfig"), Tf("s3_origin_config[]")]
    shield: Annotated[Value[bool], Cfn("OriginShield.Enabled"), Tf("origin_shield[0].enabled"), Default(False)]


class Behavior(Block):
    """A cache behavior: the handling of requests for some paths. The default behavior has no pattern."""

    pattern: Annotated[Value[str], Cfn("PathPattern"), Tf("path_pattern")]
    target: Annotated[Value[str], Cfn("TargetOriginId"), Tf("target_origin_id")]
    viewer_protocol: Annotated[Value[str], Cfn("ViewerProtocolPolicy"), Tf("viewer_protocol_policy")]
    compress: Annotated[Value[bool], Cfn("Compress"), Tf("compress"), Default(False)]
    methods: Annotated[Value[list[Value[str]]], Cfn("AllowedMethods"), Tf("allowed_methods")]
    cache_policy: Annotated[Value[str], Cfn("CachePolicyId"), Tf("cache_policy_id")]
    default_ttl: Annotated[Value[int], Cfn("DefaultTTL"), Tf("default_ttl")]
    max_ttl: Annotated[Value[int], Cfn("MaxTTL"), Tf("max_ttl")]
    forwarded_headers: Annotated[Value[list[Value[str]]], Cfn("ForwardedValues.Headers"), Tf("forwarded_values.headers")]
    headers_policy: Annotated[Value[str], Cfn("ResponseHeadersPolicyId"), Tf("response_headers_policy_id")]
    headers: Annotated[Link["HeadersPolicy"], Cfn("ResponseHeadersPolicyId"), Tf("response_headers_policy_id")]
    # Code that runs for each request, and may rewrite its path.
    code: Annotated[
        Value[Any],
        Cfn("FunctionAssociations"),
        Cfn("LambdaFunctionAssociations"),
        Tf("function_association"),
        Tf("lambda_function_association"),
    ]
    realtime_logs: Annotated[Value[str], Cfn("RealtimeLogConfigArn"), Tf("realtime_log_config_arn")]


class Certificate(Block):
    """The certificate for viewers' connections. With CloudFront's own certificate, TLS 1.0 is accepted, regardless of the other
    settings."""

    default: Annotated[Value[bool], Cfn("CloudFrontDefaultCertificate"), Tf("cloudfront_default_certificate"), Default(False)]
    acm: Annotated[Value[str], Cfn("AcmCertificateArn"), Tf("acm_certificate_arn")]
    iam: Annotated[Value[str], Cfn("IamCertificateId"), Tf("iam_certificate_id")]
    minimum: Annotated[Value[str], Cfn("MinimumProtocolVersion"), Tf("minimum_protocol_version"), Default("TLSv1")]
    support: Annotated[Value[str], Cfn("SslSupportMethod"), Tf("ssl_support_method")]

    def may_be_own(self) -> bool:
        """Whether it names a certificate, or may."""
        return any(each not in (Absent(), Known("")) for each in (self.acm, self.iam)) or self._left_to_callers()

    def _left_to_callers(self) -> bool:
        """Whether callers have to pass a certificate: a default leaves it empty, and how it is served is written, which CloudFront refuses
        without one."""
        empty = any(each == Known("") and each.origin.default_step is not None for each in (self.acm, self.iam))
        return empty and self.default == Known(False) and isinstance(self.support, Known)

    def is_default(self) -> Value[bool]:
        """Whether it is CloudFront's own. A certificate that is given from outside is not. Terraform's provider sends the certificate that is
        named, and says nothing of CloudFront's own then, even if that is asked for too."""
        named = (self.acm, self.iam)
        if self.unknown is not None:
            return self.unknown
        if any(isinstance(each, Known) and each.value != "" for each in named):
            return Known(False)
        unknown = [each for each in named if isinstance(each, Unknown)]
        if any(not each.alternatives and each.origin.references for each in unknown):
            return Known(False)
        if self.default == Known(True) and unknown:
            return unknown[0]
        if self.default == Known(True) or isinstance(self.default, Unknown):
            return self.default
        if self._left_to_callers():
            return Known(False)
        if any(not each.alternatives for each in unknown):
            return Known(False)
        return unknown[0] if unknown else Known(True, self.origin)


class ErrorResponse(Block):
    """What viewers get in place of an origin's error: a page of the distribution, or another status."""

    code: Annotated[Value[int], Cfn("ErrorCode"), Tf("error_code")]
    page: Annotated[Value[str], Cfn("ResponsePagePath"), Tf("response_page_path")]


class OriginGroup(Block):
    """Origins with failover between them."""

    id: Annotated[Value[str], Cfn("Id"), Tf("origin_id"), Tf("id")]


class Distribution(
    Resource,
    cfn="AWS::CloudFront::Distribution",
    tf=("aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
):
    """A distribution, or the common settings of a multi-tenant distribution."""

    # CloudFormation has all properties except the tags in one object.
    written: Annotated[Value[Any], Cfn("DistributionConfig")]
    connection_mode: Annotated[Value[str], Cfn("DistributionConfig.ConnectionMode"), Default("direct")]
    enabled: Annotated[Value[bool], Cfn("DistributionConfig.Enabled"), Tf("enabled")]
    staging: Annotated[Value[bool], Cfn("DistributionConfig.Staging"), Tf("staging"), Default(False)]
    aliases: Annotated[Value[list[Value[str]]], Cfn("DistributionConfig.Aliases"), Tf("aliases")]
    origins: Annotated[list[Origin], Cfn("DistributionConfig.Origins[]"), Tf("origin[]")]
    origin_groups: Annotated[list[OriginGroup], Cfn("DistributionConfig.OriginGroups.Items[]"), Tf("origin_group[]")]
    error_responses: Annotated[
        list[ErrorResponse], Cfn("DistributionConfig.CustomErrorResponses[]"), Tf("custom_error_response[]")
    ]
    default_behavior: Annotated[list[Behavior], Cfn("DistributionConfig.DefaultCacheBehavior"), Tf("default_cache_behavior[]")]
    behaviors: Annotated[
        list[Behavior], Cfn("DistributionConfig.CacheBehaviors[]"), Tf("ordered_cache_behavior[]"), Tf("cache_behavior[]")
    ]
    certificate: Annotated[list[Certificate], Cfn("DistributionConfig.ViewerCertificate"), Tf("viewer_certificate[]")]
    # The same as it is written: absent or an empty list if a condition leaves it out.
    certificate_as_written: Annotated[Value[Any], Cfn("DistributionConfig.ViewerCertificate"), Tf("viewer_certificate")]
    # No default: CloudFront's API takes HTTP/2, and CloudFormation's documents say HTTP/1.1.
    http_version: Annotated[Value[str], Cfn("DistributionConfig.HttpVersion"), Tf("http_version")]
    logging: Annotated[Link[Bucket], Cfn("DistributionConfig.Logging.Bucket"), Tf("logging_config.bucket")]
    web_acl: Annotated[Value[str], Cfn("DistributionConfig.WebACLId"), Tf("web_acl_id")]
    root_object: Annotated[Value[str], Cfn("DistributionConfig.DefaultRootObject"), Tf("default_root_object")]
    price_class: Annotated[Value[str], Cfn("DistributionConfig.PriceClass"), Tf("price_class"), Default("PriceClass_All")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    @property
    def of_tenants(self) -> bool:
        """Whether it can only be reached through its tenants, which have their own domains and usually their own
        certificates."""
        return self.declared.type == "aws_cloudfront_multitenant_distribution" or self.connection_mode == Known("tenant-only")

    @property
    def every_behavior(self) -> list[Behavior]:
        """The cache behaviors for all paths: the default behavior first."""
        return [*self.default_behavior, *self.behaviors]

    def behaviors_to(self, origin: Origin) -> Iterator[Behavior]:
        """The behaviors that certainly or possibly lead to an origin: directly, or through a group."""
        groups = [group.id for group in self.origin_groups if isinstance(group.id, Known)]
        for behavior in self.every_behavior:
            if behavior.target in groups or are_equal(behavior.target, origin.id) is not False:
                yield behavior

    def shows_page_only_for_missing(self) -> bool:
        """Whether it certainly has a page for 404, and none for 403."""
        codes = [each.code for each in self.error_responses if each.unknown is None]
        known = len(codes) == len(self.error_responses) and all(isinstance(each, Known) for each in codes)
        pages = [each.page for each in self.error_responses if each.code == Known(404)]
        return known and Known(403) not in codes and any(not isinstance(each, Absent) for each in pages)

    @property
    def configuration(self) -> Tree:
        """The place to flag if the distribution lacks a setting: where it would be written."""
        return self.absent if isinstance(self.written, Absent) else self.written


class DeliverySource(
    Resource, cfn="AWS::Logs::DeliverySource", tf="aws_cloudwatch_log_delivery_source", cfn_key="Name", tf_key="name"
):
    """A resource whose logs CloudWatch may deliver. This is the newer way to keep access logs, also for load balancers."""

    resource_arn: Annotated[Value[str], Cfn("ResourceArn"), Tf("resource_arn")]
    log_type: Annotated[Value[str], Cfn("LogType"), Tf("log_type")]


class Delivery(Resource, cfn="AWS::Logs::Delivery", tf="aws_cloudwatch_log_delivery"):
    """Delivers the logs of a source to a destination."""

    source: Annotated[Link[DeliverySource], Cfn("DeliverySourceName"), Tf("delivery_source_name")]


class HeadersPolicy(Resource, cfn="AWS::CloudFront::ResponseHeadersPolicy", tf="aws_cloudfront_response_headers_policy"):
    """Headers that CloudFront adds to responses."""

    strict_transport: Annotated[
        Value[Any],
        Cfn("ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity"),
        Tf("security_headers_config.strict_transport_security"),
    ]
    # Headers by name, among which the same one may be.
    others: Annotated[Value[Any], Cfn("ResponseHeadersPolicyConfig.CustomHeadersConfig"), Tf("custom_headers_config")]


class AccessControl(Resource, cfn="AWS::CloudFront::OriginAccessControl", tf="aws_cloudfront_origin_access_control"):
    """Signs CloudFront's requests to an origin."""

    signing: Annotated[Value[str], Cfn("OriginAccessControlConfig.SigningBehavior"), Tf("signing_behavior")]
    origin_type: Annotated[
        Value[str],
        Cfn("OriginAccessControlConfig.OriginAccessControlOriginType"),
        Tf("origin_access_control_origin_type"),
    ]
