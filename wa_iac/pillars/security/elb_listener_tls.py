"""# Internet-facing load balancer accepts HTTP without redirecting to HTTPS

## Why

Data sent unencrypted can be read and changed on the way: passwords, sessions, the page itself. Serve HTTPS, and let the listener on port
80 only redirect to it.

## What it checks

The rule checks the listeners of internet-facing load balancers. It reports one that serves requests over HTTP instead of redirecting
them.

Rules of a listener come before its default action, so a listener whose rules forward requests serves them over HTTP even if its default
action redirects: the rules move to the HTTPS listener. The remedy also names outputs with the listener, through which others may attach
rules.

The finding is advice, of medium severity, if the security groups of the load balancer let in a few addresses of the internet at most, or nobody
at the listener's port.

The remedy names services of ECS that wait for the listener, since ECS refuses one whose target group has no listener yet. It says that a
certificate takes a domain name, if no DNS record here leads to the load balancer.

The remedy names functions, tasks and APIs that call the load balancer by its own name, since no certificate is valid for that.

If a template or a block makes several listeners of one load balancer, or gets their port from outside, a fixed port 443 would collide:
the remedy then says that each needs an HTTPS port of its own. So it does for a listener beside another one for other targets. It names a
listener for HTTPS that a default leaves out, and targets that no listener would forward to after a redirect.

## What is left out

The rule does not check:

- load balancers that are the origin of a CloudFront distribution in the same template or configuration;
- listeners that answer every request with a fixed response;
- TCP listeners, whose targets may terminate TLS.

A Classic Load Balancer with both an HTTPS and an HTTP listener is accepted, because its instances may redirect.

## Non-compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP  # finding
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "web" { # finding
  load_balancer_arn = aws_lb.front.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_elb" "old" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  listener {
    lb_port           = 80
    lb_protocol       = "http" # finding
    instance_port     = 80
    instance_protocol = "http"
  }
}
```

## Compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
  Redirect:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: redirect
          RedirectConfig:
            Protocol: HTTPS
            Port: "443"
            StatusCode: HTTP_301
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}
```

## Not applicable

```yaml
Resources:
  Inside:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internal
      Subnets: [subnet-0a1, subnet-0b2]
  Http:  # not applicable: cannot be reached from the internet directly
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Inside
      Protocol: HTTP
      Port: 80
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
  Elsewhere:  # not applicable: its load balancer is declared elsewhere
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/0123456789abcdef
      Protocol: HTTP
      Port: 80
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
resource "aws_lb" "inside" {
  internal = true
  subnets  = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "inside" { # not applicable: cannot be reached from the internet directly
  load_balancer_arn = aws_lb.inside.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}
```

## Undecided

The result is undecided if `Protocol` or `protocol` is not known before deployment.

```yaml
Parameters:
  Protocol:
    Type: String
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Port: 80
      Protocol: !Ref Protocol  # undecided: parameter "Protocol" has no default
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
variable "protocol" {
  type = string
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 80
  protocol          = var.protocol # undecided: var.protocol has no default

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}
```

## Sources

- [alb-http-to-https-redirection-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/alb-http-to-https-redirection-check.html), read on 2026-11-29
"""

from collections.abc import Sequence

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Listener, LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Step, Value
from wa_iac.knowledge.admission import admits_internet, admits_port
from wa_iac.knowledge.listeners import faces_internet, serves
from wa_iac.pillars.judgements.plain_listeners import (
    CLASSIC_CFN,
    CLASSIC_TF,
    MOST,
    REDIRECT_CFN,
    REDIRECT_TF,
    forwarding_rules,
    over_https,
)

_MESSAGE = "This listener serves plain HTTP to the internet: requests and responses can be read and changed on the way."

_UNUSED = "Remove this listener. If its port is to be open, let it only redirect to HTTPS."


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn=REDIRECT_CFN,
        tf=REDIRECT_TF,
        of={"AWS::ElasticLoadBalancing::LoadBalancer": CLASSIC_CFN, "aws_elb": CLASSIC_TF},
        given=over_https,
    ),
    equivalents={
        "checkov": ["CKV_AWS_2", "CKV_AWS_376", "CKV2_AWS_20"],
        "trivy": ["AVD-AWS-0054"],
        "cdk_nag": ["ALBHttpToHttpsRedirection", "AwsSolutions-ELB5"],
        "guard": ["ELBV2_LISTENER_PROTOCOL_RULE", "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK", "ELB_TLS_HTTPS_LISTENERS_ONLY"],
        "config": [
            "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK",
            "ELBV2_LISTENER_ENCRYPTION_IN_TRANSIT",
            "ELB_TLS_HTTPS_LISTENERS_ONLY",
        ],
        "cfn_nag": ["W56"],
        "security_hub": ["ELB.1"],
    },
)
def check(listener: Listener | elb.LoadBalancer, graph: Graph) -> Flags:
    if isinstance(listener, elb.LoadBalancer):
        yield from _judge_classic(listener, graph)
        return
    accept(negate(listener.speaks_http()))
    accept(negate(serves(listener)))
    all_known(listener.load_balancer.unknown)
    exempt(not listener.load_balancer.targets, "its load balancer is declared elsewhere")
    public = any_of(faces_internet(balancer, graph) for balancer in listener.load_balancer)
    exempt(negate(public), "it cannot be reached from the internet directly")
    rules = [] if any(action.kind == Known("forward") for action in listener.actions) else forwarding_rules(listener)
    found = flag(
        listener.protocol, _MESSAGE, related=[Step(each.span, f"{each.address} forwards requests") for each in rules[:MOST]]
    )
    yield _graded(found, listener.load_balancer.targets, listener.port, graph)


def _graded(found: Flag, balancers: Sequence[LoadBalancer | elb.LoadBalancer], port: Value[int], graph: Graph) -> Flag:
    """The fault, which is advice where a few addresses of the internet, or none, can use the load balancer: it is for those who made it. So is it
    where nobody can use the listener."""
    groups = [each.security_groups for each in balancers]
    if isinstance(port, Known) and admits_port(groups, port.value, graph) == Known(False):
        message = f"This listener serves plain HTTP, but the load balancer's security groups let nobody in at its port {port.value} today."
        return found._replace(message=message, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=_UNUSED)
    if admits_internet(groups, graph, narrow=True) != Known(False):
        return found
    message = (
        "This listener serves plain HTTP, which can be read and changed on the way. Of the internet, its security groups let in a few addresses "
        "at most."
    )
    return found._replace(message=message, severity=Severity.MEDIUM, confidence=Confidence.LOW)


def _judge_classic(balancer: elb.LoadBalancer, graph: Graph) -> Flags:
    protocols = [holds(each.protocol, lambda name: name.upper() in ("HTTPS", "SSL")) for each in balancer.listeners]
    if Known(True) in protocols:
        return
    accept(negate(faces_internet(balancer, graph)))
    all_known(*protocols)
    for each in balancer.listeners:
        if holds(each.protocol, lambda name: name.upper() == "HTTP") == Known(True):
            yield _graded(flag(each.protocol, _MESSAGE), [balancer], each.port, graph)
