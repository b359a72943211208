"""# ECS container has no log configuration

## Why

On Fargate, the output of a container without a log configuration is lost. On an instance, it goes to a file that is deleted
together with the task or the instance. Nobody can find out afterwards why the container failed.

## What it checks

The rule checks each container of a task definition, and reports one without a log driver.

## What is left out

The rule does not check FireLens log routers. It does not look at where the driver sends the output. For an agent or a proxy, by its name or
its image, beside a container that logs or in a service that runs once on each instance, the finding is advice. So it is for a container that is not essential (`Essential: false`), and for one
with a volume at a path for logs, such as `/var/log/orders`: a program with log files seldom writes to its output. And so it is for one whose image
stands for a real program in demonstrations (`fake-service`, `http-echo`), or whose file is part of a workshop or a demonstration.

The output may also be collected from Docker itself. If another container of the task can have its socket or its files (`/var/run/docker.sock`,
`/var/lib/docker/containers`), or a collector in a service that runs once on each instance, the finding is advice.

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
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: web
              awslogs-region: !Ref AWS::Region
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
        logDriver = "awsfirelens"
      }
    },
    {
      name   = "router"
      image  = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.2"
      memory = 64
      firelensConfiguration = {
        type = "fluentbit"
      }
    }
  ])
}
```

## Undecided

The result is undecided if `LogDriver` or `logDriver` is not known before deployment.

```yaml
Parameters:
  LogDriver:
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
            LogDriver: !Ref LogDriver  # undecided: parameter "LogDriver" has no default
            Options:
              awslogs-group: web
              awslogs-region: !Ref AWS::Region
```

```hcl
variable "log_driver" {
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
        logDriver = var.log_driver # undecided: var.log_driver has no default
      }
    },
    {
      name   = "router"
      image  = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.2"
      memory = 64
      firelensConfiguration = {
        type = "fluentbit"
      }
    }
  ])
}
```

## Sources

- [Send Amazon ECS logs to CloudWatch - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/userguide/using_awslogs.html), read on 2026-11-29
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.ecs import DaemonTaskDefinition, Service, TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import is_set
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, each_of, flag, milder, rule
from wa_iac.core.value import Absent, Known, Step
from wa_iac.knowledge.images_for_show import is_for_show
from wa_iac.pillars.judgements.workshops import where_it_lasts

_HELPERS: Final = late(
    r"(?i)agent|x-?ray|otel|collector|envoy|fluent|sidecar|exporter|cadvisor|datadog|new-?relic|consul|proxy"
)
"""How programs are called that serve the application in the same task, or on the same instance."""
_COLLECTORS: Final = late(
    r"(?i)fluent|filebeat|elastic-agent|promtail|alloy|vector|logspout|logstash|datadog|sumologic|splunk|otel|logs?\b|logdna|new-?relic|cloudwatch"
)
"""How collectors of logs are called."""
_OF_LOGS: Final = late(r"(?:^|/)logs?(?:/|$)")
"""Where a volume for logs is in a container."""
_OUTPUTS: Final = late(r"(?:/var)?/run/docker\.sock|/var/lib/docker(?:/containers)?/?")
"""Where Docker keeps the output of the containers of an instance, or gives it out ("JSON File logging driver", Docker documentation)."""
_COLLECTED: Final = Remedy(
    decision="See whether a collector reads the output of this container there, and sends it on wherever the task runs. If so, suppress this with that as "
    "the reason. If not, give the container a log configuration with the driver awslogs, and a log group."
)
_MAY_WRITE: Final = (
    "The log group has to exist, and the tasks need a way to CloudWatch Logs. {} must be allowed to write to the group (logs:CreateLogStream, "
    "logs:PutLogEvents)."
)


_WITHOUT_ROLE: Final = {
    True: "On Fargate, the task definition also needs an execution role, which",
    False: "The role of the instances",
    None: "On Fargate, the task definition also needs an execution role. That, or on EC2 the instance's role,",
}
"""Who writes the logs of a task definition without an execution role, by whether it runs on Fargate."""


def _with_role(definition: TaskDefinition | DaemonTaskDefinition, graph: Graph) -> Remedy | None:
    """For a task definition without an execution role, without which Fargate refuses this driver: "Amazon ECS task execution IAM role"
    (Amazon ECS Developer Guide)."""
    del graph
    if not isinstance(definition, TaskDefinition) or not isinstance(definition.execution_role, Absent):
        return None
    return replace(_LOGGED, decision=_MAY_WRITE.format(_WITHOUT_ROLE[_runs_on_fargate(definition)]))


def _runs_on_fargate(definition: TaskDefinition) -> bool | None:
    """Whether its tasks run on Fargate, as far as it or its services say so."""
    kinds = definition.compatibilities
    names = {each.value for each in kinds.value if isinstance(each, Known)} if isinstance(kinds, Known) else set()
    fargate = names == {"FARGATE"} or any(each.on_fargate() for each in definition.services)
    return True if fargate else False if names == {"EC2"} else None


_LOGGED = Remedy(
    cfn="LogConfiguration:\n  LogDriver: awslogs\n  Options:\n    awslogs-group: <a log group>\n"
    "    awslogs-region: !Ref AWS::Region\n    awslogs-stream-prefix: app",
    tf='logConfiguration = {\n  logDriver = "awslogs"\n  options = {\n    awslogs-group         = <a log group>.name\n'
    '    awslogs-region        = <the region>\n    awslogs-stream-prefix = "app"\n  }\n}',
    decision=_MAY_WRITE.format("The execution role"),
)


@rule(
    practices=["OPS04-BP02", "OPS08-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    remedy=replace(_LOGGED, given=_with_role),
    equivalents={
        "cdk_nag": ["AwsSolutions-ECS7"],
        "config": ["ECS_TASK_DEFINITION_LOG_CONFIGURATION"],
        "security_hub": ["ECS.9"],
    },
)
def check(definition: TaskDefinition | DaemonTaskDefinition, graph: Graph) -> Flags:
    containers = definition.containers
    for each in containers:
        if path := _read_through(each, definition, graph):
            more = f"It may be collected through {path} of the instance, which is mounted for that."
            yield from milder(
                each_of([each], _judge), severity=Severity.LOW, confidence=Confidence.LOW, more=more, instead=_COLLECTED
            )
            continue
        found = where_it_lasts(definition, each_of([each], _judge))
        beside = any(other is not each and is_set(other.log_driver) == Known(True) for other in containers)
        if why := _need_not(each) or is_for_show(each):
            yield from milder(found, severity=Severity.LOW, confidence=Confidence.LOW, more=why)
            continue
        yield from (
            milder(found, severity=Severity.LOW, confidence=Confidence.LOW)
            if _helps(each) and (beside or _is_daemon(definition))
            else found
        )


def _need_not(container: Container) -> str:
    """Why nobody misses its output as much as that of others: a sentence; empty if nothing tells."""
    if container.essential == Known(False):
        return "It is not essential: its task goes on when it ends."
    paths = (each.value for each in container.mounts if isinstance(each, Known))
    kept = next((each for each in paths if _OF_LOGS.search(each)), "")
    return f"It probably writes its logs to the volume at {kept}, unlike its output." if kept else ""


def _read_through(container: Container, definition: TaskDefinition | DaemonTaskDefinition, graph: Graph) -> str:
    """The path of the instance through which something beside a container may read its output: a volume of its task that the container does not have
    itself, or one of a task that runs once on each instance. Empty if there is none."""
    if not isinstance(definition, TaskDefinition) or _runs_on_fargate(definition):
        return ""
    own = [each.value for each in container.mounted if isinstance(each, Known)]
    beside = [path for name, path in _outputs(definition) if name not in own]
    return next(iter(beside), "") or next((path for each, path in graph.once(_by_daemons) if each != definition.address), "")


def _outputs(definition: TaskDefinition) -> Iterator[tuple[str, str]]:
    """The volumes of a task by which the output of all containers of its instance can be read: names and paths."""
    for each in definition.volumes:
        if isinstance(each.of_host, Known) and _OUTPUTS.fullmatch(each.of_host.value):
            yield "".join(pieces_of(each.name)), each.of_host.value


def _by_daemons(graph: Graph) -> list[tuple[str, str]]:
    """The task definitions that run once on each instance and collect what its containers write, by their names, with the paths."""
    return [
        (definition.address, path)
        for service in graph.of(Service)
        if service.scheduling == Known("DAEMON")
        for definition in service.task_definition
        if any(map(_collects, definition.containers))
        for _, path in _outputs(definition)
    ]


def _collects(container: Container) -> bool:
    """Whether it is a collector of logs, by its name or its image."""
    return any(_COLLECTORS.search(piece) for value in (container.name, container.image) for piece in pieces_of(value))


def _is_daemon(definition: TaskDefinition | DaemonTaskDefinition) -> bool:
    """Whether it runs once on each instance, to serve what else is there."""
    return not isinstance(definition, TaskDefinition) or any(each.scheduling == Known("DAEMON") for each in definition.services)


def _helps(container: Container) -> bool:
    """Whether it is an agent or a proxy beside the container of the application, by its name or its image."""
    return any(_HELPERS.search(piece) for value in (container.name, container.image) for piece in pieces_of(value))


def _judge(container: Container) -> Flags:
    accept(is_set(container.log_driver))
    accept(is_set(container.firelens))
    # A variable or an argument without a value may be where the log driver belongs.
    driver = container.log_driver
    left_out = bool(driver.origin.chain) and driver.origin != container.origin
    yield flag(
        driver if left_out else container.place,
        f"The container{container.called} has no log configuration: its output stays with its task or instance, and is gone with it.",
        instead=_through(driver.origin.chain[-1]) if left_out else "",
    )


def _through(setter: Step) -> Remedy:
    """Words for a log configuration that a variable or an argument leaves out."""
    what = setter.default_of or (f'the argument "{setter.argument}"' if setter.argument else setter.note)
    return Remedy(
        decision=f"Give {what} ({setter.span.path}:{setter.span.start_line}) a log configuration: the driver awslogs, with a log group, its Region and a "
        f"prefix for the streams. {_MAY_WRITE.format('The execution role')}"
    )
