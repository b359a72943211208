"""# Web ACL or rule group blocks nothing

## Why

A web ACL without rules that allows everything else lets every request through. So does one whose rules only count. It costs money and looks
like protection, but it stops nobody.

## What it checks

Web ACLs with the default action `Allow` that have no rules, and rule groups without rules. Rules that are separate resources count
(`aws_wafv2_web_acl_rule`, `aws_wafv2_web_acl_rule_group_association`).

If there are rules, and all of them only count (`Count` as the action, or as the override of a rule group), the finding is of low severity
and confidence medium, since a team may be testing them: it is advice. So is one whose rules come from a list that is empty by default: the callers of the module fill it.

## What is left out

Web ACLs that block by default. Those without `visibility_config`, which Terraform needs: an override file, which may have the rules too, is
elsewhere. Rules that Terraform ignores (`ignore_changes`), because something else manages them. Rules in JSON
(`rule_json`).

## Non-compliant

```yaml
Resources:
  Filter:  # finding: no rules
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
```

```hcl
resource "aws_wafv2_web_acl" "web" { # finding: no rules
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```

```hcl
resource "aws_wafv2_web_acl" "web" { # finding: only count
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      count {}
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

## Not applicable

```yaml
Resources:
  Filter:  # not applicable: blocks what no rule allows
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Block: {} }
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
```

```hcl
resource "aws_wafv2_web_acl" "web" { # not applicable: something else manages its rules
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  lifecycle {
    ignore_changes = [rule]
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```

```hcl
resource "aws_wafv2_web_acl" "web" { # not applicable: a text of JSON
  name      = "web"
  scope     = "REGIONAL"
  rule_json = file("rules.json")
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}
```

```hcl
resource "aws_wafv2_web_acl" "web" { # not applicable: an override file
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
}
```

## Undecided

```yaml
Parameters:
  Rules:
    Type: String
Resources:
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      Rules: !Ref Rules  # undecided: parameter "Rules" has no default
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
```

```hcl
variable "web_acl" {
  type = string
}

resource "aws_wafv2_web_acl" "web" {
  name  = "web"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "web"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_rule_group_association" "common" {
  rule_name   = "common"
  priority    = 1
  web_acl_arn = var.web_acl # undecided: var.web_acl has no default
  managed_rule_group {
    name        = "AWSManagedRulesCommonRuleSet"
    vendor_name = "AWS"
  }
}
```

## Sources

- [Welcome - AWS WAFV2](https://docs.aws.amazon.com/waf/latest/APIReference/Welcome.html), read on 2026-11-29
- [wafv2-webacl-not-empty - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/wafv2-webacl-not-empty.html), read on 2026-11-29
"""

from wa_iac.aws.wafv2 import RuleGroup, WebAcl
from wa_iac.core.logic import all_of, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known

_GROUP_Y = (
    "Rules:\n  - Name: common\n    Priority: 1\n    OverrideAction:\n      None: {}\n    Statement:\n      ManagedRuleGroupStatement:\n"
    "        VendorName: AWS\n        Name: AWSManagedRulesCommonRuleSet\n    VisibilityConfig:\n      CloudWatchMetricsEnabled: true\n"
    "      MetricName: common\n      SampledRequestsEnabled: true"
)
_GROUP_H = (
    'rule {\n  name     = "common"\n  priority = 1\n  override_action {\n    none {}\n  }\n  statement {\n'
    '    managed_rule_group_statement {\n      vendor_name = "AWS"\n      name        = "AWSManagedRulesCommonRuleSet"\n    }\n  }\n'
    '  visibility_config {\n    cloudwatch_metrics_enabled = true\n    metric_name                = "common"\n'
    "    sampled_requests_enabled   = true\n  }\n}"
)
_NEEDED = "visibility_config"
_NEEDING = ("aws_wafv2_web_acl", "aws_wafv2_rule_group")
"""What these types of Terraform cannot do without. Terraform merges it in from a file `override.tf` that is not here."""
_BLOCK = Remedy(
    decision="Look at what the rules counted (their metrics or the logs), and let those that matched no good requests block: leave out the "
    "override, or set the action to block."
)


@rule(
    practices=["SEC05-BP03", "SEC05-BP04"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn=_GROUP_Y,
        tf=_GROUP_H,
        decision="It may block requests that pass today: let it only count at first (`Count` or `count {}` in place of `None` or `none {}`), and look at "
        "what it matched.",
        of=dict.fromkeys(
            ("AWS::WAFv2::RuleGroup", "aws_wafv2_rule_group"),
            "# rules of your own, or no rule group: the web ACL can have its rules itself",
        ),
    ),
    equivalents={
        "checkov": ["CKV_AWS_175"],
        "config": ["WAFV2_WEBACL_NOT_EMPTY", "WAFV2_RULEGROUP_NOT_EMPTY"],
        "security_hub": ["WAF.10"],
    },
)
def check(holder: WebAcl | RuleGroup) -> Flags:
    exempt(given(holder.rules_as_text) != Known(False), "its rules are a text of JSON")
    exempt(holder.ignores("rule"), "something else manages its rules")
    is_whole = holder.declared.type not in _NEEDING or _NEEDED in holder.declared.body.value
    exempt(not is_whole, "it lacks an argument that it needs: an override file completes it")
    if isinstance(holder, WebAcl):
        exempt(isinstance(settled(holder.allows), Absent), "it blocks what no rule allows")
        accept(bool(holder.added_groups.targets))
    if holder.rules:
        counted = all_of(each.only_counts() for each in holder.rules)
        accept(isinstance(holder, RuleGroup) or negate(counted))
        yield flag(
            holder,
            "The rules of this web ACL only count the requests that they match: they block nothing.",
            instead=_BLOCK,
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
        )
        return
    if isinstance(holder, WebAcl):
        all_known(holder.added_groups.unknown)
    what = (
        "web ACL has no rules, and allows everything else: it blocks nothing"
        if isinstance(holder, WebAcl)
        else "rule group has no rules"
    )
    found = flag(holder, f"This {what}.")
    # A list that is empty by default, which a rule is made for each element of, is for the caller to fill.
    listed = holder.declared.body.value.get("rule", Absent())
    yield found._replace(switch=listed.origin.switch or found.switch)
