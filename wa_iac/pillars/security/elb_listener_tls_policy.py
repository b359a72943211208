"""# Load balancer accepts TLS 1.0 or 1.1

## Why

TLS 1.0 and 1.1 have known weaknesses, and standards such as PCI DSS forbid them. A listener without a security policy gets
`ELBSecurityPolicy-2016-08`, which accepts them.

## What it checks

The rule checks HTTPS and TLS listeners, and the HTTPS and SSL listeners of Classic Load Balancers. It reports a security policy that
accepts a version older than TLS 1.2, also the default one. The severity is medium for an internal load balancer.

A custom policy must not enable `Protocol-TLSv1` or `Protocol-TLSv1.1`. For Classic Load Balancers, use the predefined policy
`ELBSecurityPolicy-TLS-1-2-2017-01`, which does not accept them.

## What is left out

Listeners of other protocols are not checked.

## Non-compliant

```yaml
Resources:
  Web:  # finding: the default, ELBSecurityPolicy-2016-08
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef
      Port: 443
      Protocol: HTTPS
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
          PolicyNames: [tls]
      Policies:
        - PolicyName: tls
          PolicyType: SSLNegotiationPolicyType
          Attributes:
            - Name: Reference-Security-Policy
              Value: ELBSecurityPolicy-2016-08  # finding: policy is ELBSecurityPolicy-2016-08
```

```hcl
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-1-2017-01" # finding: policy is ELBSecurityPolicy-TLS-1-1-2017-01
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_elb" "old" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  listener {
    lb_port            = 443
    lb_protocol        = "https" # finding: names no security policy
    instance_port      = 80
    instance_protocol  = "http"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1"
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
          PolicyNames: [tls]
      Policies:
        - PolicyName: tls
          PolicyType: SSLNegotiationPolicyType
          Attributes:
            - Name: Reference-Security-Policy
              Value: ELBSecurityPolicy-TLS-1-2-2017-01
```

```hcl
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_elb" "old" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 80
    instance_protocol  = "http"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1"
  }
}

resource "aws_lb_ssl_negotiation_policy" "old" {
  name          = "tls"
  load_balancer = aws_elb.old.id
  lb_port       = 443

  attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
}
```

## Undecided

The result is undecided if `SslPolicy` or `ssl_policy` is not known before deployment.

```yaml
Parameters:
  SslPolicy:
    Type: String
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef
      Port: 443
      Protocol: HTTPS
      SslPolicy: !Ref SslPolicy  # undecided: parameter "SslPolicy" has no default
      Certificates:
        - CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/0a1
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef
```

```hcl
variable "ssl_policy" {
  type = string
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = var.ssl_policy # undecided: var.ssl_policy has no default
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"
  }
}
```

## Sources

- [Security policies for your Network Load Balancer (Spanish edition) - Elastic Load Balancing](https://docs.aws.amazon.com/es_es/elasticloadbalancing/latest/network/describe-ssl-policies.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Listener
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, flag, milder, rule, settled, undecided, written
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.dated import facts

_POLICIES: Final = facts("elb_tls_policies")
_WEAK: Final = tuple(_POLICIES["weak"])
_RECOMMENDED: Final[str] = _POLICIES["recommended"]
_OLD_VERSIONS: Final = ("Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1")

_WITHIN: Final = "Its load balancer is internal."
_OLD_CLIENTS: Final = (
    "Clients without TLS 1.2 can then no longer connect: access logs, if they are on, show the version of each connection."
)
_BY_CLOUDFRONT: Final = "First see that the origin of {} has TLSv1.2 in its list of versions ({}): CloudFront otherwise no longer reaches this load balancer."
_CLASSIC_TF: Final = (
    'resource "aws_lb_ssl_negotiation_policy" "tls" {\n  name          = "tls"\n  load_balancer = <this load balancer>.id\n'
    '  lb_port       = 443\n\n  attribute {\n    name  = "Reference-Security-Policy"\n'
    '    value = "ELBSecurityPolicy-TLS-1-2-2017-01"\n  }\n}'
)


def _for_its_origin(listener: Listener | elb.LoadBalancer, graph: Graph) -> Remedy | None:
    """The remedy for a load balancer to which CloudFront here connects without TLS 1.2, or perhaps so."""
    if not isinstance(listener, Listener):
        return None
    by_balancer = graph.once(_distributions_without_tls_1_2)
    found = next((name for each in listener.load_balancer for name in by_balancer.get(each.address, ())), "")
    if not found:
        return None
    setting = "OriginSSLProtocols" if listener.as_cloudformation else "origin_ssl_protocols"
    return replace(_REMEDY, decision=f"{_BY_CLOUDFRONT.format(found, setting)} {_OLD_CLIENTS}")


def _distributions_without_tls_1_2(graph: Graph) -> dict[str, list[str]]:
    """The addresses of the distributions with an origin that names no TLS 1.2, by the address of the load balancer that it is."""
    from wa_iac.aws.cloudfront import Distribution
    from wa_iac.aws.elbv2 import LoadBalancer

    found: dict[str, list[str]] = {}
    for distribution in graph.of(Distribution):
        for origin in distribution.origins:
            if any(_names_no_tls_1_2(each.tls) for each in origin.custom if each.protocol != Known("http-only")):
                for declared in graph.referred(origin.domain):
                    if declared.type in LoadBalancer.types():
                        found.setdefault(declared.address, []).append(distribution.address)
    return found


def _names_no_tls_1_2(versions: Value[list[Value[str]]]) -> bool:
    if isinstance(versions, Known):
        return all(isinstance(each, Known) and each.value != "TLSv1.2" for each in versions.value)
    return isinstance(versions, Absent)


_REMEDY: Final = Remedy(
    cfn={"SslPolicy": _RECOMMENDED},
    tf={"ssl_policy": _RECOMMENDED},
    of={
        "AWS::ElasticLoadBalancing::LoadBalancer": "Policies:\n  - PolicyName: tls\n    PolicyType: SSLNegotiationPolicyType\n"
        "    Attributes:\n      - Name: Reference-Security-Policy\n        Value: ELBSecurityPolicy-TLS-1-2-2017-01\n"
        "Listeners:\n  - PolicyNames: [tls]",
        "aws_elb": _CLASSIC_TF,
    },
    decision=_OLD_CLIENTS,
)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_for_its_origin),
    equivalents={
        "checkov": ["CKV_AWS_103", "CKV_AWS_213", "CKV2_AWS_74"],
        "trivy": ["AVD-AWS-0047"],
        "guard": ["ELBV2_LISTENER_SSL_POLICY_RULE", "ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK"],
        "config": ["ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK", "ELB_CUSTOM_SECURITY_POLICY_SSL_CHECK"],
        "cfn_nag": ["W55"],
    },
    fix=Recipe(
        types={
            "AWS::ElasticLoadBalancingV2::Listener": {"SslPolicy": _RECOMMENDED},
            "aws_lb_listener": {"ssl_policy": _RECOMMENDED},
            "aws_alb_listener": {"ssl_policy": _RECOMMENDED},
        },
        unsafe_because="clients that do not support TLS 1.2 can no longer connect",
    ),
)
def check(listener: Listener | elb.LoadBalancer) -> Flags:
    if isinstance(listener, elb.LoadBalancer):
        found = each_of(listener.listeners, lambda each: _judge_classic(listener, each))
        yield from milder(found, severity=Severity.MEDIUM, more=_WITHIN) if listener.scheme == Known("internal") else found
    elif written(listener.protocol).value.upper() in ("HTTPS", "TLS"):
        found = _judge_policy(listener.tls_policy)
        yield from milder(found, severity=Severity.MEDIUM, more=_WITHIN) if _is_internal(listener) else found


def _is_internal(listener: Listener) -> bool:
    """Whether only internal load balancers have the listener."""
    link = listener.load_balancer
    return bool(link.targets) and not link.elsewhere and all(each.scheme == Known("internal") for each in link)


def _judge_policy(policy: Value[str]) -> Flags:
    name = written(policy)
    if name.value.startswith(_WEAK):
        what = f"the default, {name.value}" if policy.origin.how == "service default" else name.value
        yield flag(policy, f"The security policy is {what}: it accepts TLS 1.0 or 1.1, which have known weaknesses.")


def _judge_classic(balancer: elb.LoadBalancer, listener: elb.Listener) -> Flags:
    if written(listener.protocol).value.upper() not in ("HTTPS", "SSL"):
        return
    if listener.predefined():
        yield from _judge_policy(listener.predefined()[0])
        return
    attributes = _attributes(balancer, listener)
    if not attributes:
        all_known(*(each.name for each in balancer.policies))
        yield flag(
            listener.protocol,
            "This listener names no security policy and uses "
            "ELBSecurityPolicy-2016-08: it accepts TLS 1.0, which has known weaknesses.",
            instead=_at_port(balancer, listener),
        )
    yield from each_of(attributes, _judge_attribute)


def _at_port(balancer: elb.LoadBalancer, listener: elb.Listener) -> Remedy | str:
    """The remedy for a listener of another port, which Terraform's policy names."""
    if balancer.as_cloudformation or listener.port == Known(443):
        return ""
    port = str(listener.port.value) if isinstance(listener.port, Known) else "<its port>"
    return Remedy(tf=_CLASSIC_TF.replace("443", port), decision=_OLD_CLIENTS)


def _attributes(balancer: elb.LoadBalancer, listener: elb.Listener) -> list[elb.PolicyAttribute]:
    """The settings of the TLS policies that a listener uses. In Terraform, of all the load balancer's policies."""
    found = balancer.tls_attributes
    if balancer.as_cloudformation:
        policy_names = settled(listener.policy_names)
        if isinstance(policy_names, Absent):
            return []
        names = policy_names.value
        all_known(*names)
        used = [each for each in balancer.policies if each.unknown is not None or each.name in names]
        found = [attribute for each in used for attribute in each.attributes]
    all_known(*(each.unknown for each in found))
    return found


def _judge_attribute(attribute: elb.PolicyAttribute) -> Flags:
    match attribute.name, attribute.value:
        case Known("Reference-Security-Policy"), value:
            yield from _judge_policy(value)
        case Unknown() as name, Known(value) if value.lower() == "true" or value.startswith("ELBSecurityPolicy-"):
            yield undecided(name)
        case Known(name), Known(value) if name in _OLD_VERSIONS and value.lower() == "true":
            version = name.removeprefix("Protocol-")
            yield flag(attribute.value, f"This policy accepts {version}, which has known weaknesses.")
        case _:
            pass
