"""# Classic Load Balancer cuts off requests when an instance leaves

## Why

Without connection draining, a Classic Load Balancer closes all connections to an instance at once when the instance is removed. This happens at
each deployment, and whenever a group scales in. Requests that are under way fail, and users see errors.

## What it checks

The connection draining of each Classic Load Balancer. It is off if nothing is written.

## What is left out

Application and Network Load Balancers wait by themselves. The rule does not judge how long the load balancer waits.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0a1b2c3e]
      CrossZone: true
      Listeners:
        - { LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP }
```

```hcl
resource "aws_elb" "web" {
  subnets             = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"]
  connection_draining = false # finding
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0a1b2c3e]
      CrossZone: true
      ConnectionDrainingPolicy: { Enabled: true, Timeout: 60 }
      Listeners:
        - { LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP }
```

```hcl
resource "aws_elb" "web" {
  subnets             = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"]
  connection_draining = true
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}
```

## Undecided

```yaml
Parameters:
  Drain:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1b2c3d, subnet-0a1b2c3e]
      CrossZone: true
      ConnectionDrainingPolicy:
        Enabled: !Ref Drain  # undecided: parameter "Drain" has no default
      Listeners:
        - { LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP }
```

```hcl
variable "drain" { # undecided: Fails when var.drain is false
  type = bool
}

resource "aws_elb" "web" {
  subnets             = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"]
  connection_draining = var.drain
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}
```

## Sources

- [AWS::ElasticLoadBalancing::LoadBalancer ConnectionDrainingPolicy - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-elasticloadbalancing-loadbalancer-connectiondrainingpolicy.html), read on 2026-11-29
- [Configure connection draining for your Classic Load Balancer (Japanese edition)](https://docs.aws.amazon.com/ja_jp/elasticloadbalancing/latest/classic/config-conn-drain.html), read on 2026-11-29
"""

from wa_iac.aws.elb import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["REL11-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={
        "cdk_nag": ["AwsSolutions-ELB3"],
        "security_hub": ["ELB.7"],
    },
    fix=Recipe(
        cfn={"ConnectionDrainingPolicy": {"Enabled": True}},
        tf={"connection_draining": True},
        unsafe_because="an instance stays for up to five minutes longer when it is removed",
    ),
)
def check(balancer: LoadBalancer) -> Flags:
    message = "This load balancer closes all connections to an instance that is removed: requests that are under way fail at each deployment."
    yield from expect(balancer.connection_draining, True, message)
