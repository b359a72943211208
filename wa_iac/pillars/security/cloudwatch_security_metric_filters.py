"""# Alarms on security events leave some out

## Why

The CIS AWS Foundations Benchmark names events of CloudTrail on which somebody should be alarmed: a sign-in as root, a changed policy, a
stopped trail, a new route to the internet. An account that has most of these metric filters, but not all, has a gap that nobody sees.

## What it checks

The rule reads the metric filters on the log groups of trails. It recognizes the events by the names in the pattern, and lists the events of
the benchmark that no filter is about. It reports at the first filter.

## What is left out

An account with less than five of the filters does not follow the benchmark, and is not reported. A rule of EventBridge for an event counts as
a filter for it. Security Hub CSPM can watch the same settings without filters.

## Non-compliant

```yaml
Resources:
  Root:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }'  # finding: changed trails
      MetricTransformations: [{MetricName: Root, MetricNamespace: CIS, MetricValue: "1"}]
  SignIn:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'
      MetricTransformations: [{MetricName: SignIn, MetricNamespace: CIS, MetricValue: "1"}]
  Policies:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }'
      MetricTransformations: [{MetricName: Policies, MetricNamespace: CIS, MetricValue: "1"}]
  Keys:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }'
      MetricTransformations: [{MetricName: Keys, MetricNamespace: CIS, MetricValue: "1"}]
  Buckets:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventSource = s3.amazonaws.com) && ($.eventName = PutBucketPolicy) }'
      MetricTransformations: [{MetricName: Buckets, MetricNamespace: CIS, MetricValue: "1"}]
```

```hcl
locals {
  patterns = {
    root     = "{ $.userIdentity.type = \\"Root\\" }"
    sign-in  = "{ ($.eventName = \\"ConsoleLogin\\") && ($.additionalEventData.MFAUsed != \\"Yes\\") }"
    policies = "{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }"
    keys     = "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }"
    buckets  = "{ ($.eventSource = s3.amazonaws.com) && ($.eventName = PutBucketPolicy) }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "security" {
  for_each       = local.patterns
  name           = each.key
  log_group_name = "trail"
  pattern        = each.value # finding: changed trails

  metric_transformation {
    name      = each.key
    namespace = "CIS"
    value     = "1"
  }
}
```

## Compliant

```yaml
Resources:
  Errors:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /aws/lambda/orders
      FilterPattern: ERROR
      MetricTransformations: [{MetricName: Errors, MetricNamespace: Orders, MetricValue: "1"}]
```

```hcl
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  log_group_name = "/aws/lambda/orders"
  pattern        = "ERROR"

  metric_transformation {
    name      = "errors"
    namespace = "orders"
    value     = "1"
  }
}
```

## Undecided

The result is undecided if the pattern of a filter is not known before deployment.

```yaml
Parameters:
  Pattern:
    Type: String
Resources:
  Root:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }'
      MetricTransformations: [{MetricName: Root, MetricNamespace: CIS, MetricValue: "1"}]
  SignIn:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'
      MetricTransformations: [{MetricName: SignIn, MetricNamespace: CIS, MetricValue: "1"}]
  Policies:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }'
      MetricTransformations: [{MetricName: Policies, MetricNamespace: CIS, MetricValue: "1"}]
  Keys:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: '{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }'
      MetricTransformations: [{MetricName: Keys, MetricNamespace: CIS, MetricValue: "1"}]
  Buckets:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: trail
      FilterPattern: !Ref Pattern  # undecided: parameter "Pattern" has no default
      MetricTransformations: [{MetricName: Buckets, MetricNamespace: CIS, MetricValue: "1"}]
```

```hcl
variable "pattern" {
  type = string
}

locals {
  patterns = {
    root     = "{ $.userIdentity.type = \\"Root\\" }"
    sign-in  = "{ ($.eventName = \\"ConsoleLogin\\") && ($.additionalEventData.MFAUsed != \\"Yes\\") }"
    policies = "{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }"
    keys     = "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }"
    buckets  = var.pattern
  }
}

resource "aws_cloudwatch_log_metric_filter" "security" {
  for_each       = local.patterns
  name           = each.key
  log_group_name = "trail"
  pattern        = each.value # undecided: var.pattern has no default

  metric_transformation {
    name      = each.key
    namespace = "CIS"
    value     = "1"
  }
}
```

## Sources

- [Security Hub CSPM controls for Amazon CloudWatch](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/cloudwatch-controls.md), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.eventbridge import EventRule
from wa_iac.aws.logs import MetricFilter
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.pillars.judgements.wording import listed

_EVENTS: Final = {
    "requests that are denied": ("UnauthorizedOperation", "AccessDenied"),
    "sign-ins without a second factor": ("MFAUsed",),
    "sign-ins as root": ("Root",),
    "changed IAM policies": ("DeleteGroupPolicy", "PutRolePolicy", "AttachRolePolicy", "iam.amazonaws.com"),
    "changed trails": ("StopLogging", "UpdateTrail", "DeleteTrail", "cloudtrail.amazonaws.com"),
    "failed sign-ins": ("Failed authentication",),
    "keys that are disabled or deleted": ("DisableKey", "ScheduleKeyDeletion", "kms.amazonaws.com"),
    "changed bucket policies": ("PutBucketPolicy", "PutBucketAcl"),
    "changed recorders of AWS Config": ("StopConfigurationRecorder", "PutConfigurationRecorder", "config.amazonaws.com"),
    "changed security groups": ("AuthorizeSecurityGroupIngress",),
    "changed network ACLs": ("CreateNetworkAcl", "ReplaceNetworkAcl"),
    "changed network gateways": ("AttachInternetGateway", "CreateCustomerGateway"),
    "changed route tables": ("CreateRoute", "ReplaceRoute"),
    "changed VPCs": ("CreateVpc", "ModifyVpcAttribute"),
}
"""The events of the benchmark, and names in their patterns."""
_MOST: Final = 5


@rule(
    practices=["SEC04-BP03", "OPS08-BP04"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        decision="Add a metric filter and an alarm for each of these events, or let Security Hub and GuardDuty watch for them, and suppress this "
        "with that as the reason."
    ),
    equivalents={"trivy": [f"AVD-AWS-{number:04}" for number in range(147, 161)]},
)
def check(graph: Graph) -> Flags:
    found: dict[str, MetricFilter] = {}
    doubtful: list[tuple[MetricFilter, Unknown]] = []
    for each in graph.of(MetricFilter):
        if isinstance(each.pattern, Unknown) and not each.pattern.parts:
            doubtful.append((each, each.pattern))
        text = " ".join(pieces_of(each.pattern))
        if "$." in text:
            named = (event for event, names in _EVENTS.items() if any(name in text for name in names))
            found |= {event: each for event in named if event not in found}
    others = " ".join(text for each in graph.of(EventRule) for text in _texts(each.pattern))
    missing = [event for event, names in _EVENTS.items() if event not in found and not any(name in others for name in names)]
    if not missing or len(found) + len(doubtful) < _MOST:
        return
    if doubtful:
        first, why = doubtful[0]
        yield undecided(why, resource=first)
        return
    first = next(iter(found.values()))
    yield flag(
        first.pattern,
        f"The filters on events of CloudTrail leave out {listed(missing)}: no alarm of theirs goes off when that happens.",
        resource=first,
    )


def _texts(tree: Tree) -> Iterator[str]:
    """All texts in the pattern of a rule of EventBridge."""
    match tree:
        case Known(dict() as entries):
            for each in entries.values():
                yield from _texts(each)
        case Known(list() as items):
            for each in items:
                yield from _texts(each)
        case _:
            yield from pieces_of(tree)
