"""# CloudFront distribution speaks HTTP/1.1 only

## Why

Over HTTP/1.1, a browser asks for one file after the other on each connection, and a page with many files waits. HTTP/2 sends them side by
side on one connection. It costs nothing, and viewers that do not speak it fall back by themselves.

## What it checks

The rule reports a distribution whose `HttpVersion` or `http_version` is written as `http1.1`.

## What is left out

A distribution that writes no version: Terraform and CloudFront's API take HTTP/2 then. CloudFormation's reference names HTTP/1.1, and the
two do not agree, so a template without a version is not reported. HTTP/3 is better still, but not every network lets it through.

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
        HttpVersion: http1.1  # finding
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
  enabled      = true
  http_version = "http1.1" # finding
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
        HttpVersion: http2and3
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
  enabled      = true
  http_version = "http2and3"
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

## Undecided

The result is undecided if the version is not known before deployment.

```yaml
Parameters:
  Version:
    Type: String
Resources:
  Files:
    Type: AWS::S3::Bucket
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        HttpVersion: !Ref Version  # undecided: parameter "Version" has no default
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
variable "http_version" {
  type = string
}

resource "aws_s3_bucket" "files" {}

resource "aws_cloudfront_distribution" "site" {
  enabled      = true
  http_version = var.http_version # undecided: var.http_version has no default
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

## Sources

- [httpVersion, DistributionConfig](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudfront/aws.sdk.kotlin.services.cloudfront.model/-distribution-config/http-version.html), read on 2026-11-29
"""

from wa_iac.aws.cloudfront import Distribution
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, flag, rule, written


@rule(
    practices=["PERF04-BP05"],
    severity=Severity.LOW,
    fix=Recipe(cfn={"DistributionConfig": {"HttpVersion": "http2and3"}}, tf={"http_version": "http2and3"}),
)
def check(distribution: Distribution) -> Flags:
    version = written(distribution.http_version)
    if version.value.lower() != "http1.1":
        return
    yield flag(
        version,
        "Viewers can only speak HTTP/1.1 with this distribution: pages with many files load more slowly than over HTTP/2.",
    )
