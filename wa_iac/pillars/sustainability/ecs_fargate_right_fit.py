"""# Large ECS service with a fixed number of tasks runs on Fargate

## Why

Fargate suits tasks that are small, few or short-lived: nobody manages instances, and none is idle. A service with many tasks
and a fixed task count keeps whole instances busy anyway. On its own instances, packed tightly and paid for with a Savings Plan,
the same work needs less hardware and money.

## What it checks

The rule checks services with a fixed number of tasks and without scaling that use 32 vCPUs or more.

## What is left out

A service that may run on instances is not checked, nor is one whose number of tasks changes or whose task definition is not known here.
The finding is a question rather than a fault, because managing instances also costs time.

## Non-compliant

```yaml
Resources:
  Render:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 12  # finding
      TaskDefinition: !Ref Renderer
  Renderer:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      Cpu: "4096"
      Memory: "8192"
```

```hcl
resource "aws_ecs_service" "render" {
  name            = "render"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 12 # finding
  task_definition = aws_ecs_task_definition.render.arn
}

resource "aws_ecs_task_definition" "render" {
  family                   = "render"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 4096
  memory                   = 8192
  container_definitions    = jsonencode([{ name = "render", image = "render:3" }])
}
```

## Compliant

```yaml
Resources:
  Render:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: !Ref Renderer
  Renderer:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      Cpu: "4096"
      Memory: "8192"
```

```hcl
resource "aws_ecs_service" "render" {
  name            = "render"
  cluster         = "main"
  desired_count   = 12
  task_definition = aws_ecs_task_definition.render.arn

  capacity_provider_strategy {
    capacity_provider = "instances"
    weight            = 1
  }
}

resource "aws_ecs_task_definition" "render" {
  family                = "render"
  cpu                   = 4096
  memory                = 8192
  container_definitions = jsonencode([{ name = "render", image = "render:3" }])
}
```

## Not applicable

```yaml
Resources:
  Render:  # not applicable: may not run on Fargate alone
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: EC2
      DesiredCount: 40
      TaskDefinition: !Ref Task
  Scaled:  # not applicable: its number of tasks changes
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 40
      TaskDefinition: !Ref Task
  Limits:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/main/${Scaled.Name}
      MinCapacity: 2
      MaxCapacity: 60
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: "1024"
      Memory: "2048"
      ContainerDefinitions:
        - {Name: render, Image: render:7}
  Elsewhere:  # not applicable: its task definition is not known here
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 40
      TaskDefinition: render:7
```

```hcl
resource "aws_ecs_service" "render" { # not applicable: may not run on Fargate alone
  name            = "render"
  cluster         = "main"
  launch_type     = "EC2"
  desired_count   = 40
  task_definition = aws_ecs_task_definition.render.arn
}

resource "aws_ecs_task_definition" "render" {
  family                = "render"
  cpu                   = 1024
  memory                = 2048
  container_definitions = jsonencode([{ name = "render", image = "render:7" }])
}
```

## Undecided

The result is undecided if `DesiredCount` or `desired_count` is not known before deployment.

```yaml
Parameters:
  DesiredCount:
    Type: Number
Resources:
  Render:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: !Ref DesiredCount  # undecided: parameter "DesiredCount" has no default
      TaskDefinition: !Ref Renderer
  Renderer:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      Cpu: "4096"
      Memory: "8192"
```

```hcl
variable "desired_count" {
  type = number
}

resource "aws_ecs_service" "render" {
  name            = "render"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = var.desired_count # undecided: var.desired_count has no default
  task_definition = aws_ecs_task_definition.render.arn
}

resource "aws_ecs_task_definition" "render" {
  family                   = "render"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 4096
  memory                   = 8192
  container_definitions    = jsonencode([{ name = "render", image = "render:3" }])
}
```

## Sources

- [Amazon ECS launch types and capacity providers - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-launch-type-comparison.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import Service
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known, Unknown

_LARGE: Final = 32
"""Processors. Below that the instances cost more to look after than they save."""


@rule(
    practices=["SUS05-BP03", "COST06-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="CapacityProviderStrategy:\n  - CapacityProvider: !Ref <a provider of instances>\n    Weight: 1",
        tf="capacity_provider_strategy {\n  capacity_provider = <a provider of instances>.name\n  weight            = 1\n}",
        removes=("LaunchType", "launch_type"),
    ),
)
def check(service: Service, graph: Graph) -> Flags:
    undecided_type = service.launch_type if isinstance(service.launch_type, Unknown) and not service.strategy else None
    exempt(not service.on_fargate() and undecided_type is None, "it may not run on Fargate alone")
    targets, why = service.scaled_by(graph)
    exempt(bool(targets) or service.ignores("desired_count"), "its number of tasks changes")
    all_known(why)
    all_known(service.task_definition.unknown)
    exempt(len(service.task_definition) != 1, "its task definition is not known here")
    match settled(service.desired_count), settled(service.task_definition.targets[0].vcpus()):
        case Known(count), Known(each) if count * each >= _LARGE:
            all_known(undecided_type)
            yield flag(
                service.desired_count,
                f"This service always uses {count * each:g} vCPUs on Fargate: tightly packed instances do the same work with less.",
            )
        case _:
            return
