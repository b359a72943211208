"""# Load balancer passes on requests that look like an attack

## Why

In the mode `monitor`, the load balancer counts ambiguous requests, and passes them on. Such a request means one thing to the load balancer and
another to the server behind it: an attacker smuggles a second request inside, past every check, into the session of somebody else.

## What it checks

Application and Classic Load Balancers with the desync mitigation mode `monitor`.

## What is left out

Load balancers without the setting: the default is `defensive`. Network and Gateway Load Balancers, which do not read HTTP.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: application
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - Key: routing.http.desync_mitigation_mode
          Value: monitor  # finding
```

```hcl
resource "aws_lb" "web" {
  name                   = "web"
  load_balancer_type     = "application"
  subnets                = ["subnet-1", "subnet-2"]
  desync_mitigation_mode = "monitor" # finding
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: application
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - Key: routing.http.desync_mitigation_mode
          Value: defensive
```

```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "application"
  subnets            = ["subnet-1", "subnet-2"]
}
```

## Not applicable

```hcl
resource "aws_lb" "ports" { # not applicable: no such mode
  name                   = "ports"
  load_balancer_type     = "network"
  subnets                = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  desync_mitigation_mode = "monitor"
}
```

## Undecided

```yaml
Parameters:
  Mode:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: application
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - Key: routing.http.desync_mitigation_mode
          Value: !Ref Mode  # undecided: parameter "Mode" has no default
```

```hcl
variable "mode" {
  type = string
}

resource "aws_lb" "web" {
  name                   = "web"
  load_balancer_type     = "application"
  subnets                = ["subnet-1", "subnet-2"]
  desync_mitigation_mode = var.mode # undecided: var.mode has no default
}
```

## Sources

- [Configure desync mitigation mode for your Classic Load Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-desync-mitigation-mode.html), read on 2026-11-29
"""

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Severity, exempt, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP03"],
    severity=Severity.LOW,
    equivalents={
        "checkov": ["CKV_AWS_328"],
        "config": ["ALB_DESYNC_MODE_CHECK", "CLB_DESYNC_MODE_CHECK"],
        "security_hub": ["ELB.12", "ELB.14"],
    },
    fix=Recipe(
        cfn={"LoadBalancerAttributes[Key=routing.http.desync_mitigation_mode]": {"Value": "defensive"}},
        tf={"desync_mitigation_mode": "defensive"},
        unsafe_because="clients that send ambiguous requests are refused",
    ),
)
def check(balancer: LoadBalancer | elb.LoadBalancer) -> Flags:
    if isinstance(balancer, LoadBalancer) and balancer.desync_mode == Known("monitor"):
        exempt(holds(balancer.kind, lambda kind: kind != "application"), "a load balancer of this kind has no such mode")
    yield from refuse(
        balancer.desync_mode,
        "monitor",
        "Ambiguous requests are only counted, and passed on: an attacker may smuggle requests past the load balancer.",
    )
