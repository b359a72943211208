"""# ECS task sees all processes of its instance

## Why

With the process namespace of the host, a container sees each process of the instance, of other tasks too, and as root it can read their
environment, stop them, or take their credentials.

## What it checks

The rule reports a task definition with `pidMode` `host`.

## What is left out

Tasks of monitoring and security agents, by the name of the task or of an image: their work is to see all processes.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      PidMode: host  # finding
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family   = "web"
  pid_mode = "host" # finding
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
      PidMode: task
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: an agent that watches the instance
    Type: AWS::ECS::TaskDefinition
    Properties:
      PidMode: host
      ContainerDefinitions:
        - Name: web
          Image: public.ecr.aws/datadog/agent:7
          Memory: 256
```

## Undecided

The result is undecided if the mode is not known before deployment.

```yaml
Parameters:
  PidMode:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      PidMode: !Ref PidMode  # undecided: parameter "PidMode" has no default
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
variable "pid_mode" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family   = "web"
  pid_mode = var.pid_mode # undecided: var.pid_mode has no default
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])
}
```

## Sources

- [ecs-task-definition-pid-mode-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/ecs-task-definition-pid-mode-check.html), read on 2026-11-29
- [enum PidMode](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.PidMode.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, refuse, rule
from wa_iac.core.value import Known

_AGENTS: Final = late(
    r"(?i)agent|datadog|newrelic|new-relic|dynatrace|falco|sysdig|lacework|exporter|cadvisor|collector|monitor|security|twistlock|instana"
    r"|crowdstrike|wazuh|aqua|prisma|defender|telegraf|netdata|profiler|beat"
)


def _is_agent(definition: TaskDefinition) -> bool:
    texts = [definition.declared.name, *definition.names()]
    texts += [str(each.image.value) for each in definition.containers if isinstance(each.image, Known)]
    return any(_AGENTS.search(each) for each in texts)


@rule(
    practices=["SEC06-BP02", "SEC03-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn={"PidMode": "task"},
        tf={"pid_mode": "task"},
        decision="Leave the mode out, so that each container sees its own processes only. If the containers of the task need each other's:",
    ),
    equivalents={
        "checkov": ["CKV_AWS_335"],
        "config": ["ECS_TASK_DEFINITION_PID_MODE_CHECK"],
        "guard": ["ECS_TASK_DEFINITION_PID_MODE_CHECK"],
        "security_hub": ["ECS.3"],
    },
)
def check(definition: TaskDefinition) -> Flags:
    exempt(_is_agent(definition), "it is an agent that watches the instance, by its name")
    if definition.pid_mode == Known("host"):
        all_known(*(each.image for each in definition.containers))
    yield from refuse(
        definition.pid_mode,
        "host",
        "Its containers see each process of the instance: as root they can read the secrets of other tasks, and stop them.",
    )
