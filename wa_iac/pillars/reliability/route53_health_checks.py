"""# Route 53 record with failover or latency routing has no health check

## Why

With failover or latency routing, Route 53 chooses among several records, and skips those with a failed health check. A record without a
health check always counts as healthy: when its Region or its load balancer fails, clients are still sent there.

## What it checks

The rule reads each record with failover or latency routing. It reports a record without a health check, and one whose health check is
disabled, which counts as healthy. An alias record may use the health of its target instead.

## What is left out

The secondary record of a failover pair needs no health check, because it is the last resort. The rule does not check weighted and other
records, which often only split traffic.

## Non-compliant

```yaml
Resources:
  Europe:
    Type: AWS::Route53::RecordSet
    Properties:  # the record of one Region
      HostedZoneName: example.com.
      Name: shop.example.com.
      Type: A
      SetIdentifier: europe
      Region: eu-west-1  # finding
      TTL: "60"
      ResourceRecords: [192.0.2.10]
```

```hcl
resource "aws_route53_record" "europe" {
  zone_id        = "Z0123456789"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "europe"

  latency_routing_policy {
    region = "eu-west-1"
  }

  alias {
    name                   = "shop-123.eu-west-1.elb.amazonaws.com"
    zone_id                = "Z32O12XQLNTSW2"
    evaluate_target_health = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Europe:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: shop.example.com.
      Type: A
      SetIdentifier: europe
      Region: eu-west-1
      AliasTarget:
        DNSName: shop-123.eu-west-1.elb.amazonaws.com
        HostedZoneId: Z32O12XQLNTSW2
        EvaluateTargetHealth: true
```

```hcl
resource "aws_route53_health_check" "europe" {
  fqdn          = "eu.shop.example.com"
  type          = "HTTPS"
  resource_path = "/health"
}

resource "aws_route53_record" "europe" {
  zone_id         = "Z0123456789"
  name            = "shop.example.com"
  type            = "A"
  ttl             = 60
  records         = ["192.0.2.10"]
  set_identifier  = "europe"
  health_check_id = aws_route53_health_check.europe.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}
```

## Not applicable

```yaml
Resources:
  Site:  # not applicable: no failover or latency routing
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: www.example.com.
      Type: CNAME
      TTL: "60"
      ResourceRecords: [site.example.com]
  LastResort:  # not applicable: it is the secondary record
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: example.com.
      Name: api.example.com.
      Type: CNAME
      TTL: "60"
      SetIdentifier: last
      Failover: SECONDARY
      ResourceRecords: [sorry.example.com]
```

```hcl
resource "aws_route53_record" "last_resort" { # not applicable: it is the secondary record
  zone_id        = "Z0A1"
  name           = "api.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["sorry.example.com"]
  set_identifier = "last"

  failover_routing_policy {
    type = "SECONDARY"
  }
}
```

## Undecided

The result is undecided if `Region` or `evaluate_target_health` is not known before deployment.

```yaml
Parameters:
  Region:
    Type: String
Resources:
  Europe:
    Type: AWS::Route53::RecordSet
    Properties:  # the record of one Region
      HostedZoneName: example.com.
      Name: shop.example.com.
      Type: A
      SetIdentifier: europe
      Region: !Ref Region  # undecided: parameter "Region" has no default
      TTL: "60"
      ResourceRecords: [192.0.2.10]
```

```hcl
variable "evaluate_target_health" { # undecided: Fails when var.evaluate_target_health is false
  type = bool
}

resource "aws_route53_record" "europe" {
  zone_id        = "Z0123456789"
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "europe"

  latency_routing_policy {
    region = "eu-west-1"
  }

  alias {
    name                   = "shop-123.eu-west-1.elb.amazonaws.com"
    zone_id                = "Z32O12XQLNTSW2"
    evaluate_target_health = var.evaluate_target_health
  }
}
```

## Sources

- [How Amazon Route 53 chooses records when health checking is configured - Amazon Route 53](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records), read on 2026-11-29
- [evaluateTargetHealth (AliasTarget)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/route53/aws.sdk.kotlin.services.route53.model/-alias-target/-builder/evaluate-target-health.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.route53 import Alias, RecordSet
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Step

_CLOUDFRONT: Final = ("Z2FDTNDATAQYW2", "cloudfront.net")
"""The hosted zone of all distributions, and the end of their names ("AliasTarget", Route 53 API reference)."""
_DISTRIBUTIONS: Final = frozenset(and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution"))
_LET_IN: Final = "Make a health check of the target, whose endpoint has to let the health checkers of Route 53 in."
_CHECK: Final = Remedy(
    cfn="HealthCheckId: !Ref <a health check>",
    tf="health_check_id = aws_route53_health_check.<a health check>.id",
    decision=_LET_IN,
)
_OF_TARGET: Final = Remedy(
    cfn={"AliasTarget": {"EvaluateTargetHealth": True}},
    tf={"alias": {"evaluate_target_health": True}},
    decision="The record then counts as healthy as long as its target does: a load balancer with a healthy target in each of its target groups, or the "
    "record that it names.",
)


def _by_target(record: RecordSet, graph: Graph) -> Remedy | None:
    """The health of the target itself, where the record is an alias of something that has one."""
    for alias in record.alias:
        if _leads_to_cloudfront(alias, graph):
            return replace(_CHECK, decision=f"{_LET_IN} An alias of CloudFront cannot use the health of its target.")
        if alias.evaluates_health == Known(False):
            return _OF_TARGET
    return None


def _leads_to_cloudfront(alias: Alias, graph: Graph) -> bool:
    zone, name = _CLOUDFRONT
    of_zone = holds(alias.zone, lambda written: written == zone) == Known(True)
    of_name = any(piece.lower().rstrip(".").endswith(name) for piece in pieces_of(alias.name))
    return of_zone or of_name or any(each.type in _DISTRIBUTIONS for each in graph.referred(alias.name))


@rule(
    practices=["REL11-BP02", "REL11-BP01", "REL13-BP05"],
    severity=Severity.MEDIUM,
    remedy=replace(_CHECK, given=_by_target),
)
def check(record: RecordSet) -> Flags:
    policy = record.chosen_by()
    exempt(
        isinstance(policy, Absent) or policy == Known("SECONDARY"),
        "it has no failover or latency routing, or it is the secondary record",
    )
    checked = record.health_checked()
    accept(any_of((checked, *(each.evaluates_health for each in record.alias))))
    settled(policy)
    if checked == Known(False):
        yield flag(
            record.health_check.value,
            "The health check of this record is disabled, and so counts as healthy: when the target fails, clients are "
            "still sent there.",
            related=[Step(each.span, "the health check") for each in record.health_check],
            instead="Let the health check work again: take out what disables it, once what it checks answers.",
        )
    else:
        where = record.alias[0].evaluates_health if record.alias else policy
        yield flag(where, "No health check watches the target of this record: when it fails, clients are still sent there.")
