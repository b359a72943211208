"""# Public way in stops if one Availability Zone fails, because all it leads to is in that zone

## Why

A load balancer, an API or a distribution is in several Availability Zones by itself. If all its requests end at one server, or at one network
interface, it stops with the zone of that: nothing takes over until somebody starts another one elsewhere. Zones fail seldom, but servers are also
retired, and then the same follows.

## What it checks

The rule looks at load balancers that face the internet, at APIs of API Gateway and at CloudFront distributions. It lets each Availability Zone
fail in turn, as [the failure drill](../drill.md) does, and reports a way in that certainly stops, with the shortest chain that leads to what
stops it: an instance, the link of an HTTP API, or an interface endpoint.

## What is left out

Internal load balancers. The resources that other rules report themselves: databases, caches, file systems, brokers, NAT gateways, groups, services
and functions in one zone, and several instances of one kind in one zone. A distribution or an API in front of a load balancer that is reported
itself. An EC2 instance without a load balancer in front: see `ec2-behind-load-balancer`.

The rule is in the profile `all`: a server for one team, or one that keeps its own state, is often single on purpose.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: eu-west-1a
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 443
      Protocol: HTTPS
      VpcId: vpc-0a1b2c3d
      Targets:
        - Id: !Ref Web
  Front:  # finding: Front > Targets > Web, in eu-west-1a
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0b2c3d4e]
  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 443
      Protocol: HTTPS
      DefaultActions:
        - Type: forward
          TargetGroupArn: !Ref Targets
```

```hcl
resource "aws_instance" "web" {
  ami               = "ami-0a1b2c3d"
  availability_zone = "eu-west-1a"
}

resource "aws_lb_target_group" "targets" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0a1b2c3d"
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.targets.arn
  target_id        = aws_instance.web.id
}

resource "aws_lb" "front" { # finding: aws_lb.front > aws_lb_target_group.targets > aws_instance.web, in eu-west-1a
  subnets = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
}

resource "aws_lb_listener" "secure" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.targets.arn
  }
}
```

## Compliant

```yaml
Resources:
  One:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: eu-west-1a
  Two:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: eu-west-1b
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 443
      Protocol: HTTPS
      VpcId: vpc-0a1b2c3d
      Targets:
        - Id: !Ref One
        - Id: !Ref Two
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0b2c3d4e]
  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 443
      Protocol: HTTPS
      DefaultActions:
        - Type: forward
          TargetGroupArn: !Ref Targets
```

```hcl
resource "aws_instance" "web" {
  count             = 2
  ami               = "ami-0a1b2c3d"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_elb" "front" {
  subnets   = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  instances = aws_instance.web[*].id

  listener {
    lb_port           = 443
    lb_protocol       = "https"
    instance_port     = 443
    instance_protocol = "https"
  }
}
```

## Not applicable

```yaml
Resources:
  Inside:  # not applicable: it is internal
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internal
      Subnets: [subnet-0a1b2c3d, subnet-0b2c3d4e]
```

```hcl
resource "aws_lb" "inside" { # not applicable: it is internal
  internal = true
  subnets  = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
}
```

## Undecided

The result is undecided if it is not known before deployment in which zones the servers are, or whether there are others.

```yaml
Parameters:
  Zone:
    Type: String
Resources:
  One:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: eu-west-1a
  Two:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      AvailabilityZone: !Ref Zone  # undecided: parameter "Zone" has no default
  Front:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0b2c3d4e]
      Instances: [!Ref One, !Ref Two]
      Listeners:
        - {LoadBalancerPort: "443", InstancePort: "443", Protocol: TCP}
```

```hcl
variable "server" {
  type = string
}

resource "aws_instance" "web" {
  ami               = "ami-0a1b2c3d"
  availability_zone = "eu-west-1a"
}

resource "aws_elb" "front" {
  subnets   = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  instances = [aws_instance.web.id, var.server] # undecided: var.server has no default

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}
```

## Sources

- [REL10-BP01 Deploy the workload to multiple locations](https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html), read on 2026-11-29
- [Zonal services - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/zonal-services.html), read on 2026-11-29
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from wa_iac.aws import elb
from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Step, Unknown
from wa_iac.knowledge.same_kind import same_kind
from wa_iac.knowledge.servers import zone_of

if TYPE_CHECKING:
    from wa_iac.drill.model import Link as Chained

_WORDS: Final = (
    (LoadBalancer, "load balancer"),
    (elb.LoadBalancer, "load balancer"),
    (Distribution, "distribution"),
    (RestApi, "API"),
    (Api, "API"),
)


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Put a second one into another Availability Zone and let the requests go to both: for servers an Auto Scaling group with subnets in "
        "two zones, for a link or an endpoint a subnet in another zone. A server that keeps its own state cannot simply be doubled: move the state "
        "to a database or a file system first, or accept the outage and rehearse the restoration."
    ),
)
def check(way_in: LoadBalancer | elb.LoadBalancer | Distribution | RestApi | Api, graph: Graph) -> Flags:
    if isinstance(way_in, LoadBalancer | elb.LoadBalancer):
        exempt(holds(way_in.scheme, lambda scheme: scheme == "internal"), "it is internal")
    from wa_iac.drill.ways_in import zone_losses

    doubt: Unknown | None = None
    for loss in zone_losses(way_in.address, graph, ("instance", "link", "endpoint", "targets")):
        if loss.best is not None and loss.best.outcome == "stops":
            chain = loss.best.chain
            accept(_is_said_elsewhere(chain, graph))
            path = " > ".join(link.address for link in chain)
            zone, place = f"the Availability Zone of {chain[-1].address}", ""
            if isinstance(loss.zone.value, Known):
                zone, place = loss.zone.name, f", in {loss.zone.name}"
            what = next(word for cls, word in _WORDS if isinstance(way_in, cls))
            yield flag(
                way_in,
                f"This {what} serves nothing if {zone} fails: {path}{place}, and nothing here takes its place.",
                related=[Step(each.span, link.why) for link in chain[1:] for each in graph.at(link.address)[:1]],
                confidence=Confidence.LOW if any(link.inferred for link in chain) else None,
            )
            return
        if loss.worst is not None and loss.worst.outcome in ("stops", "unknown"):
            doubt = first_unknown(doubt, loss.worst.doubt)
    all_known(doubt)


def _is_said_elsewhere(chain: Sequence["Chained"], graph: Graph) -> bool:
    """Whether a public load balancer on the way is reported itself, or `ec2-multi-az` reports the servers, which are several of one kind in
    one zone."""
    links = [each for link in chain for each in graph.at(link.address)[:1]]
    fronts = [graph.typed(each, LoadBalancer) for each in links[1:] if each.type in LoadBalancer.types()]
    if any(each.scheme == Known("internet-facing") for each in fronts):
        return True
    last = links[-1]
    if last.type not in Instance.types():
        return False
    kind = same_kind(graph.typed(last, Instance), graph)
    _, most_zones = count_distinct([zone_of(each) for each in kind])
    return len(kind) > 1 and most_zones == 1
