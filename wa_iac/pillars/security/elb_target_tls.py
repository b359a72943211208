"""# Load balancer sends requests to its targets in plain text

## Why

The load balancer decrypts the requests of clients, and sends them on to this target group over plain HTTP. Anyone who can read the traffic inside
of the VPC, such as by traffic mirroring, sees passwords and sessions.

## What it checks

Target groups with the protocol `HTTP`.

## What is left out

Target groups for Lambda functions have no protocol. A target group with `TCP` passes on what the client encrypted. Many teams end TLS at the
load balancer on purpose, so only the profile `all` has this rule.

## Non-compliant

```yaml
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: vpc-0a1b2c3d
      Port: 80
      Protocol: HTTP  # finding
```

```hcl
resource "aws_lb_target_group" "targets" {
  vpc_id      = "vpc-0a1b2c3d"
  target_type = "ip"
  port        = 8080
  protocol    = "HTTP" # finding
}
```

## Compliant

```yaml
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: vpc-0a1b2c3d
      Port: 443
      Protocol: HTTPS
```

```hcl
resource "aws_lb_target_group" "targets" {
  vpc_id      = "vpc-0a1b2c3d"
  target_type = "ip"
  port        = 8443
  protocol    = "HTTPS"
}
```

## Undecided

```yaml
Parameters:
  Protocol:
    Type: String
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: vpc-0a1b2c3d
      Port: 443
      Protocol: !Ref Protocol  # undecided: parameter "Protocol" has no default
```

```hcl
variable "protocol" {
  type = string
}

resource "aws_lb_target_group" "targets" {
  vpc_id   = "vpc-0a1b2c3d"
  port     = 8443
  protocol = var.protocol # undecided: var.protocol has no default
}
```

## Sources

- [elbv2-targetgroup-protocol-encrypted - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/elbv2-targetgroup-protocol-encrypted.html), read on 2026-11-29
- [Target groups for your Application Load Balancers - ELB](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups), read on 2026-11-29
"""

from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.core.logic import holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="Protocol: HTTPS",
        tf='protocol = "HTTPS"',
        replaces=True,
        decision="The targets need a certificate first; a self-signed one is enough, since the load balancer does not check it. The change "
        "replaces the target group.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_378"],
        "config": ["ELBV2_TARGETGROUP_PROTOCOL_ENCRYPTED"],
        "security_hub": ["ELB.22"],
    },
)
def check(group: TargetGroup) -> Flags:
    accept(group.target_type == Known("lambda"))
    accept(negate(holds(group.protocol, lambda protocol: protocol.upper() == "HTTP")))
    yield flag(
        group.protocol, "Requests reach the targets over plain HTTP: anyone who can read traffic in the VPC can read them."
    )
