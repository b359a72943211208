"""# CloudFront distribution has no access logging

## Why

Without access logs, nobody can tell afterwards who requested what. An attack through the distribution leaves no trace, and
errors that viewers saw cannot be counted by path or client.

## What it checks

The rule accepts standard logs to a bucket, their newer form (a log delivery source for the distribution, and a delivery that sends its
logs to a destination), real-time logs, and a [telemetry
rule](https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_TelemetryRule.html) for `AWS::CloudFront::Distribution`. It
reports a distribution with none of these.

The severity is low, so that the finding is advice, if all origins are buckets: their files are the same for everybody, and no code
runs behind them. So it is if all origins are dummies (`dev.null`, a name without a dot): a function only redirects there. So it is if a web ACL logs the requests: its log names the clients and the paths, but not what they got. So it is if the only origin is the service of Amazon SES that counts opened mails and clicks (`awstrack.me`): SES counts
these events itself.
The finding is advice in a file of a workshop, a demonstration or an example, by its path, and if the description of its template ends in what it is for:
development, tests or a demonstration.

## What is left out

The rule does not look at which fields are logged, or for how long the logs are kept.

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:  # finding
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_cloudfront_distribution" "site" { # finding
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```

## Compliant

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Logging:
          Bucket: site-logs.s3.amazonaws.com
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_cloudwatch_log_delivery_source" "site" {
  name         = "site"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.site.arn
}

resource "aws_cloudwatch_log_delivery" "site" {
  delivery_source_name     = aws_cloudwatch_log_delivery_source.site.name
  delivery_destination_arn = "arn:aws:logs:us-east-1:111122223333:delivery-destination:site"
}
```

## Undecided

The result is undecided if `Bucket` or `log_type` is not known before deployment.

```yaml
Parameters:
  Bucket:
    Type: String
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Logging:
          Bucket: !Ref Bucket  # undecided: parameter "Bucket" has no default
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
variable "log_type" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_cloudwatch_log_delivery_source" "site" {
  name         = "site"
  log_type     = var.log_type # undecided: var.log_type has no default
  resource_arn = aws_cloudfront_distribution.site.arn
}
```

## Sources

- [LoggingConfig - Amazon CloudFront](https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_LoggingConfig.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cloudfront import Distribution, Origin
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, milder, rule
from wa_iac.knowledge.log_deliveries import delivered
from wa_iac.knowledge.telemetry_rules import DISTRIBUTION, logs_turned_on
from wa_iac.knowledge.web_acls import logged
from wa_iac.knowledge.websites import counts_mail, is_no_host, is_of_bucket
from wa_iac.knowledge.workshops import described_for_development
from wa_iac.pillars.judgements.redirects import only_redirects
from wa_iac.pillars.judgements.workshops import where_it_lasts

_NOTHING: Final = "CloudFront cannot tell who requested what"


@rule(
    practices=["SEC04-BP01", "OPS08-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(
        cfn="Logging:\n  Bucket: !GetAtt <a bucket that accepts ACLs>.DomainName\n  Prefix: site/",
        tf='logging_config {\n  bucket = <a bucket that accepts ACLs>.bucket_domain_name\n  prefix = "site/"\n}',
        of={
            "aws_cloudfront_multitenant_distribution": 'resource "aws_cloudwatch_log_delivery_source" "this" {\n  name         = "site"\n'
            '  log_type     = "ACCESS_LOGS"\n  resource_arn = <this distribution>.arn\n}\n'
            'resource "aws_cloudwatch_log_delivery" "this" {\n'
            "  delivery_source_name     = aws_cloudwatch_log_delivery_source.this.name\n"
            "  delivery_destination_arn = <a delivery destination>.arn\n}"
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_86"],
        "trivy": ["AVD-AWS-0010"],
        "cdk_nag": ["AwsSolutions-CFR3"],
        "guard": ["CLOUDFRONT_ACCESSLOGS_ENABLED"],
        "config": ["CLOUDFRONT_ACCESSLOGS_ENABLED"],
        "cfn_nag": ["W10"],
        "security_hub": ["CloudFront.5"],
    },
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    for each in where_it_lasts(distribution, _judge(distribution, graph)):
        why = described_for_development(distribution, graph)
        yield from milder([each], confidence=Confidence.LOW, more=why) if why else [each]


def _judge(distribution: Distribution, graph: Graph) -> Flags:
    accept(
        any_of(
            (
                distribution.logging.presence,
                delivered(distribution, graph, ("ACCESS_LOGS",)),
                logs_turned_on(distribution, graph, DISTRIBUTION),
                *(given(each.realtime_logs) for each in distribution.every_behavior),
            )
        )
    )
    by_acl = logged(distribution.web_acl, graph)
    spared = by_acl or (distribution.origins and all(_serves_nothing(each, graph) for each in distribution.origins))
    missing = "only the log of its web ACL tells who requested what, and not what they got" if by_acl else _NOTHING
    yield flag(
        distribution.configuration,
        f"This distribution keeps no access logs: after an incident, {missing}.",
        severity=Severity.LOW if spared else None,
    )


def _serves_nothing(origin: Origin, graph: Graph) -> bool:
    """Whether it is a bucket, no host at all, or the service of SES that counts opened mails and clicks."""
    if only_redirects(origin.domain, graph) or is_of_bucket(origin):
        return True
    return is_no_host(origin.domain) or counts_mail(origin.domain)
