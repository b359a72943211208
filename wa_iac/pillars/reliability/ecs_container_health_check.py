"""# Nothing checks whether an ECS task still works

## Why

ECS replaces a task that ends. A task that hangs, or has lost its connection, goes on running, and the service counts it as healthy. No work is
done, and a deployment of a version that never works succeeds.

## What it checks

The rule reports a task definition of a service without a load balancer, if none of its essential containers has a health check.

## What is left out

Services behind a load balancer, which checks the tasks. Task definitions without a service here: their tasks end by themselves, or their service is
somewhere else. Services that are switched off. A `HEALTHCHECK` in the image does not count, since ECS does not look at it.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: !Ref Task
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: worker  # finding: container 'worker'
          Image: worker:7
          Memory: 256
```

```hcl
resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = "main"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.worker.arn
}

resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    {
      name   = "worker" # finding: container 'worker'
      image  = "worker:7"
      memory = 256
    },
    {
      name        = "proxy"
      image       = "proxy:7"
      memory      = 64
      essential   = false
      healthCheck = { command = ["CMD", "/probe"] }
    }
  ])
}
```

## Compliant

```yaml
Resources:
  Worker:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: !Ref Task
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: worker
          Image: worker:7
          Memory: 256
          HealthCheck:
            Command: [CMD, /app/healthy]
```

```hcl
resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = "main"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.worker.arn
}

resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    {
      name   = "worker"
      image  = "worker:7"
      memory = 256
      healthCheck = {
        command = ["CMD", "/app/healthy"]
      }
    }
  ])
}
```

## Not applicable

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: !Ref WebTask
      LoadBalancers:
        - TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef
          ContainerName: web
          ContainerPort: 80
  WebTask:  # not applicable: a load balancer checks its tasks
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
  Off:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 0
      TaskDefinition: !Ref OffTask
  OffTask:  # not applicable: switched off
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: off
          Image: off:1
          Memory: 256
  Import:  # not applicable: no service
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: import
          Image: import:3
          Memory: 256
```

## Undecided

The result is undecided if the containers are not known before deployment.

```yaml
Parameters:
  Command:
    Type: CommaDelimitedList
Resources:
  Worker:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: !Ref Task
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: worker
          Image: worker:7
          Memory: 256
          HealthCheck:
            Command: !Ref Command  # undecided: parameter "Command" has no default
```

```hcl
variable "health_check" {
  type = any
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = "main"
  desired_count   = 2
  task_definition = aws_ecs_task_definition.worker.arn
}

resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([
    {
      name        = "worker"
      image       = "worker:7"
      memory      = 256
      healthCheck = var.health_check # undecided: var.health_check has no default
    }
  ])
}
```

## Sources

- [Determine Amazon ECS task health using container health checks - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html), read on 2026-11-29
- [HealthCheck - Amazon Elastic Container Service](https://docs.amazonaws.cn/AmazonECS/latest/APIReference/API_HealthCheck.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, is_set
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Value


@rule(
    practices=["REL11-BP01", "REL11-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn="HealthCheck:\n  Command:\n    - CMD-SHELL\n    - <a command that fails if the program does not work>",
        tf='healthCheck = {\n  command = ["CMD-SHELL", "<a command that fails if the program does not work>"]\n}',
        decision="Without a port, let the program touch a file at each round of work, and check the age of the file:",
    ),
)
def check(definition: TaskDefinition, graph: Graph) -> Flags:
    exempt(not definition.services.targets, "no service here keeps its tasks running")
    running = [each for each in definition.services if not each.switched_off(graph)]
    exempt(not running, "its services are switched off")
    accept(any_of(all_of((is_set(each.health_check), _counts(each))) for each in definition.containers))
    exempt(all_of(each.balanced() for each in running), "a load balancer checks its tasks")
    all_known(*(definition.services.doubt(each) for each in running))
    for container in [each for each in definition.containers if each.essential != Known(False)][:1]:
        name = f" of the container {container.name.value!r}" if isinstance(container.name, Known) else ""
        yield flag(
            container.place,
            f"Nothing here checks whether the program{name} still works: a task that hangs is not replaced.",
        )


def _counts(container: Container) -> Value[bool]:
    """Whether its health is that of its task: a container is essential unless something else is written."""
    return Known(True) if isinstance(container.essential, Absent) else container.essential
