"""# ECS service names a platform version of Fargate that is retired

## Why

AWS ended the versions before 1.4.0 in 2026: a new service with one of them cannot be created, and the tasks of an old one are stopped.

## What it checks

The rule reports services with a platform version of Linux from 1.0.0 to 1.3.0.

## What is left out

Services without the setting, or with LATEST. The versions of Windows, which have numbers of their own, are told apart by the task
definition.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      LaunchType: FARGATE
      DesiredCount: 2
      PlatformVersion: 1.3.0  # finding
```

```hcl
resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = "orders"
  task_definition  = "web:7"
  launch_type      = "FARGATE"
  desired_count    = 2
  platform_version = "1.3.0" # finding
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
      LaunchType: FARGATE
      DesiredCount: 2
      PlatformVersion: LATEST
```

```hcl
resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = "orders"
  task_definition  = "web:7"
  launch_type      = "FARGATE"
  desired_count    = 2
  platform_version = "1.4.0"
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: a task for Windows
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: !Ref Task
      LaunchType: FARGATE
      PlatformVersion: 1.0.0
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RuntimePlatform: {OperatingSystemFamily: WINDOWS_SERVER_2022_CORE}
      ContainerDefinitions:
        - {Name: web, Image: iis}
```

## Undecided

The result is undecided if the version is not known before deployment.

```yaml
Parameters:
  Version:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: orders
      TaskDefinition: web:7
      LaunchType: FARGATE
      PlatformVersion: !Ref Version  # undecided: parameter "Version" has no default
```

```hcl
variable "platform" {
  type = string
}

resource "aws_ecs_service" "web" {
  name             = "web"
  cluster          = "orders"
  task_definition  = "web:7"
  launch_type      = "FARGATE"
  platform_version = var.platform # undecided: var.platform has no default
}
```

## Sources

- [AWS Fargate Linux platform version deprecation](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-versions-retired.html), read on 2026-11-29
- [Fargate platform versions for Amazon ECS - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import Service
from wa_iac.core.logic import any_of
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, flag, rule, written

_RETIRED: Final = frozenset({"1.0.0", "1.1.0", "1.2.0", "1.3.0"})


@rule(
    practices=["SEC06-BP01", "OPS05-BP05"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"PlatformVersion": "LATEST"},
        tf={"platform_version": "LATEST"},
        decision="From 1.4.0 on, images, secrets and logs go through the network interface of the task: its subnets and security groups need a way to "
        "them, by a NAT gateway, a public address or VPC endpoints (for images ecr.api, ecr.dkr and S3).",
    ),
    equivalents={
        "checkov": ["CKV_AWS_332"],
        "config": ["ECS_FARGATE_LATEST_PLATFORM_VERSION"],
        "guard": ["ECS_FARGATE_LATEST_PLATFORM_VERSION"],
        "security_hub": ["ECS.10"],
    },
)
def check(service: Service) -> Flags:
    version = written(service.platform_version)
    if version.value not in _RETIRED:
        return
    windows = any_of(each.for_windows() for each in service.task_definition)
    exempt(windows, "it runs a task for Windows")
    all_known(windows, service.task_definition.unknown)
    yield flag(
        version, f"AWS has retired platform version {version.value}: the service cannot be created, and no new task starts."
    )
