"""# Security services leave out new accounts of the organization

## Why

GuardDuty, Security Hub CSPM, Inspector and Macie watch an organization from one account. If they are not turned on in new accounts by
themselves, a new account stays without them until somebody thinks of it. It is in such an account, made in a hurry, that an attack or an
open door is seen last.

## What it checks

The rule reads what the services do for new accounts of an organization. It reports:

- GuardDuty with the members `NONE`,
- Security Hub CSPM that does not enable itself, with local configuration,
- Inspector that scans neither instances nor images of new accounts,
- Macie that does not enable itself, as advice.

## What is left out

With central configuration of Security Hub CSPM, a policy decides about new accounts, and AWS fixes this setting to off.

## Non-compliant

```yaml
Resources:
  Organization:
    Type: AWS::SecurityHub::OrganizationConfiguration
    Properties:
      AutoEnable: false  # finding: Security Hub
```

```hcl
resource "aws_guardduty_organization_configuration" "all" {
  detector_id                      = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  auto_enable_organization_members = "NONE" # finding: GuardDuty
}

resource "aws_inspector2_organization_configuration" "all" {
  auto_enable {
    ec2 = false # finding: Inspector
    ecr = false
  }
}

resource "aws_macie2_organization_configuration" "all" {
  auto_enable = false # finding: Macie
}
```

## Compliant

```yaml
Resources:
  Organization:
    Type: AWS::SecurityHub::OrganizationConfiguration
    Properties:
      AutoEnable: true
```

```hcl
resource "aws_guardduty_organization_configuration" "all" {
  detector_id                      = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  auto_enable_organization_members = "ALL"
}

resource "aws_inspector2_organization_configuration" "all" {
  auto_enable {
    ec2 = true
    ecr = false
  }
}
```

## Not applicable

```yaml
Resources:
  Organization:  # not applicable: a policy decides
    Type: AWS::SecurityHub::OrganizationConfiguration
    Properties:
      AutoEnable: false
      AutoEnableStandards: NONE
      ConfigurationType: CENTRAL
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  AutoEnable:
    Type: String
Resources:
  Organization:
    Type: AWS::SecurityHub::OrganizationConfiguration
    Properties:
      AutoEnable: !Ref AutoEnable  # undecided: parameter "AutoEnable" has no default
```

```hcl
variable "members" {
  type = string
}

resource "aws_guardduty_organization_configuration" "all" {
  detector_id                      = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  auto_enable_organization_members = var.members # undecided: var.members has no default
}
```

## Sources

- [UpdateOrganizationConfiguration - AWS Security Hub](https://docs.amazonaws.cn/goto/WebAPI/securityhub-2018-10-26/UpdateOrganizationConfiguration), read on 2026-11-29
"""

from typing import Final, TypeAlias

from wa_iac.aws import guardduty, inspector, macie, securityhub
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, refuse, rule, settled
from wa_iac.core.value import Known

_Configuration: TypeAlias = (
    guardduty.OrganizationConfiguration
    | securityhub.OrganizationConfiguration
    | inspector.OrganizationConfiguration
    | macie.OrganizationConfiguration
)


_CHARGED: Final = "AWS charges for the service in each account. Accounts that exist are members only once they are added."


def _remedy(configuration: Resource, graph: object) -> Remedy:
    del graph
    match configuration:
        case guardduty.OrganizationConfiguration():
            return Remedy(
                tf={"auto_enable_organization_members": "ALL"},
                decision="ALL turns it on in the accounts that exist too, and NEW in new ones only. AWS charges for it in each account.",
            )
        case inspector.OrganizationConfiguration():
            return Remedy(tf={"auto_enable": {"ec2": True, "ecr": True}}, decision=_CHARGED)
        case _:
            return Remedy(cfn={"AutoEnable": True}, tf={"auto_enable": True}, decision=_CHARGED)


@rule(
    practices=["SEC01-BP06", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn={"AutoEnable": True}, tf={"auto_enable": True}, decision=_CHARGED, given=_remedy),
)
def check(configuration: _Configuration) -> Flags:
    match configuration:
        case guardduty.OrganizationConfiguration():
            yield from refuse(
                configuration.members, "NONE", "GuardDuty is not turned on in new accounts: an attack there may go unnoticed."
            )
        case securityhub.OrganizationConfiguration():
            exempt(configuration.kind == Known("CENTRAL"), "a policy decides about new accounts, by central configuration")
            if settled(configuration.auto_enable) == Known(False):
                settled(configuration.kind)
                yield flag(
                    configuration.auto_enable,
                    "Security Hub is not turned on in new accounts: settings there that are open to attack may go unnoticed.",
                )
        case inspector.OrganizationConfiguration():
            if settled(configuration.instances) == Known(False) and settled(configuration.images) == Known(False):
                yield flag(
                    configuration.instances,
                    "Inspector scans neither instances nor images of new accounts: known vulnerabilities stay there unnoticed.",
                )
        case macie.OrganizationConfiguration():
            yield from (
                each._replace(severity=Severity.LOW, confidence=Confidence.LOW)
                for each in refuse(
                    configuration.auto_enable,
                    False,
                    "Macie is not turned on in new accounts: sensitive data in their buckets stays unnoticed.",
                )
            )
