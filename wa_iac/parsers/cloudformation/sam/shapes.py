"""SAM's properties and their shapes, and messages for unknown ones.

They are those under "Syntax" on the pages of the AWS SAM Developer Guide, one for each resource and each kind of event.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .nodes import is_no_value

# A name, `:` and the shapes it may have: s(calar), m(ap), l(ist). A call of a function may replace any of them, except if
# the shape is a capital. `!` ends what is required.
_MAPPING: Final = (
    "BatchSize:s BisectBatchOnFunctionError:s ConsumerGroupId:s DestinationConfig:m Enabled:s FilterCriteria:m "
    "FunctionResponseTypes:l KmsKeyArn:s MaximumBatchingWindowInSeconds:s MaximumRecordAgeInSeconds:s MaximumRetryAttempts:s "
    "MetricsConfig:m ParallelizationFactor:s ProvisionedPollerConfig:m Queues:l ScalingConfig:m SchemaRegistryConfig:m "
    "SourceAccessConfigurations:L StartingPosition:s StartingPositionTimestamp:s Topics:l TumblingWindowInSeconds:s "
)
"""The properties that a pull event passes to `AWS::Lambda::EventSourceMapping`, which documents them per source."""
_RULE: Final = (
    "DeadLetterConfig:m Enabled:s EventBusName:s Input:s InputPath:s InputTransformer:m Pattern:m RetryPolicy:m RuleName:s "
    "State:s Target:m"
)

_RESOURCES: Final = {
    "AWS::Serverless::Api": (
        "AccessLogSetting:m AlwaysDeploy:s ApiKeySourceType:s Auth:m BinaryMediaTypes:l CacheClusterEnabled:s CacheClusterSize:s "
        "CanarySetting:m Cors:sm DefinitionBody:m DefinitionUri:sm Description:s DisableExecuteApiEndpoint:s Domain:m "
        "EndpointConfiguration:sm FailOnWarnings:s GatewayResponses:m MergeDefinitions:s MethodSettings:l "
        "MinimumCompressionSize:s Mode:s Models:m Name:s OpenApiVersion:s Policy:m PropagateTags:s StageName:s! Tags:m "
        "TracingEnabled:s Variables:m"
    ),
    "AWS::Serverless::Application": "Location:sm! NotificationARNs:l Parameters:m Tags:m TimeoutInMinutes:s",
    "AWS::Serverless::Connector": "Destination:ML! Permissions:L! Source:M!",
    "AWS::Serverless::Function": (
        "Architectures:l AssumeRolePolicyDocument:m AutoPublishAlias:s AutoPublishAliasAllProperties:s AutoPublishCodeSha256:s "
        "CapacityProviderConfig:m CodeSigningConfigArn:s CodeUri:sm DeadLetterQueue:m DeploymentPreference:m Description:s "
        "DurableConfig:m Environment:m EphemeralStorage:m EventInvokeConfig:m Events:M FileSystemConfigs:l FunctionName:s "
        "FunctionScalingConfig:m FunctionUrlConfig:m Handler:s ImageConfig:m ImageUri:s InlineCode:s KmsKeyArn:s Layers:l "
        "LoggingConfig:m MemorySize:s PackageType:s PermissionsBoundary:s Policies:sml PropagateTags:s "
        "ProvisionedConcurrencyConfig:m PublishToLatestPublished:s RecursiveLoop:s ReservedConcurrentExecutions:s Role:s "
        "RolePath:s Runtime:s RuntimeManagementConfig:m SnapStart:m SourceKMSKeyArn:s Tags:m TenancyConfig:m Timeout:s "
        "Tracing:s VersionDeletionPolicy:s VersionDescription:s VpcConfig:m"
    ),
    "AWS::Serverless::GraphQLApi": (
        "ApiKeys:M Auth:M! Cache:m DataSources:M DomainName:m Functions:M Logging:sm Name:s Resolvers:M SchemaInline:s "
        "SchemaUri:s Tags:m XrayEnabled:s"
    ),
    "AWS::Serverless::HttpApi": (
        "AccessLogSettings:m Auth:m CorsConfiguration:sm DefaultRouteSettings:m DefinitionBody:m DefinitionUri:sm Description:s "
        "DisableExecuteApiEndpoint:s Domain:m FailOnWarnings:s Name:s PropagateTags:s RouteSettings:m StageName:s "
        "StageVariables:m Tags:m"
    ),
    "AWS::Serverless::LayerVersion": (
        "CompatibleArchitectures:l CompatibleRuntimes:l ContentUri:sm Description:s LayerName:s LicenseInfo:s "
        "PublishLambdaVersion:s RetentionPolicy:s"
    ),
    "AWS::Serverless::SimpleTable": (
        "PointInTimeRecoverySpecification:m PrimaryKey:M ProvisionedThroughput:m SSESpecification:m TableName:s Tags:m"
    ),
    "AWS::Serverless::StateMachine": (
        "AutoPublishAlias:s Definition:m DefinitionSubstitutions:m DefinitionUri:sm DeploymentPreference:m Events:M Logging:m "
        "Name:s PermissionsBoundary:s Policies:sml PropagateTags:s Role:s RolePath:s Tags:m Tracing:m Type:s "
        "UseAliasAsEventTarget:s"
    ),
}  # fmt: skip

_EVENTS: Final = {
    "AlexaSkill": "SkillId:s",
    "Api": (
        "Auth:m Method:s! Path:s! RequestModel:m RequestParameters:L RestApiId:s TimeoutInMillis:s UnescapeMappingTemplate:s"
    ),
    "CloudWatchEvent": _RULE,
    "CloudWatchLogs": "FilterPattern:s! LogGroupName:s!",
    "Cognito": "Trigger:sl! UserPool:s!",
    "DocumentDB": _MAPPING + "Cluster:s! CollectionName:s DatabaseName:s! FullDocument:s SecretsManagerKmsKeyId:s",
    "DynamoDB": _MAPPING + "Stream:s!",
    "EventBridgeRule": _RULE,
    "HttpApi": "ApiId:s Auth:m Method:s Path:s PayloadFormatVersion:s RouteSettings:m TimeoutInMillis:s",
    "IoTRule": "AwsIotSqlVersion:s Sql:s!",
    "Kinesis": _MAPPING + "Stream:s!",
    "MQ": _MAPPING + "Broker:s! DynamicPolicyName:s SecretsManagerKmsKeyId:s",
    "MSK": _MAPPING + "Stream:s!",
    "S3": "Bucket:s! Events:sl! Filter:m",
    "SNS": "FilterPolicy:m FilterPolicyScope:s RedrivePolicy:m Region:s SqsSubscription:sM Topic:s!",
    "SQS": _MAPPING + "Queue:s!",
    "Schedule": (
        "DeadLetterConfig:m Description:s Enabled:s Input:s Name:s RetryPolicy:m RoleArn:s Schedule:s! State:s Target:m"
    ),
    "ScheduleV2": (
        "DeadLetterConfig:m Description:s EndDate:s FlexibleTimeWindow:m GroupName:s Input:s KmsKeyArn:s Name:s OmitName:s "
        "PermissionsBoundary:s RetryPolicy:m RoleArn:s ScheduleExpression:s! ScheduleExpressionTimezone:s StartDate:s State:s"
    ),
    "SelfManagedKafka": _MAPPING + "KafkaBootstrapServers:l SecretsManagerKmsKeyId:s",
}  # fmt: skip

_SPECS: Final = {**_RESOURCES, **_EVENTS}
_SHAPES: Final = {"s": "a scalar", "m": "an object", "l": "a list"}

MACRO: Final = "Fn::Transform"
TYPES: Final = frozenset(_RESOURCES)
EVENTS: Final = frozenset(_EVENTS)


@cache
def _parsed(spec: str) -> dict[str, tuple[str, bool]]:
    """Each name with its shapes, and whether it is required."""
    pieces = (word.partition(":") for word in spec.split())
    return {name: (shapes.rstrip("!"), shapes.endswith("!")) for name, _, shapes in pieces}


def known_properties(kind: str) -> frozenset[str]:
    """The names of the properties of a type of resource or event."""
    return frozenset(_parsed(_SPECS[kind]))


def object_of(scope: TemplateScope, called: str, entry: Entry | None) -> dict[str, Entry] | None:
    """The members of an object, empty if nothing is written; None, and an error, if it is something else."""
    if entry is None or is_no_value(entry.value):
        return {}
    if isinstance(entry.value, MapNode) and entry.value.call in ("", MACRO):
        return entry.value.entries
    scope.error(f"{called} must be an object", entry.key)
    return None


def checked(scope: TemplateScope, kind: str, called: str, properties: dict[str, Entry], at: Entry) -> dict[str, Entry] | None:
    """The valid properties of a SAM resource or event; the others are reported. None if a required one is missing."""
    spec = _parsed(_SPECS[kind])
    usable: dict[str, Entry] = {}
    for name, entry in properties.items():
        if name == MACRO:
            scope.macro(f"the properties that it adds to {called} are not checked", entry.key)
            usable[name] = entry
        elif name not in spec:
            unknown_name(scope, called, "property", name, spec, entry)
        elif is_no_value(entry.value):
            continue
        elif not _fits(entry.value, spec[name][0]):
            shapes = " or ".join(_SHAPES[shape] for shape in spec[name][0].lower())
            scope.error(f"{name} of {called} must be {shapes}", entry.key)
        else:
            usable[name] = entry
    missing = [name for name, (_, required) in spec.items() if required and name not in usable]
    wrong = any(name in properties and not is_no_value(properties[name].value) for name in missing)
    if missing and not wrong and MACRO not in properties:
        scope.error(f"{called} needs {' and '.join(missing)}", at.key)
    return None if missing else usable


def _fits(node: Node, shapes: str) -> bool:
    if isinstance(node, MapNode) and node.call:
        return shapes != shapes.upper()
    shape = "s" if isinstance(node, ScalarNode) else "l" if isinstance(node, ListNode) else "m"
    # CloudFormation accepts a single value if a list of them is expected.
    return shape in shapes.lower() or (shape == "s" and "l" in shapes)


def unknown_name(
    scope: TemplateScope, called: str, role: str, name: str, known: Iterable[str], at: Entry, *, passed_over: bool = False
) -> None:
    """Reports an unknown name. A misspelling of a known one is a mistake, which SAM rejects or ignores (`passed_over`).

    Any other unknown name may be newer than our tables, so it is a note.
    """
    meant = misspelt(name, known)
    if meant and passed_over:
        scope.doubtful(f"{called} has no {role} {name}, and SAM ignores it; did you mean {meant!r}?", at.key)
    elif meant:
        scope.error(f"{called} has no {role} {name}; did you mean {meant!r}?", at.key)
    else:
        message = f"{called}: unknown {role} {name} (newer than this version of wa-iac?): it is not checked"
        scope.unavailable(message, at.key, "names in SAM's resources are unknown, and are not checked")


def misspelt(name: str, known: Iterable[str]) -> str:
    """The intended name of a misspelt one; empty if none is similar enough to be sure.

    A longer name that begins with a known one (`KMSEncryptPolicy_v2`) is a different name.
    """
    from difflib import get_close_matches

    by_text = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), by_text, 1, cutoff=0.84)
    return by_text[near[0]] if near and len(name) <= len(near[0]) + 1 else ""
