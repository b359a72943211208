"""# No log records what is done with ECS Exec

## Why

ECS Exec opens a shell in a running container. CloudTrail keeps who opened it, and not what was typed there. Without a log of the session, nobody
can tell after an incident which data was read or what was changed.

## What it checks

The rule reports a cluster whose sessions are not logged, if a service in it has ECS Exec on. That is so if the cluster's `logging` is `NONE`. It
is also so if it is `DEFAULT` or not set, and no container of the service's tasks uses the log driver `awslogs`: the sessions would go to
its log group.

## What is left out

Clusters without such a service here. A key of your own for the sessions: AWS encrypts them on their way in any case. The image also needs the
programs `script` and `cat`, or the log stays empty.

## Non-compliant

```yaml
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      Configuration:
        ExecuteCommandConfiguration:
          Logging: NONE  # finding: are not logged
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      EnableExecuteCommand: true
      DesiredCount: 2
      TaskDefinition: web:7
```

```hcl
resource "aws_ecs_cluster" "main" { # finding: no container uses the log driver awslogs
  name = "main"
}

resource "aws_ecs_service" "web" {
  name                   = "web"
  cluster                = aws_ecs_cluster.main.arn
  enable_execute_command = true
  desired_count          = 2
  task_definition        = aws_ecs_task_definition.web.arn
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
      logConfiguration = {
        logDriver = "awsfirelens"
      }
    }
  ])
}
```

## Compliant

```yaml
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      Configuration:
        ExecuteCommandConfiguration:
          Logging: OVERRIDE
          LogConfiguration:
            CloudWatchLogGroupName: ecs-exec
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      EnableExecuteCommand: true
      DesiredCount: 2
      TaskDefinition: web:7
```

```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name                   = "web"
  cluster                = aws_ecs_cluster.main.arn
  enable_execute_command = true
  desired_count          = 2
  task_definition        = aws_ecs_task_definition.web.arn
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
        }
      }
    }
  ])
}
```

## Not applicable

```yaml
Resources:
  Cluster:  # not applicable: no service here has ECS Exec on
    Type: AWS::ECS::Cluster
    Properties:
      Configuration:
        ExecuteCommandConfiguration:
          Logging: NONE
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      DesiredCount: 2
      TaskDefinition: web:7
```

## Undecided

The result is undecided if the cluster's `logging` or the log driver is not known before deployment, or if the task definition is somewhere else.

```yaml
Parameters:
  Logging:
    Type: String
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      Configuration:
        ExecuteCommandConfiguration:
          Logging: !Ref Logging  # undecided: parameter "Logging" has no default
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      EnableExecuteCommand: true
      DesiredCount: 2
      TaskDefinition: web:7
```

```hcl
resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name                   = "web"
  cluster                = aws_ecs_cluster.main.arn
  enable_execute_command = true
  desired_count          = 2
  task_definition        = "web:7" # undecided: the task definition is somewhere else
}
```

## Sources

- [enum ExecuteCommandLogging](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.ExecuteCommandLogging.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import Cluster, Service
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.reasons import Said
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known, Unknown, Value


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Configuration:\n  ExecuteCommandConfiguration:\n    Logging: OVERRIDE\n    LogConfiguration:\n"
        "      CloudWatchLogGroupName: !Ref <a log group>",
        tf='configuration {\n  execute_command_configuration {\n    logging = "OVERRIDE"\n\n    log_configuration {\n'
        "      cloud_watch_log_group_name = <a log group>.name\n    }\n  }\n}",
        decision="The task roles need permission to write to the log group:",
    ),
    equivalents={"checkov": ["CKV_AWS_223"]},
)
def check(cluster: Cluster) -> Flags:
    logging = cluster.execute_command_logging
    if logging == Known("OVERRIDE"):
        return
    opened = [each for each in cluster.services if each.execute_command != Known(False)]
    exempt(not opened, "no service here has ECS Exec on")
    off = settled(logging) == Known("NONE")
    silent = {each.address: each.execute_command if off else _silent(each) for each in opened}
    found = [address for address, answer in silent.items() if answer == Known(True)]
    if found:
        why = "" if off else ", since no container uses the log driver awslogs"
        yield flag(
            logging,
            f"The sessions of ECS Exec in {found[0]} are not logged{why}: no log tells what was read or changed there.",
        )
        return
    all_known(*silent.values())


def _silent(service: Service) -> Value[bool]:
    """Whether people may open sessions in its tasks, which go to no log group of a container."""
    definitions = service.task_definition
    kept = any_of(
        holds(container.log_driver, lambda driver: driver == "awslogs")
        for definition in definitions
        for container in definition.containers
    )
    if definitions.unknown is not None:
        return definitions.unknown
    if not definitions.targets:
        why = Said(
            "the task definition is somewhere else", "let a container in it use the log driver awslogs, or log at the cluster"
        )
        return Unknown(why, ("log drivers of", service.address), definitions.value.origin)
    return all_of((service.execute_command, negate(kept)))
