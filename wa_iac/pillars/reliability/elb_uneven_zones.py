"""# Targets of a load balancer are spread unevenly over Availability Zones

## Why

If most of the targets are in one Availability Zone, the loss of this zone takes away more than its share, and the few that are left get all
requests. Servers that were sized for an even spread are then overloaded, and may fail as well. Without cross-zone load balancing, the few are
overloaded even before: each zone gets the same number of requests.

## What it checks

The rule looks at target groups and Classic Load Balancers whose targets are instances. It lets each Availability Zone fail in turn, as [the failure
drill](../drill.md) does, and reports a group of which less is left than if its targets were spread evenly over its zones. Of three targets in two
zones, one zone has two: that is even.

## What is left out

Targets that are all in one zone: see `ec2-multi-az` and `workload-single-point-of-failure`. Auto Scaling groups and services, which AWS spreads
itself. The rule is in the profile `all`: how much capacity has to be left, the code does not say.

## Non-compliant

```yaml
Resources:
  One:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Two:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Three:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Four:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1b}
  Front:  # finding: 1 of 4 targets is left if eu-west-1a fails
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0b2c3d4e]
      Instances: [!Ref One, !Ref Two, !Ref Three, !Ref Four]
      Listeners:
        - {LoadBalancerPort: "443", InstancePort: "443", Protocol: TCP}
```

```hcl
resource "aws_instance" "web" {
  count             = 4
  ami               = "ami-0a1b2c3d"
  availability_zone = count.index < 3 ? "eu-west-1a" : "eu-west-1b"
}

resource "aws_lb_target_group" "web" { # finding: 1 of 4 targets is left if eu-west-1a fails
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0a1b2c3d"
}

resource "aws_lb_target_group_attachment" "web" {
  count            = 4
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web[count.index].id
}
```

## Compliant

```yaml
Resources:
  One:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Two:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Three:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1b}
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 443
      Protocol: HTTPS
      VpcId: vpc-0a1b2c3d
      Targets: [{Id: !Ref One}, {Id: !Ref Two}, {Id: !Ref Three}]
```

```hcl
resource "aws_instance" "web" {
  count             = 4
  ami               = "ami-0a1b2c3d"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index % 2]
}

resource "aws_elb" "front" {
  subnets   = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  instances = aws_instance.web[*].id

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: fewer than three instances
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 443, Protocol: HTTPS, VpcId: vpc-0a1b2c3d}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "4"
      MaxSize: "8"
      VPCZoneIdentifier: [subnet-0a1b2c3d, subnet-0b2c3d4e]
      TargetGroupARNs: [!Ref Web]
```

```hcl
resource "aws_lb_target_group" "web" { # not applicable: fewer than three instances
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0a1b2c3d"
}
```

## Undecided

The result is undecided if it is not known before deployment in which zones the targets are, or whether there are others.

```yaml
Parameters:
  Zone:
    Type: String
Resources:
  One:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Two:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1a}
  Three:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-0a1b2c3d, AvailabilityZone: eu-west-1b}
  Four:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: !Ref Zone  # undecided: parameter "Zone" has no default
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 443
      Protocol: HTTPS
      VpcId: vpc-0a1b2c3d
      Targets: [{Id: !Ref One}, {Id: !Ref Two}, {Id: !Ref Three}, {Id: !Ref Four}]
```

```hcl
variable "zones" {
  type = list(string)
}

resource "aws_instance" "web" {
  count             = 4
  ami               = "ami-0a1b2c3d"
  availability_zone = var.zones[count.index % length(var.zones)] # undecided: var.zones has no default
}

resource "aws_elb" "front" {
  subnets   = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  instances = aws_instance.web[*].id

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}
```

## Sources

- [Static stability using Availability Zones](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html), read on 2026-11-29
- [How Elastic Load Balancing works](https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html), read on 2026-11-29
"""

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Unknown

if TYPE_CHECKING:
    from wa_iac.drill.kinds import Shape
    from wa_iac.drill.nodes import State

_SERVERS: Final[tuple["Shape", ...]] = ("instance",)
_FEW: Final = 3
"""With fewer instances, no spread over two zones is uneven."""


@rule(
    practices=["REL10-BP01", "REL11-BP05"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Put about the same number of targets into each Availability Zone, or let an Auto Scaling group with subnets in these zones do so. "
        "The targets that are left after the loss of one zone have to carry the whole load. Moving an instance to another zone replaces it."
    ),
)
def check(holder: TargetGroup | elb.LoadBalancer, graph: Graph) -> Flags:
    exempt(
        len(holder.instances.targets) < _FEW and holder.instances.unknown is None, "fewer than three instances are its targets"
    )
    from wa_iac.drill.mesh import mesh
    from wa_iac.drill.ways_in import zone_losses

    node = mesh(graph).nodes.get(holder.address)
    members = [mesh(graph).nodes[need.address] for group in (() if node is None else node.groups) for need in group.members]
    instances = [each for each in members if each.shape == "instance"]
    all_known(None if node is None else node.hidden, *(each.declared.others for each in instances))
    exempt(len(instances) < _FEW, "fewer than three instances are its targets")
    accept(len(instances) < len(members))  # AWS spreads a group by itself.
    least, most = count_distinct([each.lanes[0].zone for each in instances if len(each.lanes) == 1])
    total = len(instances)
    doubt: Unknown | None = None
    for loss in zone_losses(holder.address, graph, _SERVERS):
        left = _left(loss.best)
        if least > 1 and left < Fraction(total - -(-total // least), total):
            zone = loss.zone.name if isinstance(loss.zone.value, Known) else f"the zone of most of them ({loss.zone.label})"
            number = int(left * total)
            yield flag(
                holder,
                f"Only {number} of {total} targets {'is' if number == 1 else 'are'} left if {zone} fails: the {total} targets are spread unevenly "
                f"over {least} Availability Zones, and what is left gets all requests.",
            )
            return
        if _left(loss.worst) < Fraction(total - -(-total // max(most, 1)), total):
            doubt = first_unknown(doubt, *(each.lanes[0].zone for each in instances if each.lanes))
    all_known(doubt)


def _left(state: "State | None") -> Fraction:
    """The share of equal targets that is left, by what the drill says."""
    if state is None or state.outcome not in ("stops", "degrades", "unknown"):
        return Fraction(1)
    return Fraction(0) if state.outcome != "degrades" or state.share is None else state.share
