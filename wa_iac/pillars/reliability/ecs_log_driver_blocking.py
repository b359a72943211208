"""# ECS container waits until its logs are written

## Why

In the mode `blocking`, a program waits when it writes a line and the log driver cannot pass it on. If CloudWatch Logs or another destination
does not answer for a while, the program stands still, its health checks fail, and tasks are replaced by others that cannot start.

## What it checks

The rule reports containers whose log driver sends logs over the network and has the mode `blocking`, and an account setting that makes this
mode the default.

## What is left out

Containers without a mode: since June 2025, ECS uses `non-blocking` unless the account setting `defaultLogDriverMode` says otherwise. A log
router (`awsfirelens`), and drivers that write to the instance. If the law or the business needs every line, `blocking` is right: say so in
a comment beside it.

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
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: web
              awslogs-region: !Ref AWS::Region
              mode: blocking  # finding: container 'web'
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group  = "web"
          awslogs-region = "eu-west-1"
          mode           = "blocking" # finding: container 'web'
        }
      }
    }
  ])
}
```

```hcl
resource "aws_ecs_account_setting_default" "logs" {
  name  = "defaultLogDriverMode"
  value = "blocking" # finding: all containers
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
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: web
              awslogs-region: !Ref AWS::Region
        - Name: worker
          Image: worker:7
          Memory: 256
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: worker
              awslogs-region: !Ref AWS::Region
              mode: non-blocking
              max-buffer-size: 25m
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      logConfiguration = {
        logDriver = "json-file"
        options = {
          mode = "blocking"
        }
      }
    }
  ])
}

resource "aws_ecs_account_setting_default" "logs" {
  name  = "defaultLogDriverMode"
  value = "non-blocking"
}

resource "aws_ecs_account_setting_default" "insights" {
  name  = "containerInsights"
  value = "enabled"
}
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: web
              awslogs-region: !Ref AWS::Region
              mode: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group  = "web"
          awslogs-region = "eu-west-1"
          mode           = var.mode # undecided: var.mode has no default
        }
      }
    }
  ])
}
```

## Sources

- [LogConfiguration - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html), read on 2026-11-29
- [Amazon ECS introduces the ability to set a default log driver blocking mode](https://aws.amazon.com/jp/about-aws/whats-new/2025/04/amazon-ecs-set-default-log-driver-blocking-mode), read on 2026-11-29
- [log delivery (AWS samples)](https://aws-samples.github.io/sample-apex-skills/docs/skills/ecs/ecs-observability/references/log-delivery), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import AccountSetting, DaemonTaskDefinition, TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, each_of, flag, rule, settled, written
from wa_iac.core.value import Absent, Known

_AWAY: Final = frozenset({"awslogs", "fluentd", "gelf", "splunk", "syslog"})
"""The drivers that send logs over the network."""


@rule(
    practices=["REL05-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"LogConfiguration": {"Options": {"mode": "non-blocking"}}},
        tf='mode = "non-blocking"',
        of={"aws_ecs_account_setting_default": {"value": "non-blocking"}},
        decision="Set max-buffer-size too, for example to 25m: lines are lost while the buffer is full.",
    ),
)
def check(subject: TaskDefinition | DaemonTaskDefinition | AccountSetting) -> Flags:
    if not isinstance(subject, AccountSetting):
        yield from each_of(subject.containers, _judge)
        return
    if settled(subject.name) != Known("defaultLogDriverMode") or settled(subject.value) != Known("blocking"):
        return
    yield flag(
        subject.value,
        "By this default, all containers of the account wait while their logs cannot be written, and may fail with the log's destination.",
    )


def _judge(container: Container) -> Flags:
    mode = written(container.log_mode)
    if mode.value != "blocking":
        return
    accept(isinstance(container.log_driver, Absent))
    accept(holds(container.log_driver, lambda driver: driver not in _AWAY))
    all_known(container.log_driver)
    name = f" {container.name.value!r}" if isinstance(container.name, Known) else ""
    yield flag(
        mode, f"The container{name} waits while its logs cannot be written: it may fail whenever their destination does."
    )
