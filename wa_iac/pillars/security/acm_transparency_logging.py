"""# ACM certificate is not recorded in the transparency logs

## Why

Browsers ask that a public certificate is recorded in a certificate transparency log. Chrome and Safari refuse one that is not, and show an
error instead of the page. The logs also show the owner of a domain each certificate that somebody else gets for it.

## What it checks

The rule reads the transparency logging of each public certificate of AWS Certificate Manager. It reports one for which it is turned off.

## What is left out

By default it is on. Certificates of a private authority and imported certificates are not recorded, whatever the setting is.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      ValidationMethod: DNS
      CertificateTransparencyLoggingPreference: DISABLED  # finding
```

```hcl
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  options {
    certificate_transparency_logging_preference = "DISABLED" # finding
  }
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

```hcl
resource "aws_acm_certificate" "inside" { # not applicable: private authority
  domain_name               = "inside.example.com"
  certificate_authority_arn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"

  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Logging:
    Type: String
Resources:
  Shop:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      ValidationMethod: DNS
      CertificateTransparencyLoggingPreference: !Ref Logging  # undecided: parameter "Logging" has no default
```

```hcl
variable "logging" {
  type = string
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  options {
    certificate_transparency_logging_preference = var.logging # undecided: var.logging has no default
  }
}
```

## Sources

- [CertificateOptions class, which repeats the documentation of the API](https://pub.dev/documentation/aws_acm_api/latest/acm-2015-12-08/CertificateOptions-class.html), read on 2026-11-29
- [certificateTransparencyLoggingPreference](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/acm/aws.sdk.kotlin.services.acm.model/-certificate-options/certificate-transparency-logging-preference.html), read on 2026-11-29
"""

from wa_iac.aws.acm import Certificate
from wa_iac.core.fix import Recipe
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, refuse, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC09-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    equivalents={"checkov": ["CKV_AWS_234"]},
    fix=Recipe(
        cfn={"CertificateTransparencyLoggingPreference": "ENABLED"},
        tf={"options": {"certificate_transparency_logging_preference": "ENABLED"}},
        unsafe_because="the name of the domain becomes public; clients other than browsers mostly accept the certificate without it",
    ),
)
def check(certificate: Certificate) -> Flags:
    if settled(certificate.transparency_logging) == Known("DISABLED"):
        exempt(given(certificate.authority), "a private authority issues it, and browsers ask for no record of it")
    yield from refuse(
        certificate.transparency_logging,
        "DISABLED",
        "Browsers such as Chrome and Safari refuse a public certificate that no transparency log has recorded: visitors see an error instead of "
        "the page.",
    )
