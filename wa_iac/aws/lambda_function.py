"""AWS Lambda."""

from typing import Annotated, Any

from wa_iac.aws.parts.zones import Place
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .dynamodb import Table
from .iam import Role
from .kinesis import Stream
from .kms import Key
from .sns import Topic
from .sqs import Queue
from .vpc import SecurityGroup, Subnet


class Function(Resource, cfn="AWS::Lambda::Function", tf="aws_lambda_function", cfn_key="FunctionName", tf_key="function_name"):
    """A function."""

    name: Annotated[Value[str], Cfn("FunctionName"), Tf("function_name")]
    runtime: Annotated[Value[str], Cfn("Runtime"), Tf("runtime")]
    package_type: Annotated[Value[str], Cfn("PackageType"), Tf("package_type"), Default("Zip")]
    image: Annotated[Value[str], Cfn("Code.ImageUri"), Tf("image_uri")]
    handler: Annotated[Value[str], Cfn("Handler"), Tf("handler")]
    # Code that is in the template itself.
    inline_code: Annotated[Value[str], Cfn("Code.ZipFile")]
    # The default is x86_64.
    architectures: Annotated[Value[list[Value[str]]], Cfn("Architectures"), Tf("architectures")]
    # On Lambda Managed Instances, a function has the architecture and the price of the instances.
    capacity_provider: Annotated[Value[Any], Cfn("CapacityProviderConfig"), Tf("capacity_provider_config")]
    layers: Annotated[Link["LayerVersion"], Cfn("Layers[]"), Tf("layers[]")]
    role: Annotated[Link[Role], Cfn("Role"), Tf("role")]
    tracing: Annotated[Value[str], Cfn("TracingConfig.Mode"), Tf("tracing_config.mode"), Default("PassThrough")]
    # Where its logs go; without a name, they go to /aws/lambda/ and the function's name.
    log_group: Annotated[Value[str], Cfn("LoggingConfig.LogGroup"), Tf("logging_config.log_group")]
    log_format: Annotated[Value[str], Cfn("LoggingConfig.LogFormat"), Tf("logging_config.log_format"), Default("Text")]
    environment: Annotated[Value[Any], Cfn("Environment.Variables"), Tf("environment.variables")]
    environment_key: Annotated[Link[Key], Cfn("KmsKeyArn"), Tf("kms_key_arn")]
    memory: Annotated[Value[int], Cfn("MemorySize"), Tf("memory_size"), Default(128)]
    timeout: Annotated[Value[int], Cfn("Timeout"), Tf("timeout"), Default(3)]
    snap_start: Annotated[Value[str], Cfn("SnapStart.ApplyOn"), Tf("snap_start.apply_on"), Default("None")]
    temporary_storage: Annotated[Value[int], Cfn("EphemeralStorage.Size"), Tf("ephemeral_storage.size"), Default(512)]
    file_systems: Annotated[Value[Any], Cfn("FileSystemConfigs"), Tf("file_system_config")]
    # Terraform writes -1 for "not reserved".
    reserved_concurrency: Annotated[Value[int], Cfn("ReservedConcurrentExecutions"), Tf("reserved_concurrent_executions")]
    dead_letter: Annotated[Link[Queue | Topic], Cfn("DeadLetterConfig.TargetArn"), Tf("dead_letter_config.target_arn")]
    places: Annotated[list[Place], Cfn("VpcConfig.SubnetIds[]"), Tf("vpc_config.subnet_ids[]")]
    subnet_ids: Annotated[Value[list[Value[str]]], Cfn("VpcConfig.SubnetIds"), Tf("vpc_config.subnet_ids")]
    subnets: Annotated[Link[Subnet], Cfn("VpcConfig.SubnetIds[]"), Tf("vpc_config.subnet_ids[]")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcConfig.SecurityGroupIds[]"), Tf("vpc_config.security_group_ids[]")]
    # If this is true, Terraform publishes a version at every change of the code.
    publish: Annotated[Value[bool], Tf("publish", default=False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    versions: Annotated[Link["Version"], Back("function")]
    aliases: Annotated[Link["Alias"], Back("function")]
    permissions: Annotated[Link["Permission"], Back("function")]
    event_sources: Annotated[Link["EventSourceMapping"], Back("function")]
    urls: Annotated[Link["Url"], Back("function")]
    invoke_configs: Annotated[Link["EventInvokeConfig"], Back("function")]


class CapacityProvider(
    Resource,
    cfn="AWS::Lambda::CapacityProvider",
    tf="aws_lambda_capacity_provider",
    cfn_key="CapacityProviderName",
    tf_key="name",
):
    """The EC2 instances of Lambda Managed Instances."""

    places: Annotated[list[Place], Cfn("VpcConfig.SubnetIds[]"), Tf("vpc_config[0].subnet_ids[]")]
    subnet_ids: Annotated[Value[list[Value[str]]], Cfn("VpcConfig.SubnetIds"), Tf("vpc_config[0].subnet_ids")]


class Version(Resource, cfn="AWS::Lambda::Version"):
    """A published version, in CloudFormation; Terraform has `Function.publish`."""

    function: Annotated[Link[Function], Cfn("FunctionName")]


class Alias(Resource, cfn="AWS::Lambda::Alias", tf="aws_lambda_alias"):
    """A name for a version, or for two with weights."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    function: Annotated[Link[Function], Cfn("FunctionName"), Tf("function_name")]
    version: Annotated[Value[str], Cfn("FunctionVersion"), Tf("function_version")]
    weights: Annotated[
        Value[Any], Cfn("RoutingConfig.AdditionalVersionWeights"), Tf("routing_config.additional_version_weights")
    ]
    # If this is set, CloudFormation lets CodeDeploy shift the traffic.
    deployment_group: Annotated[Value[str], Cfn("@UpdatePolicy.CodeDeployLambdaAliasUpdate.DeploymentGroupName")]
    permissions: Annotated[Link["Permission"], Back("function")]
    invoke_configs: Annotated[Link["EventInvokeConfig"], Back("function")]
    provisioned_concurrency: Annotated[
        Value[int],
        Cfn("ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"),
        Tf("provisioned_concurrent_executions", of="aws_lambda_provisioned_concurrency_config", by="qualifier"),
    ]


class LayerVersion(Resource, cfn="AWS::Lambda::LayerVersion", tf="aws_lambda_layer_version"):
    """A version of a layer."""

    compatible_runtimes: Annotated[Value[list[Value[str]]], Cfn("CompatibleRuntimes"), Tf("compatible_runtimes")]
    compatible_architectures: Annotated[Value[list[Value[str]]], Cfn("CompatibleArchitectures"), Tf("compatible_architectures")]


class EventSourceMapping(Resource, cfn="AWS::Lambda::EventSourceMapping", tf="aws_lambda_event_source_mapping"):
    """Polls a queue or a stream, and invokes a function with its records."""

    function: Annotated[Link[Function | Alias | Version], Cfn("FunctionName"), Tf("function_name")]
    source: Annotated[Value[str], Cfn("EventSourceArn"), Tf("event_source_arn")]
    queue: Annotated[Link[Queue], Cfn("EventSourceArn"), Tf("event_source_arn")]
    stream: Annotated[Link[Stream], Cfn("EventSourceArn"), Tf("event_source_arn")]
    table: Annotated[Link[Table], Cfn("EventSourceArn"), Tf("event_source_arn")]
    batch_size: Annotated[Value[int], Cfn("BatchSize"), Tf("batch_size")]
    # How many seconds it waits for a batch to fill.
    batch_window: Annotated[
        Value[int], Cfn("MaximumBatchingWindowInSeconds"), Tf("maximum_batching_window_in_seconds"), Default(0)
    ]
    enabled: Annotated[Value[bool], Cfn("Enabled"), Tf("enabled"), Default(True)]
    # How many copies of the function a queue may start at the same time.
    maximum_concurrency: Annotated[
        Value[int], Cfn("ScalingConfig.MaximumConcurrency"), Tf("scaling_config.maximum_concurrency")
    ]
    # With its own pollers, a queue starts as many copies as these can.
    pollers: Annotated[Value[Any], Cfn("ProvisionedPollerConfig"), Tf("provisioned_poller_config")]
    # Only streams have one.
    starting_position: Annotated[Value[str], Cfn("StartingPosition"), Tf("starting_position")]
    on_failure: Annotated[
        Value[str], Cfn("DestinationConfig.OnFailure.Destination"), Tf("destination_config.on_failure.destination_arn")
    ]
    # -1: until the record expires.
    retries: Annotated[Value[int], Cfn("MaximumRetryAttempts"), Tf("maximum_retry_attempts"), Default(-1)]
    maximum_age: Annotated[Value[int], Cfn("MaximumRecordAgeInSeconds"), Tf("maximum_record_age_in_seconds"), Default(-1)]


class EventInvokeConfig(Resource, cfn="AWS::Lambda::EventInvokeConfig", tf="aws_lambda_function_event_invoke_config"):
    """The handling of asynchronous events of a function."""

    function: Annotated[Link[Function | Alias | Version], Cfn("FunctionName"), Tf("function_name")]
    on_failure: Annotated[
        Value[str], Cfn("DestinationConfig.OnFailure.Destination"), Tf("destination_config.on_failure.destination")
    ]
    retries: Annotated[Value[int], Cfn("MaximumRetryAttempts"), Tf("maximum_retry_attempts"), Default(2)]


class Permission(Resource, cfn="AWS::Lambda::Permission", tf="aws_lambda_permission"):
    """A statement of a function's policy."""

    function: Annotated[Link[Function | Alias | Version], Cfn("FunctionName"), Tf("function_name")]
    action: Annotated[Value[str], Cfn("Action"), Tf("action")]
    principal: Annotated[Value[str], Cfn("Principal"), Tf("principal")]
    organization: Annotated[Value[str], Cfn("PrincipalOrgID"), Tf("principal_org_id")]
    source_arn: Annotated[Value[str], Cfn("SourceArn"), Tf("source_arn")]
    source_account: Annotated[Value[str], Cfn("SourceAccount"), Tf("source_account")]
    event_source_token: Annotated[Value[str], Cfn("EventSourceToken"), Tf("event_source_token")]
    url_auth: Annotated[Value[str], Cfn("FunctionUrlAuthType"), Tf("function_url_auth_type")]
    via_url: Annotated[Value[bool], Cfn("InvokedViaFunctionUrl"), Tf("invoked_via_function_url")]


class ResourcePolicy(Resource, cfn="AWS::Lambda::ResourcePolicy", tf="aws_lambda_resource_policy"):
    """The whole policy of a function, a version or an alias."""

    arn: Annotated[Value[str], Cfn("ResourceArn"), Tf("resource_arn")]
    document: Annotated[Value[EmbeddedDocument], Cfn("PolicyDocument"), Tf("policy")]


class LayerVersionPermission(Resource, cfn="AWS::Lambda::LayerVersionPermission", tf="aws_lambda_layer_version_permission"):
    """The principals that may use a version of a layer."""

    principal: Annotated[Value[str], Cfn("Principal"), Tf("principal")]
    organization: Annotated[Value[str], Cfn("OrganizationId"), Tf("organization_id")]


class Url(Resource, cfn="AWS::Lambda::Url", tf="aws_lambda_function_url"):
    """A function's own HTTPS URL."""

    function: Annotated[Link[Function], Cfn("TargetFunctionArn"), Tf("function_name")]
    auth: Annotated[Value[str], Cfn("AuthType"), Tf("authorization_type")]
    allowed_origins: Annotated[Value[list[Value[str]]], Cfn("Cors.AllowOrigins"), Tf("cors.allow_origins")]
    allowed_methods: Annotated[Value[list[Value[str]]], Cfn("Cors.AllowMethods"), Tf("cors.allow_methods")]
    allow_credentials: Annotated[Value[bool], Cfn("Cors.AllowCredentials"), Tf("cors.allow_credentials"), Default(False)]
