"""# Fargate task runs on X86_64

## Why

Graviton processors need less energy for the same work, and a vCPU and a gigabyte of Fargate cost a fifth less with ARM64.

## What it checks

The rule reports task definitions for Fargate whose architecture is X86_64, which is the default.

## What is left out

Tasks for Windows. The rule cannot see whether the image exists for ARM64, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      Cpu: 256
      Memory: 512
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" { # finding
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  container_definitions = jsonencode([
    {
      name   = "web"
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
      RequiresCompatibilities: [FARGATE]
      RuntimePlatform: {CpuArchitecture: ARM64, OperatingSystemFamily: LINUX}
      Cpu: 256
      Memory: 512
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])

  runtime_platform {
    cpu_architecture        = "ARM64"
    operating_system_family = "LINUX"
  }
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: a task for Windows
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      RuntimePlatform: {OperatingSystemFamily: WINDOWS_SERVER_2022_CORE}
      Cpu: 1024
      Memory: 2048
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

## Undecided

The result is undecided if the architecture is not known before deployment.

```yaml
Parameters:
  Architecture:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      RuntimePlatform: {CpuArchitecture: !Ref Architecture}  # undecided: parameter "Architecture" has no default
      Cpu: 256
      Memory: 512
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
variable "architecture" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])

  runtime_platform {
    cpu_architecture = var.architecture # undecided: var.architecture has no default
  }
}
```

## Sources

- [RuntimePlatform - Amazon Elastic Container Service](https://docs.aws.amazon.com/goto/WebAPI/ecs-2014-11-13/RuntimePlatform), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, refuse, rule, written
from wa_iac.core.value import Known


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"RuntimePlatform": {"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"}},
        tf={"runtime_platform": {"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}},
        decision="The image has to be built for ARM64 too:",
    ),
)
def check(definition: TaskDefinition) -> Flags:
    kinds = written(definition.compatibilities)
    exempt(definition.for_windows(), "it is a task for Windows")
    all_known(definition.operating_system)
    all_known(*kinds.value)
    if list(kinds.value) != [Known("FARGATE")]:
        return
    yield from refuse(
        definition.architecture,
        "X86_64",
        "These tasks need more energy and cost a quarter more than the same ones on ARM64.",
    )
