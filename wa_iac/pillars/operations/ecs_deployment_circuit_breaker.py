"""# ECS service has no deployment circuit breaker

## Why

If the tasks of a new version cannot start, ECS keeps trying. The deployment hangs (for hours, until CloudFormation gives up), and the
service runs on the remaining tasks of the old version until someone intervenes. The circuit breaker ends the deployment and rolls back
to the last one that worked.

## What it checks

The rule checks services with the rolling deployments of ECS, and reports one without a circuit breaker that rolls back. A circuit breaker
without `Rollback` only ends the deployment, and is reported as well.

## What is left out

Alarms that roll back are accepted. The rule does not check services that CodeDeploy or another controller deploys, services with their
own deployment strategy (blue/green, linear, canary), or services behind a Classic Load Balancer, which do not support the circuit
breaker. A service that runs no tasks is switched off. The finding is advice for a service that stands for a real one in tests, by its name
(mock, stub) or its image (`fake-service`, `http-echo`), and for one without a load balancer that rests at zero tasks until work comes: its deployments mostly end before a task starts. So it is in a
file of a workshop or a demonstration, by its path.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  deployment_circuit_breaker {
    enable   = true
    rollback = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: true
          Rollback: true
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
```

## Not applicable

```yaml
Resources:
  Api:  # not applicable: rolling deployments of ECS
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: api:7
      DeploymentController: {Type: CODE_DEPLOY}
  Shop:  # not applicable: rolling deployments of ECS
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: shop:7
      DeploymentConfiguration: {Strategy: BLUE_GREEN}
  Old:  # not applicable: does not work with a Classic Load Balancer
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: old:7
      LoadBalancers:
        - {ContainerName: old, ContainerPort: 80, LoadBalancerName: old}
  Off:  # not applicable: it runs no tasks
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 0
      TaskDefinition: off:7
```

```hcl
resource "aws_ecs_service" "api" { # not applicable: rolling deployments of ECS
  name            = "api"
  cluster         = "main"
  desired_count   = 2
  task_definition = "api:7"

  deployment_controller {
    type = "CODE_DEPLOY"
  }
}

resource "aws_ecs_service" "old" { # not applicable: does not work with a Classic Load Balancer
  name            = "old"
  cluster         = "main"
  desired_count   = 2
  task_definition = "old:7"

  load_balancer {
    container_name = "old"
    container_port = 80
    elb_name       = "old"
  }
}
```

## Undecided

The result is undecided if `Enable` or `rollback` is not known before deployment.

```yaml
Parameters:
  Enable:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: !Ref Enable  # undecided: parameter "Enable" has no default
          Rollback: true
```

```hcl
variable "rollback" { # undecided: Fails when var.rollback is false
  type = bool
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  deployment_circuit_breaker {
    enable   = true
    rollback = var.rollback
  }
}
```

## Sources

- [DeploymentCircuitBreaker - Amazon Elastic Container Service](https://docs.aws.amazon.com/goto/WebAPI/ecs-2014-11-13/DeploymentCircuitBreaker), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.ecs import Service
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.images_for_show import runs_for_show
from wa_iac.knowledge.purposes import stands_in
from wa_iac.knowledge.workshops import is_of_a_workshop

_FIX = Recipe(
    cfn={"DeploymentConfiguration": {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}},
    tf={"deployment_circuit_breaker": {"enable": True, "rollback": True}},
)
_REPOSITORIES = frozenset(and_awscc("AWS::ECR::Repository", "aws_ecr_repository"))
_UNDER_THE_CONDITION = (
    "The condition {0} chooses another controller of deployments if it is {2}, and only ECS's own takes a circuit breaker. Write DeploymentConfiguration "
    "with an Fn::If of {0}: DeploymentCircuitBreaker (Enable: true, Rollback: true) for {1}, and what the other one takes for {2}."
)
"""Who may have one: "Amazon ECS deployment circuit breaker" (Amazon ECS Developer Guide)."""
_PUSHED_FIRST = (
    "The image is in a repository that is made here too: push it before the first deployment of the service, which otherwise ends as failed, where it waits "
    "for the image now."
)


def _as_here(service: Service, graph: Graph) -> Remedy | None:
    """The remedy for a service whose image cannot be there before its repository is, or whose deployments a condition may give to another
    controller."""
    chosen = next((each.chooses for each in service.controller.origin.chain if each.chooses), None)
    if chosen is not None:
        return Remedy(decision=_UNDER_THE_CONDITION.format(chosen[0], *(("true", "false") if chosen[1] else ("false", "true"))))
    bodies = (each.declared.body for each in service.task_definition)
    here = any(each.type in _REPOSITORIES for body in bodies for each in graph.referred(body))
    return replace(Remedy.of_recipe(_FIX), decision=_PUSHED_FIRST) if here else None


@rule(
    practices=["OPS06-BP04", "OPS06-BP01", "REL08-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(Remedy.of_recipe(_FIX), given=_as_here),
    fix=_FIX,
)
def check(service: Service, graph: Graph) -> Flags:
    exempt(service.switched_off(graph), "it is switched off: it runs no tasks")
    exempt(holds(service.controller, lambda name: name != "ECS"), "it does not use the rolling deployments of ECS")
    exempt(holds(service.deployment_strategy, lambda name: name != "ROLLING"), "it does not use the rolling deployments of ECS")
    classic = any(not isinstance(each.classic.presence, Absent) for each in service.load_balancers)
    exempt(classic, "the circuit breaker does not work with a Classic Load Balancer")
    breaker = (service.circuit_breaker, service.circuit_breaker_rollback)
    alarms = (service.alarms, service.alarms_rollback)
    accept(any_of((all_of(breaker), all_of(alarms))))
    spared = stands_in(service) or _rests(service) or is_of_a_workshop(service) or runs_for_show(service)
    sure = Confidence.LOW if spared else None
    if service.circuit_breaker == Known(True):
        yield flag(
            service.circuit_breaker_rollback,
            "The circuit breaker stops a deployment that fails, but does not roll it back: the service stays without the tasks that "
            "it lacks until someone deploys again.",
            confidence=sure,
        )
    else:
        yield flag(
            service.circuit_breaker,
            "A version of this service that cannot start is retried again and again: "
            + (
                "CloudFormation waits for it for hours before it rolls back."
                if service.dialect == "cloudformation"
                else "nothing here stops the deployment and rolls it back."
            ),
            confidence=sure,
        )


def _rests(service: Service) -> bool:
    """Whether 0 tasks are written, until something else raises their number: a daemon has no such number, and one with a load balancer serves
    all the time."""
    written = service.desired_count == Known(0) and service.desired_count.origin.how != "service default"
    return written and service.scheduling == Known("REPLICA") and isinstance(service.balanced(), Absent)
