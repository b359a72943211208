"""# ECS container can write to its root file system

## Why

An attacker who runs a command in a container wants to leave something there: a program, a changed page. With a root file system that is
read-only, nothing stays, and many attacks fail.

## What it checks

The rule reports containers of a task definition that do not set `readonlyRootFilesystem`.

## What is left out

Tasks for Windows, which has no such setting. A program that has to write files needs a volume for them.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web  # finding
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web" # finding
      image  = "nginx:1.27"
      memory = 256
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
          ReadonlyRootFilesystem: true
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name                   = "web"
      image                  = "nginx:1.27"
      memory                 = 256
      readonlyRootFilesystem = true
    }
  ])
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: a task for Windows
    Type: AWS::ECS::TaskDefinition
    Properties:
      RuntimePlatform: {OperatingSystemFamily: WINDOWS_SERVER_2022_CORE}
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  ReadOnly:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
          ReadonlyRootFilesystem: !Ref ReadOnly  # undecided: parameter "ReadOnly" has no default
```

```hcl
variable "read_only" {
  type = bool
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name                   = "web"
      image                  = "nginx:1.27"
      memory                 = 256
      readonlyRootFilesystem = var.read_only # undecided: var.read_only has no default
    }
  ])
}
```

## Sources

- [ecs-containers-readonly-access - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/ecs-containers-readonly-access.html), read on 2026-11-29
- [Method: Aws::ECS::Types::ContainerDefinition#readonly_root_filesystem](https://www.rubydoc.info/gems/aws-sdk-ecs/Aws/ECS/Types/ContainerDefinition:readonly_root_filesystem), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, each_of, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC06-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(cfn="ReadonlyRootFilesystem: true", tf="readonlyRootFilesystem = true"),
    equivalents={
        "checkov": ["CKV_AWS_336"],
        "config": ["ECS_CONTAINERS_READONLY_ACCESS"],
        "guard": ["ECS_CONTAINERS_READONLY_ACCESS"],
        "security_hub": ["ECS.5"],
    },
)
def check(definition: TaskDefinition) -> Flags:
    exempt(definition.for_windows(), "it is a task for Windows")
    all_known(definition.operating_system)
    yield from each_of(definition.containers, _judge)


def _judge(container: Container) -> Flags:
    if settled(container.read_only_root) == Known(True):
        return
    yield flag(
        container.place,
        f"The container{container.called} can write to its root file system: what an attacker leaves there stays.",
    )
