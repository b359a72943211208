"""AWS Batch."""

from typing import Annotated

from wa_iac.aws.parts.containers import Container, containers
from wa_iac.aws.parts.zones import Place
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class ComputeEnvironment(
    Resource,
    cfn="AWS::Batch::ComputeEnvironment",
    tf="aws_batch_compute_environment",
    cfn_key="ComputeEnvironmentName",
    tf_key="name",
):
    """An environment in which jobs run. `kind` is MANAGED or UNMANAGED, `capacity` EC2, SPOT, FARGATE or FARGATE_SPOT."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("type")]
    capacity: Annotated[Value[str], Cfn("ComputeResources.Type"), Tf("compute_resources.type")]
    allocation: Annotated[
        Value[str],
        Cfn("ComputeResources.AllocationStrategy"),
        Tf("compute_resources.allocation_strategy"),
        Default("BEST_FIT"),
    ]
    instance_types: Annotated[
        Value[list[Value[str]]], Cfn("ComputeResources.InstanceTypes"), Tf("compute_resources.instance_type")
    ]
    min_vcpus: Annotated[Value[int], Cfn("ComputeResources.MinvCpus"), Tf("compute_resources.min_vcpus"), Default(0)]
    max_vcpus: Annotated[Value[int], Cfn("ComputeResources.MaxvCpus"), Tf("compute_resources.max_vcpus")]
    places: Annotated[list[Place], Cfn("ComputeResources.Subnets[]"), Tf("compute_resources.subnets[]")]
    subnets: Annotated[Value[list[Value[str]]], Cfn("ComputeResources.Subnets"), Tf("compute_resources.subnets")]
    queues: Annotated[Link["JobQueue"], Back("environments")]


class JobQueue(Resource, cfn="AWS::Batch::JobQueue", tf="aws_batch_job_queue", cfn_key="JobQueueName", tf_key="name"):
    """A queue of jobs."""

    environments: Annotated[
        Link[ComputeEnvironment],
        Cfn("ComputeEnvironmentOrder[].ComputeEnvironment"),
        Tf("compute_environment_order[].compute_environment"),
        Tf("compute_environments[]", until="6.0"),
    ]


class JobDefinition(
    Resource, cfn="AWS::Batch::JobDefinition", tf="aws_batch_job_definition", cfn_key="JobDefinitionName", tf_key="name"
):
    """The definition of a job."""

    container: Annotated[Value[EmbeddedDocument], Cfn("ContainerProperties"), Tf("container_properties")]
    nodes: Annotated[Value[EmbeddedDocument], Cfn("NodeProperties"), Tf("node_properties")]
    tasks: Annotated[Value[EmbeddedDocument], Cfn("EcsProperties"), Tf("ecs_properties")]
    pod: Annotated[Value[EmbeddedDocument], Cfn("EksProperties.PodProperties"), Tf("eks_properties.pod_properties")]
    attempts: Annotated[Value[int], Cfn("RetryStrategy.Attempts"), Tf("retry_strategy.attempts"), Default(1)]
    timeout: Annotated[Value[int], Cfn("Timeout.AttemptDurationSeconds"), Tf("timeout.attempt_duration_seconds")]

    @property
    def containers(self) -> list[Container]:
        """Its containers, for every kind of job. If they cannot be listed: one container with unknown fields."""
        return [
            *containers(self.container),
            *containers(self.nodes, "NodeRangeProperties[].Container"),
            *containers(self.tasks, "TaskProperties[].Containers[]"),
            *containers(self.pod, "Containers[]"),
        ]
