"""# OpenSearch domain sends no logs to CloudWatch

## Why

OpenSearch Service keeps the logs of a domain to itself unless you publish them. Without them you cannot tell why a query was slow, why the domain
refused a request, or who read an index.

## What it checks

The rule reports a domain that publishes no log: neither slow logs, nor application logs, nor audit logs. With fine-grained access control, it also
reports that audit logs are missing, as a milder finding.

## What is left out

The rule requires one log only, since slow logs also need a setting of each index. Without fine-grained access control, there are no audit logs.

## Non-compliant

```yaml
Resources:
  Search:  # finding: no log
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
```

```hcl
resource "aws_opensearch_domain" "search" { # finding: no log
  domain_name = "search"
}
```

## Compliant

```yaml
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      LogPublishingOptions:
        ES_APPLICATION_LOGS:
          CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:search
          Enabled: true
```

```hcl
resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
    log_type                 = "ES_APPLICATION_LOGS"
  }
}
```

## Undecided

The result is undecided if it is not known before deployment whether a log is published.

```yaml
Parameters:
  Logs:
    Type: String
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      LogPublishingOptions:
        ES_APPLICATION_LOGS:
          CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:search
          Enabled: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "logs" {
  type = bool
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"

  log_publishing_options { # undecided: Fails when var.logs is false
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
    log_type                 = "ES_APPLICATION_LOGS"
    enabled                  = var.logs
  }
}
```

## Sources

- [Amazon OpenSearch controls](https://docs.aws.amazon.com/controltower/latest/controlreference/opensearch-rules.md), read on 2026-11-29
- [aws_opensearch_domain - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain), read on 2026-11-29
"""

from wa_iac.aws.opensearch import Domain
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="LogPublishingOptions:\n  ES_APPLICATION_LOGS:\n    CloudWatchLogsLogGroupArn: <the ARN of a log group>\n    Enabled: true",
        tf='log_publishing_options {\n  log_type                 = "ES_APPLICATION_LOGS"\n  cloudwatch_log_group_arn = <a log group>.arn\n}',
        decision="A resource policy of CloudWatch Logs has to let es.amazonaws.com write to the log group.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_84", "CKV_AWS_317"],
        "trivy": ["AVD-AWS-0042"],
        "cdk_nag": ["AwsSolutions-OS9", "OpenSearchErrorLogsToCloudWatch"],
        "guard": [
            "ELASTICSEARCH_LOGS_TO_CLOUDWATCH",
            "OPENSEARCH_APPLICATION_LOGGING_ENABLED",
            "ELASTICSEARCH_APPLICATION_LOGGING_ENABLED",
            "OPENSEARCH_AUDIT_LOGGING_ENABLED",
            "ELASTICSEARCH_AUDIT_LOGGING_ENABLED",
        ],
        "config": ["ELASTICSEARCH_LOGS_TO_CLOUDWATCH", "OPENSEARCH_LOGS_TO_CLOUDWATCH", "OPENSEARCH_AUDIT_LOGGING_ENABLED"],
        "security_hub": ["Opensearch.4", "Opensearch.5", "ES.4", "ES.5"],
    },
)
def check(domain: Domain) -> Flags:
    sent = settled(domain.sends())
    kinds = sent.value if isinstance(sent, Known) else []
    if not kinds:
        yield flag(domain.logs, "This domain publishes no log, which would tell why it failed, or who read an index.")
    elif domain.fine_grained == Known(True) and "AUDIT_LOGS" not in kinds:
        yield flag(
            domain.logs,
            "This domain has users, and does not publish its audit logs, which would tell who read or changed an index.",
            severity=Severity.LOW,
            instead=Remedy(
                cfn="LogPublishingOptions:\n  AUDIT_LOGS:\n    CloudWatchLogsLogGroupArn: <the ARN of a log group>\n    Enabled: true",
                tf='log_publishing_options {\n  log_type                 = "AUDIT_LOGS"\n  cloudwatch_log_group_arn = <a log group>.arn\n}',
                decision="Also choose the events in OpenSearch Dashboards: audit logs stay empty until they are turned on there.",
            ),
        )
