"""# Public hosted zone is not signed with DNSSEC

## Why

Without DNSSEC, a resolver cannot tell whether an answer comes from your hosted zone. An attacker who forges answers leads your users, or the
mail for your domain, to another server.

## What it checks

Public hosted zones that nothing here signs. If a hosted zone has a key-signing key but signing is not turned on, the message says so: the
preparation is there, but the answers are not signed.

## What is left out

Private hosted zones cannot be signed. The DS record in the parent zone is the registrar's matter, and cannot be seen in code.

## Non-compliant

```yaml
Resources:
  Zone:  # finding
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
```

```hcl
resource "aws_route53_zone" "main" { # finding: has a key-signing key
  name = "example.com"
}

resource "aws_route53_key_signing_key" "main" {
  hosted_zone_id             = aws_route53_zone.main.id
  key_management_service_arn = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
  name                       = "main"
}
```

## Compliant

```yaml
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
  Signing:
    Type: AWS::Route53::DNSSEC
    Properties:
      HostedZoneId: !Ref Zone
```

```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_hosted_zone_dnssec" "main" {
  hosted_zone_id = aws_route53_zone.main.id
}
```

## Not applicable

```hcl
resource "aws_route53_zone" "internal" { # not applicable: it is private
  name = "example.internal"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}
```

## Undecided

```yaml
Parameters:
  ZoneId:
    Type: String
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
  Signing:
    Type: AWS::Route53::DNSSEC
    Properties:
      HostedZoneId: !Ref ZoneId  # undecided: parameter "ZoneId" has no default
```

```hcl
variable "status" {
  type = string
}

resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_hosted_zone_dnssec" "main" {
  hosted_zone_id = aws_route53_zone.main.id
  signing_status = var.status # undecided: var.status has no default
}
```

## Sources

- [Configuring DNSSEC signing in Amazon Route 53 (French edition)](https://docs.aws.amazon.com/fr_fr/Route53/latest/DeveloperGuide/dns-configuring-dnssec.md), read on 2026-11-29
- [get_dnssec](https://docs.aws.amazon.com/boto3/latest/reference/services/route53/client/get_dnssec.html), read on 2026-11-29
"""

from wa_iac.aws.route53 import HostedZone
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC09-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn="Signing:\n  Type: AWS::Route53::DNSSEC\n  Properties:\n    HostedZoneId: !Ref <this zone>",
        tf='resource "aws_route53_hosted_zone_dnssec" "this" {\n  hosted_zone_id = <this zone>.zone_id\n}',
        decision="A key-signing key with a key of KMS in us-east-1 comes first. Then add the DS record to the parent zone, and an alarm on "
        "DNSSECInternalFailure and DNSSECKeySigningKeysNeedingAction: a broken signature takes the whole domain off the internet.",
    ),
    equivalents={"checkov": ["CKV2_AWS_38"]},
)
def check(zone: HostedZone) -> Flags:
    private = next((each.unknown for each in zone.vpcs if each.unknown is not None), Known(bool(zone.vpcs)))
    exempt(private, "it is private")
    signings = zone.signings
    accept(any_of(all_of((signings.doubt(each), holds(each.status, lambda status: status == "SIGNING"))) for each in signings))
    all_known(signings.unknown)
    if zone.signing_keys.targets:
        message = "This hosted zone has a key-signing key, but signing is not turned on: its answers are not signed."
    else:
        message = "The answers of this hosted zone are not signed: a resolver cannot tell forged ones from yours."
    yield flag(zone, message)
