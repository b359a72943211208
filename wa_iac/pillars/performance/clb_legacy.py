"""# Workload uses a Classic Load Balancer

## Why

Classic Load Balancers are of the previous generation. They know no HTTP/2, no rules by path or host, no targets by IP address and no web ACL, and
each application needs one of its own.

## What it checks

Classic Load Balancers with an HTTP or HTTPS listener, which an Application Load Balancer can replace, and others, which a Network Load Balancer
can replace.

## What is left out

Load balancers that Kubernetes makes for its services, which are in no template.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      Listeners:
        - LoadBalancerPort: "443"
          InstancePort: "80"
          Protocol: HTTPS
          SSLCertificateId: arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3
```

```hcl
resource "aws_elb" "web" { # finding
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
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
```

```hcl
resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-1", "subnet-2"]
}
```

## Sources

- [Configure cross-zone load balancing for your Classic Load Balancer](https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html), read on 2026-11-29
- [Configure sticky sessions for your Classic Load Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions), read on 2026-11-29
"""

from wa_iac.aws.elb import LoadBalancer
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["PERF04-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Make an Application Load Balancer for HTTP and HTTPS, or a Network Load Balancer for anything else, with a target group for the "
        "same instances, move the DNS record, and then remove this one."
    ),
    equivalents={"cdk_nag": ["AwsSolutions-ELB1"]},
)
def check(balancer: LoadBalancer) -> Flags:
    better = "an Application Load Balancer" if balancer.speaks_http() == Known(True) else "a Network Load Balancer"
    yield flag(
        balancer,
        f"This load balancer is of the previous generation: {better} does more, and one can serve several applications.",
    )
