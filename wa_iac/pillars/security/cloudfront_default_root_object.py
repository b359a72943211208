"""# Distribution of a bucket has no default root object

## Why

If somebody opens the domain itself, CloudFront asks the bucket for its root. Without a default root object, the visitor gets an error, or a list
of all objects if the bucket allows to list it.

## What it checks

Distributions whose default behavior leads to a bucket of S3, and that name no default root object.

## What is left out

A website endpoint of S3 has an index document of its own. A function at the edge may rewrite the path of the root. Origins of another kind
answer the root themselves.

## Non-compliant

```yaml
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:  # finding
        Enabled: true
        Origins:
          - Id: files
            DomainName: files.s3.eu-west-1.amazonaws.com
            OriginAccessControlId: E0123456789
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
resource "aws_cloudfront_distribution" "files" { # finding
  enabled = true
  origin {
    origin_id                = "files"
    domain_name              = "files.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E0123456789"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
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
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultRootObject: index.html
        Origins:
          - Id: files
            DomainName: files.s3.eu-west-1.amazonaws.com
            OriginAccessControlId: E0123456789
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
resource "aws_cloudfront_distribution" "files" {
  enabled             = true
  default_root_object = "index.html"
  origin {
    origin_id                = "files"
    domain_name              = "files.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E0123456789"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
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

```yaml
Parameters:
  Root:
    Type: String
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultRootObject: !Ref Root  # undecided: parameter "Root" has no default
        Origins:
          - Id: files
            DomainName: files.s3.eu-west-1.amazonaws.com
            OriginAccessControlId: E0123456789
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
variable "root" {
  type = string
}

resource "aws_cloudfront_distribution" "files" {
  enabled             = true
  default_root_object = var.root # undecided: var.root has no default
  origin {
    origin_id                = "files"
    domain_name              = "files.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E0123456789"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
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

## Sources

- [Specify a default root object - Amazon CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html), read on 2026-11-29
"""

from wa_iac.aws.cloudfront import Distribution, Origin
from wa_iac.core.algebra import are_equal
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Absent
from wa_iac.knowledge.websites import is_website


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="DefaultRootObject: <the page of the root, such as index.html>", tf="default_root_object = <the page of the root>"
    ),
    equivalents={
        "checkov": ["CKV_AWS_305"],
        "guard": ["CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED"],
        "config": ["CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED"],
        "security_hub": ["CloudFront.1"],
    },
)
def check(distribution: Distribution) -> Flags:
    targets = [each for each in distribution.default_behavior if isinstance(each.code, Absent)]
    origins = [each for each in distribution.origins if _is_bucket(each)]
    accept(not any(are_equal(behavior.target, origin.id) is True for behavior in targets for origin in origins))
    accept(given(distribution.root_object))
    place = distribution.configuration if isinstance(distribution.root_object, Absent) else distribution.root_object
    yield flag(
        place,
        "This distribution has no default root object: a visitor of its domain gets an error, or a list of the bucket if it allows that.",
    )


def _is_bucket(origin: Origin) -> bool:
    """Whether an origin is certainly a bucket by its API, not by the endpoint of a website."""
    return (
        (bool(origin.s3) or not isinstance(origin.access_control, Absent))
        and not origin.custom
        and not is_website(origin.domain)
    )
