"""# Application Load Balancer forwards invalid HTTP headers

## Why

Headers with invalid names reach the targets, which may interpret them differently from the load balancer. This makes request
smuggling possible. Dropping such headers costs nothing.

## What it checks

The rule checks Application Load Balancers, and reports one that does not drop headers with invalid names. Leave it off if a client needs
header names with an underscore or other characters besides letters, digits and hyphens. It is advice for an internal load balancer, whose
clients are known.

## What is left out

Only Application Load Balancers have the setting.

The rule does not check a load balancer without listeners that nothing here refers to: no request reaches it. An output or an argument
may pass it on to other code, which adds listeners. It does not check one either whose listeners only redirect or answer with a fixed
response, or forward to Lambda functions only: these get an event of JSON, in which a request has been read already.

## Non-compliant

```yaml
Resources:
  Front:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
Outputs:
  Front:
    Value: !Ref Front
```

```hcl
resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  drop_invalid_header_fields = false # finding
}

output "front" {
  value = aws_lb.front.arn
}
```

## Compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      LoadBalancerAttributes:
        - Key: routing.http.drop_invalid_header_fields.enabled
          Value: "true"
```

```hcl
resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  drop_invalid_header_fields = true
}
```

## Not applicable

```yaml
Resources:
  Sockets:  # not applicable: only application load balancers
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-0a1, subnet-0b2]
```

```hcl
resource "aws_lb" "sockets" { # not applicable: only application load balancers
  load_balancer_type = "network"
  subnets            = ["subnet-0a1", "subnet-0b2"]
}
```

```hcl
resource "aws_lb" "idle" { # not applicable: no listener
  subnets = ["subnet-0a1", "subnet-0b2"]
}
```

```hcl
resource "aws_lb" "closed" { # not applicable: its listeners answer themselves
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "closed" {
  load_balancer_arn = aws_lb.closed.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
```

```hcl
resource "aws_lb" "functions" { # not applicable: its targets are functions
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "functions" {
  load_balancer_arn = aws_lb.functions.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.functions.arn
  }
}

resource "aws_lb_target_group" "functions" {
  name        = "functions"
  target_type = "lambda"
}
```

## Undecided

The result is undecided if `Value` or `drop_invalid_header_fields` is not known before deployment.

```yaml
Parameters:
  Value:
    Type: String
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      LoadBalancerAttributes:
        - Key: routing.http.drop_invalid_header_fields.enabled
          Value: !Ref Value  # undecided: parameter "Value" has no default
Outputs:
  Front:
    Value: !Ref Front
```

```hcl
variable "drop_invalid_header_fields" { # undecided: Fails when var.drop_invalid_header_fields is false
  type = bool
}

resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  drop_invalid_header_fields = var.drop_invalid_header_fields
}

output "front" {
  value = aws_lb.front.arn
}
```

## Sources

- [alb-http-drop-invalid-header-enabled](https://docs.aws.amazon.com/config/latest/developerguide/alb-http-drop-invalid-header-enabled.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.listeners import answers_alone, forwards_to_functions_alone, is_without_listeners

_FIX: Final = Recipe(
    cfn={"LoadBalancerAttributes[Key=routing.http.drop_invalid_header_fields.enabled]": {"Value": "true"}},
    tf={"drop_invalid_header_fields": True},
    unsafe_because="a target that reads headers with unusual names no longer receives them",
)


@rule(
    practices=["SEC05-BP03"],
    severity=Severity.LOW,
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_131"],
        "trivy": ["AVD-AWS-0052"],
        "cdk_nag": ["ALBHttpDropInvalidHeaderEnabled"],
        "guard": ["ALB_HTTP_DROP_INVALID_HEADER_ENABLED"],
        "config": ["ALB_HTTP_DROP_INVALID_HEADER_ENABLED"],
        "security_hub": ["ELB.4"],
    },
    remedy=replace(
        Remedy.of_recipe(_FIX),
        decision="Headers with an underscore or another unusual character in their names are then dropped: check that no target needs one.",
    ),
    fix=_FIX,
)
def check(balancer: LoadBalancer, graph: Graph) -> Flags:
    if balancer.drop_invalid_headers == Known(True):
        return
    exempt(settled(balancer.kind) != Known("application"), "only application load balancers read headers")
    exempt(is_without_listeners(balancer, graph), "it has no listener, so no request reaches it")
    exempt(answers_alone(balancer, graph), "its listeners answer themselves, so no header reaches a target")
    exempt(forwards_to_functions_alone(balancer), "its targets are functions, which get an event and read no HTTP")
    internal = balancer.scheme == Known("internal")
    yield flag(
        settled(balancer.drop_invalid_headers),
        "Headers with invalid names reach the targets, which may read a request differently from the load balancer: this makes request smuggling possible.",
        confidence=Confidence.MEDIUM if internal else None,
    )
