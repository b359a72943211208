"""# Certificate is not renewed without a person

## Why

ACM renews a certificate by itself if the domain has its DNS record. With validation by email, it writes to the owner of the domain before each
renewal, and somebody has to answer. Imported certificates and those in IAM are never renewed. When the certificate expires, no client can
connect by HTTPS any longer.

## What it checks

Certificates of ACM that are validated by email, which is the default in CloudFormation. Certificates imported into ACM, and server
certificates of IAM: these findings are of low severity and confidence medium, so they are advice.

## What is left out

Certificates of a private authority, which ACM renews without a validation. Validation by HTTP, which CloudFront does for its tenants.

## Non-compliant

```yaml
Resources:
  Shop:  # finding: by email
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
```

```hcl
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "EMAIL" # finding: by email
}

resource "aws_iam_server_certificate" "shop" { # finding: IAM
  name             = "shop"
  certificate_body = file("shop.pem")
  private_key      = file("shop.key")
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      ValidationMethod: DNS
```

```hcl
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}
```

## Not applicable

```yaml
Resources:
  Shop:  # not applicable: private authority
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      CertificateAuthorityArn: arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a1b2c3
```

## Undecided

```yaml
Parameters:
  Method:
    Type: String
Resources:
  Shop:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      ValidationMethod: !Ref Method  # undecided: parameter "Method" has no default
```

```hcl
variable "method" {
  type = string
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = var.method # undecided: var.method has no default
}
```

## Sources

- [Managed certificate renewal in AWS Certificate Manager](https://docs.aws.amazon.com/acm/latest/userguide/acm-renewal.html), read on 2026-11-29
- [Certificate Manager: certificate ineligible for renewal](https://www.repost.aws/knowledge-center/acm-certificate-ineligible), read on 2026-11-29
"""

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from wa_iac.aws.acm import Certificate, ServerCertificate
from wa_iac.aws.route53 import HostedZone
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, refuse, rule
from wa_iac.core.value import Known, Unknown, Value

_DNS: Final = Remedy(
    cfn="ValidationMethod: DNS",
    tf='validation_method = "DNS"',
    decision="The change replaces the certificate. References to it here take the new one; where its ARN is written elsewhere, write the new one. The "
    "record for the validation has to be in the public DNS of the domain.",
)


def _of_dialect(certificate: Certificate | ServerCertificate, graph: Graph) -> Remedy:
    """The remedy in the words of a language: who writes the record, and how the new certificate takes the place of the old one."""
    if certificate.as_cloudformation:
        more = "DomainValidationOptions names the public hosted zone of each domain (HostedZoneId) in place of a ValidationDomain: CloudFormation then "
        more += "writes the record. In other cases the stack waits until somebody writes it."
    else:
        more = "Write it with aws_route53_record, and let listeners and distributions wait for aws_acm_certificate_validation. Terraform needs "
        more += "create_before_destroy in the lifecycle, since a certificate in use cannot be deleted."
    if isinstance(certificate, Certificate) and (zone := _private_zone(certificate, graph)) is not None:
        more += f" ACM does not see the records of {zone.address}, which is private: the validation would wait indefinitely."
    return replace(_DNS, decision=f"{_DNS.decision} {more}")


def _private_zone(certificate: Certificate, graph: Graph) -> HostedZone | None:
    """The private hosted zone of a certificate's domain, if there is no public one here."""
    if isinstance(certificate.domain, Known):
        parts = certificate.domain.value.lower().removeprefix("*.").rstrip(".").split(".")
        keys: list[Hashable] = [".".join(parts[start:]) for start in range(len(parts))]
    else:
        keys = [certificate.domain.identity] if isinstance(certificate.domain, Unknown) else []
    zones = [zone for key in keys for zone in graph.index(HostedZone, _names).get(key, ())]
    return zones[0] if zones and all(each.vpcs for each in zones) else None


def _names(zone: HostedZone) -> list[Hashable]:
    """The name of a hosted zone, or what tells an unknown one from others."""
    match zone.name:
        case Known(name):
            return [name.lower().rstrip(".")]
        case Unknown() as unknown:
            return [unknown.identity]
        case _:
            return []


_REQUEST = Remedy(
    decision="Request a certificate of ACM with DNS validation for the same names (AWS::CertificateManager::Certificate, "
    "aws_acm_certificate with validation_method DNS), and let the listeners and distributions use it."
)


_MAKES_CERTIFICATES: Final = late(r"(?:^|\.)tls_\w+_cert\.")
_RENEW = Remedy(
    decision="Let Terraform make a new certificate some weeks before this one expires (early_renewal_hours), and run it that often. If clients "
    "only need a certificate for a public name, one of ACM with DNS validation renews itself."
)


@rule(
    practices=["SEC09-BP01"],
    severity=Severity.MEDIUM,
    remedy=replace(_DNS, given=_of_dialect),
    equivalents={"trivy": ["AVD-AWS-0168"]},
)
def check(certificate: Certificate | ServerCertificate) -> Flags:
    if isinstance(certificate, ServerCertificate):
        yield flag(
            certificate,
            "This certificate is in IAM, which never renews it and tells nobody when it expires.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            instead=_REQUEST,
        )
        return
    exempt(given(certificate.authority), "it is of a private authority, whose certificates ACM renews")
    if given(certificate.body) == Known(True):
        yield flag(
            certificate.body,
            "This certificate is imported: ACM does not renew it, and somebody has to import the next one before it expires.",
            severity=Severity.LOW,
            confidence=Confidence.MEDIUM,
            instead=_RENEW if _is_self_made(certificate.body) else _REQUEST,
        )
        return
    yield from refuse(
        certificate.validation,
        "EMAIL",
        "This certificate is validated by email: at each renewal somebody has to answer a mail, or the certificate expires and HTTPS fails.",
    )


def _is_self_made(body: Value[str]) -> bool:
    """Whether Terraform itself makes the certificate."""
    return any(_MAKES_CERTIFICATES.search(each.address) for each in references(body))
