"""# Web ACL is of WAF Classic

## Why

AWS no longer supports WAF Classic: support ended on 30 September 2025. Its managed rules are no longer updated, and its resources can stop to
work or be refused at the next deployment.

## What it checks

Web ACLs of WAF Classic: `AWS::WAF::WebACL`, `AWS::WAFRegional::WebACL`, `aws_waf_web_acl` and `aws_wafregional_web_acl`.

## What is left out

The rules, conditions and associations of such a web ACL: they go with it. So does what a program fills by the interface of WAF Classic, such as
an IP set: the remedy names policies that allow it. Its log does not go with it: the remedy says so if there is one.

## Non-compliant

```yaml
Resources:
  Filter:  # finding
    Type: AWS::WAFRegional::WebACL
    Properties:
      Name: web
      MetricName: web
      DefaultAction:
        Type: ALLOW
```

```hcl
resource "aws_wafregional_web_acl" "web" { # finding
  name        = "web"
  metric_name = "web"
  default_action {
    type = "ALLOW"
  }
}
```

## Compliant

```yaml
Resources:
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      Rules:
        - Name: common
          Priority: 1
          OverrideAction: { None: {} }
          Statement:
            ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: common, SampledRequestsEnabled: true }
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
```

```hcl
resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesCommonRuleSet"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```

## Sources

- [AWS WAF Classic](https://docs.aws.amazon.com/waf/latest/developerguide/classic-waf-chapter.html), read on 2026-11-29
- [Welcome - AWS WAFV2](https://docs.aws.amazon.com/waf/latest/APIReference/Welcome.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.iam import ManagedPolicy, Policy, Role
from wa_iac.aws.wafv2 import ClassicWebAcl
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.iam_grants import granted

_MOST: Final = 3
_MADE: Final = (
    "Make a web ACL of AWS WAF (AWS::WAFv2::WebACL, aws_wafv2_web_acl) with the same rules or with AWS's managed rule groups, "
    "associate it with the same resources by its ARN, and then remove this one with its rules and conditions. For CloudFront it has the scope CLOUDFRONT, "
    "and is made in us-east-1."
)
_BY_HAND: Final = (
    "A program that changes an IP set or a rule of it has to move first: to the interface of wafv2, with permissions for that, or what it blocks "
    "is blocked no longer."
)
_LOGGED: Final = (
    "This one keeps a log, which the new one does not take over: add an aws_wafv2_web_acl_logging_configuration with the same destination "
    "before this one goes, and write its redacted fields again."
)


class _Callers(tuple[str, ...]):
    """The addresses of roles and policies that allow calls of WAF Classic."""


def _callers(graph: Graph) -> _Callers:
    holders: list[Role | Policy | ManagedPolicy] = [*graph.of(Role), *graph.of(Policy), *graph.of(ManagedPolicy)]
    return _Callers(each.address for each in holders if any(map(_is_classic, _actions(each))))


def _actions(holder: Role | Policy | ManagedPolicy) -> list[str]:
    return [each.value for statement in granted(holder) for each in statement.actions if isinstance(each, Known)]


def _is_classic(action: str) -> bool:
    return action.lower().startswith(("waf:", "waf-regional:"))


def _with_all_of_it(acl: ClassicWebAcl, graph: Graph) -> Remedy:
    """The remedy for one web ACL: its log, and a program that may use it, by the policies of the same unit."""
    log = [] if isinstance(acl.log_destination, Absent) else [_LOGGED]
    return Remedy(decision=" ".join((_MADE, *log, _by_programs(graph.once(_callers)))))


def _by_programs(callers: _Callers) -> str:
    if not callers:
        return _BY_HAND
    named = ", ".join(callers[:_MOST])
    return (
        f"{named} allow{'s' if len(callers) == 1 else ''} a program to use WAF Classic, for example to fill an IP set: first "
        "change this program to the interface of wafv2 (its code, the IDs that it is given, and its permissions), or what it blocks is blocked no longer."
    )


@rule(
    practices=["SEC05-BP03"],
    severity=Severity.MEDIUM,
    remedy=Remedy(decision=f"{_MADE} {_BY_HAND}", given=_with_all_of_it),
)
def check(acl: ClassicWebAcl) -> Flags:
    yield flag(
        acl,
        "This web ACL is of WAF Classic, whose support ended on 30 September 2025: it gets no updates, and may stop to work.",
    )
