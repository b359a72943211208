"""# CloudFront distribution connects to an origin over HTTP or an outdated TLS version

With `http-only`, requests and responses cross the internet unencrypted, even if viewers use HTTPS. SSL 3, TLS 1.0 and 1.1 have known
weaknesses.

With `match-viewer`, CloudFront uses HTTP for viewers who use HTTP. [cloudfront-viewer-https](cloudfront-viewer-https.md) reports the cache
behaviors that allow this, and its remedy helps here also, so this rule accepts `match-viewer`. A bucket's website endpoint
supports only HTTP: use the bucket's own endpoint with origin access control. A load balancer first needs a listener for HTTPS, and a
certificate for the name that is the origin's domain ("Require HTTPS for communication between CloudFront and your custom origin",
Amazon CloudFront Developer Guide).

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: http-only  # finding: over plain HTTP
          - Id: old
            DomainName: old.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols:
                - TLSv1  # finding: may connect to this origin with TLSv1
                - TLSv1.2
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
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only" # finding: over plain HTTP
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols: [TLSv1.2]
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
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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

## Undecided

The result is undecided if `OriginProtocolPolicy` or `origin_protocol_policy` is not known before deployment.

```yaml
Parameters:
  OriginProtocolPolicy:
    Type: String
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: !Ref OriginProtocolPolicy  # undecided: parameter "OriginProtocolPolicy" has no default
              OriginSSLProtocols: [TLSv1.2]
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
```

```hcl
variable "origin_protocol_policy" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "api"
    domain_name = "api.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.origin_protocol_policy # undecided: var.origin_protocol_policy has no default
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "redirect-to-https"
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
"""

import re
from dataclasses import replace

from wa_iac.aws.cloudfront import CustomOrigin, Distribution, Origin
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import UnsetParameter, UnsetVariable
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, flag, flags_of, rule, settled, written
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.websites import is_website

_OWN_ENDPOINT = {
    "cloudformation": "# the bucket's own endpoint, without CustomOriginConfig\nDomainName: !GetAtt <the bucket>.RegionalDomainName\n"
    "OriginAccessControlId: !GetAtt <an origin access control>.Id\nS3OriginConfig: {}",
    "terraform": "# the bucket's own endpoint, without custom_origin_config\ndomain_name              = <the bucket>.bucket_regional_domain_name\n"
    "origin_access_control_id = <an aws_cloudfront_origin_access_control>.id",
}
_NAMES_A_BALANCER = re.compile(r"(?:^|_)(?:[aen]?lb|load_?balancer)(?:_|$)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
OLD = ("SSLv3", "TLSv1", "TLSv1.1")


_HTTPS = Recipe(
    cfn={
        "DistributionConfig": {
            "Origins[]": {"CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]}}
        }
    },
    tf={"origin[]": {"custom_origin_config": {"origin_protocol_policy": "https-only", "origin_ssl_protocols": ["TLSv1.2"]}}},
    unsafe_because="an origin that does not support TLS 1.2 can no longer be reached",
)


def _listener_first(balancer: str) -> Remedy:
    """The remedy for an origin that cannot speak HTTPS yet."""
    return replace(
        Remedy.of_recipe(_HTTPS),
        decision=f"First give {balancer} a listener for HTTPS, with a certificate for a domain name of yours, and make that name the "
        "origin's: CloudFront compares the certificate with it, and none is issued for the load balancer's own name. Then:",
    )


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV2_AWS_54", "CKV2_AWS_72"],
        "cdk_nag": ["AwsSolutions-CFR5"],
        "config": ["CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED", "CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS"],
    },
    fix=_HTTPS,
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    for origin in distribution.origins:
        for custom in origin.custom:
            yield from flags_of(_judge_protocol(custom, origin, distribution, graph))
            if custom.protocol != Known("http-only"):
                yield from flags_of(_judge_versions(custom.tls))


def _judge_protocol(custom: CustomOrigin, origin: Origin, distribution: Distribution, graph: Graph) -> Flags:
    match settled(custom.protocol):
        case Known("http-only") as value if is_website(origin.domain):
            yield flag(
                value,
                "CloudFront connects to this website endpoint over plain HTTP, and the endpoint supports nothing else: requests and "
                "responses can be read and changed on the way. The bucket's own endpoint supports HTTPS.",
                instead=_OWN_ENDPOINT[distribution.dialect],
            )
        case Known("http-only") as value:
            yield flag(
                value,
                "CloudFront connects to this origin over plain HTTP: requests and responses can be read and changed on the way.",
                instead="" if (balancer := _without_https(origin, graph)) is None else _listener_first(balancer),
            )
        case _:
            pass


def _judge_versions(versions: Value[list[Value[str]]]) -> Flags:
    listed = written(versions).value
    old = [each for each in listed if isinstance(each, Known) and each.value in OLD]
    if old:
        names = ", ".join(each.value for each in old)
        yield flag(old[0], f"CloudFront may connect to this origin with {names}: old versions have known weaknesses.")
    else:
        all_known(*listed)


def _without_https(origin: Origin, graph: Graph) -> str | None:
    """The load balancer that an origin is, if no listener of it here accepts HTTPS; also one whose name is given from outside."""
    for declared in graph.referred(origin.domain):
        if declared.type in LoadBalancer.types():
            balancer = graph.typed(declared, LoadBalancer)
            secure = any(each.protocol in (Known("HTTPS"), Known("TLS")) for each in balancer.listeners)
            return None if secure else f"the load balancer {declared.name}"
    if isinstance(origin.domain, Unknown) and isinstance(origin.domain.reason, UnsetParameter | UnsetVariable):
        return "the load balancer" if _NAMES_A_BALANCER.search(_CAMEL.sub("_", origin.domain.reason.name).lower()) else None
    return None
