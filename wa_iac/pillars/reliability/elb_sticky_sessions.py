"""# Load balancer binds each client to one target

## Why

Sticky sessions are needed if a server keeps the sessions of its clients in its own memory. When that server stops, for a deployment, to scale in
or by a fault, all its clients lose what they did. New servers get no load from the clients that are there already. Sessions in ElastiCache or
DynamoDB make the servers alike.

## What it checks

Target groups with stickiness turned on.

## What is left out

Stickiness by source address on a Network Load Balancer, which some protocols need.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
      Protocol: HTTP
      VpcId: vpc-1
      TargetGroupAttributes:
        - Key: stickiness.enabled
          Value: "true"  # finding
```

```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
  stickiness {
    type    = "lb_cookie"
    enabled = true # finding
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
      Protocol: HTTP
      VpcId: vpc-1
      TargetGroupAttributes:
        - Key: stickiness.enabled
          Value: "false"
```

```hcl
resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}
```

## Not applicable

```hcl
resource "aws_lb_target_group" "web" { # not applicable: by its address
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
  stickiness {
    type    = "source_ip"
    enabled = true
  }
}
```

## Undecided

```yaml
Parameters:
  Sticky:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
      Protocol: HTTP
      VpcId: vpc-1
      TargetGroupAttributes:
        - Key: stickiness.enabled
          Value: !Ref Sticky  # undecided: parameter "Sticky" has no default
```

```hcl
variable "sticky" { # undecided: Fails when var.sticky is true
  type = bool
}

resource "aws_lb_target_group" "web" {
  name     = "web"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
  stickiness {
    type    = "lb_cookie"
    enabled = var.sticky
  }
}
```

## Sources

- [Sticky sessions for your Application Load Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html), read on 2026-11-29
"""

from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Absent, Known


@rule(
    practices=["REL05-BP06"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Keep the sessions outside of the servers, in ElastiCache or DynamoDB, or in a signed token that the client holds. Then turn off "
        "stickiness."
    ),
)
def check(group: TargetGroup) -> Flags:
    # Terraform's block turns it on unless it says otherwise.
    written = not isinstance(group.sticky_kind, Absent) and group.dialect == "terraform" and not group.as_cloudformation
    sticky = Known(True, group.sticky_kind.origin) if isinstance(group.sticky, Absent) and written else group.sticky
    accept(sticky in (Known(False), Absent()))
    exempt(
        holds(group.sticky_kind, lambda kind: kind.startswith("source_ip")),
        "it binds a client by its address, as some protocols need",
    )
    accept(holds(sticky, lambda on: not on))
    yield flag(
        sticky,
        "Each client is bound to one target: its session is lost when that target stops, and new targets take over little load.",
    )
