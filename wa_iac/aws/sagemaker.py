"""Amazon SageMaker AI."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup, Subnet


class NotebookInstance(
    Resource,
    cfn="AWS::SageMaker::NotebookInstance",
    tf="aws_sagemaker_notebook_instance",
    cfn_key="NotebookInstanceName",
    tf_key="name",
):
    """An instance with Jupyter."""

    instance_type: Annotated[Value[str], Cfn("InstanceType"), Tf("instance_type")]
    subnet: Annotated[Link[Subnet], Cfn("SubnetId"), Tf("subnet_id")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroupIds[]"), Tf("security_groups[]")]
    direct_internet_access: Annotated[Value[str], Cfn("DirectInternetAccess"), Tf("direct_internet_access"), Default("Enabled")]
    root_access: Annotated[Value[str], Cfn("RootAccess"), Tf("root_access"), Default("Enabled")]
    metadata_version: Annotated[
        Value[str],
        Cfn("InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion"),
        Tf("instance_metadata_service_configuration.minimum_instance_metadata_service_version"),
        Default("1"),
    ]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    lifecycle_configuration: Annotated[Value[str], Cfn("LifecycleConfigName"), Tf("lifecycle_config_name")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Variant(Block):
    """A model behind an endpoint, with its instances."""

    instance_type: Annotated[Value[str], Cfn("InstanceType"), Tf("instance_type")]
    instances: Annotated[Value[int], Cfn("InitialInstanceCount"), Tf("initial_instance_count")]
    least: Annotated[
        Value[int], Cfn("ManagedInstanceScaling.MinInstanceCount"), Tf("managed_instance_scaling.min_instance_count")
    ]


class EndpointConfig(
    Resource,
    cfn="AWS::SageMaker::EndpointConfig",
    tf="aws_sagemaker_endpoint_configuration",
    cfn_key="EndpointConfigName",
    tf_key="name",
):
    """The instances of an endpoint."""

    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_arn")]
    variants: Annotated[list[Variant], Cfn("ProductionVariants[]"), Tf("production_variants[]")]
    # Requests wait in a queue, and the answers go to a bucket.
    queued: Annotated[
        Value[str],
        Cfn("AsyncInferenceConfig.OutputConfig.S3OutputPath"),
        Tf("async_inference_config.output_config.s3_output_path"),
    ]


class ModelContainer(Block):
    """One of several containers of a model."""

    variables: Annotated[Value[EmbeddedDocument], Cfn("Environment"), Tf("environment")]


class Model(
    Resource,
    cfn="AWS::SageMaker::Model",
    tf="aws_sagemaker_model",
    cfn_key="ModelName",
    tf_key="name",
):
    """A model with the container that runs it."""

    isolated: Annotated[Value[bool], Cfn("EnableNetworkIsolation"), Tf("enable_network_isolation"), Default(False)]
    subnets: Annotated[Link[Subnet], Cfn("VpcConfig.Subnets[]"), Tf("vpc_config.subnets[]")]
    variables: Annotated[Value[EmbeddedDocument], Cfn("PrimaryContainer.Environment"), Tf("primary_container.environment")]
    containers: Annotated[list[ModelContainer], Cfn("Containers[]"), Tf("container[]")]


class Domain(Resource, cfn="AWS::SageMaker::Domain", tf="aws_sagemaker_domain", tf_key="domain_name"):
    """A domain of SageMaker Studio, with its users and their applications."""

    access: Annotated[Value[str], Cfn("AppNetworkAccessType"), Tf("app_network_access_type"), Default("PublicInternetOnly")]


class MonitoringJob(
    Resource,
    cfn=(
        "AWS::SageMaker::DataQualityJobDefinition",
        "AWS::SageMaker::ModelBiasJobDefinition",
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "AWS::SageMaker::ModelQualityJobDefinition",
    ),
    tf="aws_sagemaker_data_quality_job_definition",
    cfn_key="JobDefinitionName",
    tf_key="name",
):
    """A job that compares what a model gets and answers with a baseline."""

    instances: Annotated[
        Value[int], Cfn("JobResources.ClusterConfig.InstanceCount"), Tf("job_resources.cluster_config.instance_count")
    ]
    encrypted: Annotated[
        Value[bool],
        Cfn("NetworkConfig.EnableInterContainerTrafficEncryption"),
        Tf("network_config.enable_inter_container_traffic_encryption"),
        Default(False),
    ]
    isolated: Annotated[
        Value[bool],
        Cfn("NetworkConfig.EnableNetworkIsolation"),
        Tf("network_config.enable_network_isolation"),
        Default(False),
    ]
    subnets: Annotated[Link[Subnet], Cfn("NetworkConfig.VpcConfig.Subnets[]"), Tf("network_config.vpc_config.subnets[]")]
