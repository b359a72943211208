"""# Security Hub CSPM checks no standard

## Why

Security Hub CSPM checks the controls of the standards that are turned on. Without a standard it checks nothing by itself, and shows only
what other services find. The account looks watched, and open settings stay unnoticed.

## What it checks

The rule reports Security Hub CSPM with the default standards turned off, if the code has no standard either.

## What is left out

By default, Security Hub turns on its default standards, so a hub that says nothing counts as good. A standard of the same stack or root
module counts for each hub there. Central configuration of an organization turns standards on by a policy: suppress the finding then, with
that as the reason.

## Non-compliant

```yaml
Resources:
  Hub:
    Type: AWS::SecurityHub::Hub
    Properties:
      EnableDefaultStandards: false  # finding
```

```hcl
resource "aws_securityhub_account" "this" {
  enable_default_standards = false # finding
}
```

## Compliant

```yaml
Resources:
  Hub:
    Type: AWS::SecurityHub::Hub
```

```hcl
resource "aws_securityhub_account" "this" {
  enable_default_standards = false
}

resource "aws_securityhub_standards_subscription" "best_practices" {
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Standards:
    Type: String
Resources:
  Hub:
    Type: AWS::SecurityHub::Hub
    Properties:
      EnableDefaultStandards: !Ref Standards  # undecided: parameter "Standards" has no default
```

```hcl
variable "standards" { # undecided: Fails when var.standards is false
  type = bool
}

resource "aws_securityhub_account" "this" {
  enable_default_standards = var.standards
}
```

## Sources

- [UpdateOrganizationConfiguration - AWS Security Hub](https://docs.amazonaws.cn/goto/WebAPI/securityhub-2018-10-26/UpdateOrganizationConfiguration), read on 2026-11-29
"""

from wa_iac.aws.securityhub import Hub, Standard
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, refuse, rule


@rule(
    practices=["SEC01-BP06", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(cfn={"EnableDefaultStandards": True}, tf={"enable_default_standards": True}),
)
def check(hub: Hub, graph: Graph) -> Flags:
    accept(bool(graph.of(Standard)))
    yield from refuse(
        hub.default_standards,
        False,
        "Security Hub has no standard here: it checks no setting of the account by itself.",
    )
