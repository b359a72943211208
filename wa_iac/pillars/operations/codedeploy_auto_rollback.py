"""# CodeDeploy deployment group has no automatic rollback

## Why

A failed deployment stops halfway: some instances or tasks run the new version, some the old one, until someone intervenes. With
automatic rollback, CodeDeploy deploys the last version that worked.

A function of Lambda is not half deployed if the group moves all of its traffic at once: a deployment that fails before has changed nothing, and
one that fails after it leaves the new version in use. A group of one instance has no other one with the old version. A blue-green deployment
leaves the old version in place until it moves the traffic. A deployment that needs no healthy instance, as with `CodeDeployDefault.AllAtOnce`, fails
only if no instance takes the new version.

Let alarms stop a deployment as well, because a version that starts and returns errors does not fail by itself.

## What it checks

The rule checks deployment groups, and reports one on which automatic rollback is not enabled. The default profile has the finding for a group that
deploys in place to instances, where a failed deployment certainly leaves some of them without the version before. For a blue-green deployment and
for functions and services it is advice. The severity is low for a group that moves all traffic of a function of Lambda at once.

## What is left out

CloudFormation accepts no automatic rollback beside the property `Deployment`, by which it makes a deployment itself: the finding is advice
there. The rule does not look at which events trigger the rollback, or at whether the group has alarms.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: web
      ServiceRoleArn: arn:aws:iam::123456789012:role/codedeploy
```

```hcl
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"

  auto_rollback_configuration {
    enabled = false # finding: stops halfway
  }
}

resource "aws_codedeploy_deployment_group" "fleet" { # finding: to all of its instances at once
  app_name               = "fleet"
  deployment_group_name  = "fleet"
  service_role_arn       = "arn:aws:iam::123456789012:role/codedeploy"
  deployment_config_name = "CodeDeployDefault.AllAtOnce"
}

resource "aws_codedeploy_deployment_group" "shop" { # finding: after it has begun to move the traffic
  app_name              = "shop"
  deployment_group_name = "shop"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: web
      ServiceRoleArn: arn:aws:iam::123456789012:role/codedeploy
      AutoRollbackConfiguration:
        Enabled: true
        Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]
      AlarmConfiguration:
        Enabled: true
        Alarms:
          - Name: web-errors
```

```hcl
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }

  alarm_configuration {
    enabled = true
    alarms  = ["web-errors"]
  }
}
```

## Undecided

The result is undecided if `Enabled` or `enabled` is not known before deployment.

```yaml
Parameters:
  Enabled:
    Type: String
Resources:
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: web
      ServiceRoleArn: arn:aws:iam::123456789012:role/codedeploy
      AutoRollbackConfiguration:
        Enabled: !Ref Enabled  # undecided: parameter "Enabled" has no default
        Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]
      AlarmConfiguration:
        Enabled: true
        Alarms:
          - Name: web-errors
```

```hcl
variable "enabled" { # undecided: Fails when var.enabled is false
  type = bool
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "arn:aws:iam::123456789012:role/codedeploy"

  auto_rollback_configuration {
    enabled = var.enabled
  }
}
```

## Sources

- [interface AutoRollbackConfigurationProperty - AWS CDK](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_codedeploy.CfnDeploymentGroup.AutoRollbackConfigurationProperty.html), read on 2026-11-29
- [Redeploy and roll back a deployment with CodeDeploy (Japanese edition)](https://docs.aws.amazon.com/ja_jp/codedeploy/latest/userguide/deployments-rollback-and-redeploy.md), read on 2026-11-29
- [CodeDeploy instance health](https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.md), read on 2026-12-01
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.codedeploy import DeploymentGroup
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, expect, milder, rule
from wa_iac.core.value import Known

_BESIDE_DEPLOYMENT: Final = (
    "CloudFormation accepts no AutoRollbackConfiguration beside Deployment: remove Deployment, let a pipeline make the deployments, and turn "
    "the rollback on then."
)

_HALFWAY: Final = (
    "A failed deployment of this group stops halfway: the old and the new version run side by side until someone intervenes."
)
_BESIDE: Final = "A deployment of this group that fails after it has begun to move the traffic stays there: the new version has a part or all of it until someone intervenes."
_OF_ONE: Final = (
    "A failed deployment of this group leaves its only instance without a version that works until someone intervenes."
)
_OF_ALL: Final = "A deployment of this group that fails after it has moved the traffic leaves the new version of the function in use until someone intervenes."
_ON_ALL: Final = "This group deploys to all of its instances at once. If that fails on all of them, none has a version that works until someone intervenes."
_ALL_OF_SERVERS: Final = "CodeDeployDefault.AllAtOnce"
_ALL_OF_LAMBDA: Final = "CodeDeployDefault.LambdaAllAtOnce"
_ALARMS: Final = "Give the group alarms also: without any, only a deployment that fails by itself is rolled back."
_COUNTS: Final = (
    "A deployment that works on only one instance succeeds here, and is not rolled back: choose another configuration, such as "
    "CodeDeployDefault.OneAtATime, or let alarms stop it."
)
_EVENTS: Final = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
_REMEDY: Final = Remedy(
    cfn={"AutoRollbackConfiguration": {"Enabled": True, "Events?": _EVENTS}},
    tf={"auto_rollback_configuration": {"enabled": True, "events?": _EVENTS}},
)


def _with_alarms(group: DeploymentGroup, graph: Graph) -> Remedy | None:
    """The remedy for a group that has no alarm yet, or that accepts a deployment to one instance."""
    del graph
    at_once = group.style == Known("IN_PLACE") and _needs_none(group)
    more = [*([_COUNTS] if at_once else []), *([] if group.alarms == Known(True) else [_ALARMS])]
    return replace(_REMEDY, decision=" ".join(more)) if more else None


@rule(
    practices=["OPS06-BP04", "OPS06-BP01", "REL08-BP05"],
    severity=Severity.MEDIUM,
    remedy=replace(_REMEDY, given=_with_alarms),
    equivalents={"config": ["CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED"]},
    fix=Recipe(
        cfn={"AutoRollbackConfiguration": {"Enabled": True, "Events?": _EVENTS}},
        tf={"auto_rollback_configuration": {"enabled": True, "events?": _EVENTS}},
    ),
)
def check(group: DeploymentGroup) -> Flags:
    whole = _moves_all(group)
    alone = bool(group.groups.targets) and all(each.max_size == Known(1) for each in group.groups)
    beside = group.style == Known("BLUE_GREEN")
    here = _OF_ONE if alone else _ON_ALL if _needs_none(group) else _HALFWAY
    found = expect(group.rollback, True, _OF_ALL if whole else _BESIDE if beside else here)
    found = milder(found, severity=Severity.LOW) if whole else found
    elsewhere = group.style != Known("IN_PLACE") or any(each.platform != Known("Server") for each in group.application)
    if elsewhere:
        found = milder(found, confidence=Confidence.LOW)
    makes_one = isinstance(group.first_deployment, Known)
    yield from milder(found, confidence=Confidence.LOW, instead=_BESIDE_DEPLOYMENT) if makes_one else found


def _moves_all(group: DeploymentGroup) -> bool:
    """Whether it surely moves all traffic of a function at once."""
    own = any(each.platform == Known("Lambda") and each.routing == Known("AllAtOnce") for each in group.config)
    return own or group.config_name == Known(_ALL_OF_LAMBDA)


def _needs_none(group: DeploymentGroup) -> bool:
    """Whether it surely deploys to all instances at once, of which one has to succeed ("CodeDeploy instance health", AWS CodeDeploy User Guide)."""
    return group.config_name == Known(_ALL_OF_SERVERS) or any(each.healthy_value == Known(0) for each in group.config)
