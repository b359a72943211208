"""# Web ACL lets known bad inputs through

## Why

Some requests are never good: those that make Log4j load a program (Log4Shell), unserialize Java objects, or ask for files of the server. AWS
maintains a rule group that blocks them. Without it, one library that nobody has updated is enough for a stranger to take over a server.

## What it checks

Web ACLs whose rules do not contain the managed rule group `AWSManagedRulesKnownBadInputsRuleSet`, or only count what it finds.

## What is left out

A web ACL that blocks by default. Rule groups of your own and rules in JSON may contain such rules, so a web ACL with them is accepted. A web ACL
without any rule, or whose rules all only count, is reported by `waf-rules-present`.

## Non-compliant

```yaml
Resources:
  Filter:  # finding
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
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: web, SampledRequestsEnabled: true }
```

```hcl
resource "aws_wafv2_web_acl" "web" { # finding
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "slow"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 1000
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "slow"
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

## Compliant

```yaml
Resources:
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      Rules:
        - Name: inputs
          Priority: 1
          OverrideAction: { None: {} }
          Statement:
            ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: inputs, SampledRequestsEnabled: true }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: web, SampledRequestsEnabled: true }
```

```hcl
resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "inputs"
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

## Not applicable

```yaml
Resources:
  Filter:  # not applicable: blocks what no rule allows
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Block: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: web, SampledRequestsEnabled: true }
```

## Undecided

```yaml
Parameters:
  Group:
    Type: String
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
            ManagedRuleGroupStatement:
              VendorName: AWS
              Name: !Ref Group  # undecided: parameter "Group" has no default
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: common, SampledRequestsEnabled: true }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: web, SampledRequestsEnabled: true }
```

```hcl
variable "group" {
  type = string
}

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
        name        = var.group # undecided: var.group has no default
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

- [Baseline rule groups - AWS WAF, AWS Firewall Manager, AWS Shield Advanced, and AWS Shield network security director](https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html), read on 2026-11-29
- [Restrict log4j2 message lookup Critical](https://docs.aws.amazon.com/amazonq/detector-library/cloudformation/restrict-log4j2-msg-lookup-cloudformation), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.wafv2 import WebAcl, WebAclRule
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value

_GROUP: Final = "AWSManagedRulesKnownBadInputsRuleSet"
_RULE_Y: Final = (
    "Rules:\n  - Name: inputs\n    Priority: <a priority>\n    OverrideAction:\n      None: {}\n    Statement:\n"
    f"      ManagedRuleGroupStatement:\n        VendorName: AWS\n        Name: {_GROUP}\n    VisibilityConfig:\n"
    "      CloudWatchMetricsEnabled: true\n      MetricName: inputs\n      SampledRequestsEnabled: true"
)
_RULE_H: Final = (
    'rule {\n  name     = "inputs"\n  priority = <a priority>\n  override_action {\n    none {}\n  }\n  statement {\n'
    f'    managed_rule_group_statement {{\n      vendor_name = "AWS"\n      name        = "{_GROUP}"\n    }}\n  }}\n'
    '  visibility_config {\n    cloudwatch_metrics_enabled = true\n    metric_name                = "inputs"\n'
    "    sampled_requests_enabled   = true\n  }\n}"
)


@rule(
    practices=["SEC05-BP03", "SEC05-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(cfn=_RULE_Y, tf=_RULE_H, decision="Add one more rule, and count first what it would block."),
    equivalents={"checkov": ["CKV_AWS_192"]},
)
def check(acl: WebAcl) -> Flags:
    exempt(isinstance(settled(acl.allows), Absent), "it blocks what no rule allows")
    accept(not acl.rules or bool(acl.added_groups.targets) or acl.ignores("rule"))
    accept(given(acl.rules_as_text) != Known(False))
    accept(any_of([Known(False), *(_blocks_inputs(each) for each in acl.rules)]))
    accept(any(given(each.own_group()) == Known(True) for each in acl.rules))
    accept(all(each.only_counts() == Known(True) for each in acl.rules))
    all_known(*(each.unknown for each in acl.rules), acl.added_groups.unknown)
    yield flag(
        acl,
        "The rules of this web ACL let known bad inputs through, such as those that exploit Log4j: one old library behind it is enough "
        "for a stranger to get in.",
    )


def _blocks_inputs(rule_: WebAclRule) -> Value[bool]:
    """Whether a rule blocks with the managed group."""
    if rule_.unknown is not None:
        return rule_.unknown
    return all_of((holds(rule_.managed_group(), lambda name: name == _GROUP), negate(rule_.only_counts())))
