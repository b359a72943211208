"""Routing controls of Amazon Application Recovery Controller (ARC)."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Link, Resource


class ControlPanel(
    Resource, cfn="AWS::Route53RecoveryControl::ControlPanel", tf="aws_route53recoverycontrolconfig_control_panel"
):
    """A group of routing controls."""

    controls: Annotated[Link["RoutingControl"], Back("panel")]
    safety_rules: Annotated[Link["SafetyRule"], Back("panel")]


class RoutingControl(
    Resource, cfn="AWS::Route53RecoveryControl::RoutingControl", tf="aws_route53recoverycontrolconfig_routing_control"
):
    """A switch for the traffic to one cell, one zone or one Region."""

    # The default panel of the cluster, unless one is named.
    panel: Annotated[Link[ControlPanel], Cfn("ControlPanelArn"), Tf("control_panel_arn")]


class SafetyRule(Resource, cfn="AWS::Route53RecoveryControl::SafetyRule", tf="aws_route53recoverycontrolconfig_safety_rule"):
    """What has to hold when somebody turns switches."""

    panel: Annotated[Link[ControlPanel], Cfn("ControlPanelArn"), Tf("control_panel_arn")]
