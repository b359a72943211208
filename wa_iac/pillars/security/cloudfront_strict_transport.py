"""# Distribution does not tell browsers to stay with HTTPS

## Why

A redirect to HTTPS comes after the first request, which is still HTTP. Somebody in the same network can answer that request, and keep the visitor on
HTTP. With the header `Strict-Transport-Security`, a browser that has seen the site once uses HTTPS by itself.

## What it checks

The default behavior of distributions with a domain of their own. The rule reports one without a response headers policy, and one whose policy is
in the same unit and does not set the header.

## What is left out

The origin or a function at the edge may send the header: only the profile `all` has this rule, and a behavior with a function is accepted. A
distribution without a domain of its own has a name of CloudFront. A policy from elsewhere, such as a managed one, is accepted.

## Non-compliant

```yaml
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins:
          - { Id: web, DomainName: web.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:  # finding
          TargetOriginId: web
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
resource "aws_cloudfront_response_headers_policy" "cors" {
  name = "cors"
  security_headers_config {
    content_type_options {
      override = true
    }
  }
}

resource "aws_cloudfront_distribution" "web" {
  enabled = true
  aliases = ["www.example.com"]
  origin {
    origin_id   = "web"
    domain_name = "web.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.cors.id # finding
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Compliant

```yaml
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins:
          - { Id: web, DomainName: web.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: web
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          ResponseHeadersPolicyId: 67f7725c-6f97-4210-82d7-5512b31e9d03
```

```hcl
resource "aws_cloudfront_response_headers_policy" "secure" {
  name = "secure"
  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }
}

resource "aws_cloudfront_distribution" "web" {
  enabled = true
  aliases = ["www.example.com"]
  origin {
    origin_id   = "web"
    domain_name = "web.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.secure.id
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Not applicable

```yaml
Resources:
  Distribution:  # not applicable: no domain of its own
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - { Id: web, DomainName: web.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: web
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

## Undecided

```yaml
Parameters:
  Headers:
    Type: String
Conditions:
  HasHeaders: !Not [!Equals [!Ref Headers, ""]]
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins:
          - { Id: web, DomainName: web.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }
        DefaultCacheBehavior:
          TargetOriginId: web
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          ResponseHeadersPolicyId: !If [HasHeaders, !Ref Headers, !Ref AWS::NoValue]  # undecided: Fails when
```

```hcl
variable "headers" {
  type = string
}

resource "aws_cloudfront_distribution" "web" {
  enabled = true
  aliases = ["www.example.com"]
  origin {
    origin_id   = "web"
    domain_name = "web.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = var.headers # undecided: var.headers has no default
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Sources

- [Use managed response headers policies](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html), read on 2026-11-29
- [interface ResponseHeadersStrictTransportSecurity](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudfront.ResponseHeadersStrictTransportSecurity.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cloudfront import Behavior, Distribution
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, each_of, exempt, flag, rule
from wa_iac.core.value import Absent, Known

_MANAGED: Final = "67f7725c-6f97-4210-82d7-5512b31e9d03"
"""The managed policy SecurityHeadersPolicy."""


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn=f"ResponseHeadersPolicyId: {_MANAGED}",
        tf=f'response_headers_policy_id = "{_MANAGED}"',
        decision="This is AWS's managed policy SecurityHeadersPolicy. All pages of the domain must work by HTTPS first.",
    ),
    equivalents={"checkov": ["CKV_AWS_259", "CKV2_AWS_32"]},
)
def check(distribution: Distribution) -> Flags:
    exempt(distribution.aliases in (Absent(), Known([])), "it has no domain of its own")
    yield from each_of(distribution.default_behavior, _judge)


def _judge(behavior: Behavior) -> Flags:
    all_known(behavior.unknown)
    accept(not isinstance(behavior.code, Absent))
    found = behavior.headers.targets
    if found:
        accept(any_of(given(value) for each in found for value in (each.strict_transport, each.others)))
        yield flag(
            behavior.headers_policy,
            f"{found[0].address} adds headers to responses, but not Strict-Transport-Security: the first request of a visitor may go over HTTP.",
        )
        return
    accept(given(behavior.headers_policy))
    yield flag(
        behavior.headers_policy,
        "No policy adds Strict-Transport-Security to responses: the first request of a visitor may go over HTTP, where others can answer it.",
    )
