"""# Internet-facing load balancer accepts HTTP without redirecting to HTTPS

Data sent unencrypted can be read and changed on the way: passwords, sessions, the page itself. Serve HTTPS, and let the
listener on port 80 only redirect to it.

The rule checks the listeners of internet-facing load balancers. It does not check:

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
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
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

resource "aws_lb" "inside" {
  internal = true
  subnets  = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Action, Listener, LoadBalancer
from wa_iac.core.algebra import references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

_CLOUDFRONT = (
    *and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
    *and_awscc("AWS::CloudFront::VpcOrigin", "aws_cloudfront_vpc_origin"),
)
_MESSAGE = "What passes this listener can be read and changed on its way: it serves plain HTTP to the internet."


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn='DefaultActions:\n  - Type: redirect\n    RedirectConfig:\n      Protocol: HTTPS\n      Port: "443"\n'
        "      StatusCode: HTTP_301",
        tf='default_action {\n  type = "redirect"\n  redirect {\n    protocol    = "HTTPS"\n    port        = "443"\n'
        '    status_code = "HTTP_301"\n  }\n}',
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
    },
)
def check(listener: Listener | elb.LoadBalancer, graph: Graph) -> Iterator[Flag]:
    if isinstance(listener, elb.LoadBalancer):
        yield from _classic(listener, graph)
        return
    plain = _plain(listener)
    if isinstance(plain, Unknown):
        yield undecided(plain)
        return
    if plain != Known(True):
        return
    match _serves(listener):
        case Known(True):
            pass
        case Unknown() as why:
            yield undecided(why)
            return
        case Known() | Absent():
            return
    if listener.load_balancer.unknown is not None:
        yield undecided(listener.load_balancer.unknown)
        return
    if not listener.load_balancer.targets:
        yield not_applicable("its load balancer is declared elsewhere")
        return
    match _any_public(listener, graph):
        case Known(True):
            yield flag(listener.protocol, _MESSAGE)
        case Unknown() as why:
            yield undecided(why)
        case Known() | Absent():
            yield not_applicable("it cannot be reached from the internet directly")


def _any_public(listener: Listener, graph: Graph) -> Value[bool]:
    answers = [_public(balancer, graph) for balancer in listener.load_balancer]
    unknown: Value[bool] = next((answer for answer in answers if isinstance(answer, Unknown)), Known(False))
    return next((answer for answer in answers if answer == Known(True)), unknown)


def _plain(listener: Listener) -> Value[bool]:
    """Whether it speaks HTTP, as listeners of application load balancers do in Terraform where nothing is written."""
    match listener.protocol:
        case Known(protocol):
            return Known(protocol.upper() == "HTTP")
        case Unknown() as why:
            return why
        case Absent():
            kinds = [balancer.kind for balancer in listener.load_balancer]
            default = not listener.as_cloudformation and bool(kinds) and all(kind == Known("application") for kind in kinds)
            return Known(default)


def _serves(listener: Listener) -> Value[bool]:
    """Whether some request is answered by a target, and not by a redirect to HTTPS or a fixed response."""
    why: Unknown | None = None
    serves = False
    for action in listener.actions:
        match _forwards(action):
            case Known(True):
                serves = True
            case Unknown() as unknown:
                why = first_unknown(why, unknown)
            case _:
                pass
    for rule_ in listener.rules:
        for action in rule_.actions:
            match action.kind, action.redirect_protocol:
                case Known("redirect"), (Known("HTTPS") | Unknown()):
                    # Rules are judged in an order and by conditions of their own: some requests at least are redirected.
                    return Known(False)
                case Known("forward"), _:
                    serves = True
                case _:
                    pass
    if serves and why is None:
        return Known(True)
    return Known(False) if why is None else why


def _forwards(action: Action) -> Value[bool]:
    if action.unknown is not None:
        return action.unknown
    match action.kind:
        case Known("redirect"):
            protocol = action.redirect_protocol
            return protocol if isinstance(protocol, Unknown) else Known(protocol != Known("HTTPS"))
        case Known("forward"):
            return Known(True)
        case Unknown() as why:
            return why
        case _:
            # A fixed response sends nothing to a target; a login happens over HTTPS only, AWS sees to that.
            return Known(False)


def _public(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether anyone on the internet may reach it directly."""
    if any(each.type in _CLOUDFRONT and _refers(each.body, balancer, graph) for each in graph.declared):
        return Known(False)
    match balancer.scheme:
        case Known(scheme):
            return Known(scheme != "internal")
        case other:
            return other


def _refers(body: Tree, balancer: Resource, graph: Graph) -> bool:
    return any(balancer.declared in graph.at(reference.address) for reference in references(body))


def _classic(balancer: elb.LoadBalancer, graph: Graph) -> Iterator[Flag]:
    protocols = [each.protocol for each in balancer.listeners]
    if any(isinstance(each, Known) and each.value.upper() in ("HTTPS", "SSL") for each in protocols):
        return
    why = next((each for each in protocols if isinstance(each, Unknown)), None)
    match _public(balancer, graph):
        case Known(True):
            pass
        case Unknown() as unknown:
            yield undecided(unknown)
            return
        case _:
            return
    if why is not None:
        yield undecided(why)
        return
    for each in protocols:
        if isinstance(each, Known) and each.value.upper() == "HTTP":
            yield flag(each, _MESSAGE)
