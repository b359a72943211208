"""# Group with Spot Instances waits until AWS takes them back

## Why

AWS says in advance that a Spot Instance is at risk. With Capacity Rebalancing, the group then starts another one first. Without it, the group
starts one after the interruption, and lacks capacity in the meantime.

## What it checks

The rule reports Auto Scaling groups behind a load balancer whose mixed instances policy starts Spot Instances, without Capacity Rebalancing.

## What is left out

Groups without a load balancer: their work can be done again. Groups that ECS, Kubernetes or Elastic Beanstalk manage, where another program looks
at the warnings. Groups that are switched off.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 50}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
          Overrides: [{InstanceType: m7g.large}, {InstanceType: m6g.large}]
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  capacity_rebalance  = false # finding
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 50
    }

    launch_template {
      launch_template_specification {
        launch_template_id = "lt-0123456789abcdef0"
      }
    }
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
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      CapacityRebalance: true
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 50}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
          Overrides: [{InstanceType: m7g.large}, {InstanceType: m6g.large}]
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  capacity_rebalance  = true
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 50
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
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 0}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
  Work:  # not applicable: no load balancer sends it traffic
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 0}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "nodes" { # not applicable: nodes of Kubernetes
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/nodes/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 0
    }

    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.nodes.id
      }
    }
  }
}

resource "aws_launch_template" "nodes" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/bash\n/etc/eks/bootstrap.sh shop\n")
}
```

## Undecided

The result is undecided if it is not known whether Capacity Rebalancing is on.

```yaml
Parameters:
  Rebalance:
    Type: String
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef]
      CapacityRebalance: !Ref Rebalance  # undecided: parameter "Rebalance" has no default
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandPercentageAboveBaseCapacity: 50}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
          Overrides: [{InstanceType: m7g.large}, {InstanceType: m6g.large}]
```

```hcl
variable "rebalance" { # undecided: Fails when var.rebalance is false
  type = bool
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a", "subnet-0b"]
  capacity_rebalance  = var.rebalance
  target_group_arns   = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 50
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

- [Enable Capacity Rebalancing to proactively replace at-risk Spot Instances - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-capacity-rebalancing-console-cli.html), read on 2026-11-29
- [autoscaling-capacity-rebalancing - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/autoscaling-capacity-rebalancing.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import negate
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, exempt_for, expect, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.orchestrators import is_of_kubernetes, orchestrator


@rule(
    practices=["REL11-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={"config": ["AUTOSCALING_CAPACITY_REBALANCING"]},
    fix=Recipe(
        cfn={"CapacityRebalance": True},
        tf={"capacity_rebalance": True},
        unsafe_because="instances at risk are replaced earlier than before",
    ),
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    if settled(group.uses_spot()) != Known(True):
        return
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    exempt(negate(group.served()), "no load balancer sends it traffic")
    accept(group.capacity_rebalance == Known(True))
    exempt_for(orchestrator(group, graph))
    exempt(is_of_kubernetes(group, graph), "its instances are nodes of Kubernetes")
    yield from expect(
        group.capacity_rebalance,
        True,
        "When AWS takes a Spot Instance of this group back, another one starts only afterwards: for some minutes, capacity is missing.",
    )
