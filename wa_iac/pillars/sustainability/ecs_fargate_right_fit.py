"""# Large ECS service with a fixed number of tasks runs on Fargate

Fargate suits tasks that are small, few or short-lived: nobody manages instances, and none is idle. A service with many tasks
and a fixed task count keeps whole instances busy anyway. On its own instances, packed tightly and paid for with a Savings Plan,
the same work needs less hardware and money.

The rule checks services with a fixed number of tasks and without scaling that use 32 vCPUs or more. The finding is a question
rather than a fault, because managing instances also costs time.

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
"""

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.aws.ecs import Service
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Known, Unknown, Value

_LARGE: Final = 32
"""Processors. Below that the instances cost more to look after than they save."""


@rule(
    practices=["SUS05-BP03", "COST06-BP02", "COST05-BP06"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="CapacityProviderStrategy:\n  - CapacityProvider: !Ref <a provider of instances>\n    Weight: 1",
        tf="capacity_provider_strategy {\n  capacity_provider = <a provider of instances>.name\n  weight            = 1\n}",
    ),
)
def check(service: Service, graph: Graph) -> Iterator[Flag]:
    if not _on_fargate(service):
        yield not_applicable("it is not known to run on Fargate alone")
        return
    targets, why = service.scaled_by(graph)
    if targets or service.ignores("desired_count"):
        yield not_applicable("its number of tasks changes")
        return
    if why is not None:
        yield undecided(why)
        return
    if len(service.task_definition) != 1:
        yield not_applicable("its task definition is not known here")
        return
    match service.desired_count, _processors(service.task_definition.targets[0].cpu):
        case (Unknown() as unknown, _) | (_, Unknown() as unknown):
            yield undecided(unknown)
        case Known(count) as where, Known(each) if count * each >= _LARGE:
            yield flag(
                where,
                f"This service always takes {count * each:g} processors on Fargate: "
                f"instances, packed tightly, do the same work with less.",
            )
        case _:
            return


def _on_fargate(service: Service) -> bool:
    if service.launch_type == Known("FARGATE"):
        return True
    return bool(service.strategy) and all(each.name == Known("FARGATE") for each in service.strategy)


def _processors(cpu: Value[str]) -> Value[float]:
    """`1024` or `1 vCPU` as 1."""
    match cpu:
        case Known(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()):
            return Known(int(text) / 1024, cpu.origin)
        case Known(text) if found := re.fullmatch(r"(?i)([0-9]{1,9}(?:\.[0-9]{0,9})?)\s*vcpu", text.strip()):
            return Known(float(found[1]), cpu.origin)
        case Known():
            return Known(0.0, cpu.origin)
        case other:
            return other
