"""# Auto Scaling group does not use its load balancer's health checks

## Why

The load balancer stops sending requests to an instance with an application that does not respond. With EC2 health checks alone,
the group sees a running instance and keeps it, so the capacity is lost until someone notices.

With the load balancer's health checks, the group replaces the instance. Set a grace period as long as the application needs to
start. Otherwise the group replaces new instances before they are ready. The default is 300 seconds in Terraform, and
[none](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html) in
CloudFormation.

## What it checks

The rule checks groups whose instances a load balancer serves. It reports a group whose health check type does not name `ELB`; the default
is `EC2`.

The finding is advice unless the code shows that its instances come and go already: a scaling policy or a schedule changes their number, an update
replaces them (`UpdatePolicy`, `instance_refresh`), or they have a greatest age. Such instances get ready by themselves and keep nothing of value. If nothing
shows that, an instance may fail the check since people bring the application to it, and one that is replaced may take data with it.

A check on a firewall may probe what lies behind it, and would then replace a firewall that works. For network appliances the finding is
advice: instances that forward traffic or are called so, those behind a Gateway Load Balancer, and groups whose target groups probe different
ports. So it is where a role here may call `SetInstanceHealth`: then a program judges the instances, and the group replaces those that fail. So is that on a group of at
most one instance with an EBS volume of its own: a database that recovers would be replaced again and again. So it is on instances that join a cluster of ECS by their user data. The confidence is also low if
the type is written as `EC2` on purpose, for bastion hosts, for servers that vote in a cluster or keep its data, by their names (Consul, Vault, Kafka, MongoDB), for a group of at most one instance whose
software runs once, by its name or its user data (Jenkins, a database), in a file of a workshop, a demonstration, or an environment for development or tests,
by its path, and for a group that is not for production, by its name. So it is where a scheduler places jobs on the instances, by their names, security groups or user data (Nomad, Docker
Swarm, K3s), and where nothing here starts an application: no user data, or one without commands, in quotation marks or with a web server without a site, no deployment by CodeDeploy, and no image of the team's own.

## What is left out

The rule does not check groups without a load balancer, or groups that Kubernetes, ECS or Elastic Beanstalk manage, because their
instances serve many targets. It recognizes nodes of Kubernetes by tags, by user data that starts the kubelet, and by a health check that
probes the ingress controller, kube-proxy or a node port. A group with a maximum size of 0 is switched off. A group that suspends the process
`ReplaceUnhealthy` replaces nothing, whatever the check says.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [!Ref Targets]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      VpcId: vpc-0a1
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  health_check_type   = "EC2" # finding

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_autoscaling_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = aws_lb_target_group.web.arn
}

resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
  vpc_id   = "vpc-0a1"
}
```

```hcl
resource "aws_autoscaling_group" "inspection" { # finding: a Gateway Load Balancer sends them the traffic of others
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  target_group_arns   = [aws_lb_target_group.inspection.arn]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_lb_target_group" "inspection" {
  protocol = "GENEVE"
  port     = 6081
  vpc_id   = "vpc-0a1"
}
```

```hcl
resource "aws_autoscaling_group" "web" { # finding: may call SetInstanceHealth
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["web"]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_iam_role" "judge" {
  name = "judge"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "judge" {
  role = aws_iam_role.judge.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "autoscaling:SetInstanceHealth", Resource = "*" }]
  })
}
```

```hcl
resource "aws_autoscaling_group" "workers" { # finding: a scheduler (nomad) places jobs on its instances
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["ingress"]

  launch_template {
    id = aws_launch_template.workers.id
  }
}

resource "aws_launch_template" "workers" {
  image_id  = "ami-0a1"
  user_data = base64encode("#!/bin/bash\\nsystemctl enable --now nomad")
}

resource "aws_autoscaling_group" "bare" { # finding: Nothing here starts an application
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["bare"]

  launch_template {
    id = aws_launch_template.bare.id
  }
}

resource "aws_launch_template" "bare" {
  image_id = "ami-0a1"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [!Ref Targets]
      HealthCheckType: ELB
      HealthCheckGracePeriod: 120
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      VpcId: vpc-0a1
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
  vpc_id   = "vpc-0a1"
}
```

## Not applicable

```yaml
Resources:
  Workers:  # not applicable: no load balancer sends it traffic
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Nodes:  # not applicable: Kubernetes manages it
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0b2, Version: "1"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/nodes/0123456789abcdef]
      Tags:
        - {Key: kubernetes.io/cluster/main, Value: owned, PropagateAtLaunch: true}
  Off:  # not applicable: it is switched off
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0c3, Version: "1"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/off/0123456789abcdef]
```

```hcl
resource "aws_autoscaling_group" "workers" { # not applicable: no load balancer sends it traffic
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_autoscaling_group" "nodes" { # not applicable: nodes of Kubernetes
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["nodes"]

  launch_template {
    id = aws_launch_template.nodes.id
  }
}

resource "aws_autoscaling_group" "storage" { # not applicable: it replaces no unhealthy instance
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["storage"]
  suspended_processes = ["ReplaceUnhealthy"]

  launch_template {
    id = "lt-0b2"
  }
}

resource "aws_launch_template" "nodes" {
  image_id  = "ami-0a1"
  user_data = base64encode("#!/bin/bash\\n/etc/eks/bootstrap.sh main")
}
```

## Undecided

The result is undecided if `TargetGroupARNs` or `health_check_type` is not known before deployment.

```yaml
Parameters:
  TargetGroupARNs:
    Type: CommaDelimitedList
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: !Ref TargetGroupARNs  # undecided: parameter "TargetGroupARNs" has no default
```

```hcl
variable "health_check_type" {
  type = string
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  health_check_type   = var.health_check_type # undecided: var.health_check_type has no default

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_autoscaling_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  lb_target_group_arn    = aws_lb_target_group.web.arn
}

resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
  vpc_id   = "vpc-0a1"
}
```

## Sources

- [Auto Scaling health check setting](https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environmentconfig-autoscaling-healthchecktype.html), read on 2026-11-29
- [Set the health check grace period for an Auto Scaling group - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.awscc import and_awscc
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, exempt_for, flag, rule
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.appliances import is_appliance
from wa_iac.knowledge.orchestrators import is_of_ecs, is_of_kubernetes, orchestrator
from wa_iac.knowledge.own_schedulers import is_odd_by_choice, keeps_data
from wa_iac.knowledge.own_volumes import is_single_with_volume
from wa_iac.knowledge.single_servers import runs_once
from wa_iac.knowledge.ways_in import is_of_bastions
from wa_iac.pillars.judgements.copied_groups import where_copied
from wa_iac.pillars.judgements.workshops import where_needed

_ROLES: Final = frozenset(and_awscc("AWS::IAM::Role", "aws_iam_role"))
_SETS_HEALTH: Final = "autoscaling:setinstancehealth"
_SHORT: Final = 120
"""Seconds in which few servers start."""


@rule(
    practices=["REL11-BP01", "REL11-BP03", "REL06-BP01", "REL07-BP02"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV2_AWS_15"],
        "cdk_nag": ["AwsSolutions-AS2", "AutoScalingGroupELBHealthCheckRequired"],
        "guard": ["AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED"],
        "config": ["AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED"],
        "security_hub": ["AutoScaling.1"],
    },
    fix=Recipe(
        cfn={"HealthCheckType": "ELB", "HealthCheckGracePeriod?": 300},
        tf={"health_check_type": "ELB"},
        unsafe_because="instances that do not pass the load balancer's checks by themselves before the grace period ends are replaced again and again, "
        "and what a replaced one keeps on its disks may be lost",
    ),
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    yield from where_copied(group, graph, where_needed(group, _judge(group, graph), Absent()))


def _judge(group: AutoScalingGroup, graph: Graph) -> Flags:
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    asks_balancer = holds(group.health_check_type, lambda kinds: "ELB" in kinds.upper())
    if asks_balancer == Known(True):
        return
    exempt(negate(group.served()), "no load balancer sends it traffic")
    accept(asks_balancer)
    exempt(_keeps_all(group), "it replaces no unhealthy instance, since it suspends ReplaceUnhealthy: something else has to")
    exempt_for(orchestrator(group, graph))
    exempt(is_of_kubernetes(group, graph), "its instances are nodes of Kubernetes")
    chosen = group.health_check_type.origin.how in ("explicit", "given")
    message = "This group keeps an instance that fails the load balancer's health checks: its capacity is missing until someone notices."
    if appliance := is_appliance(group, graph):
        # A healthy firewall would be replaced since what lies behind it fails.
        message = (
            f"First make sure that the health check probes the instances themselves and not what lies behind them, since {appliance}. "
            f"{message}"
        )
    grace = group.health_check_grace
    if isinstance(grace, Known) and grace.value < _SHORT and grace.origin.how != "service default":
        message = f"{message} Its grace period is {grace.value} seconds: raise it to what the application needs to start."
    judged = graph.once(_sets_health)
    if judged:
        message = f"{message} {judged} may call SetInstanceHealth, so a program may judge the instances already."
    starts = (*group.launch_template, *group.launch_configuration)
    tasks = any(is_of_ecs(each, graph) for each in starts)
    if tasks:
        message = f"{message} Its instances run tasks of ECS, which replaces a task that fails its checks, and leaves the instance to the others."
    spared = chosen or bool(appliance) or bool(judged) or tasks or is_single_with_volume(group, graph)
    spared = (
        spared
        or is_of_bastions(group)
        or keeps_data(group)
        or is_odd_by_choice(group.desired, group, graph)
        or bool(runs_once(group, graph))
    )
    if later := _filled_later(group, graph):
        message = f"{message} {later}"
    sure = _are_renewed(group) and not spared and not later
    yield flag(group.health_check_type, message, confidence=None if sure else Confidence.LOW)


def _are_renewed(group: AutoScalingGroup) -> bool:
    """Whether the code shows that its instances come and go: by scaling, by updates, or by their age."""
    renewing = (group.rolling_update, group.replacing_update, group.max_instance_lifetime)
    return group.moves() == Known(True) or any(isinstance(each, Known) and each.value for each in renewing)


def _filled_later(group: AutoScalingGroup, graph: Graph) -> str:
    """A sentence on why its instances may fail the check and be sound; empty if nothing says so."""
    from wa_iac.knowledge.filled_later import are_started_bare, scheduled_by

    if scheduler := scheduled_by(group, graph):
        return f"But a scheduler ({scheduler}) places jobs on its instances, so an instance that fails may be sound and only have no such job."
    if are_started_bare(group, graph):
        return "Nothing here starts an application on its instances, so new ones pass only if their image does."
    return ""


def _sets_health(graph: Graph) -> str:
    """The first role that names the call by which a program says that an instance failed; empty if none does."""
    if _ROLES.isdisjoint(graph.types):
        return ""
    from wa_iac.aws.iam import Role
    from wa_iac.knowledge.role_permissions import written

    roles = (each for each in graph.of(Role) if any(_names_call(statement) for statement in written(each)))
    return next((each.address for each in roles), "")


def _names_call(statement: Statement) -> bool:
    return any(holds(each, lambda name: name.lower() == _SETS_HEALTH) == Known(True) for each in statement.actions)


def _keeps_all(group: AutoScalingGroup) -> Value[bool]:
    """Whether it has suspended the replacement of unhealthy instances."""
    match group.suspended_processes:
        case Known(names):
            return any_of(holds(each, lambda name: name == "ReplaceUnhealthy") for each in names)
        case Unknown() as unknown:
            return unknown
        case Absent():
            return Known(False)
