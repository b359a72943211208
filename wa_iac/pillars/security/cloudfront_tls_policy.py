"""# CloudFront distribution allows viewers to use a TLS version older than 1.2

## Why

TLS 1.0 and 1.1 have known weaknesses, and browsers dropped them in 2020. With your own certificate, `MinimumProtocolVersion`
sets what CloudFront accepts; the default is TLS 1.0.

## What it checks

The rule reports a distribution with CloudFront's default certificate, and one with its own certificate whose minimum version is older
than TLS 1.2. With CloudFront's default certificate, for the `cloudfront.net` name, CloudFront accepts TLS 1.0 whatever the other settings
say. You need your own domain and certificate. As long as the distribution has no domain of its own (`Aliases`, `aliases`), nothing can be
done about it: the severity is then low and the confidence medium, so that the finding is advice. So it is if a condition makes another
distribution, with a certificate, where one is given: the person who deploys it chooses.

## What is left out

A distribution that is reached only through its tenants (`ConnectionMode: tenant-only`,
`aws_cloudfront_multitenant_distribution`) is checked only if it has a certificate. Otherwise each tenant brings its own
([multi-tenant
distributions](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-config-options.html)).

## Non-compliant

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4
          SslSupportMethod: sni-only
          MinimumProtocolVersion: TLSv1.1_2016  # finding: older than 1.2
```

```yaml
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:  # finding: default certificate accepts TLS 1.0
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
    cloudfront_default_certificate = true # finding: default certificate accepts TLS 1.0
    minimum_protocol_version       = "TLSv1.2_2021"
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
        Aliases: [www.example.com]
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4
          SslSupportMethod: sni-only
          MinimumProtocolVersion: TLSv1.2_2021
```

```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  aliases = ["www.example.com"]
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
    acm_certificate_arn      = aws_acm_certificate.site.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_acm_certificate" "site" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
}
```

## Not applicable

```yaml
Resources:
  Shops:  # not applicable: its tenants have their own certificates
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ConnectionMode: tenant-only
        Origins:
          - Id: shop
            DomainName: shop.example.com
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
```

```hcl
resource "aws_cloudfront_multitenant_distribution" "shops" { # not applicable: its tenants have their own certificates
  enabled = true
  comment = "Shops"

  origin {
    id          = "shop"
    domain_name = "shop.example.com"
  }

  default_cache_behavior {
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
}
```

## Undecided

The result is undecided if `MinimumProtocolVersion` or `minimum_protocol_version` is not known before deployment.

```yaml
Parameters:
  MinimumProtocolVersion:
    Type: String
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.com]
        Origins:
          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4
          SslSupportMethod: sni-only
          MinimumProtocolVersion: !Ref MinimumProtocolVersion  # undecided: parameter "MinimumProtocolVersion" has no default
```

```hcl
variable "minimum_protocol_version" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  aliases = ["www.example.com"]
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
    acm_certificate_arn      = aws_acm_certificate.site.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = var.minimum_protocol_version # undecided: var.minimum_protocol_version has no default
  }
}
```

## Sources

- [Supported protocols and ciphers between viewers and CloudFront](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.md), read on 2026-11-29
- [minimumProtocolVersion (ViewerCertificate)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudfront/aws.sdk.kotlin.services.cloudfront.model/-viewer-certificate/minimum-protocol-version.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudfront import Certificate, Distribution
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, each_of, exempt, flag, rule, settled, written
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.other_case import choice_of, in_the_other_case

_POLICIES: Final = facts("cloudfront_tls_policies")
_STRONG: Final = frozenset(_POLICIES["strong"])
_RECOMMENDED: Final[str] = _POLICIES["recommended"]
DEFAULT: Final = (
    f"CloudFront's default certificate accepts TLS 1.0 from viewers: use your own certificate, with {_RECOMMENDED}."
)


def _named(distribution: Distribution, graph: Graph) -> Remedy | None:
    """The remedy for a distribution without a domain of its own, which a certificate is for, or whose certificate a condition excludes."""
    if not distribution.certificate and (others := _with_certificate(distribution, graph)):
        return Remedy(
            decision=f"This distribution exists only without a certificate: set {choice_of(distribution)} so that {others[0].declared.name} is made, "
            "which has one. That is another distribution: DNS records that name this one have to change."
        )
    if any(each.may_be_own() and each.support == Known("sni-only") for each in distribution.certificate):
        return _VERSION
    if any(each.is_default() == Known(False) and each.support == Known("vip") for each in distribution.certificate):
        return _WITHOUT_ADDRESSES
    if _has_domain(distribution):
        return None
    argument = "Aliases" if distribution.as_cloudformation else "aliases"
    return replace(
        _OWN, decision=f"A certificate is for a domain of yours: name that domain in {argument} also. {_OLD_CLIENTS}"
    )


_OLD_CLIENTS: Final = "Viewers that know no TLS 1.2 can then no longer connect."
_VERSION: Final = Remedy(
    cfn=f"MinimumProtocolVersion: {_RECOMMENDED}", tf=f'minimum_protocol_version = "{_RECOMMENDED}"', decision=_OLD_CLIENTS
)
"""The remedy where a certificate is written already."""
_WITHOUT_ADDRESSES: Final = Remedy(
    cfn=f"SslSupportMethod: sni-only\nMinimumProtocolVersion: {_RECOMMENDED}",
    tf=f'ssl_support_method       = "sni-only"\nminimum_protocol_version = "{_RECOMMENDED}"',
    decision=f"{_OLD_CLIENTS} Neither can those that do not send the name of the server: with dedicated IP addresses (vip), CloudFront offers this "
    "version only to accounts for which AWS Support has turned it on.",
)
"""The remedy for dedicated IP addresses ("Security policy", Amazon CloudFront Developer Guide)."""
_OWN: Final = Remedy(
    cfn="ViewerCertificate:\n  AcmCertificateArn: <a certificate in us-east-1>\n  SslSupportMethod: sni-only\n"
    f"  MinimumProtocolVersion: {_RECOMMENDED}",
    tf="viewer_certificate {\n  acm_certificate_arn      = <a certificate in us-east-1>\n"
    f'  ssl_support_method       = "sni-only"\n  minimum_protocol_version = "{_RECOMMENDED}"\n}}',
    removes=("CloudFrontDefaultCertificate", "cloudfront_default_certificate"),
    decision=_OLD_CLIENTS,
)


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_OWN, given=_named),
    equivalents={
        "checkov": ["CKV_AWS_174", "CKV2_AWS_42"],
        "trivy": ["AVD-AWS-0013"],
        "cdk_nag": ["AwsSolutions-CFR4"],
        "guard": ["CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE", "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE"],
        "config": [
            "CLOUDFRONT_SECURITY_POLICY_CHECK",
            "CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS",
            "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE",
        ],
        "cfn_nag": ["W70"],
        "security_hub": ["CloudFront.7"],
    },
)
def check(distribution: Distribution, graph: Graph) -> Flags:
    own = any(each.may_be_own() for each in distribution.certificate)
    exempt(distribution.of_tenants and not own, "its tenants have their own certificates")
    if not distribution.certificate:
        # A default that leaves it out is the author's switch.
        left_out = distribution.certificate_as_written
        found = _default(distribution, distribution.configuration if left_out.origin.default_step is None else left_out)
        chosen = bool(_with_certificate(distribution, graph))
        yield found._replace(severity=Severity.LOW, confidence=Confidence.MEDIUM) if chosen else found
    yield from each_of(distribution.certificate, lambda each: _judge(each, distribution))


def _default(distribution: Distribution, place: Tree) -> Flag:
    """The fault of a distribution with CloudFront's own certificate."""
    if _has_domain(distribution):
        return flag(place, DEFAULT)
    return flag(place, DEFAULT, severity=Severity.LOW, confidence=Confidence.MEDIUM)


def _with_certificate(distribution: Distribution, graph: Graph) -> list[Distribution]:
    """The distributions with a certificate of their own that a condition makes instead of this one."""
    others = in_the_other_case(distribution, graph)
    return [each for each in others if any(certificate.may_be_own() for certificate in each.certificate)]


def _has_domain(distribution: Distribution) -> bool:
    """Whether it has a domain of its own, or may have one."""
    return distribution.aliases not in (Absent(), Known([]))


def _judge(certificate: Certificate, distribution: Distribution) -> Flags:
    default = certificate.is_default()
    if default == Known(True):
        yield _default(distribution, default)
        return
    minimum = written(certificate.minimum)
    if minimum.value in _STRONG:
        settled(default)
    else:
        # Whichever certificate it is: CloudFront's own also accepts old versions.
        so = "By default," if minimum.origin.how == "service default" else f"{minimum.value}:"
        yield flag(minimum, f"{so} viewers may connect with a TLS version older than 1.2, which has known weaknesses.")
