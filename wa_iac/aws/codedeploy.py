"""AWS CodeDeploy."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .autoscaling import AutoScalingGroup


class Application(
    Resource, cfn="AWS::CodeDeploy::Application", tf="aws_codedeploy_app", cfn_key="ApplicationName", tf_key="name"
):
    """An application to deploy."""

    platform: Annotated[Value[str], Cfn("ComputePlatform"), Tf("compute_platform"), Default("Server")]


class DeploymentConfig(
    Resource,
    cfn="AWS::CodeDeploy::DeploymentConfig",
    tf="aws_codedeploy_deployment_config",
    cfn_key="DeploymentConfigName",
    tf_key="deployment_config_name",
):
    """The speed of a deployment."""

    platform: Annotated[Value[str], Cfn("ComputePlatform"), Tf("compute_platform"), Default("Server")]
    healthy_type: Annotated[Value[str], Cfn("MinimumHealthyHosts.Type"), Tf("minimum_healthy_hosts.type")]
    healthy_value: Annotated[Value[int], Cfn("MinimumHealthyHosts.Value"), Tf("minimum_healthy_hosts.value")]
    routing: Annotated[Value[str], Cfn("TrafficRoutingConfig.Type"), Tf("traffic_routing_config.type"), Default("AllAtOnce")]


class DeploymentGroup(
    Resource,
    cfn="AWS::CodeDeploy::DeploymentGroup",
    tf="aws_codedeploy_deployment_group",
    cfn_key="DeploymentGroupName",
    tf_key="deployment_group_name",
):
    """The targets of an application's deployments, and the actions if one fails."""

    application: Annotated[Link[Application], Cfn("ApplicationName"), Tf("app_name")]
    config: Annotated[Link[DeploymentConfig], Cfn("DeploymentConfigName"), Tf("deployment_config_name")]
    config_name: Annotated[Value[str], Cfn("DeploymentConfigName"), Tf("deployment_config_name")]
    # What CloudFormation deploys by itself as it makes the group.
    first_deployment: Annotated[Value[Any], Cfn("Deployment")]
    groups: Annotated[Link[AutoScalingGroup], Cfn("AutoScalingGroups[]"), Tf("autoscaling_groups[]")]
    # IN_PLACE or BLUE_GREEN.
    style: Annotated[
        Value[str], Cfn("DeploymentStyle.DeploymentType"), Tf("deployment_style.deployment_type"), Default("IN_PLACE")
    ]
    # Where the instances of a blue-green deployment come from: COPY_AUTO_SCALING_GROUP or DISCOVER_EXISTING.
    fleet: Annotated[
        Value[str],
        Cfn("BlueGreenDeploymentConfiguration.GreenFleetProvisioningOption.Action"),
        Tf("blue_green_deployment_config.green_fleet_provisioning_option.action"),
    ]
    rollback: Annotated[
        Value[bool], Cfn("AutoRollbackConfiguration.Enabled"), Tf("auto_rollback_configuration.enabled"), Default(False)
    ]
    rollback_events: Annotated[
        Value[list[Value[str]]], Cfn("AutoRollbackConfiguration.Events"), Tf("auto_rollback_configuration.events")
    ]
    alarms: Annotated[Value[bool], Cfn("AlarmConfiguration.Enabled"), Tf("alarm_configuration.enabled"), Default(False)]
