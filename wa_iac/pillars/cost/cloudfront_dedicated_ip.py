"""# CloudFront distribution pays for dedicated IP addresses

## Why

With `vip`, CloudFront keeps IP addresses at every edge location for your certificate, and charges for them each month, several hundred
dollars for a certificate. They serve only clients that do not send the name of the server (SNI), which all browsers have done since about
2010.

## What it checks

Distributions with a certificate of their own and `SslSupportMethod` or `ssl_support_method` `vip`.

## What is left out

`static-ip`, which AWS turns on for single customers who need fixed addresses. CloudFront's default certificate: `cloudfront-tls-policy`
reports that it allows TLS 1.0.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3
          SslSupportMethod: vip  # finding
          MinimumProtocolVersion: TLSv1.2_2021
        Origins:
          - Id: shop
            DomainName: shop.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: https-only
```

```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = "shop.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "shop"
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
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3"
    ssl_support_method       = "vip" # finding
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3
          SslSupportMethod: sni-only
          MinimumProtocolVersion: TLSv1.2_2021
        Origins:
          - Id: shop
            DomainName: shop.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: https-only
```

```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = "shop.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "shop"
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
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Undecided

```yaml
Parameters:
  Method:
    Type: String
Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3
          SslSupportMethod: !Ref Method  # undecided: parameter "Method" has no default
          MinimumProtocolVersion: TLSv1.2_2021
        Origins:
          - Id: shop
            DomainName: shop.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: https-only
```

```hcl
variable "method" {
  type = string
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = "shop.example.com"
  }
  default_cache_behavior {
    target_origin_id       = "shop"
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
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3"
    ssl_support_method       = var.method # undecided: var.method has no default
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Sources

- [Choose how CloudFront serves HTTPS requests](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-https-dedicated-ip-or-sni.html), read on 2026-11-29
- [sslSupportMethod](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudfront/aws.sdk.kotlin.services.cloudfront.model/-viewer-certificate/ssl-support-method.html), read on 2026-11-29
"""

from wa_iac.aws.cloudfront import Certificate, Distribution
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, accept, each_of, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["COST05-BP05"],
    severity=Severity.MEDIUM,
    equivalents={
        "guard": ["CLOUDFRONT_SNI_ENABLED"],
        "config": ["CLOUDFRONT_SNI_ENABLED"],
        "security_hub": ["CloudFront.8"],
    },
    fix=Recipe(
        cfn={"DistributionConfig": {"ViewerCertificate": {"SslSupportMethod": "sni-only"}}},
        tf={"viewer_certificate": {"ssl_support_method": "sni-only"}},
        unsafe_because="clients that do not send the name of the server can no longer connect by HTTPS",
    ),
)
def check(distribution: Distribution) -> Flags:
    yield from each_of(distribution.certificate, _judge)


def _judge(certificate: Certificate) -> Flags:
    accept(certificate.default == Known(True))
    yield from refuse(
        certificate.support,
        "vip",
        "This distribution pays for dedicated IP addresses every month, which only clients from before 2010 need.",
    )
