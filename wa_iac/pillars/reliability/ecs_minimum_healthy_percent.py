"""# Deployment of an ECS service may stop all of its tasks

## Why

With a minimum of 0 percent, ECS may stop all tasks before the new ones answer. Each deployment is then a short outage, and a bad one a
long outage.

## What it checks

The rule reports services behind a load balancer with a minimum healthy percent of 0.

The finding is advice unless the tasks run on Fargate, which has room for new ones, or there are certainly two tasks or more, so that half of them can go on. A single task on
an instance may have to stop first, for its memory or its port.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

Services without a load balancer: a worker may stop for a moment. Services that may not have two tasks at once, with a maximum of 100
percent. Services that are switched off. Services that CodeDeploy deploys, or with a strategy that starts all new tasks beside the old
ones, such as blue/green.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      DesiredCount: 2
      DeploymentConfiguration: {MinimumHealthyPercent: 0}  # finding
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef, ContainerName: web, ContainerPort: 80}]
```

```hcl
resource "aws_ecs_service" "web" {
  name                               = "web"
  cluster                            = "orders"
  task_definition                    = "web:7"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 0 # finding

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 80
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      DesiredCount: 2
      DeploymentConfiguration: {MinimumHealthyPercent: 100}
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef, ContainerName: web, ContainerPort: 80}]
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "orders"
  task_definition = "web:7"
  desired_count   = 2

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 80
  }
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: it may not have two tasks at once
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      DesiredCount: 1
      DeploymentConfiguration: {MinimumHealthyPercent: 0, MaximumPercent: 100}
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef, ContainerName: web, ContainerPort: 80}]
```

```yaml
Resources:
  Web:  # not applicable: something else deploys it
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      DesiredCount: 2
      DeploymentController: {Type: CODE_DEPLOY}
      DeploymentConfiguration: {MinimumHealthyPercent: 0}
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef, ContainerName: web, ContainerPort: 80}]
  Shop:  # not applicable: beside the old ones
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: shop:7
      DesiredCount: 2
      DeploymentConfiguration: {MinimumHealthyPercent: 0, Strategy: BLUE_GREEN}
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef, ContainerName: shop, ContainerPort: 80}]
  Old:  # not applicable: switched off
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: old:7
      DesiredCount: 0
      DeploymentConfiguration: {MinimumHealthyPercent: 0}
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/old/0123456789abcdef, ContainerName: old, ContainerPort: 80}]
```

## Undecided

The result is undecided if the percentage is not known before deployment.

```yaml
Parameters:
  Least:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      DesiredCount: 2
      DeploymentConfiguration: {MinimumHealthyPercent: !Ref Least}  # undecided: parameter "Least" has no default
      LoadBalancers: [{TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef, ContainerName: web, ContainerPort: 80}]
```

```hcl
variable "least" {
  type = number
}

resource "aws_ecs_service" "web" {
  name                               = "web"
  cluster                            = "orders"
  task_definition                    = "web:7"
  desired_count                      = 2
  deployment_minimum_healthy_percent = var.least # undecided: var.least has no default

  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
    container_name   = "web"
    container_port   = 80
  }
}
```

## Sources

- [Deploy Amazon ECS services by replacing tasks - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/userguide/deployment-type-ecs.html), read on 2026-11-29
- [AWS::ECS::Service DeploymentConfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-deploymentconfiguration.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import Service
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, written
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.workshops import where_needed

_DAEMON: Final = Remedy(
    cfn={"DeploymentConfiguration": {"MinimumHealthyPercent": 50}},
    tf={"deployment_minimum_healthy_percent": 50},
    decision="ECS then deploys to half of the instances at a time, which needs two instances or more:",
)
_FULL: Final = 100
_DOUBLE: Final = 200


def _beside(service: Service, graph: Graph) -> Remedy:
    """The remedy with room for the new tasks: in the limit of the service, on its instances and for fixed ports."""
    del graph
    cfn: dict[str, int] = {"MinimumHealthyPercent": _FULL}
    tf: dict[str, int] = {"deployment_minimum_healthy_percent": _FULL}
    room = service.for_instances("the cluster needs room for the new tasks beside the old ones, and no fixed host port.")
    words = [room] if room else []
    if isinstance(service.maximum_percent, Known) and service.maximum_percent.value < _DOUBLE:
        cfn |= {"MaximumPercent": _DOUBLE}
        tf |= {"deployment_maximum_percent": _DOUBLE}
        words.append("New tasks start before old ones stop, so the maximum rises too:")
    return Remedy(cfn={"DeploymentConfiguration": cfn}, tf=tf, decision=" ".join(words))


@rule(
    practices=["REL08-BP04", "OPS06-BP03", "REL11-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"DeploymentConfiguration": {"MinimumHealthyPercent": 100}},
        tf={"deployment_minimum_healthy_percent": 100},
        decision="On instances, the cluster needs room for the new tasks beside the old ones, and no fixed host port.",
        given=_beside,
    ),
)
def check(service: Service, graph: Graph) -> Flags:
    yield from where_needed(service, _judge(service, graph), service.tags)


def _judge(service: Service, graph: Graph) -> Flags:
    least = written(service.minimum_healthy_percent)
    if least.value != 0:
        return
    written(service.balanced())
    elsewhere = holds(service.controller, lambda kind: kind != "ECS")
    exempt(elsewhere, "something else deploys it")
    exempt(service.switched_off(graph), "it is switched off: it runs no tasks")
    beside = holds(service.deployment_strategy, lambda name: name != "ROLLING")
    exempt(beside, "its deployments start all new tasks beside the old ones")
    exempt(service.singleton(), "it may not have two tasks at once")
    all_known(elsewhere, beside, service.maximum_percent)
    has_room = service.on_fargate() or holds(service.desired_count, lambda tasks: tasks > 1) == Known(True)
    yield flag(
        least,
        "A deployment may stop all tasks of this service before the new ones answer: its users get errors meanwhile.",
        instead=_DAEMON if service.scheduling == Known("DAEMON") else "",
        confidence=None if has_room else Confidence.LOW,
    )
