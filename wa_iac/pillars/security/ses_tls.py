"""# SES delivers email without TLS

## Why

SES encrypts a connection to another mail server if that server can. If it cannot, or if somebody in between says so, SES sends the email in
plain text. With `REQUIRE`, SES does not deliver an email rather than that.

## What it checks

The rule reads the TLS policy of each configuration set, and reports one that does not require TLS.

## What is left out

Email without a configuration set. A newsletter may travel in plain text, a password or an invoice should not: the sender decides.

## Non-compliant

```yaml
Resources:
  Invoices:  # finding
    Type: AWS::SES::ConfigurationSet
    Properties:
      Name: invoices
```

```hcl
resource "aws_ses_configuration_set" "invoices" {
  name = "invoices"

  delivery_options {
    tls_policy = "Optional" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Invoices:
    Type: AWS::SES::ConfigurationSet
    Properties:
      Name: invoices
      DeliveryOptions:
        TlsPolicy: REQUIRE
```

```hcl
resource "aws_sesv2_configuration_set" "invoices" {
  configuration_set_name = "invoices"

  delivery_options {
    tls_policy = "REQUIRE"
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
  Invoices:
    Type: AWS::SES::ConfigurationSet
    Properties:
      Name: invoices
      DeliveryOptions:
        TlsPolicy: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_sesv2_configuration_set" "invoices" {
  configuration_set_name = "invoices"

  delivery_options {
    tls_policy = var.policy # undecided: var.policy has no default
  }
}
```

## Sources

- [DeliveryOptions - Amazon Simple Email Service](https://docs.aws.amazon.com/ses/latest/APIReference/API_DeliveryOptions.html), read on 2026-11-29
"""

from wa_iac.aws.ses import ConfigurationSet
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    equivalents={"checkov": ["CKV_AWS_365"]},
    fix=Recipe(
        cfn={"DeliveryOptions": {"TlsPolicy": "REQUIRE"}},
        tf={"delivery_options": {"tls_policy": "REQUIRE"}},
        types={"aws_ses_configuration_set": {"delivery_options": {"tls_policy": "Require"}}},
        unsafe_because="email to servers without TLS is no longer delivered",
    ),
)
def check(settings: ConfigurationSet) -> Flags:
    yield from refuse(
        settings.tls_policy,
        "OPTIONAL",
        "SES sends email in plain text to servers that offer no TLS: anyone on the way can read and change it.",
    )
