"""# ECS container runs as root

## Why

A process that runs as root in a container is root for the kernel too. With a weakness of the runtime it gets out, and then owns the
instance.

## What it checks

The rule reports containers whose `user` is root: `root`, `0`, or one of them with a group.

## What is left out

Containers without `user`: the image decides then, and its Dockerfile is not here. Privileged containers, which `ecs-privileged-container`
reports.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
          User: root  # finding
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      user   = "0:0" # finding
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
          Memory: 256
          User: "1000:1000"
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      user   = "app"
    }
  ])
}
```

## Undecided

The result is undecided if the user is not known before deployment.

```yaml
Parameters:
  User:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
          User: !Ref User  # undecided: parameter "User" has no default
```

```hcl
variable "user" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      user   = var.user # undecided: var.user has no default
    }
  ])
}
```

## Sources

- [ecs-task-definition-user-for-host-mode-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/ecs-task-definition-user-for-host-mode-check.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, each_of, flag, rule, written
from wa_iac.core.value import Known


@rule(
    practices=["SEC06-BP02", "SEC03-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn='User: "1000:1000"',
        tf='user = "1000:1000"',
        decision="The image must let that user read its files, and the program must listen on a port from 1024 on:",
    ),
    equivalents={"security_hub": ["ECS.20"], "config": ["ECS_TASK_DEFINITION_LINUX_USER_NON_ROOT"]},
)
def check(definition: TaskDefinition) -> Flags:
    yield from each_of(definition.containers, _judge)


def _judge(container: Container) -> Flags:
    user = written(container.user)
    if user.value.partition(":")[0] not in ("root", "0") or container.privileged == Known(True):
        return
    yield flag(
        user,
        f"The container{container.called} runs as root: with a weakness of the container runtime, an attacker in it owns the instance.",
    )
