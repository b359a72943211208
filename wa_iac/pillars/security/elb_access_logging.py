"""# Load balancer has no access logging

## Why

Without access logs, nobody can tell who requested what, when, and which target responded. After an incident, or an error that
only some clients see, there is nothing to investigate.

## What it checks

The rule checks Application, Network and Classic Load Balancers, and reports one on which access logs are off, which is the default. Logs
that CloudWatch delivers are also accepted (`ALB_ACCESS_LOGS`, `NLB_ACCESS_LOGS`): a log delivery source for the load balancer, and a
delivery that sends its logs to a destination. So is a [telemetry
rule](https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_TelemetryRule.html) for
`AWS::ElasticLoadBalancingV2::LoadBalancer`, which turns on the access logs of all load balancers of its Region.

The finding is advice for a load balancer that is not for production, by its names, its tags or its directory (`staging`, `test`), for one of a
workshop or a demonstration, by the path of its file, for an internal load balancer that only passes on connections (TCP, TLS): its log
would have no requests, and for one whose listeners only redirect or answer with a fixed response.

## What is left out

The rule does not check Gateway Load Balancers, which have no access logs, or Network Load Balancers without a TLS listener,
which log only TLS connections.

## Non-compliant

```yaml
Resources:
  Front:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      Listeners:
        - {LoadBalancerPort: "443", InstancePort: "443", Protocol: TCP}
      AccessLoggingPolicy:
        Enabled: false  # finding
        S3BucketName: logs
```

```hcl
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  access_logs {
    bucket  = "logs"
    enabled = false # finding
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
      LoadBalancerAttributes:
        - Key: access_logs.s3.enabled
          Value: "true"
        - Key: access_logs.s3.bucket
          Value: logs
```

```hcl
resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_elb" "old" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }

  access_logs {
    bucket = "logs"
  }
}
```

## Not applicable

```yaml
Resources:
  Appliances:  # not applicable: no access logs
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: gateway
      Subnets: [subnet-0a1, subnet-0b2]
  Sockets:  # not applicable: no access logs
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-0a1, subnet-0b2]
  Tcp:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Sockets
      Protocol: TCP
      Port: 443
      DefaultActions:
        - Type: forward
          TargetGroupArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/sockets/0123456789abcdef
```

```hcl
resource "aws_lb" "sockets" { # not applicable: no access logs
  load_balancer_type = "network"
  subnets            = ["subnet-0a1", "subnet-0b2"]
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.sockets.arn
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/sockets/0123456789abcdef"
  }
}
```

## Undecided

The result is undecided if `Value` or `enabled` is not known before deployment.

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
        - Key: access_logs.s3.enabled
          Value: !Ref Value  # undecided: parameter "Value" has no default
        - Key: access_logs.s3.bucket
          Value: logs
```

```hcl
variable "enabled" { # undecided: Fails when var.enabled is false
  type = bool
}

resource "aws_lb" "front" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  access_logs {
    bucket  = "logs"
    enabled = var.enabled
  }
}
```

## Sources

- [LoadBalancerAttribute - AWS SDK for Ruby](https://docs.aws.amazon.com/goto/SdkForRubyV2/elasticloadbalancingv2-2015-12-01/LoadBalancerAttribute), read on 2026-11-29
- [Enable access logs for your Network Load Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html), read on 2026-11-29
- [Enable health check logs for your Application Load Balancer](https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/application/enable-health-check-logging.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.listeners import answers_alone
from wa_iac.knowledge.log_deliveries import delivered
from wa_iac.knowledge.purposes import not_production
from wa_iac.knowledge.secret_names import is_invented
from wa_iac.knowledge.telemetry_rules import LOAD_BALANCER, logs_turned_on
from wa_iac.pillars.judgements.workshops import where_it_lasts

_ENABLED_CFN: Final = 'LoadBalancerAttributes:\n  - Key: access_logs.s3.enabled\n    Value: "true"'
_LOGS: Final = Remedy(
    cfn=f"{_ENABLED_CFN}\n  - Key: access_logs.s3.bucket\n    Value: <a bucket>",
    tf="access_logs {\n  bucket  = <a bucket>.id\n  enabled = true\n}",
    of={
        "AWS::ElasticLoadBalancing::LoadBalancer": "AccessLoggingPolicy:\n  Enabled: true\n  EmitInterval: 60\n"
        "  S3BucketName: <a bucket>"
    },
)


def _remedy(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Remedy | None:
    """What the bucket needs. One that is written already stays."""
    del graph
    keys = "" if _is_of_network(balancer) else ", and it must encrypt with S3's own keys (SSE-S3)"
    order = "DependsOn" if balancer.as_cloudformation else "depends_on"
    needs = (
        f"The bucket's policy must let Elastic Load Balancing write to it{keys}. It must be in the load balancer's Region. If the policy is made here "
        f"too, let the load balancer wait for it (`{order}`): AWS tries to write at once."
    )
    if isinstance(balancer, LoadBalancer) and not isinstance(balancer.access_logs_bucket.value, Absent):
        if chosen := _bucket_by_choice(balancer):
            return Remedy(decision=f"{chosen} {needs}")
        return Remedy(cfn=_ENABLED_CFN, tf="access_logs {\n  enabled = true\n}", decision=needs)
    return replace(_LOGS, decision=needs)


def _bucket_by_choice(balancer: LoadBalancer) -> str:
    """What to do where a condition chooses the bucket by another value than the one that keeps the logs off; empty if none does."""
    bucket, enabled = next(iter(balancer.access_logs_bucket.external), None), balancer.logs().origin.default_step
    step = bucket.origin.default_step if isinstance(bucket, Known) else None
    if isinstance(bucket, Known) and step is None and is_invented(bucket.value):
        return (
            f'With the present values, the bucket is "{bucket.value}", which stands for none: see what decides that, and name a bucket of your own there '
            "before you turn the logs on."
        )
    if bucket is None or step is None or enabled is None or step.default_of == enabled.default_of:
        return ""
    if bucket.origin.switch is None and not any(each.chooses for each in bucket.origin.chain):
        return ""
    return (
        f"Set {enabled.default_of} to true, and {step.default_of} too: a condition on that chooses the bucket, and without it the bucket is "
        f'"{bucket.value}". See that the condition of the block then makes it.'
    )


def _is_of_network(balancer: LoadBalancer | elb.LoadBalancer) -> bool:
    return isinstance(balancer, LoadBalancer) and balancer.kind == Known("network")


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=replace(_LOGS, given=_remedy),
    equivalents={
        "checkov": ["CKV_AWS_91", "CKV_AWS_92"],
        "cdk_nag": ["AwsSolutions-ELB2"],
        "guard": ["ELBV2_ACCESS_LOGGING_RULE", "ELB_LOGGING_ENABLED"],
        "config": ["ELB_LOGGING_ENABLED", "NLB_LOGGING_ENABLED"],
        "cfn_nag": ["W26", "W52"],
        "security_hub": ["ELB.5"],
    },
)
def check(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Flags:
    enabled = balancer.logs()
    by_rule = logs_turned_on(balancer, graph, LOAD_BALANCER) if isinstance(balancer, LoadBalancer) else Known(False)
    kept = any_of((enabled, delivered(balancer, graph, ("ALB_ACCESS_LOGS", "NLB_ACCESS_LOGS")), by_rule))
    if kept == Known(True):
        return
    exempt(negate(_can_log(balancer)), "a load balancer of this kind has no access logs")
    settled(kept)
    what = "who connected by TLS, and how" if _is_of_network(balancer) else "who requested what"
    only_passes_on = isinstance(balancer, elb.LoadBalancer) and balancer.speaks_http() == Known(False)
    if only_passes_on:
        what = "who connected"
    passes_within = (only_passes_on or _is_of_network(balancer)) and balancer.scheme == Known("internal")
    redirects = isinstance(balancer, LoadBalancer) and answers_alone(balancer, graph) == Known(True)
    spared = not_production(balancer, balancer.tags) or passes_within or redirects
    found = flag(
        enabled,
        f"This load balancer keeps no access logs: after an incident, none show {what}.",
        confidence=Confidence.LOW if spared else None,
    )
    yield from where_it_lasts(balancer, [found])


def _can_log(balancer: LoadBalancer | elb.LoadBalancer) -> Value[bool]:
    """Whether there is anything that it could log: a network load balancer logs what comes by TLS."""
    if isinstance(balancer, elb.LoadBalancer):
        return Known(True)
    if balancer.kind == Known("network"):
        by_tls = (holds(each.protocol, lambda protocol: protocol.upper() == "TLS") for each in balancer.listeners)
        return Known(Known(True) in by_tls)
    return holds(balancer.kind, lambda kind: kind == "application")
