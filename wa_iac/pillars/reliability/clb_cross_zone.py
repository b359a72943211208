"""# Classic Load Balancer keeps requests within their Availability Zone

## Why

Clients are spread over the zones, not over the instances. Without cross-zone load balancing, a zone with fewer healthy instances gets as many
requests as the others: its instances are overloaded while others idle. The setting costs nothing for a Classic Load Balancer.

## What it checks

Classic Load Balancers with cross-zone load balancing off. That is the default in CloudFormation, but not in Terraform.

The finding is advice (`--profile all`): it matters only while the zones have unlike numbers of healthy instances.

## What is left out

Load balancers in one zone: `elb-multi-az` reports them. Those that send all requests to one instance, a group of at most one, or a service of
one task: nothing is uneven there.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
```

```hcl
resource "aws_elb" "web" {
  name                      = "web"
  subnets                   = ["subnet-1", "subnet-2"]
  cross_zone_load_balancing = false # finding
  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
      CrossZone: true
```

```hcl
resource "aws_elb" "web" {
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: one zone
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
```

A load balancer with one subnet is in one zone, whichever subnet that is.

```yaml
Parameters:
  Subnet:
    Type: AWS::EC2::Subnet::Id
Resources:
  Web:  # not applicable: one zone
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [!Ref Subnet]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
```

```hcl
variable "subnet" {
  type = string
}

resource "aws_elb" "web" { # not applicable: one zone
  name                      = "web"
  subnets                   = [var.subnet]
  cross_zone_load_balancing = false
  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}
```

```yaml
Resources:
  Web:  # not applicable: one instance or task
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
  Builds:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: 1
      TaskDefinition: builds
      LoadBalancers:
        - ContainerName: builds
          ContainerPort: 80
          LoadBalancerName: !Ref Web
```

## Undecided

```yaml
Parameters:
  Cross:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
      CrossZone: !Ref Cross  # undecided: parameter "Cross" has no default
```

```hcl
variable "cross" { # undecided: Fails when var.cross is false
  type = bool
}

resource "aws_elb" "web" {
  name                      = "web"
  subnets                   = ["subnet-1", "subnet-2"]
  cross_zone_load_balancing = var.cross
  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}
```

## Sources

- [Configure cross-zone load balancing for your Classic Load Balancer](https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html), read on 2026-11-29
- [elb-cross-zone-load-balancing-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/elb-cross-zone-load-balancing-enabled.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.elb import LoadBalancer
from wa_iac.core.binding import value_at
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Imported, UnsetParameter, UnsetVariable
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known, Unknown, plain
from wa_iac.knowledge.targets import has_one_target

_SEVERAL: Final = late(r"(?i)subnets|ids\b|list|zones")
_LISTS: Final = late(r"List<|CommaDelimitedList")


@rule(
    practices=["REL10-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_138"],
        "cdk_nag": ["AwsSolutions-ELB4"],
        "guard": ["ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED"],
        "config": ["ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED"],
        "security_hub": ["ELB.9"],
    },
    fix=Recipe(
        cfn={"CrossZone": True},
        tf={"cross_zone_load_balancing": True},
        unsafe_because="the load of the instances changes at once",
    ),
)
def check(balancer: LoadBalancer, graph: Graph) -> Flags:
    accept(balancer.cross_zone == Known(True))
    exempt(balancer.zones() == Known(1) or _has_one_subnet(balancer, graph), "it is in one zone")
    exempt(has_one_target(balancer, graph), "it sends all requests to one instance or task")
    yield from expect(
        balancer.cross_zone,
        True,
        "Requests stay in the zone that they arrive in: a zone with few healthy instances gets as many as the others, and is overloaded.",
    )


def _has_one_subnet(balancer: LoadBalancer, graph: Graph) -> bool:
    """Whether it names a single subnet, whose zone may be unknown. What is called "subnets" may be several, joined by commas, and so may a list."""
    if len(balancer.places) != 1 or not isinstance(balancer.subnets, Known):
        return False
    match balancer.places[0].written:
        case Known(text):
            return bool(text) and "," not in str(text)
        case Unknown(source=UnsetParameter(name=name, stack=stack)):
            parameters = graph.at(f"{stack}parameter.{name}")
            lists = [each for each in parameters if _LISTS.search(str(plain(value_at(each.body, "Type"))))]
            return not lists and _SEVERAL.search(name) is None
        case Unknown(source=UnsetVariable(name=name) | Imported(name=name)):
            return _SEVERAL.search(name) is None
        case _:
            return False
