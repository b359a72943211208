"""# Public hosted zone does not log DNS queries

## Why

Query logs show which names of a domain are asked for, from where, and with what answer. Without them, nobody sees that somebody looks for
forgotten subdomains, or that a record leads to nothing.

## What it checks

Public hosted zones without a query log.

## What is left out

Private hosted zones: Route 53 logs queries of public ones only. `route53-resolver-query-logging` is about the queries of VPCs.

## Non-compliant

```yaml
Resources:
  Zone:  # finding
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
```

```hcl
resource "aws_route53_zone" "main" { # finding
  name = "example.com"
}
```

## Compliant

```yaml
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
      QueryLoggingConfig:
        CloudWatchLogsLogGroupArn: arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com
```

```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_query_log" "main" {
  zone_id                  = aws_route53_zone.main.zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com"
}
```

## Not applicable

```yaml
Resources:
  Zone:  # not applicable: it is private
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.internal
      VPCs:
        - { VPCId: vpc-0a1b2c3d, VPCRegion: eu-west-1 }
```

```hcl
resource "aws_route53_zone" "internal" { # not applicable: it is private
  name = "example.internal"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}
```

## Undecided

```yaml
Parameters:
  LogGroup:
    Type: String
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
      QueryLoggingConfig:
        CloudWatchLogsLogGroupArn: !Ref LogGroup  # undecided: parameter "LogGroup" has no default
```

```hcl
variable "zone_id" {
  type = string
}

resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_query_log" "main" {
  zone_id                  = var.zone_id # undecided: var.zone_id has no default
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com"
}
```

## Sources

- [route53-query-logging-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/route53-query-logging-enabled.html), read on 2026-11-29
- [New-R53QueryLoggingConfig](https://docs.aws.amazon.com/powershell/latest/reference/items/New-R53QueryLoggingConfig.html), read on 2026-11-29
"""

from wa_iac.aws.route53 import HostedZone
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="QueryLoggingConfig:\n  CloudWatchLogsLogGroupArn: <a log group's ARN>",
        tf='resource "aws_route53_query_log" "this" {\n  zone_id                  = <this zone>.zone_id\n'
        "  cloudwatch_log_group_arn = <a log group's ARN>\n}",
        decision="The log group has to be in us-east-1, and needs a resource policy that lets Route 53 write to it.",
    ),
    equivalents={
        "checkov": ["CKV2_AWS_39"],
        "config": ["ROUTE53_QUERY_LOGGING_ENABLED"],
        "security_hub": ["Route53.2"],
    },
)
def check(zone: HostedZone) -> Flags:
    private = next((each.unknown for each in zone.vpcs if each.unknown is not None), Known(bool(zone.vpcs)))
    exempt(private, "it is private")
    accept(given(zone.query_log))
    yield flag(
        zone, "This hosted zone logs no DNS queries: a log would show which of its names are looked for, and from where."
    )
