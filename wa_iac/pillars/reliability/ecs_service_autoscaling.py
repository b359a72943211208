"""# ECS service has no auto scaling

## Why

The service always runs the same number of tasks. If its load varies, there are too few at the peak, and requests fail or wait; at night the tasks
are paid for and idle. Application Auto Scaling adjusts the number to a target, such as 60 % CPU.

## What it checks

The rule checks services, and reports one with a number of tasks that nothing changes.

A scalable target alone only sets limits ("Register a scalable target", Application Auto Scaling User Guide). The number is
adjusted by a policy or a schedule, if the limits differ and scaling is not suspended. If a policy is there and one of these holds it, the
remedy is to raise the maximum, or to end the suspension.

The finding is advice unless a load balancer that the internet may reach sends the service requests: the load of other services is not seen here. It is
advice also for agents of build servers and for members of clusters that vote, by their names (agent, runner, Jenkins, Nomad,
Consul and so on), since a task that is taken away takes a job or a vote with it, and for a service whose tasks take a fixed port of their instance: there are never more of them than instances.
It is low in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for a service that is not for
production, by its names or tags, or whose image stands for a real program in demonstrations (`fake-service`, `http-echo`).

## What is left out

The rule does not check:

- daemons, and services without tasks;
- single tasks that serve no load balancer, or that must never run twice (`MaximumPercent: 100` with
  `MinimumHealthyPercent: 0`);
- services that run one task or none, depending on a condition, such as whether their Region is active;
- services whose count Terraform ignores (`ignore_changes`);
- servers of Prometheus, and other collectors of metrics, by their names, images and volumes: each of them does all of the work;
- single tasks behind a load balancer, which [ecs-service-multiple-tasks](ecs-service-multiple-tasks.md) reports.

The result is undecided if a module that is not installed gets the service, and scales something by its name, source or arguments.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 3
      TaskDefinition: web:7
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_ecs_service" "web" { # finding
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 3
  task_definition = "web:7"
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
      DesiredCount: 3
      TaskDefinition: web:7
  WebTasks:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/main/${Web.Name}
      MinCapacity: 3
      MaxCapacity: 12
  WebLoad:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: load
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref WebTasks
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 60
        PredefinedMetricSpecification: { PredefinedMetricType: ECSServiceAverageCPUUtilization }
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  launch_type     = "FARGATE"
  desired_count   = 3
  task_definition = "web:7"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  min_capacity       = 3
  max_capacity       = 12
}

resource "aws_appautoscaling_policy" "web" {
  name               = "load"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Agent:  # not applicable: a daemon runs once on every instance
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: EC2
      TaskDefinition: agent:3
      SchedulingStrategy: DAEMON
  Worker:  # not applicable: a single task that serves no load balancer
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
  Single:  # not applicable: it needs a second task first
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 1
      TaskDefinition: single:3
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
  Prometheus:  # not applicable: each of its tasks collects from all targets
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: metrics:3
  Off:  # not applicable: its desired count is 0
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 0
      TaskDefinition: off:3
```

```hcl
resource "aws_ecs_service" "agent" { # not applicable: a daemon runs once on every instance
  name                = "agent"
  cluster             = "main"
  launch_type         = "EC2"
  task_definition     = "agent:3"
  scheduling_strategy = "DAEMON"
}

resource "aws_ecs_service" "tuned" { # not applicable: something else sets its desired count
  name            = "tuned"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "tuned:3"

  lifecycle {
    ignore_changes = [desired_count]
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
  Worker:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: !Ref DesiredCount  # undecided: parameter "DesiredCount" has no default
      TaskDefinition: worker:7
```

```hcl
variable "desired_count" {
  type = number
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = var.desired_count # undecided: var.desired_count has no default
  task_definition = "worker:7"
}
```

## Sources

- [Automatically scale your Amazon ECS service](https://docs.aws.amazon.com/AmazonECS/latest/userguide/service-auto-scaling.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Any, Final

from wa_iac.aws.ecs import Service
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Step, Unknown, Value
from wa_iac.knowledge.host_ports import fixed_port
from wa_iac.knowledge.images_for_show import runs_for_show
from wa_iac.knowledge.own_schedulers import schedules_itself
from wa_iac.knowledge.single_servers import each_collects_all
from wa_iac.knowledge.unread_modules import made_by_module
from wa_iac.pillars.judgements.held_targets import freed
from wa_iac.pillars.judgements.workshops import where_needed

_SCALES: Final = late(r"scal(?:e|ing)")
"""How a module is called that scales something."""


def _fitting(service: Service, graph: Graph) -> Remedy | None:
    """Limits around the tasks of today and a policy; only the policy for a scalable target that exists."""
    targets, _ = service.scaled_by(graph)
    count = service.desired_count
    kept = _IGNORED if service.dialect == "terraform" else _TAKEN_OUT
    if not targets:
        made = _scaling(
            count.value if isinstance(count, Known) else _LEAST, _cluster_name(service), varies=not _is_constant(count)
        )
        kept = kept if _is_constant(count) else f"{kept} {_VARIES}"
        return replace(made, decision=f"{_LOAD} {kept} {service.for_instances(_ROOM)}".rstrip())
    target = targets[0]
    then = "" if count.origin.how == "service default" else f" {kept}"
    if (held := next(filter(None, map(freed, targets)), None)) is not None:
        return replace(held, decision=f"{held.decision}{then}")
    limit = target.min_capacity
    equal = isinstance(limit, Known) and limit == target.max_capacity
    more = (
        f" Its minimum and its maximum are both {limit.value}: raise the maximum also."
        if equal and isinstance(limit, Known)
        else ""
    )
    if limit == Known(0):
        more += " Its minimum is 0: raise it to 1 or more, since a service without a task has no CPU utilization, and would never start one."
    this = target.declared.name if target.dialect == "cloudformation" else f"{target.declared.type}.{target.declared.name}"
    return Remedy(
        cfn="Load:\n  Type: AWS::ApplicationAutoScaling::ScalingPolicy\n  Properties:\n    PolicyName: load\n"
        f"    PolicyType: TargetTrackingScaling\n    ScalingTargetId: !Ref {this}\n"
        "    TargetTrackingScalingPolicyConfiguration:\n      TargetValue: 60\n      PredefinedMetricSpecification:\n"
        "        PredefinedMetricType: ECSServiceAverageCPUUtilization",
        tf=f'resource "aws_appautoscaling_policy" "load" {{\n  name               = "load"\n'
        f'  policy_type        = "TargetTrackingScaling"\n  service_namespace  = {this}.service_namespace\n'
        f"  resource_id        = {this}.resource_id\n  scalable_dimension = {this}.scalable_dimension\n"
        "  target_tracking_scaling_policy_configuration {\n    target_value = 60\n    predefined_metric_specification {\n"
        '      predefined_metric_type = "ECSServiceAverageCPUUtilization"\n    }\n  }\n}',
        decision=f"{target.address} only sets limits: add a policy that scales it.{more}{then}",
    )


def _cluster_name(service: Service) -> str:
    """The name of its cluster, where that is written; empty if it is a reference, or another one for each environment or caller. ECS has a
    cluster "default"."""
    match value_at(service.declared.body, "Cluster" if service.as_cloudformation else "cluster"):
        case Known(str() as text) as cluster if _is_constant(cluster):
            return text.rpartition("/")[2]
        case Absent():
            return "default"
        case _:
            return ""


def _is_constant(value: Value[Any]) -> bool:
    """Whether a value is written where it is, so that it is the same everywhere."""
    return value.origin.how in ("explicit", "service default") and not value.origin.chain


_LOAD: Final = "If the load does not vary, suppress this finding, and say so. Otherwise scale the tasks with it, once they keep no files or sessions of their own."
_VARIES: Final = "If a number of tasks is higher than the maximum below, raise that too."
_IGNORED: Final = "Let Terraform ignore the service's `desired_count` (`lifecycle`), or each apply sets it back."
_TAKEN_OUT: Final = "Take the service's `DesiredCount` out, or an update of the service sets it back."
_ROOM: Final = "the instances of the cluster have to grow with them."
_LEAST: Final = 2
_MOST: Final = 10
"""Limits for a service whose number of tasks is not known, or lower."""


def _scaling(tasks: int, cluster: str = "", *, varies: bool = False) -> Remedy:
    """Limits around a number of tasks, and a policy. `cluster` is the cluster's name, if it is written; `varies` is whether the number is
    no constant."""
    cluster_cfn, cluster_tf = (cluster, cluster) if cluster else ("${<the cluster>}", "${<the cluster>.name}")
    least, most = "<the number of tasks>" if varies else max(tasks, _LEAST), max(2 * tasks, _MOST)
    return Remedy(
        cfn="Tasks:\n  Type: AWS::ApplicationAutoScaling::ScalableTarget\n  Properties:\n    ServiceNamespace: ecs\n"
        f"    ScalableDimension: ecs:service:DesiredCount\n    ResourceId: !Sub service/{cluster_cfn}/${{<this service>.Name}}\n"
        f"    MinCapacity: {least}\n    MaxCapacity: {most}\n"
        "Load:\n  Type: AWS::ApplicationAutoScaling::ScalingPolicy\n  Properties:\n    PolicyName: load\n"
        "    PolicyType: TargetTrackingScaling\n    ScalingTargetId: !Ref Tasks\n"
        "    TargetTrackingScalingPolicyConfiguration:\n      TargetValue: 60\n      PredefinedMetricSpecification:\n"
        "        PredefinedMetricType: ECSServiceAverageCPUUtilization",
        tf='resource "aws_appautoscaling_target" "tasks" {\n  service_namespace  = "ecs"\n'
        '  scalable_dimension = "ecs:service:DesiredCount"\n'
        f'  resource_id        = "service/{cluster_tf}/${{<this service>.name}}"\n'
        f"  min_capacity       = {least}\n  max_capacity       = {most}\n}}\n\n"
        'resource "aws_appautoscaling_policy" "load" {\n  name               = "load"\n'
        '  policy_type        = "TargetTrackingScaling"\n'
        "  service_namespace  = aws_appautoscaling_target.tasks.service_namespace\n"
        "  resource_id        = aws_appautoscaling_target.tasks.resource_id\n"
        "  scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension\n"
        "  target_tracking_scaling_policy_configuration {\n    target_value = 60\n    predefined_metric_specification {\n"
        '      predefined_metric_type = "ECSServiceAverageCPUUtilization"\n    }\n  }\n}',
    )


@rule(
    practices=["REL07-BP01", "REL07-BP03", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_scaling(_LEAST), given=_fitting),
)
def check(service: Service, graph: Graph) -> Flags:
    yield from where_needed(service, _judge(service, graph), service.tags)


def _judge(service: Service, graph: Graph) -> Flags:
    exempt(holds(service.scheduling, lambda kind: kind == "DAEMON"), "a daemon runs once on every instance")
    accept(service.follows_load(graph))
    exempt(service.ignores("desired_count"), "something else sets its desired count")
    exempt(service.singleton() == Known(True), "it must never run two tasks at once")
    count, balanced = service.desired_count, service.balanced()
    exempt(count == Known(0), "its desired count is 0")
    if isinstance(balanced, Absent):
        exempt(holds(count, lambda tasks: tasks == 1), "it is a single task that serves no load balancer")
    elif count == Known(1) or isinstance(count, Unknown):
        settled(balanced)
    settled(service.singleton())
    collects = each_collects_all(service)
    exempt(bool(collects), f"each of its tasks collects from all targets, so that more of them relieve none: {collects}")
    targets, doubt = service.scaled_by(graph)
    exempt(count == Known(1) and not targets and doubt is None, "it needs a second task first")
    all_known(made_by_module(service, graph, _SCALES, "a policy that scales it"))
    if not targets and doubt is None:
        settled(count)  # a single task needs a second one first
    tasks = " the same number of tasks"
    if isinstance(count, Known):
        tasks = " 1 task" if count.value == 1 else f" {count.value} tasks"
    port = fixed_port(service)
    room = (
        f" Each task takes port {port} of its instance, so there are never more tasks than instances: scale the instances with them, or let "
        "each task get a free port (a host port of 0)."
        if port
        else ""
    )
    spared = bool(port) or bool(schedules_itself(service, service.tags) or runs_for_show(service))
    yield flag(
        service,
        f"This service runs{tasks} whatever the load: nothing here scales it.{room}",
        related=[
            Step(
                each.span,
                f"{each.address} only sets limits: {'its policy changes nothing' if any(each.held()) else 'nothing scales it'}",
            )
            for each in targets
        ],
        confidence=None if not spared and _is_public(service, graph) else Confidence.LOW,
    )


def _is_public(service: Service, graph: Graph) -> bool:
    from wa_iac.knowledge.fronts import has_public_front  # most services have no fault

    return has_public_front(service, graph)
