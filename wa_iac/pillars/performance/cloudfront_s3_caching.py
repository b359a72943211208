"""# CloudFront does not cache the files of an S3 bucket

## Why

Without caching, CloudFront asks the bucket for each file, for each viewer. Viewers far from the bucket's Region wait as long as without
CloudFront, and you pay for a request to S3 and one to CloudFront each time.

## What it checks

The rule looks at the cache behaviors whose origin is an S3 bucket. It reports those that use AWS's managed policy CachingDisabled, or
whose default and maximum time to live are written as 0.

## What is left out

Behaviors for single pages that must be fresh: those with a path pattern without a wildcard, such as `index.html`. Behaviors that lead to
several origins, and buckets that serve websites, since their web server may compute answers. Some teams turn caching off on purpose, so that
nobody sees an old file after a deployment: the finding is advice.

## Non-compliant

```yaml
Resources:
  Files:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: !GetAtt Files.RegionalDomainName
            OriginAccessControlId: E327GJI25M56DG
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad  # finding
```

```hcl
resource "aws_s3_bucket" "files" {}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.files.bucket_regional_domain_name
    origin_access_control_id = "E327GJI25M56DG"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" # finding
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
  Files:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: !GetAtt Files.RegionalDomainName
            OriginAccessControlId: E327GJI25M56DG
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
resource "aws_s3_bucket" "files" {}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.files.bucket_regional_domain_name
    origin_access_control_id = "E327GJI25M56DG"
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

The result is undecided if the policy is not known before deployment.

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Files:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: files
            DomainName: !GetAtt Files.RegionalDomainName
            OriginAccessControlId: E327GJI25M56DG
            S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: files
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_s3_bucket" "files" {}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.files.bucket_regional_domain_name
    origin_access_control_id = "E327GJI25M56DG"
  }
  default_cache_behavior {
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = var.policy # undecided: var.policy has no default
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

- [Use managed cache policies - Amazon CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cloudfront import Behavior, Distribution
from wa_iac.core.algebra import are_equal
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, all_known, each_of, flag, rule, settled
from wa_iac.core.value import Known

_DISABLED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""AWS's managed policy CachingDisabled."""
_OPTIMIZED: Final = "658327ea-f89d-4fab-a63d-7e88639e58f6"
_MESSAGE: Final = "CloudFront does not cache these files, which come from an S3 bucket: it asks the bucket each time, and distant viewers wait for that."


@rule(
    practices=["PERF03-BP05", "PERF04-BP06", "COST08-BP03", "SUS02-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"DistributionConfig": {"DefaultCacheBehavior": {"CachePolicyId": _OPTIMIZED}}},
        tf={"default_cache_behavior": {"cache_policy_id": _OPTIMIZED}},
        decision="Let the uploads set Cache-Control for files that must be fresh, such as index.html, or give these a cache behavior of "
        "their own.",
    ),
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    del graph
    yield from each_of(distribution.every_behavior, lambda behavior: _judge(behavior, distribution))


def _judge(behavior: Behavior, distribution: Distribution) -> Flags:
    all_known(behavior.unknown)
    pattern = behavior.pattern
    if isinstance(pattern, Known) and "*" not in pattern.value:
        return
    origins = [each for each in distribution.origins if are_equal(each.id, behavior.target) is not False]
    if len(origins) != 1:
        return
    all_known(origins[0].unknown)
    if origins[0].custom or not origins[0].bucket.targets:
        return
    policy = settled(behavior.cache_policy)
    if isinstance(policy, Known):
        if policy.value == _DISABLED:
            yield flag(policy, _MESSAGE)
    elif settled(behavior.default_ttl) == Known(0) and settled(behavior.max_ttl) == Known(0):
        yield flag(behavior.default_ttl, _MESSAGE)
