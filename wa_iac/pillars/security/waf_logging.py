"""# Web ACL keeps no logs

## Why

A web ACL shows samples of the last three hours only. Without logs, nobody can tell after an attack which requests came, from where, and
what got through, or why the requests of a customer were blocked.

## What it checks

Web ACLs of AWS WAF without a logging configuration.

## What is left out

Web ACLs of WAF Classic: `waf-classic` reports them. A log delivery source for the web ACL with a delivery, and a telemetry rule for
`AWS::WAFv2::WebACL`, count as logs.

## Non-compliant

```yaml
Resources:
  Filter:  # finding
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
resource "aws_wafv2_web_acl" "web" { # finding
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

## Compliant

```yaml
Resources:
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
  Logs:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !GetAtt Filter.Arn
      LogDestinationConfigs:
        - arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-web
```

```hcl
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

resource "aws_wafv2_web_acl_logging_configuration" "web" {
  resource_arn            = aws_wafv2_web_acl.web.arn
  log_destination_configs = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-web"]
}
```

## Undecided

```yaml
Parameters:
  WebAcl:
    Type: String
Resources:
  Filter:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig:
        CloudWatchMetricsEnabled: true
        MetricName: web
        SampledRequestsEnabled: true
  Logs:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !Ref WebAcl  # undecided: parameter "WebAcl" has no default
      LogDestinationConfigs:
        - arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-web
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

resource "aws_wafv2_web_acl_logging_configuration" "web" {
  resource_arn            = var.web_acl # undecided: var.web_acl has no default
  log_destination_configs = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-web"]
}
```

## Sources

- [LoggingConfiguration](https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html), read on 2026-11-29
"""

from wa_iac.aws.wafv2 import WebAcl
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.knowledge.log_deliveries import delivered
from wa_iac.knowledge.telemetry_rules import logs_turned_on


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="Logs:\n  Type: AWS::WAFv2::LoggingConfiguration\n  Properties:\n    ResourceArn: !GetAtt <this web ACL>.Arn\n"
        "    LogDestinationConfigs:\n      - !GetAtt <a log group or bucket whose name begins with aws-waf-logs->.Arn",
        tf='resource "aws_wafv2_web_acl_logging_configuration" "this" {\n  resource_arn            = <this web ACL>.arn\n'
        "  log_destination_configs = [<a log group or bucket whose name begins with aws-waf-logs->.arn]\n}",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_31"],
        "cdk_nag": ["WAFv2LoggingEnabled"],
        "guard": ["WAFV2_LOGGING_ENABLED"],
        "config": ["WAFV2_LOGGING_ENABLED"],
    },
)
def check(acl: WebAcl, graph: Graph) -> Flags:
    accept(bool(acl.loggings.targets) and acl.loggings.unknown is None)
    accept(any_of(acl.loggings.doubt(each) for each in acl.loggings))
    accept(any_of((delivered(acl, graph, ("WAF_LOGS",)), logs_turned_on(acl, graph, "AWS::WAFv2::WebACL"))))
    all_known(acl.loggings.unknown)
    yield flag(acl, "This web ACL keeps no logs, which would tell after an attack which requests came, and which got through.")
