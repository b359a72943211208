"""# Network Load Balancer keeps connections within their Availability Zone

## Why

Clients are spread over the zones of the load balancer. Without cross-zone load balancing, a zone whose targets are few or failing gets as many
connections as the others. If targets are uneven, some of them are overloaded while others idle.

## What it checks

Network and Gateway Load Balancers with cross-zone load balancing off, which is the default.

## What is left out

Application Load Balancers, which always balance across zones. Load balancers in one zone: `elb-multi-az` reports them. Load balancers
whose target groups all turn cross-zone load balancing on for themselves. Load balancers that keep traffic in its zone on purpose, to save the charge for
traffic between zones: suppress the finding.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1, subnet-2]
```

```hcl
resource "aws_lb" "web" { # finding
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-1", "subnet-2"]
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - Key: load_balancing.cross_zone.enabled
          Value: "true"
```

```hcl
resource "aws_lb" "web" {
  name                             = "web"
  load_balancer_type               = "network"
  subnets                          = ["subnet-1", "subnet-2"]
  enable_cross_zone_load_balancing = true
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: always balances across zones
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: application
      Subnets: [subnet-1, subnet-2]
  Names:  # not applicable: in one zone
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1]
```

## Undecided

```yaml
Parameters:
  Cross:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - Key: load_balancing.cross_zone.enabled
          Value: !Ref Cross  # undecided: parameter "Cross" has no default
```

```hcl
variable "cross" { # undecided: Fails when var.cross is false
  type = bool
}

resource "aws_lb" "web" {
  name                             = "web"
  load_balancer_type               = "network"
  subnets                          = ["subnet-1", "subnet-2"]
  enable_cross_zone_load_balancing = var.cross
}
```

## Sources

- [Cross-zone load balancing for target groups](https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html), read on 2026-11-29
"""

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.targets import target_groups


@rule(
    practices=["REL10-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={"checkov": ["CKV_AWS_152"], "config": ["NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED"]},
    fix=Recipe(
        cfn={"LoadBalancerAttributes[Key=load_balancing.cross_zone.enabled]": {"Value": "true"}},
        tf={"enable_cross_zone_load_balancing": True},
        unsafe_because="traffic between Availability Zones is charged",
    ),
)
def check(balancer: LoadBalancer) -> Flags:
    accept(balancer.cross_zone == Known(True))
    exempt(
        holds(balancer.kind, lambda kind: kind == "application"), "a load balancer of this kind always balances across zones"
    )
    exempt(balancer.zones() == Known(1), "it is in one zone")
    groups = target_groups(balancer)
    accept(bool(groups) and all(each.cross_zone == Known("true") for each in groups))
    yield from expect(
        balancer.cross_zone,
        True,
        "Connections stay in the zone that they arrive in: a zone with few healthy targets gets as many as the others.",
    )
