"""# Auto Scaling group has equal minimum and maximum sizes

The group has the same number of instances whatever the load is. Requests fail when the load rises, and money is spent on idle
instances when it falls. Scaling policies of such a group have no effect.

The rule does not check:

- groups of one, which only replace a failed instance;
- groups of three, five or seven without a load balancer, as in a cluster with a quorum;
- groups with a schedule that changes the sizes;
- groups that Kubernetes or ECS scale.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "2"  # finding
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef]
```

```hcl
variable "size" {
  default = 4
}

resource "aws_autoscaling_group" "workers" {
  min_size            = var.size
  max_size            = var.size # finding
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
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef]
```

```hcl
resource "aws_autoscaling_group" "workers" {
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_autoscaling_group" "bastion" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0b2"
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.algebra import same
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.orchestrators import orchestrator


@rule(
    practices=["REL07-BP01", "REL07-BP03", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(cfn='MinSize: "2"\nMaxSize: "6"', tf="min_size = 2\nmax_size = 6"),
)
def check(group: AutoScalingGroup, graph: Graph) -> Iterator[Flag]:
    if group.switched_off():
        yield not_applicable("it is switched off: it may have no instances")
        return
    match same(group.min_size, group.max_size):
        case False:
            return
        case None:
            unknown = group.min_size if isinstance(group.min_size, Unknown) else group.max_size
            if isinstance(unknown, Unknown):
                yield undecided(unknown)
            return
        case True:
            pass
    if not isinstance(group.scheduled.presence, Absent):
        yield not_applicable("a schedule changes its limits")
        return
    match orchestrator(group, graph):
        case Known(reason):
            yield not_applicable(reason)
            return
        case Unknown() as why:
            yield undecided(why)
            return
        case Absent():
            pass
    match _fixed_for_a_reason(group):
        case Known(True):
            yield not_applicable("its size is fixed on purpose")
        case Unknown() as why:
            yield undecided(why)
        case Known() | Absent():
            size = (
                f"always has {group.max_size.value} instances"
                if isinstance(group.max_size, Known)
                else "never changes its size"
            )
            yield flag(
                group.max_size, f"This group {size}: requests fail when the load rises, and it runs idle when the load falls."
            )


def _fixed_for_a_reason(group: AutoScalingGroup) -> Value[bool]:
    """Whether the size is one that does without scaling: a lone instance that is replaced, or a quorum."""
    if isinstance(group.policies.presence, Known):
        return Known(False)
    match group.max_size, group.served():
        case Known(0 | 1), _:
            return Known(True)
        case Known(3 | 5 | 7), Absent():
            return Known(True)
        case Known(), (Unknown() as why) if group.max_size in (Known(3), Known(5), Known(7)):
            return why
        case Known(), _:
            return Known(False)
        case Unknown() as why, _:
            return why
        case _:
            return Known(True)
