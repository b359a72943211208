"""Which properties SAM knows, what they look like, and the errors about those it does not know."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from wa_iac.parsers.cloudformation.located import Entry, ListNode, MapNode, Node, ScalarNode
from wa_iac.parsers.cloudformation.scope import Scope

from .nodes import is_no_value

# A name, `:` and the shapes it may have: s(calar), m(ap), l(ist). A call of a function may stand for any of them, save where
# the shape is a capital. `!` ends what is required.
_PULL: Final = (
    "BatchSize:s StartingPosition:s StartingPositionTimestamp:s Enabled:s MaximumBatchingWindowInSeconds:s "
    "MaximumRetryAttempts:s BisectBatchOnFunctionError:s MaximumRecordAgeInSeconds:s DestinationConfig:m ParallelizationFactor:s "
    "Topics:l Queues:l SourceAccessConfigurations:L SecretsManagerKmsKeyId:s TumblingWindowInSeconds:s FunctionResponseTypes:l "
    "KafkaBootstrapServers:l FilterCriteria:m KmsKeyArn:s ConsumerGroupId:s ScalingConfig:m ProvisionedPollerConfig:m "
    "SchemaRegistryConfig:m MetricsConfig:m LoggingConfig:m "
)
_RULE: Final = (
    "EventBusName:s RuleName:s Pattern:m DeadLetterConfig:m RetryPolicy:m Input:s InputPath:s Target:m Enabled:s State:s "
    "InputTransformer:m"
)
_SCHEDULE: Final = (
    "Schedule:s! RuleName:s Input:s Enabled:s State:s Name:s Description:s DeadLetterConfig:m RetryPolicy:m Target:m RoleArn:s"
)
_SCHEDULER: Final = (
    "PermissionsBoundary:s ScheduleExpression:s! FlexibleTimeWindow:m Name:s State:s Description:s StartDate:s EndDate:s "
    "ScheduleExpressionTimezone:s GroupName:s KmsKeyArn:s Input:s RoleArn:s DeadLetterConfig:m RetryPolicy:m OmitName:s"
)

_RESOURCES: Final = {
    "AWS::Serverless::Function": (
        "FunctionName:s Handler:s Runtime:s CodeUri:sm ImageUri:s PackageType:s InlineCode:s DeadLetterQueue:m Description:s "
        "MemorySize:s Timeout:s VpcConfig:m Role:s AssumeRolePolicyDocument:m Policies:sml RolePath:s PermissionsBoundary:s "
        "Environment:m Events:M Tags:m PropagateTags:s Tracing:s KmsKeyArn:s DeploymentPreference:m "
        "ReservedConcurrentExecutions:s Layers:l EventInvokeConfig:m EphemeralStorage:m AutoPublishAlias:s "
        "AutoPublishCodeSha256:s AutoPublishAliasAllProperties:s VersionDescription:s ProvisionedConcurrencyConfig:m "
        "FileSystemConfigs:l ImageConfig:m CodeSigningConfigArn:s Architectures:l SnapStart:m FunctionUrlConfig:m "
        "RuntimeManagementConfig:m LoggingConfig:m RecursiveLoop:s SourceKMSKeyArn:s CapacityProviderConfig:m "
        "FunctionScalingConfig:m VersionDeletionPolicy:s PublishToLatestPublished:s TenancyConfig:m DurableConfig:m"
    ),
    "AWS::Serverless::Api": (
        "Name:s StageName:s! Tags:m PropagateTags:s DefinitionBody:m DefinitionUri:sm MergeDefinitions:s CacheClusterEnabled:s "
        "CacheClusterSize:s Variables:m EndpointConfiguration:sm MethodSettings:l BinaryMediaTypes:l MinimumCompressionSize:s "
        "Cors:sm Auth:m GatewayResponses:m AccessLogSetting:m CanarySetting:m TracingEnabled:s OpenApiVersion:s Models:m "
        "Domain:m FailOnWarnings:s Description:s Mode:s DisableExecuteApiEndpoint:s ApiKeySourceType:s AlwaysDeploy:s Policy:m "
        "SecurityPolicy:s EndpointAccessMode:s"
    ),
    "AWS::Serverless::HttpApi": (
        "Name:s StageName:s Tags:m PropagateTags:s DefinitionBody:m DefinitionUri:sm StageVariables:m CorsConfiguration:sm "
        "AccessLogSettings:m DefaultRouteSettings:m Auth:m RouteSettings:m Domain:m FailOnWarnings:s Description:s "
        "DisableExecuteApiEndpoint:s"
    ),
    "AWS::Serverless::SimpleTable": (
        "PointInTimeRecoverySpecification:m PrimaryKey:M ProvisionedThroughput:m TableName:s Tags:m SSESpecification:m"
    ),
    "AWS::Serverless::LayerVersion": (
        "LayerName:s Description:s PublishLambdaVersion:s ContentUri:sm CompatibleArchitectures:l CompatibleRuntimes:l "
        "LicenseInfo:s RetentionPolicy:s"
    ),
    "AWS::Serverless::Application": (
        "Location:sm! TemplateUrl:s Parameters:m NotificationARNs:l Tags:m TimeoutInMinutes:s"
    ),
    "AWS::Serverless::StateMachine": (
        "Definition:m DefinitionUri:sm Logging:m Role:s RolePath:s DefinitionSubstitutions:m Events:M Name:s Type:s Tags:m "
        "PropagateTags:s Policies:sml Tracing:m PermissionsBoundary:s AutoPublishAlias:s DeploymentPreference:m "
        "UseAliasAsEventTarget:s"
    ),
    "AWS::Serverless::Connector": "Source:M! Destination:ML! Permissions:L!",
    "AWS::Serverless::GraphQLApi": (
        "Name:s Tags:m XrayEnabled:s Auth:M! SchemaInline:s SchemaUri:s Logging:sm DataSources:M Functions:M Resolvers:M "
        "ApiKeys:M DomainName:m Cache:m Visibility:s OwnerContact:s IntrospectionConfig:s QueryDepthLimit:s ResolverCountLimit:s"
    ),
}  # fmt: skip

_EVENTS: Final = {
    "AlexaSkill": "SkillId:s",
    "Api": (
        "Path:s! Method:s! RestApiId:s Stage:s Auth:m RequestModel:m RequestParameters:L TimeoutInMillis:s "
        "ResponseTransferMode:s UnescapeMappingTemplate:s"
    ),
    "CloudWatchEvent": _RULE,
    "CloudWatchLogs": "LogGroupName:s! FilterPattern:s!",
    "Cognito": "UserPool:s! Trigger:sl!",
    "DocumentDB": _PULL + "Cluster:s! DatabaseName:s! CollectionName:s FullDocument:s",
    "DynamoDB": _PULL + "Stream:s!",
    "EventBridgeRule": _RULE,
    "HttpApi": "Path:s Method:s ApiId:s Stage:s Auth:m TimeoutInMillis:s RouteSettings:m PayloadFormatVersion:s",
    "IoTRule": "Sql:s! AwsIotSqlVersion:s",
    "Kinesis": _PULL + "Stream:s!",
    "MQ": _PULL + "Broker:s! DynamicPolicyName:s",
    "MSK": _PULL + "Stream:s!",
    "S3": "Bucket:s! Events:sl! Filter:m",
    "SNS": "Topic:s! Region:s FilterPolicy:m FilterPolicyScope:s SqsSubscription:sM RedrivePolicy:m",
    "SQS": _PULL + "Queue:s!",
    "Schedule": _SCHEDULE,
    "ScheduleV2": _SCHEDULER,
    "SelfManagedKafka": _PULL,
}  # fmt: skip

_SHAPES: Final = {"s": "a scalar", "m": "an object", "l": "a list"}

TYPES: Final = frozenset(_RESOURCES)
EVENTS: Final = frozenset(_EVENTS)


@cache
def _parsed(spec: str) -> dict[str, tuple[str, bool]]:
    """Each name with its shapes, and whether it is required."""
    pieces = (word.partition(":") for word in spec.split())
    return {name: (shapes.rstrip("!"), shapes.endswith("!")) for name, _, shapes in pieces}


def known_properties(kind: str) -> frozenset[str]:
    """The names of a resource type's properties."""
    return frozenset(_parsed(_RESOURCES[kind]))


def checked(scope: Scope, kind: str, called: str, properties: dict[str, Entry], at: Entry) -> dict[str, Entry] | None:
    """The properties of a SAM resource or event that can be used; the others are errors. None where a required one is missing."""
    spec = _parsed(_RESOURCES[kind] if kind in _RESOURCES else _EVENTS[kind])
    usable: dict[str, Entry] = {}
    for name, entry in properties.items():
        if name not in spec:
            scope.error(f"{called} has no property {name}{nearest(name, spec)}", entry.key)
        elif is_no_value(entry.value):
            continue
        elif not _fits(entry.value, spec[name][0]):
            shapes = " or ".join(_SHAPES[shape] for shape in spec[name][0].lower())
            scope.error(f"{name} of {called} must be {shapes}", entry.key)
        else:
            usable[name] = entry
    missing = [name for name, (_, required) in spec.items() if required and name not in usable]
    if missing and not any(name in properties and not is_no_value(properties[name].value) for name in missing):
        scope.error(f"{called} needs {' and '.join(missing)}", at.key)
    return None if missing else usable


def _fits(node: Node, shapes: str) -> bool:
    if isinstance(node, MapNode) and node.call:
        return shapes != shapes.upper()
    shape = "s" if isinstance(node, ScalarNode) else "l" if isinstance(node, ListNode) else "m"
    return shape in shapes.lower()


def nearest(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, 1)
    return f": {near[0]} is meant, perhaps" if near else ""
