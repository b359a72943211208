"""# ECS container may use all memory of its instance

## Why

A container with only a memory reservation may use more than that, up to all memory of its instance. A program that leaks memory then takes it
from the tasks beside it, and the kernel may end any of them, or the agent of ECS.

## What it checks

The rule reports a container without a memory limit (`memory`), if its task definition has none for the whole task either.

## What is left out

Tasks for Fargate, which always have a limit, and task definitions with a limit for the task: it holds for all their containers together.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          MemoryReservation: 256  # finding: container 'web'
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name              = "web"
      image             = "nginx:1.27"
      memoryReservation = 256 # finding: container 'web'
    }
  ])
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          MemoryReservation: 256
          Memory: 512
  Whole:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: "1024"
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          MemoryReservation: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name              = "web"
      image             = "nginx:1.27"
      memoryReservation = 256
      memory            = 512
    }
  ])
}

resource "aws_ecs_task_definition" "whole" {
  family = "whole"
  memory = "1024"
  container_definitions = jsonencode([
    {
      name              = "web"
      image             = "nginx:1.27"
      memoryReservation = 256
    }
  ])
}
```

## Undecided

The result is undecided if a limit is not known before deployment.

```yaml
Parameters:
  TaskMemory:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: !Ref TaskMemory  # undecided: parameter "TaskMemory" has no default
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          MemoryReservation: 256
```

```hcl
variable "memory" {
  type = number
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name              = "web"
      image             = "nginx:1.27"
      memoryReservation = 256
      memory            = var.memory # undecided: var.memory has no default
    }
  ])
}
```

## Sources

- [memoryReservation - AWS SDK for Kotlin](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ecs/aws.sdk.kotlin.services.ecs.model/-container-definition/memory-reservation.html), read on 2026-11-29
- [ecs-task-definition-memory-hard-limit - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/ecs-task-definition-memory-hard-limit.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.logic import is_set
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, each_of, flag, rule
from wa_iac.core.value import Known, Value


@rule(
    practices=["REL10-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Memory: <the most that it needs, in MiB>",
        tf="memory = <the most that it needs, in MiB>",
        decision="ECS ends a container that needs more than its limit, so give it more than it has needed so far:",
    ),
    equivalents={"config": ["ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT"]},
)
def check(definition: TaskDefinition) -> Flags:
    if isinstance(definition.memory, Known) or _is_for_fargate(definition):
        return
    yield from each_of(definition.containers, lambda container: _judge(container, definition.memory))


def _is_for_fargate(definition: TaskDefinition) -> bool:
    """Whether Fargate, which limits the memory of each task, may run it."""
    kinds = definition.compatibilities
    return isinstance(kinds, Known) and Known("FARGATE") in kinds.value


def _judge(container: Container, whole: Value[str]) -> Flags:
    accept(is_set(container.memory))
    all_known(whole)
    name = f" {container.name.value!r}" if isinstance(container.name, Known) else ""
    reserved = container.memory_reservation
    yield flag(
        reserved if isinstance(reserved, Known) else container.place,
        f"Nothing limits the memory of the container{name}: a leak takes that of everything else on its instance.",
    )
