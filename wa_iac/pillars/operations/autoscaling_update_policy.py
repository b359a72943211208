"""# Auto Scaling group has no update policy or instance refresh

## Why

A new image or launch template applies only to instances that start later. Running instances keep the old one, in a quiet group
for months: they get no patches, and the group becomes a mixture that nobody tested. An update policy (CloudFormation) or an
instance refresh (Terraform) replaces them in steps, and stops if the new instances fail.

## What it checks

In CloudFormation, the rule reports a group without a rolling or a replacing update in its `UpdatePolicy`. In Terraform, it reports a
group without an `instance_refresh`.

## What is left out

The rule does not check:

- groups with a maximum instance lifetime;
- groups that Terraform replaces as a whole, because their name contains that of the launch template;
- groups that Kubernetes, ECS or Elastic Beanstalk manage.

If a pipeline starts the instance refresh, suppress the finding. A group with a maximum size of 0 is switched off.

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
```

```hcl
resource "aws_autoscaling_group" "web" { # finding
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
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
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
    UpdatePolicy:
      AutoScalingRollingUpdate:
        MinInstancesInService: 2
        PauseTime: PT10M
        WaitOnResourceSignals: true
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      auto_rollback = true
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Aged:  # not applicable: replaced by age
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      MaxInstanceLifetime: 604800
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Nodes:  # not applicable: Kubernetes manages it
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0b2, Version: "1"}
      Tags:
        - {Key: kubernetes.io/cluster/main, Value: owned, PropagateAtLaunch: true}
  Off:  # not applicable: it is switched off
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0c3, Version: "1"}
```

```hcl
resource "aws_launch_configuration" "api" {
  name_prefix   = "api-"
  image_id      = "ami-0a1"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "api" { # not applicable: Terraform replaces the whole group
  name                 = "api-${aws_launch_configuration.api.name}"
  min_size             = 2
  max_size             = 6
  vpc_zone_identifier  = ["subnet-0a1", "subnet-0b2"]
  launch_configuration = aws_launch_configuration.api.name

  lifecycle {
    create_before_destroy = true
  }
}
```

## Undecided

The result is undecided if `UpdatePolicy` is not known before deployment.

```yaml
Parameters:
  Environment:
    Type: String
Conditions:
  IsProduction: !Equals [!Ref Environment, production]
Resources:
  Web:  # undecided: Fails when IsProduction is false
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
    UpdatePolicy:
      Fn::If:
        - IsProduction
        - AutoScalingRollingUpdate:
            MinInstancesInService: 2
        - !Ref AWS::NoValue
```

## Sources

- [UpdatePolicy attribute - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, is_set
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, exempt_for, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.orchestrators import orchestrator

_SOURCES: Final = frozenset((*LaunchTemplate.types(), *LaunchConfiguration.types()))


@rule(
    practices=["OPS06-BP03", "OPS06-BP04", "REL08-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="UpdatePolicy:\n  AutoScalingRollingUpdate:\n    MinInstancesInService: 1\n    PauseTime: PT10M\n"
        "    WaitOnResourceSignals: true",
        decision="With WaitOnResourceSignals, each new instance has to send a signal (cfn-signal), or the update fails: leave it out if yours do not. "
        "Terraform's auto_rollback needs a launch template with a number for its version, not $Latest.",
        tf='instance_refresh {\n  strategy = "Rolling"\n  preferences {\n    auto_rollback = true\n  }\n}',
    ),
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    accept(any_of((is_set(group.rolling_update), group.replacing_update)))
    exempt(
        not isinstance(group.max_instance_lifetime, Absent) or group.max_size == Known(0),
        "its instances are replaced by age, or it has none",
    )
    sources = (*group.launch_template, *group.launch_configuration)
    # Named after its launch template: a new one makes a new group.
    named_after = any(graph.refers(group.name, source) for source in sources) or _named_after_another(group, graph)
    exempt(named_after, "Terraform replaces the whole group")
    exempt_for(orchestrator(group, graph))
    yield flag(
        group,
        "A new image or launch template does not reach the running instances of this group: until something replaces them, they keep the old one, unpatched.",
    )


def _named_after_another(group: AutoScalingGroup, graph: Graph) -> bool:
    """Whether its name refers to a launch template or configuration that is not surely its own, or is declared elsewhere."""
    return any(each.type in _SOURCES for each in graph.referred(group.name))
