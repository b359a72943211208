"""# ECS service behind a load balancer can run only one task

## Why

When the task, its instance or its zone fails, the service is down until ECS has started another task. With two tasks, in two
Availability Zones, the service continues.

## What it checks

The rule checks services behind a load balancer, and reports a number of tasks that is less than two, or than the number in your settings.
If Application Auto Scaling adjusts the service, its minimum counts, otherwise the desired count.

Services that share a target group, such as one service for each zone, together run several tasks. If one block makes an unknown number of
them, the result is undecided.

The finding is advice unless the code shows that several tasks can run: the maximum of the scalable target is at least as high as the minimum should be, or the task
definition is here and mounts no volume.

A minimum that a scheduled action moves to 0 is a decision of its author: the finding is then advice. So it is for a service that is not for
production, by its names, its tags or its directory (`staging`), and in a file of a workshop or a demonstration, by its path. So it is if the software probably runs once, by its names or by what is in
its task definition: a scheduler, a Pushgateway or an Alertmanager of Prometheus, a projection of events, a controller of Jenkins, a node of a blockchain by a variable of its container (`VALIDATOR_KEY`), or the image of a database or a directory (OpenLDAP), which keeps its data to itself; and if
its image or its name stands for a real program in demonstrations (`fake-service`, `http-echo`, `hello-world`), or if all of its capacity is Fargate Spot, whose tasks AWS may stop at any time.

## What is left out

The rule does not check:
- daemons, and services without a load balancer;
- services that must never run two tasks (`MaximumPercent: 100` with `MinimumHealthyPercent: 0`);
- services whose count, or whose minimum in the scalable target, Terraform ignores (`ignore_changes`).

A service with one task that nothing scales is reported here only: [ecs-service-autoscaling](ecs-service-autoscaling.md) comes after the
second task.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 1  # finding
      TaskDefinition: web:7
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```yaml
Resources:
  Web:  # finding
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      TaskDefinition: web:7
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}

resource "aws_lb_target_group" "web" {
  protocol    = "HTTP"
  port        = 80
  target_type = "ip"
  vpc_id      = "vpc-0a1"
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.web.name}"
  min_capacity       = 1 # finding
  max_capacity       = 12
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}

resource "aws_lb_target_group" "web" {
  protocol    = "HTTP"
  port        = 80
  target_type = "ip"
  vpc_id      = "vpc-0a1"
}
```

## Not applicable

```yaml
Resources:
  Worker:  # not applicable: no load balancer sends it traffic
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 1
      TaskDefinition: worker:3
  Scheduler:  # not applicable: must never run two tasks at once
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 1
      TaskDefinition: scheduler:3
      DeploymentConfiguration: {MaximumPercent: 100, MinimumHealthyPercent: 0}
      LoadBalancers:
        - {ContainerName: scheduler, ContainerPort: 80, TargetGroupArn: !Ref Targets}
  Off:  # not applicable: its desired count is 0
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 0
      TaskDefinition: off:3
      LoadBalancers:
        - {ContainerName: "off", ContainerPort: 80, TargetGroupArn: !Ref Targets}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      TargetType: ip
      VpcId: vpc-0a1
```

```hcl
resource "aws_ecs_service" "agent" { # not applicable: it is a daemon
  name                = "agent"
  cluster             = "main"
  launch_type         = "EC2"
  task_definition     = "agent:3"
  scheduling_strategy = "DAEMON"

  load_balancer {
    container_name   = "agent"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_ecs_service" "tuned" { # not applicable: something else sets its desired count
  name            = "tuned"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 1
  task_definition = "tuned:3"

  load_balancer {
    container_name   = "tuned"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_lb_target_group" "web" {
  protocol    = "HTTP"
  port        = 80
  target_type = "ip"
  vpc_id      = "vpc-0a1"
}

resource "aws_ecs_service" "scaled" { # not applicable: something else sets the minimum of its target
  name            = "scaled"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = "scaled:3"

  load_balancer {
    container_name   = "scaled"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.scaled.name}"
  min_capacity       = 1
  max_capacity       = 6

  lifecycle {
    ignore_changes = [min_capacity]
  }
}
```

## Undecided

The result is undecided if `DesiredCount` or `desired_count` is not known before deployment.

```yaml
Parameters:
  DesiredCount:
    Type: Number
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: !Ref DesiredCount  # undecided: parameter "DesiredCount" has no default
      TaskDefinition: web:7
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
variable "desired_count" {
  type = number
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = var.desired_count # undecided: var.desired_count has no default
  task_definition = "web:7"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
```

## Sources

- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
- [Automatically scale your Amazon ECS service](https://docs.aws.amazon.com/AmazonECS/latest/userguide/service-auto-scaling.html), read on 2026-11-29
"""

from dataclasses import replace
from functools import partial

from pydantic import Field

from wa_iac.aws.applicationautoscaling import ScalableTarget
from wa_iac.aws.ecs import Service
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Options,
    Remedy,
    Severity,
    accept,
    all_known,
    each_of,
    exempt,
    milder,
    rule,
    settled,
    unless,
)
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.host_ports import fixed_port
from wa_iac.knowledge.images_for_show import runs_for_show
from wa_iac.knowledge.single_servers import runs_once_as_service
from wa_iac.pillars.judgements.minimums import ONCE, Bound, have_one_source, too_low
from wa_iac.pillars.judgements.workshops import where_needed


class Count(Options):
    """How many tasks there must be."""

    minimum: int = Field(2, ge=2, description="The minimum number of tasks.")


def _with_room(wanted: Count, service: Service, graph: Graph) -> Remedy:
    """The remedy with what another task needs on instances."""
    del graph
    return replace(_more(wanted), decision=_first(service))


def _first(service: Service) -> str:
    """What comes before another task."""
    room = service.for_instances(
        "the cluster needs a second instance, in another zone, with room for another one: on a single instance, both fail together."
    )
    if room and (port := fixed_port(service)):
        room = f"Each task takes port {port} of its instance, so the cluster needs two instances."
    return f"{_FIRST} {room}".rstrip()


def _more(wanted: Count) -> Remedy:
    return Remedy(
        decision=_FIRST,
        cfn={"DesiredCount": wanted.minimum},
        tf={"desired_count": wanted.minimum},
        of={
            "AWS::ApplicationAutoScaling::ScalableTarget": {"MinCapacity": wanted.minimum},
            "aws_appautoscaling_target": {"min_capacity": wanted.minimum},
        },
    )


_FIRST = "First see that two tasks can run at once: without files or sessions of their own, and without work on a schedule."

_OWN = "The service's own number (DesiredCount, desired_count) is lower too, and a deployment sets it again: raise it as well"
_OR_IGNORED = ", or let Terraform ignore it (`lifecycle`)."


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    remedy=lambda wanted: replace(_more(wanted), given=partial(_with_room, wanted)),
)
def check(service: Service, graph: Graph, wanted: Count) -> Flags:
    exempt(negate(service.balanced()), "no load balancer sends it traffic")
    singleton = service.singleton()
    exempt(
        service.scheduling == Known("DAEMON") or singleton == Known(True),
        "it is a daemon, or must never run two tasks at once",
    )
    targets, doubt = service.scaled_by(graph)
    all_known(doubt)
    once = runs_once_as_service(service)
    exempt(
        bool(targets) and all(each.ignores("min_capacity") for each in targets), "something else sets the minimum of its target"
    )
    if not targets:
        exempt(service.ignores("desired_count"), "something else sets its desired count")
        exempt(service.desired_count == Known(0), "its desired count is 0")
    # Services with one target group, such as one for each zone, together run several tasks.
    accept(service.shares_traffic(graph))
    if not targets:
        yield from _unless_once(service, once, unless(singleton, _judge(service, service.desired_count, wanted.minimum)))
    judged = (each for each in targets if not each.ignores("min_capacity"))
    found = each_of(judged, lambda target: _judge(service, target.min_capacity, wanted.minimum, target))
    yield from _unless_once(service, once, unless(singleton, found))


def _unless_once(service: Service, once: str, found: Flags) -> Flags:
    """The findings; milder if the software probably runs once, or the service is not for production."""
    if shown := runs_for_show(service) or _accepts_breaks(service):
        return milder(found, confidence=Confidence.LOW, more=shown)
    if not once:
        return where_needed(service, found, service.tags)
    more = f"The software probably runs once: {once}."
    return milder(found, severity=Severity.LOW, confidence=Confidence.LOW, more=more, instead=ONCE)


def _accepts_breaks(service: Service) -> str:
    """A sentence on Fargate Spot, if nothing else runs the tasks: AWS may stop them at any time; empty otherwise."""
    spot = bool(service.strategy) and all(each.name == Known("FARGATE_SPOT") for each in service.strategy)
    return "It runs on Fargate Spot alone, so its author accepts interruptions." if spot else ""


def _judge(service: Service, count: Value[int], minimum: int, target: ScalableTarget | None = None) -> Flags:
    least = settled(count)
    if not isinstance(least, Known) or least.value >= minimum:
        return
    message = (
        "This service may run a single task: when it fails, the service is down until another one has started."
        + ("" if target is not None else " Nothing scales it with the load either.")
        if least.value < 2
        else f"This service may run only {least.value} tasks: at least {minimum} are required."
    )
    lowest = Bound("minimum", count, {"MinCapacity": minimum}, {"min_capacity": minimum})
    most = (
        None if target is None else Bound("maximum", target.max_capacity, {"MaxCapacity": minimum}, {"max_capacity": minimum})
    )
    found = too_low(
        count,
        message,
        minimum,
        lowest,
        most,
        stops=target is not None and target.stops(),
        first=_first(service),
        more="" if target is None else _own_number(service, count, minimum),
    )
    yield found if _can_run_several(service, minimum, target) else found._replace(confidence=Confidence.LOW)


def _own_number(service: Service, count: Value[int], minimum: int) -> str:
    """A sentence on the number of the service itself, if it is lower than the minimum, and has another source."""
    own = service.desired_count
    written = isinstance(own, Known) and own.origin.how != "service default" and 0 < own.value < minimum
    if not written or service.ignores("desired_count") or have_one_source(count, own):
        return ""
    return f"{_OWN}{_OR_IGNORED if service.dialect == 'terraform' else '.'}"


def _can_run_several(service: Service, minimum: int, target: ScalableTarget | None) -> bool:
    """Whether the code shows that several tasks can run: its author lets them, or nothing mounts a volume."""
    if target is not None and isinstance(target.max_capacity, Known) and target.max_capacity.value >= minimum:
        return True
    tasks = service.task_definition.targets
    return bool(tasks) and not any(each.volumes for each in tasks)
