"""# Application load balancer does not speak HTTP/2

## Why

Over HTTP/1.1, a browser asks for one file after the other on each connection. HTTP/2 sends them side by side on one connection, which
shortens the wait for pages with many files. It is on by default, and targets need not speak it.

## What it checks

The rule reports an application load balancer that turns HTTP/2 off. It is on by default, so that is somebody's choice, and the finding is advice.

## What is left out

Network and gateway load balancers do not know HTTP.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      LoadBalancerAttributes:
        - Key: routing.http2.enabled
          Value: "false"  # finding
```

```hcl
resource "aws_lb" "web" {
  load_balancer_type = "application"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_http2       = false # finding
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

```hcl
resource "aws_lb" "web" {
  load_balancer_type = "application"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: does not know HTTP
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Http2:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      LoadBalancerAttributes:
        - Key: routing.http2.enabled
          Value: !Ref Http2  # undecided: parameter "Http2" has no default
```

```hcl
variable "http2" { # undecided: Fails when var.http2 is false
  type = bool
}

resource "aws_lb" "web" {
  load_balancer_type = "application"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_http2       = var.http2
}
```

## Sources

- [interface LoadBalancerAttributeProperty](https://docs.amazonaws.cn/cdk/api/v1/docs/@aws-cdk_aws-elasticloadbalancingv2.CfnLoadBalancer.LoadBalancerAttributeProperty.html), read on 2026-11-29
"""

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, refuse, rule


@rule(
    practices=["PERF04-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    fix=Recipe(
        cfn={"LoadBalancerAttributes[Key=routing.http2.enabled]": {"Value": "true"}},
        tf={"enable_http2": True},
        unsafe_because="a target group that depends on the spelling of headers sees them in lower case",
    ),
)
def check(balancer: LoadBalancer) -> Flags:
    exempt(holds(balancer.kind, lambda kind: kind != "application"), "it does not know HTTP")
    yield from refuse(
        balancer.http2,
        False,
        "HTTP/2 is off: pages with many files load more slowly, since browsers ask for one file after the other.",
    )
