"""Amazon ECS."""

import re
from typing import Annotated, Any

from wa_iac.aws.parts.containers import Container, containers
from wa_iac.aws.parts.zones import Place
from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, first_unknown, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.reader import doubt
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from . import elb, elbv2
from .applicationautoscaling import ScalableTarget, targets_of
from .autoscaling import AutoScalingGroup
from .efs import FileSystem
from .vpc import SecurityGroup


class CapacityProvider(
    Resource, cfn="AWS::ECS::CapacityProvider", tf="aws_ecs_capacity_provider", cfn_key="Name", tf_key="name"
):
    """A group of instances that ECS may scale for a cluster."""

    group: Annotated[
        Link[AutoScalingGroup],
        Cfn("AutoScalingGroupProvider.AutoScalingGroupArn"),
        Tf("auto_scaling_group_provider.auto_scaling_group_arn"),
    ]
    managed_scaling: Annotated[
        Value[str],
        Cfn("AutoScalingGroupProvider.ManagedScaling.Status"),
        Tf("auto_scaling_group_provider.managed_scaling.status"),
    ]
    managed_draining: Annotated[
        Value[str],
        Cfn("AutoScalingGroupProvider.ManagedDraining"),
        Tf("auto_scaling_group_provider.managed_draining"),
        Default("ENABLED"),
    ]


class Strategy(Block):
    """The share of tasks for one capacity provider: `FARGATE`, `FARGATE_SPOT`, or one of the cluster's own."""

    provider: Annotated[Link[CapacityProvider], Cfn("CapacityProvider"), Tf("capacity_provider")]
    name: Annotated[Value[str], Cfn("CapacityProvider"), Tf("capacity_provider")]
    weight: Annotated[Value[int], Cfn("Weight"), Tf("weight"), Default(0)]
    base: Annotated[Value[int], Cfn("Base"), Tf("base"), Default(0)]


class Cluster(Resource, cfn="AWS::ECS::Cluster", tf="aws_ecs_cluster", cfn_key="ClusterName", tf_key="name"):
    """A cluster."""

    container_insights: Annotated[
        Value[str],
        Cfn("ClusterSettings[Name=containerInsights].Value"),
        Tf("setting[name=containerInsights].value"),
    ]
    capacity_providers: Annotated[
        Value[list[Value[str]]],
        Cfn("CapacityProviders"),
        Cfn("CapacityProviders", of="AWS::ECS::ClusterCapacityProviderAssociations", by="Cluster"),
        Tf("capacity_providers", of="aws_ecs_cluster_capacity_providers", by="cluster_name"),
        Tf("capacity_providers", until="5.0"),
    ]
    default_strategy: Annotated[
        list[Strategy],
        Cfn("DefaultCapacityProviderStrategy[]"),
        Cfn("DefaultCapacityProviderStrategy[]", of="AWS::ECS::ClusterCapacityProviderAssociations", by="Cluster"),
        Tf("default_capacity_provider_strategy[]", of="aws_ecs_cluster_capacity_providers", by="cluster_name"),
        Tf("default_capacity_provider_strategy[]", until="5.0"),
    ]
    execute_command_logging: Annotated[
        Value[str],
        Cfn("Configuration.ExecuteCommandConfiguration.Logging"),
        Tf("configuration.execute_command_configuration.logging"),
    ]
    services: Annotated[Link["Service"], Back("cluster")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class AccountSetting(Resource, tf="aws_ecs_account_setting_default"):
    """A setting of all new clusters and tasks in the account's Region. CloudFormation has no such resource."""

    name: Annotated[Value[str], Tf("name")]
    value: Annotated[Value[str], Tf("value")]


class TaskDefinition(Resource, cfn="AWS::ECS::TaskDefinition", tf="aws_ecs_task_definition", cfn_key="Family", tf_key="family"):
    """Containers that run together."""

    definitions: Annotated[Value[EmbeddedDocument], Cfn("ContainerDefinitions"), Tf("container_definitions")]
    cpu: Annotated[Value[str], Cfn("Cpu"), Tf("cpu")]
    memory: Annotated[Value[str], Cfn("Memory"), Tf("memory")]
    network_mode: Annotated[Value[str], Cfn("NetworkMode"), Tf("network_mode")]
    pid_mode: Annotated[Value[str], Cfn("PidMode"), Tf("pid_mode")]
    compatibilities: Annotated[Value[list[Value[str]]], Cfn("RequiresCompatibilities"), Tf("requires_compatibilities")]
    architecture: Annotated[
        Value[str], Cfn("RuntimePlatform.CpuArchitecture"), Tf("runtime_platform.cpu_architecture"), Default("X86_64")
    ]
    operating_system: Annotated[
        Value[str],
        Cfn("RuntimePlatform.OperatingSystemFamily"),
        Tf("runtime_platform.operating_system_family"),
        Default("LINUX"),
    ]
    task_role: Annotated[Value[str], Cfn("TaskRoleArn"), Tf("task_role_arn")]
    execution_role: Annotated[Value[str], Cfn("ExecutionRoleArn"), Tf("execution_role_arn")]
    volumes: Annotated[list["Volume"], Cfn("Volumes[]"), Tf("volume[]")]
    constraints: Annotated[list["Constraint"], Cfn("PlacementConstraints[]"), Tf("placement_constraints[]")]
    services: Annotated[Link["Service"], Back("task_definition")]

    @property
    def containers(self) -> list[Container]:
        """Its containers. If they cannot be listed: one container with unknown fields."""
        return containers(self.definitions, "")

    def for_windows(self) -> Value[bool]:
        """Whether its containers are for Windows."""
        return holds(self.operating_system, lambda name: name.upper().startswith("WINDOWS"))

    def vcpus(self) -> Value[float]:
        """Number of vCPUs of a task, written as `1024` or `1 vCPU`; 0 if the text is neither."""
        match self.cpu:
            case Known(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()):
                return Known(int(text) / 1024, self.cpu.origin)
            case Known(text) if found := re.fullmatch(r"(?i)([0-9]{1,9}(?:\.[0-9]{0,9})?)\s*vcpu", text.strip()):
                return Known(float(found[1]), self.cpu.origin)
            case Known():
                return Known(0.0, self.cpu.origin)
            case other:
                return other


class DaemonTaskDefinition(
    Resource, cfn="AWS::ECS::DaemonTaskDefinition", tf="aws_ecs_daemon_task_definition", cfn_key="Family", tf_key="family"
):
    """Containers that run together, once on each instance of a capacity provider."""

    definitions: Annotated[Value[Any], Cfn("ContainerDefinitions"), Tf("container_definition")]

    @property
    def containers(self) -> list[Container]:
        """Its containers. If they cannot be listed: one container with unknown fields."""
        return containers(self.definitions, "")


class Constraint(Block):
    """What an instance has to be for a task to run on it."""

    expression: Annotated[Value[str], Cfn("Expression"), Tf("expression")]

    def names_zone(self) -> bool:
        """Whether it asks for an Availability Zone."""
        return any("availability-zone" in each for each in pieces_of(self.expression))


class Volume(Block):
    """A volume of a task."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    # The path on the instance that it is, if it is one.
    of_host: Annotated[Value[str], Cfn("Host.SourcePath"), Tf("host_path")]
    # A driver of Docker, such as one that attaches EBS volumes.
    driver: Annotated[Value[str], Cfn("DockerVolumeConfiguration.Driver"), Tf("docker_volume_configuration.driver")]
    efs: Annotated[
        Value[str],
        Cfn("EFSVolumeConfiguration.FilesystemId"),
        Tf("efs_volume_configuration.file_system_id"),
    ]
    file_system: Annotated[
        Link[FileSystem],
        Cfn("EFSVolumeConfiguration.FilesystemId"),
        Tf("efs_volume_configuration.file_system_id"),
    ]
    efs_transit_encryption: Annotated[
        Value[str],
        Cfn("EFSVolumeConfiguration.TransitEncryption"),
        Tf("efs_volume_configuration.transit_encryption"),
        Default("DISABLED"),
    ]


class ServiceLoadBalancer(Block):
    """A load balancer's traffic for one container of a service."""

    target_group: Annotated[Link[elbv2.TargetGroup], Cfn("TargetGroupArn"), Tf("target_group_arn")]
    classic: Annotated[Link[elb.LoadBalancer], Cfn("LoadBalancerName"), Tf("elb_name")]


class Service(Resource, cfn="AWS::ECS::Service", tf="aws_ecs_service", cfn_key="ServiceName", tf_key="name"):
    """A number of tasks that ECS keeps running."""

    cluster: Annotated[Link[Cluster], Cfn("Cluster"), Tf("cluster")]
    task_definition: Annotated[Link[TaskDefinition], Cfn("TaskDefinition"), Tf("task_definition")]
    # The default number of tasks of a new service is one in CloudFormation, none in Terraform.
    desired_count: Annotated[Value[int], Cfn("DesiredCount", default=1), Tf("desired_count", default=0)]
    # By default, the cluster's own strategy, else EC2.
    launch_type: Annotated[Value[str], Cfn("LaunchType"), Tf("launch_type")]
    constraints: Annotated[list[Constraint], Cfn("PlacementConstraints[]"), Tf("placement_constraints[]")]
    strategy: Annotated[list[Strategy], Cfn("CapacityProviderStrategy[]"), Tf("capacity_provider_strategy[]")]
    scheduling: Annotated[Value[str], Cfn("SchedulingStrategy"), Tf("scheduling_strategy"), Default("REPLICA")]
    platform_version: Annotated[Value[str], Cfn("PlatformVersion"), Tf("platform_version")]
    public_ip: Annotated[
        Value[str],
        Cfn("NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp"),
        Tf("network_configuration.assign_public_ip", read={True: "ENABLED", False: "DISABLED"}),
        Default("DISABLED"),
    ]
    places: Annotated[
        list[Place], Cfn("NetworkConfiguration.AwsvpcConfiguration.Subnets[]"), Tf("network_configuration.subnets[]")
    ]
    subnets: Annotated[
        Value[list[Value[str]]],
        Cfn("NetworkConfiguration.AwsvpcConfiguration.Subnets"),
        Tf("network_configuration.subnets"),
    ]
    security_groups: Annotated[
        Link[SecurityGroup],
        Cfn("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups[]"),
        Tf("network_configuration.security_groups[]"),
    ]
    load_balancers: Annotated[list[ServiceLoadBalancer], Cfn("LoadBalancers[]"), Tf("load_balancer[]")]
    controller: Annotated[Value[str], Cfn("DeploymentController.Type"), Tf("deployment_controller.type"), Default("ECS")]
    deployment_strategy: Annotated[
        Value[str],
        Cfn("DeploymentConfiguration.Strategy"),
        Tf("deployment_configuration.strategy"),
        Default("ROLLING"),
    ]
    circuit_breaker: Annotated[
        Value[bool],
        Cfn("DeploymentConfiguration.DeploymentCircuitBreaker.Enable"),
        Tf("deployment_circuit_breaker.enable"),
        Default(False),
    ]
    circuit_breaker_rollback: Annotated[
        Value[bool],
        Cfn("DeploymentConfiguration.DeploymentCircuitBreaker.Rollback"),
        Tf("deployment_circuit_breaker.rollback"),
        Default(False),
    ]
    alarms: Annotated[Value[bool], Cfn("DeploymentConfiguration.Alarms.Enable"), Tf("alarms.enable"), Default(False)]
    alarms_rollback: Annotated[
        Value[bool], Cfn("DeploymentConfiguration.Alarms.Rollback"), Tf("alarms.rollback"), Default(False)
    ]
    minimum_healthy_percent: Annotated[
        Value[int],
        Cfn("DeploymentConfiguration.MinimumHealthyPercent"),
        Tf("deployment_minimum_healthy_percent"),
        Default(100),
    ]
    maximum_percent: Annotated[
        Value[int],
        Cfn("DeploymentConfiguration.MaximumPercent"),
        Tf("deployment_maximum_percent"),
        Default(200),
    ]
    execute_command: Annotated[Value[bool], Cfn("EnableExecuteCommand"), Tf("enable_execute_command"), Default(False)]
    propagate_tags: Annotated[Value[str], Cfn("PropagateTags"), Tf("propagate_tags"), Default("NONE")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def scaled_by(self, graph: Graph) -> tuple[list[ScalableTarget], Unknown | None]:
        """The scalable targets for the number of its tasks, and an unknown if there may be another one."""
        found: list[ScalableTarget] = []
        why: Unknown | None = None
        for target in targets_of(self, graph):
            match target.adjusts(self, graph):
                case Known(True):
                    why = first_unknown(why, doubt(target.declared, self.declared))
                    found.append(target)
                case Unknown() as unknown:
                    why = first_unknown(why, unknown)
                case _:
                    pass
        return found, why

    def switched_off(self, graph: Graph) -> bool:
        """Whether its number of tasks is 0, and nothing here ever changes that."""
        if self.desired_count != Known(0) or self.scheduling != Known("REPLICA") or self.ignores("desired_count"):
            return False
        targets, why = self.scaled_by(graph)
        limits = [each.max_capacity for each in targets]
        limits += [action.max_capacity for each in targets for action in each.actions]
        scheduled = any(not isinstance(each.scheduled.presence, Absent) for each in targets)
        return why is None and not scheduled and all(each in (Known(0), Absent()) for each in limits)

    def follows_load(self, graph: Graph) -> Value[bool]:
        """Whether something changes the number of its tasks."""
        return any_of(target.moves_with(self, graph) for target in targets_of(self, graph))

    def balanced(self) -> Value[bool]:
        """Whether a load balancer sends it traffic; absent if none does."""
        for each in self.load_balancers:
            if each.unknown is None:
                return Known(True, each.origin)
        return next((each.unknown for each in self.load_balancers if each.unknown is not None), self.absent)

    def shares_traffic(self, graph: Graph) -> Value[bool]:
        """Whether another service serves the same target group."""
        served = graph.index(Service, _target_groups)
        own = _target_groups(self)
        if any(other != self for target in own for other in served.get(target, ())):
            return Known(True)
        # A block that makes an unknown number of services, all of them for one target group.
        others = self.declared.others
        return Known(False) if others is None or all(each.representative is not None for each in own) else others

    def singleton(self) -> Value[bool]:
        """Whether its deployments stop the old task before they start the new one, so that there are never two."""
        least, most = self.minimum_healthy_percent, self.maximum_percent
        return all_of((holds(least, lambda percent: percent == 0), holds(most, lambda percent: percent == 100)))

    def on_fargate(self) -> bool:
        """Whether all its tasks certainly run on Fargate, and not on Fargate Spot."""
        if self.launch_type == Known("FARGATE"):
            return True
        return bool(self.strategy) and all(each.name == Known("FARGATE") for each in self.strategy)

    def for_instances(self, words: str) -> str:
        """A sentence on the instances of its cluster, which begins in lower case: empty if its tasks run on Fargate, and "unless" they do where
        nothing here says."""
        kinds = [each.compatibilities for each in self.task_definition]
        names = {name.value for kind in kinds if isinstance(kind, Known) for name in kind.value if isinstance(name, Known)}
        serverless = bool(self.strategy) and all(
            each.name in (Known("FARGATE"), Known("FARGATE_SPOT")) for each in self.strategy
        )
        if self.launch_type == Known("EC2") or names == {"EC2"}:
            return words[:1].upper() + words[1:]
        if self.launch_type == Known("FARGATE") or names == {"FARGATE"} or serverless:
            return ""
        return f"Unless the tasks run on Fargate, {words}"

    def on_instances(self, cluster: Cluster) -> bool:
        """Whether all its tasks certainly run on instances, in this cluster."""
        match self.launch_type:
            case Known(kind):
                return kind == "EC2"
            case Absent():
                strategy = self.strategy or cluster.default_strategy
                # Without a strategy, ECS uses instances. With one, only a provider in this unit is known to have instances.
                return all(bool(each.provider.targets) for each in strategy)
            case _:
                return False


def _target_groups(service: Service) -> list[elbv2.TargetGroup]:
    return [target for each in service.load_balancers for target in each.target_group.targets]
