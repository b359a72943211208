"""# Group behind a load balancer has Spot Instances only

## Why

AWS takes Spot Instances back with two minutes of notice, often many of one type at once, and then there may be none to replace them. A
service that users reach needs a part of its capacity that stays. On-Demand Instances for the base, and Spot Instances above it, cost
little more.

## What it checks

The rule looks at Auto Scaling groups that get traffic from a load balancer. It reports one that can only start Spot Instances: its mixed
instances policy has a base of 0 and 0 percent On-Demand above it, or its launch template or configuration asks for Spot Instances.

## What is left out

Groups without a load balancer: batch work can be done again. Groups that ECS, Kubernetes or Elastic Beanstalk manage, which start the
work again elsewhere. Groups whose targets another group serves too. Groups that are switched off.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution:
          OnDemandPercentageAboveBaseCapacity: 0  # finding
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  instance_market_options {
    market_type = "spot"
  }
}

resource "aws_autoscaling_group" "web" { # finding
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  launch_template {
    id = aws_launch_template.web.id
  }
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
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution:
          OnDemandBaseCapacity: 2
          OnDemandPercentageAboveBaseCapacity: 0
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 2
      on_demand_percentage_above_base_capacity = 25
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Off:  # not applicable: its maximum size is 0
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution:
          OnDemandPercentageAboveBaseCapacity: 0
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "batch" { # not applicable: no load balancer sends it traffic
  min_size            = 0
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 0
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}

resource "aws_autoscaling_group" "spot" { # not applicable: another group
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = [aws_lb_target_group.web.arn]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 0
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}

resource "aws_autoscaling_group" "base" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = "lt-0123456789abcdef0"
  }
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_autoscaling_group" "nodes" { # not applicable: nodes of Kubernetes
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/nodes/0123456789abcdef"]

  launch_template {
    id = aws_launch_template.nodes.id
  }
}

resource "aws_launch_template" "nodes" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/bash\n/etc/eks/bootstrap.sh shop\n")

  instance_market_options {
    market_type = "spot"
  }
}
```

## Undecided

The result is undecided if it is not known how much of the capacity is On-Demand.

```yaml
Parameters:
  Percentage:
    Type: Number
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution:
          OnDemandPercentageAboveBaseCapacity: !Ref Percentage  # undecided: parameter "Percentage" has no default
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
variable "percentage" {
  type = number
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = var.percentage # undecided: var.percentage has no default
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
  }
}
```

## Sources

- [InstancesDistribution - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html), read on 2026-11-29
- [AWS::AutoScaling::AutoScalingGroup MixedInstancesPolicy](https://docs.aws.amazon.com/zh_tw/AWSCloudFormation/latest/UserGuide/aws-properties-autoscaling-autoscalinggroup-mixedinstancespolicy.html), read on 2026-11-29
"""

from typing import Any, Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, exempt_for, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.orchestrators import is_of_kubernetes, orchestrator

_BASE: Final = Remedy(
    cfn={"MixedInstancesPolicy": {"InstancesDistribution": {"OnDemandBaseCapacity": 1}}},
    tf={"mixed_instances_policy": {"instances_distribution": {"on_demand_base_capacity": 1}}},
    decision="Choose as many as the service needs to stay up, one in each Availability Zone at least.",
)


@rule(
    practices=["REL11-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=_BASE,
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    mixes = not isinstance(group.mixed, Absent)
    only = settled(_by_policy(group) if mixes else _by_template(group))
    if only != Known(True):
        return
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    exempt(negate(group.served()), "no load balancer sends it traffic")
    exempt_for(orchestrator(group, graph))
    exempt(is_of_kubernetes(group, graph), "its instances are nodes of Kubernetes")
    exempt(group.shares_traffic(graph), "another group serves the same targets")
    where: Value[Any] = group.on_demand_percentage if mixes else group.absent
    yield flag(
        where,
        "This group behind a load balancer starts Spot Instances only: when AWS takes them back, the service stops until others are found.",
        instead=""
        if mixes
        else "Use a mixed instances policy with a base of On-Demand Instances, and a launch template without market options.",
    )


def _by_policy(group: AutoScalingGroup) -> Value[bool]:
    return all_of(holds(each, lambda number: number == 0) for each in (group.on_demand_percentage, group.on_demand_base))


def _by_template(group: AutoScalingGroup) -> Value[bool]:
    markets = [holds(each.market, lambda market: market == "spot") for each in group.launch_template]
    return any_of((*markets, *(given(each.spot_price) for each in group.launch_configuration)))
