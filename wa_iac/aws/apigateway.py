"""Amazon API Gateway: REST APIs, and the HTTP and WebSocket APIs of its second version (`Api`, `Api...`)."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .elbv2 import LoadBalancer


class RestApi(Resource, cfn="AWS::ApiGateway::RestApi", tf="aws_api_gateway_rest_api"):
    """A REST API."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    # An OpenAPI document, which may contain methods that no other resource declares. `text` is the document if Terraform has it
    # as YAML.
    body: Annotated[
        Value[EmbeddedDocument], Cfn("Body"), Tf("body"), Tf("body", of="aws_api_gateway_rest_api_put", by="rest_api_id")
    ]
    text: Annotated[Value[Any], Tf("body"), Tf("body", of="aws_api_gateway_rest_api_put", by="rest_api_id")]
    body_elsewhere: Annotated[Value[Any], Cfn("BodyS3Location"), Cfn("CloneFrom")]
    # The size in bytes from which on responses are compressed; Terraform writes a text, and -1 for none.
    minimum_compression: Annotated[Value[str], Cfn("MinimumCompressionSize"), Tf("minimum_compression_size")]
    endpoint_types: Annotated[Value[list[Value[str]]], Cfn("EndpointConfiguration.Types"), Tf("endpoint_configuration.types")]
    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("Policy"),
        Tf("policy", of="aws_api_gateway_rest_api_policy", by="rest_api_id"),
        Tf("policy"),
    ]
    # The same as written. The Serverless Framework writes an empty text if there is no document.
    policy_text: Annotated[Value[Any], Cfn("Policy"), Tf("policy")]
    default_endpoint_disabled: Annotated[
        Value[bool], Cfn("DisableExecuteApiEndpoint"), Tf("disable_execute_api_endpoint"), Default(False)
    ]
    # The policy of its own endpoint, which may also be reachable if there is a custom domain name.
    security_policy: Annotated[Value[str], Cfn("SecurityPolicy"), Tf("security_policy")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    stages: Annotated[Link["Stage"], Back("api")]
    methods: Annotated[Link["Method"], Back("api")]
    mappings: Annotated[Link["BasePathMapping | ApiMapping"], Back("api")]
    plans: Annotated[Link["UsagePlan"], Back("apis")]

    def is_private(self) -> Value[bool]:
        """Whether it can only be reached from within VPCs."""
        match self.endpoint_types:
            case Known(kinds):
                return any_of((holds(each, lambda kind: kind == "PRIVATE") for each in kinds), self.endpoint_types.origin)
            case other:
                return holds(other, lambda _: False)


class MethodSettings(Block):
    """Settings of one method of a stage, or of all methods if `path` is `*/*` or `/*`."""

    path: Annotated[Value[str], Cfn("ResourcePath"), Tf("method_path")]
    http_method: Annotated[Value[str], Cfn("HttpMethod")]
    metrics: Annotated[Value[bool], Cfn("MetricsEnabled"), Tf("settings.metrics_enabled"), Default(False)]
    caching: Annotated[Value[bool], Cfn("CachingEnabled"), Tf("settings.caching_enabled"), Default(False)]
    cache_encrypted: Annotated[Value[bool], Cfn("CacheDataEncrypted"), Tf("settings.cache_data_encrypted"), Default(False)]
    logging_level: Annotated[Value[str], Cfn("LoggingLevel"), Tf("settings.logging_level"), Default("OFF")]
    # Whole requests and responses in the log.
    data_trace: Annotated[Value[bool], Cfn("DataTraceEnabled"), Tf("settings.data_trace_enabled"), Default(False)]
    # Terraform writes -1 for "no limit of its own".
    throttling_rate: Annotated[Value[float], Cfn("ThrottlingRateLimit"), Tf("settings.throttling_rate_limit")]
    throttling_burst: Annotated[Value[int], Cfn("ThrottlingBurstLimit"), Tf("settings.throttling_burst_limit")]


class Stage(Resource, cfn="AWS::ApiGateway::Stage", tf="aws_api_gateway_stage", cfn_key="StageName", tf_key="stage_name"):
    """A stage of a REST API, with Terraform's separate method settings folded in."""

    deployment: Annotated[Link["Deployment"], Cfn("DeploymentId"), Tf("deployment_id")]
    name: Annotated[Value[str], Cfn("StageName"), Tf("stage_name")]
    api: Annotated[Link[RestApi], Cfn("RestApiId"), Tf("rest_api_id")]
    access_log: Annotated[Value[str], Cfn("AccessLogSetting.DestinationArn"), Tf("access_log_settings.destination_arn")]
    log_format: Annotated[Value[str], Cfn("AccessLogSetting.Format"), Tf("access_log_settings.format")]
    tracing: Annotated[Value[bool], Cfn("TracingEnabled"), Tf("xray_tracing_enabled"), Default(False)]
    cache_cluster: Annotated[Value[bool], Cfn("CacheClusterEnabled"), Tf("cache_cluster_enabled"), Default(False)]
    settings: Annotated[
        list[MethodSettings], Cfn("MethodSettings[]"), Tf("", of="aws_api_gateway_method_settings", by="stage_name", many=True)
    ]
    canary_percent: Annotated[Value[float], Cfn("CanarySetting.PercentTraffic"), Tf("canary_settings.percent_traffic")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def makes_stage(self) -> Value[bool]:
        """True; see `Deployment.makes_stage`."""
        return Known(True, self.absent.origin)


class Deployment(Resource, cfn="AWS::ApiGateway::Deployment", tf="aws_api_gateway_deployment"):
    """A snapshot of a REST API. It also makes a stage if it has a stage name, unless such a stage exists: that one then uses it."""

    api: Annotated[Link[RestApi], Cfn("RestApiId"), Tf("rest_api_id")]
    stage_name: Annotated[Value[str], Cfn("StageName"), Tf("stage_name", until="6.0")]
    access_log: Annotated[Value[str], Cfn("StageDescription.AccessLogSetting.DestinationArn")]
    tracing: Annotated[Value[bool], Cfn("StageDescription.TracingEnabled"), Default(False)]
    throttling_rate: Annotated[Value[float], Cfn("StageDescription.ThrottlingRateLimit")]
    settings: Annotated[list[MethodSettings], Cfn("StageDescription.MethodSettings[]")]
    # A change of one of these replaces it.
    triggers: Annotated[Value[Any], Tf("triggers")]
    variables: Annotated[Value[Any], Tf("variables")]
    create_before_destroy: Annotated[Value[bool], Tf("@lifecycle.create_before_destroy", default=False)]
    stages: Annotated[Link["Stage"], Back("deployment")]
    named: Annotated[Link["Stage"], Cfn("StageName"), Tf("stage_name", until="6.0")]
    """The stages that have the name, also those of other APIs."""

    def makes_stage(self) -> Value[bool]:
        """Whether it makes a stage. The stage's name does not matter, except that in Terraform an empty name means no stage, and that of a
        stage of the same API makes no second one."""
        own = any_of(self.named.doubt(each) for each in self.named if self.api.targets and each.api.targets == self.api.targets)
        if not isinstance(own, Absent):
            return negate(own)
        match self.stage_name:
            case Unknown(alternatives=()) if self.dialect == "cloudformation":
                return Known(True, self.stage_name.origin)
            case Unknown() as value:
                return value
            case Known(name):
                return Known(name != "", self.stage_name.origin)
            case Absent():
                return Known(False, self.stage_name.origin)


class VpcLink(Resource, cfn="AWS::ApiGateway::VpcLink", tf="aws_api_gateway_vpc_link"):
    """What lets a REST API send requests to a Network Load Balancer inside a VPC."""

    balancers: Annotated[Link[LoadBalancer], Cfn("TargetArns"), Tf("target_arns")]


class Method(Resource, cfn="AWS::ApiGateway::Method", tf="aws_api_gateway_method"):
    """A method of a REST API's resource."""

    api: Annotated[Link[RestApi], Cfn("RestApiId"), Tf("rest_api_id")]
    http_method: Annotated[Value[str], Cfn("HttpMethod"), Tf("http_method")]
    authorization: Annotated[Value[str], Cfn("AuthorizationType"), Tf("authorization"), Default("NONE")]
    api_key_required: Annotated[Value[bool], Cfn("ApiKeyRequired"), Tf("api_key_required"), Default(False)]
    request_validator: Annotated[Value[str], Cfn("RequestValidatorId"), Tf("request_validator_id")]
    validators: Annotated[Link["RequestValidator"], Cfn("RequestValidatorId"), Tf("request_validator_id")]
    # Models of the body by content type, and whether a parameter is required by its name. Only a validator enforces them.
    models: Annotated[Value[Any], Cfn("RequestModels"), Tf("request_models")]
    parameters: Annotated[Value[Any], Cfn("RequestParameters"), Tf("request_parameters")]
    integration: Annotated[Value[str], Cfn("Integration.Type"), Tf("type", of="aws_api_gateway_integration", by="http_method")]
    integration_uri: Annotated[
        Value[str], Cfn("Integration.Uri"), Tf("uri", of="aws_api_gateway_integration", by="http_method")
    ]
    resource: Annotated[Value[str], Cfn("ResourceId"), Tf("resource_id")]


class RequestValidator(Resource, cfn="AWS::ApiGateway::RequestValidator", tf="aws_api_gateway_request_validator"):
    """Says which parts of a request API Gateway checks itself."""

    body: Annotated[Value[bool], Cfn("ValidateRequestBody"), Tf("validate_request_body"), Default(False)]
    parameters: Annotated[Value[bool], Cfn("ValidateRequestParameters"), Tf("validate_request_parameters"), Default(False)]


class DomainName(
    Resource,
    cfn=("AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2"),
    tf="aws_api_gateway_domain_name",
    cfn_key="DomainName",
    tf_key="domain_name",
):
    """The custom domain name of a REST API."""

    name: Annotated[Value[str], Cfn("DomainName"), Tf("domain_name")]
    endpoint_types: Annotated[Value[list[Value[str]]], Cfn("EndpointConfiguration.Types"), Tf("endpoint_configuration.types")]
    security_policy: Annotated[Value[str], Cfn("SecurityPolicy"), Tf("security_policy")]
    mutual_tls: Annotated[
        Value[str], Cfn("MutualTlsAuthentication.TruststoreUri"), Tf("mutual_tls_authentication.truststore_uri")
    ]


class BasePathMapping(
    Resource,
    cfn=("AWS::ApiGateway::BasePathMapping", "AWS::ApiGateway::BasePathMappingV2"),
    tf="aws_api_gateway_base_path_mapping",
):
    """Maps a domain name to a REST API."""

    api: Annotated[Link[RestApi], Cfn("RestApiId"), Tf("api_id")]
    domain: Annotated[
        Link["DomainName | ApiDomainName"], Cfn("DomainName"), Cfn("DomainNameArn"), Tf("domain_name"), Tf("domain_name_id")
    ]


class UsagePlan(Resource, cfn="AWS::ApiGateway::UsagePlan", tf="aws_api_gateway_usage_plan"):
    """Limits for the holders of API keys."""

    apis: Annotated[Link[RestApi], Cfn("ApiStages[].ApiId"), Tf("api_stages[].api_id")]
    stages: Annotated[Link[Stage], Cfn("ApiStages[].Stage"), Tf("api_stages[].stage")]
    throttling_rate: Annotated[Value[float], Cfn("Throttle.RateLimit"), Tf("throttle_settings.rate_limit")]


class Api(Resource, cfn="AWS::ApiGatewayV2::Api", tf="aws_apigatewayv2_api"):
    """An HTTP or a WebSocket API."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    protocol: Annotated[Value[str], Cfn("ProtocolType"), Tf("protocol_type")]
    # An OpenAPI document. `text` is the document if Terraform has it as YAML.
    body: Annotated[Value[EmbeddedDocument], Cfn("Body"), Tf("body")]
    text: Annotated[Value[Any], Tf("body")]
    body_elsewhere: Annotated[Value[Any], Cfn("BodyS3Location")]
    # "Quick create": the target of the requests of its only route, and the key of that route. API Gateway makes the route and a
    # stage, `$default`.
    target: Annotated[Value[str], Cfn("Target"), Tf("target")]
    quick_route: Annotated[Value[str], Cfn("RouteKey"), Tf("route_key"), Default("$default")]
    overrides: Annotated[Link["ManagedOverrides"], Back("api")]
    allowed_origins: Annotated[
        Value[list[Value[str]]], Cfn("CorsConfiguration.AllowOrigins"), Tf("cors_configuration.allow_origins")
    ]
    default_endpoint_disabled: Annotated[
        Value[bool], Cfn("DisableExecuteApiEndpoint"), Tf("disable_execute_api_endpoint"), Default(False)
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    stages: Annotated[Link["ApiStage"], Back("api")]
    routes: Annotated[Link["ApiRoute"], Back("api")]
    mappings: Annotated[Link["ApiMapping"], Back("api")]


class ApiStage(Resource, cfn="AWS::ApiGatewayV2::Stage", tf="aws_apigatewayv2_stage"):
    """A stage of an HTTP or a WebSocket API."""

    name: Annotated[Value[str], Cfn("StageName"), Tf("name")]
    api: Annotated[Link[Api], Cfn("ApiId"), Tf("api_id")]
    access_log: Annotated[Value[str], Cfn("AccessLogSettings.DestinationArn"), Tf("access_log_settings.destination_arn")]
    log_format: Annotated[Value[str], Cfn("AccessLogSettings.Format"), Tf("access_log_settings.format")]
    detailed_metrics: Annotated[
        Value[bool],
        Cfn("DefaultRouteSettings.DetailedMetricsEnabled"),
        Tf("default_route_settings.detailed_metrics_enabled"),
        Default(False),
    ]
    throttling_rate: Annotated[
        Value[float],
        Cfn("DefaultRouteSettings.ThrottlingRateLimit"),
        Tf("default_route_settings.throttling_rate_limit"),
    ]
    # Settings by route: an object in CloudFormation, blocks in Terraform.
    route_settings: Annotated[Value[EmbeddedDocument], Cfn("RouteSettings"), Tf("route_settings")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def makes_stage(self) -> Value[bool]:
        """True; see `Deployment.makes_stage`."""
        return Known(True, self.absent.origin)


class ApiRoute(Resource, cfn="AWS::ApiGatewayV2::Route", tf="aws_apigatewayv2_route"):
    """A route of an HTTP or a WebSocket API."""

    api: Annotated[Link[Api], Cfn("ApiId"), Tf("api_id")]
    route_key: Annotated[Value[str], Cfn("RouteKey"), Tf("route_key")]
    authorization: Annotated[Value[str], Cfn("AuthorizationType"), Tf("authorization_type"), Default("NONE")]
    api_key_required: Annotated[Value[bool], Cfn("ApiKeyRequired"), Tf("api_key_required"), Default(False)]
    target: Annotated[Value[str], Cfn("Target"), Tf("target")]


class DomainNameConfiguration(Block):
    """The endpoint settings of an HTTP or WebSocket API's domain name."""

    security_policy: Annotated[Value[str], Cfn("SecurityPolicy"), Tf("security_policy")]


class ApiDomainName(
    Resource,
    cfn="AWS::ApiGatewayV2::DomainName",
    tf="aws_apigatewayv2_domain_name",
    cfn_key="DomainName",
    tf_key="domain_name",
):
    """The custom domain name of an HTTP or WebSocket API."""

    name: Annotated[Value[str], Cfn("DomainName"), Tf("domain_name")]
    configurations: Annotated[
        list[DomainNameConfiguration], Cfn("DomainNameConfigurations[]"), Tf("domain_name_configuration[]")
    ]
    mutual_tls: Annotated[
        Value[str], Cfn("MutualTlsAuthentication.TruststoreUri"), Tf("mutual_tls_authentication.truststore_uri")
    ]


class ApiMapping(Resource, cfn="AWS::ApiGatewayV2::ApiMapping", tf="aws_apigatewayv2_api_mapping"):
    """Maps a domain name to an API of either version."""

    api: Annotated[Link[RestApi | Api], Cfn("ApiId"), Tf("api_id")]
    domain: Annotated[Link[DomainName | ApiDomainName], Cfn("DomainName"), Tf("domain_name")]


class ManagedOverrides(Resource, cfn="AWS::ApiGatewayV2::ApiGatewayManagedOverrides"):
    """Settings of the route and the stage that API Gateway makes for a quick create. Terraform has no such resource."""

    api: Annotated[Link[Api], Cfn("ApiId")]
    authorization: Annotated[Value[str], Cfn("Route.AuthorizationType"), Default("NONE")]
    access_log: Annotated[Value[str], Cfn("Stage.AccessLogSettings.DestinationArn")]
    throttling_rate: Annotated[Value[float], Cfn("Stage.DefaultRouteSettings.ThrottlingRateLimit")]
    route_settings: Annotated[Value[EmbeddedDocument], Cfn("Stage.RouteSettings")]
