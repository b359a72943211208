"""# CodeDeploy deploys to everything at once

## Why

A faulty version reaches every instance, or every request, before anybody notices. If it goes out in steps, the first step shows
the fault, and the deployment stops or is rolled back while most of the old version still works.

## What it checks

Deployment groups with a predefined configuration that deploys all at once, or with a configuration of this code that does: no
instance has to stay healthy, or the traffic is shifted all at once.

## What is left out

Without a configuration, CodeDeploy deploys to one instance at a time. A group of at most one instance has no steps. The alias
of a function is reported by `lambda-gradual-deployment`. A Network Load Balancer shifts traffic of ECS only all at once in most
configurations, so groups of ECS are left out if the code has no other load balancer. If a blue/green deployment or an alarm
with rollback limits the harm, the confidence is low.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: orders
      ServiceRoleArn: arn:aws:iam::123456789012:role/deploy
      DeploymentConfigName: CodeDeployDefault.AllAtOnce  # finding
```

```hcl
resource "aws_codedeploy_deployment_config" "fast" {
  deployment_config_name = "fast"

  minimum_healthy_hosts {
    type  = "HOST_COUNT"
    value = 0
  }
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = aws_codedeploy_deployment_config.fast.id # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: orders
      ServiceRoleArn: arn:aws:iam::123456789012:role/deploy
      DeploymentConfigName: CodeDeployDefault.HalfAtATime
```

```hcl
resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
}
```

## Not applicable

```yaml
Resources:
  Single:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "1"
      AvailabilityZones: !GetAZs ""
      LaunchTemplate:
        LaunchTemplateName: orders
        Version: "1"
  Orders:  # not applicable: one instance
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: orders
      ServiceRoleArn: arn:aws:iam::123456789012:role/deploy
      DeploymentConfigName: CodeDeployDefault.AllAtOnce
      AutoScalingGroups:
        - !Ref Single
```

```hcl
resource "aws_lb" "orders" {
  load_balancer_type = "network"
  subnets            = ["subnet-1", "subnet-2"]
}

resource "aws_codedeploy_deployment_group" "orders" { # not applicable: Network Load Balancer
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"
}
```

## Undecided

The result is undecided if the configuration is not known before deployment.

```yaml
Parameters:
  Config:
    Type: String
Resources:
  Orders:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: orders
      ServiceRoleArn: arn:aws:iam::123456789012:role/deploy
      DeploymentConfigName: !Ref Config  # undecided: parameter "Config" has no default
```

```hcl
variable "config" {
  type = string
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "arn:aws:iam::123456789012:role/deploy"
  deployment_config_name = var.config # undecided: var.config has no default
}
```

## Sources

- [deployment configurations](https://docs.aws.amazon.com/he_il/codedeploy/latest/userguide/deployment-configurations.md), read on 2026-11-29
- [Create a deployment configuration with CodeDeploy - AWS CodeDeploy](https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations-create), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.codedeploy import DeploymentConfig, DeploymentGroup
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.lambda_function import Alias
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, settled, written
from wa_iac.core.value import Known, Value

_FASTEST: Final = {
    "CodeDeployDefault.AllAtOnce": "CodeDeployDefault.HalfAtATime",
    "CodeDeployDefault.ECSAllAtOnce": "CodeDeployDefault.ECSCanary10Percent5Minutes",
    "CodeDeployDefault.LambdaAllAtOnce": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
}
"""The predefined configurations that deploy all at once, and those to use instead."""
_SLOWER: Final = {"Server": "CodeDeployDefault.HalfAtATime", "ECS": "CodeDeployDefault.ECSCanary10Percent5Minutes"}
_LAMBDA: Final = "CodeDeployDefault.LambdaCanary10Percent5Minutes"


_DECISIONS: Final = {
    _SLOWER[
        "Server"
    ]: "The version before and the new one serve at the same time. With a single instance, nothing can be staged: suppress this with that reason.",
    _SLOWER[
        "ECS"
    ]: "The version before and the new one serve at the same time. A Network Load Balancer shifts traffic only all at once.",
    _LAMBDA: "The version before and the new one serve at the same time. Let an alarm with rollback stop the deployment.",
}


@rule(
    practices=["OPS06-BP03", "REL08-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="DeploymentConfigName: CodeDeployDefault.HalfAtATime", tf='deployment_config_name = "CodeDeployDefault.HalfAtATime"'
    ),
    equivalents={
        "config": ["CODEDEPLOY_EC2_MINIMUM_HEALTHY_HOSTS_CONFIGURED", "CODEDEPLOY_LAMBDA_ALLATONCE_TRAFFIC_SHIFT_DISABLED"]
    },
)
def check(group: DeploymentGroup, graph: Graph) -> Flags:
    config = next(iter(group.config), None)
    slower = _slower(config) if config is not None else _FASTEST.get(_text(group))
    if config is None:
        settled(group.config_name)
    if slower is None:
        return
    if slower == _LAMBDA and group.address in graph.once(_of_aliases):
        return
    groups = list(group.groups)
    single = all_of(holds(each.max_size, lambda most: most < 2) for each in groups) if groups else Known(False)
    exempt(single, "it deploys to a group of one instance")
    all_known(group.groups.unknown)
    if slower == _SLOWER["ECS"]:
        exempt(graph.once(_only_network), "a Network Load Balancer shifts the traffic of ECS at once")
    limited = group.style == Known("BLUE_GREEN") or (group.rollback == Known(True) and group.alarms == Known(True))
    yield flag(
        group.config_name,
        "A new version reaches everything at once: a fault in it affects every user before anybody can stop the deployment.",
        confidence=Confidence.LOW if limited else None,
        instead=Remedy(
            cfn=f"DeploymentConfigName: {slower}",
            tf=f'deployment_config_name = "{slower}"',
            decision=_DECISIONS[slower],
        ),
    )


def _text(group: DeploymentGroup) -> str:
    return group.config_name.value if isinstance(group.config_name, Known) else ""


def _slower(config: DeploymentConfig) -> str | None:
    """The configuration to use instead of one of this code, if that one deploys all at once."""
    platform = written(config.platform).value
    if platform == "Server":
        return _SLOWER["Server"] if settled(config.healthy_value) == Known(0) else None
    if settled(config.routing) != Known("AllAtOnce"):
        return None
    return _SLOWER["ECS"] if platform == "ECS" else _LAMBDA


def _of_aliases(graph: Graph) -> frozenset[str]:
    """The addresses of the groups that shift the traffic of an alias of this unit."""
    return frozenset(each.address for alias in graph.of(Alias) for each in graph.referred(alias.deployment_group))


def _only_network(graph: Graph) -> Value[bool]:
    """Whether all load balancers of a unit are Network Load Balancers, and there is one."""
    kinds = [each.kind for each in graph.of(LoadBalancer)]
    return all_of(holds(kind, "network".__eq__) for kind in kinds) if kinds else Known(False)
