"""# Load balancer has no access logging

Without access logs, nobody can tell who requested what, when, and which target responded. After an incident, or an error that
only some clients see, there is nothing to investigate.

Logs that CloudWatch delivers are also accepted (`ALB_ACCESS_LOGS`, `NLB_ACCESS_LOGS`): a log delivery source for the load
balancer, and a delivery that sends its logs to a destination.

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

resource "aws_lb" "sockets" {
  load_balancer_type = "network"
  subnets            = ["subnet-0a1", "subnet-0b2"]
}
```
"""

from collections.abc import Iterator

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.log_deliveries import delivered


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn='LoadBalancerAttributes:\n  - Key: access_logs.s3.enabled\n    Value: "true"\n'
        "  - Key: access_logs.s3.bucket\n    Value: <a bucket>",
        tf="access_logs {\n  bucket  = <a bucket>.id\n  enabled = true\n}",
    ),
    equivalents={
        "checkov": ["CKV_AWS_91", "CKV_AWS_92"],
        "cdk_nag": ["AwsSolutions-ELB2"],
        "guard": ["ELBV2_ACCESS_LOGGING_RULE", "ELB_LOGGING_ENABLED"],
        "config": ["ELB_LOGGING_ENABLED", "NLB_LOGGING_ENABLED"],
    },
)
def check(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Iterator[Flag]:
    value = balancer.logs()
    answers = (value, delivered(balancer, graph, ("ALB_ACCESS_LOGS", "NLB_ACCESS_LOGS")))
    if any(each == Known(True) for each in answers):
        return
    match _has_logs(balancer):
        case Known(True) if isinstance(why := next((each for each in answers if isinstance(each, Unknown)), None), Unknown):
            yield undecided(why)
        case Known(True):
            yield flag(
                value,
                "This load balancer keeps no record of its requests: after an incident nobody can tell who asked for what.",
            )
        case Unknown() as why:
            yield undecided(why)
        case Known() | Absent():
            yield not_applicable("a load balancer of this kind has no access logs")


def _has_logs(balancer: LoadBalancer | elb.LoadBalancer) -> Value[bool]:
    """Whether there is anything that it could log."""
    if isinstance(balancer, elb.LoadBalancer):
        return Known(True)
    match balancer.kind:
        case Known("application"):
            return Known(True)
        case Known("network"):
            return Known(
                any(isinstance(each.protocol, Known) and each.protocol.value.upper() == "TLS" for each in balancer.listeners)
            )
        case Unknown() as why:
            return why
        case _:
            return Known(False)
